import { createTheme, localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/language.tsx'
import { theme, variables } from './theme.ts'

const schemes = localStorageColorSchemeManager({ key: 'arinomama-scheme' })

type Props = {
  /** Allows the styles that scripts add, under the page's content security policy. */
  readonly nonce: string
  readonly children: ReactNode
}

/** Theme and appearance for everything inside, with the few words that the kit says by itself. */
export function Dressed({ nonce, children }: Props) {
  const { close } = useMessages().ui
  const worded = useMemo(() => {
    const closing = { defaultProps: { closeButtonProps: { 'aria-label': close } } }
    return createTheme({
      ...theme,
      components: {
        Modal: closing,
        Drawer: closing,
        Notification: closing,
        CloseButton: { defaultProps: { 'aria-label': close } },
      },
    })
  }, [close])
  return (
    <MantineProvider
      theme={worded}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  )
}
