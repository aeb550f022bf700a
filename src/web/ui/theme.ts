import { createTheme } from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'

/** Indigo (藍): the one accent, the same ink as the report's. */
const indigo: MantineColorsTuple = [
  '#eef2f9',
  '#dce4f1',
  '#b9c9e4',
  '#93acd6',
  '#7292c8',
  '#4c70ad',
  '#345993',
  '#1f3a68',
  '#182e54',
  '#112140',
]

/** Greys warmed like unbleached paper. */
const gray: MantineColorsTuple = [
  '#f8f7f4',
  '#f1efea',
  '#e7e4dd',
  '#d9d5cc',
  '#bfbab0',
  '#8d887e',
  '#67635b',
  '#4b4843',
  '#34322e',
  '#22211e',
]

/** Night: ink with a trace of blue. */
const dark: MantineColorsTuple = [
  '#e2e4e8',
  '#c0c5ce',
  '#a0a7b3',
  '#737c8a',
  '#3a424e',
  '#2b323c',
  '#20262e',
  '#171b21',
  '#12161b',
  '#0d1014',
]

const sans = [
  '"Hiragino Sans"',
  '"Hiragino Kaku Gothic ProN"',
  '"BIZ UDPGothic"',
  '"Noto Sans JP"',
  '"Noto Sans CJK JP"',
  '"Yu Gothic UI"',
  'Meiryo',
  'system-ui',
  'sans-serif',
].join(', ')

/** Titles are set like a document's: a Mincho in Japanese, an old-style serif in English. */
const serif = [
  '"Iowan Old Style"',
  '"Palatino Linotype"',
  '"Hiragino Mincho ProN"',
  '"Noto Serif JP"',
  '"Noto Serif CJK JP"',
  '"Yu Mincho"',
  'Georgia',
  'serif',
].join(', ')

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  colors: { indigo, gray, dark },
  black: '#1c2430',
  fontFamily: `var(--font-sans, ${sans})`,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: {
    fontFamily: `var(--font-serif, ${serif})`,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.35' },
      h2: { fontSize: '1.2rem', lineHeight: '1.45' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.5', sm: '1.6', md: '1.7', lg: '1.7', xl: '1.6' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
})

/** Mantine's own variables, tuned to the paper and the night of `tokens.css`. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfaf7',
    '--mantine-color-text': '#1c2430',
    '--mantine-color-dimmed': '#5d5a53',
    '--mantine-color-placeholder': '#77736a',
    '--mantine-color-anchor': '#1f3a68',
    '--mantine-color-default-border': '#d9d5cc',
    '--mantine-color-error': '#b0201a',
  },
  dark: {
    '--mantine-color-body': '#171b21',
    '--mantine-color-text': '#e2e4e8',
    '--mantine-color-dimmed': '#a0a7b3',
    '--mantine-color-placeholder': '#8d95a3',
    '--mantine-color-anchor': '#a9c0e6',
    '--mantine-color-default-border': '#3a424e',
    '--mantine-color-error': '#f2938a',
  },
})
