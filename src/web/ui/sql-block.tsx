import { CopyButton } from '@mantine/core'
import { useMessages } from '../messages/language.tsx'

const keywords =
  /\b(select|from|where|and|or|not|in|is|null|as|on|join|left|lateral|exists|group|by|order|having|with|union|all|case|when|then|else|end|distinct|interval|true|false|over|partition|limit|filter|coalesce|count|max|min|sum)\b/gi
const pieces = /('(?:[^']|'')*')|(--[^\n]*)|([\s\S]+?(?='|--|$))/g

type Token = { readonly kind: 'text' | 'word' | 'string' | 'comment'; readonly text: string }

/** A query as auditors read it: the very SQL that is run. */
export function SqlBlock({ sql, label }: { readonly sql: string; readonly label: string }) {
  const t = useMessages().ui
  return (
    <figure className="code-block">
      <figcaption>
        <span>{label}</span>
        <CopyButton value={sql}>
          {({ copied, copy }) => (
            <button type="button" className="quiet-button" onClick={copy}>
              {copied ? t.copied : t.copy}
            </button>
          )}
        </CopyButton>
      </figcaption>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={label}>
        <code>
          {sqlTokens(dedent(sql)).map((token, at) => (
            // Tokens never move: their place is their identity.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at} className={`sql-${token.kind}`}>
              {token.text}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  )
}

/** The words, strings and comments of a query; put together again they are the query. */
export function sqlTokens(sql: string): Token[] {
  const tokens: Token[] = []
  for (const [, string, comment, rest] of sql.matchAll(pieces)) {
    if (string !== undefined) tokens.push({ kind: 'string', text: string })
    else if (comment !== undefined) tokens.push({ kind: 'comment', text: comment })
    else if (rest !== undefined) tokens.push(...words(rest))
  }
  return tokens
}

function words(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (const match of text.matchAll(keywords)) {
    if (match.index > at) tokens.push({ kind: 'text', text: text.slice(at, match.index) })
    tokens.push({ kind: 'word', text: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) tokens.push({ kind: 'text', text: text.slice(at) })
  return tokens
}

/** Without the blank lines around it and the indentation that all its lines share. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  const shared = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => line.slice(shared)).join('\n')
}
