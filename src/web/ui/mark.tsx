import type { ReactNode } from 'react'

/** Everything that has a mark of its own: statuses, and the states of an exception. */
export type Sign =
  | 'met'
  | 'not-met'
  | 'not-proven'
  | 'not-applicable'
  | 'open'
  | 'answered'
  | 'accepted'
  | 'fixed'

type Drawing = { readonly tone: string; readonly outer: ReactNode; readonly inner: ReactNode }

const tick = <path d="M4.6 8.3 7 10.6 11.4 5.6" />
const cross = <path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" />
const exclamation = <path d="M8 4.6v3.9M8 11.1v.2" />
const dash = <path d="M5.2 8h5.6" />
const dots = <path d="M4.9 8h.01M8 8h.01M11.1 8h.01" />
const circle = <circle cx="8" cy="8" r="6.9" />
const square = <rect x="1.4" y="1.4" width="13.2" height="13.2" rx="1.8" />
const diamond = <path d="M8 .8 15.2 8 8 15.2.8 8Z" />

/** The report's own marks: shape, drawing and colour differ, so that any one of them tells. */
const drawings: Readonly<Record<Sign, Drawing>> = {
  met: { tone: 'met full', outer: circle, inner: tick },
  'not-met': { tone: 'not-met full', outer: square, inner: cross },
  'not-proven': { tone: 'not-proven', outer: diamond, inner: exclamation },
  'not-applicable': { tone: 'not-applicable', outer: circle, inner: dash },
  open: { tone: 'not-met full', outer: square, inner: cross },
  answered: { tone: 'not-met', outer: square, inner: dots },
  accepted: { tone: 'not-proven', outer: square, inner: tick },
  fixed: { tone: 'met', outer: circle, inner: tick },
}

/** The shape of a status; always beside its word, or named by `label` where there is no room. */
export function Mark({ sign, label }: { readonly sign: Sign; readonly label?: string }) {
  const { tone, outer, inner } = drawings[sign]
  const naming =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <svg className={`mark ${tone}`} viewBox="0 0 16 16" {...naming}>
      <g className="mark-outer">{outer}</g>
      <g className="mark-inner">{inner}</g>
    </svg>
  )
}
