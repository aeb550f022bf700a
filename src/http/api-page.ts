import type { Route } from '../contract/route.ts'
import type { Text } from '../domain/decider.ts'
import { tagOf, type OpenApi } from './openapi.ts'

const texts = {
  title: { ja: 'API の手引き', en: 'The API' },
  intro: {
    ja: 'この一覧はサーバー自身が使う定義から作られています。プログラムからは、設定画面で作った API トークンを Authorization ヘッダーに付けて呼び出します。',
    en: 'This list is made from the very definitions that the server uses. Programs call it with an API token, made in the settings, in the Authorization header.',
  },
  machine: { ja: 'OpenAPI 3.1 の文書', en: 'OpenAPI 3.1 document' },
  permission: { ja: '必要な権限', en: 'Permission' },
  parameters: { ja: 'パラメーター', en: 'Parameters' },
  body: { ja: '送る内容', en: 'Request body' },
  answer: { ja: '返る内容', en: 'Answer' },
  other: { ja: 'English', en: '日本語' },
} as const satisfies Record<string, Text>

type Language = keyof Text
type Json = Readonly<Record<string, unknown>>

/** A page that people read: no script, and only the style sheet beside it. */
export function apiPage(
  routes: readonly Route[],
  document: OpenApi,
  wanted: string | undefined,
): string {
  const language: Language = wanted === 'ja' ? 'ja' : 'en'
  const tags = [...new Set(routes.map(tagOf))].sort()
  const sections = tags.map((tag) => {
    const operations = routes
      .filter((route) => tagOf(route) === tag)
      .map((route) => operation(route, document.paths[route.path]?.[route.method] ?? {}, language))
    return `<section id="${tag}"><h2>${tag}</h2>${operations.join('')}</section>`
  })
  const links = tags.map((tag) => `<a href="#${tag}">${tag}</a>`).join(' ')
  const other = language === 'ja' ? 'en' : 'ja'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title[language]} - Arinomama</title>
<link rel="stylesheet" href="/api-docs/page.css">
</head>
<body>
<header>
<h1>${texts.title[language]}</h1>
<p>${texts.intro[language]}</p>
<pre>curl -H "Authorization: Bearer $ARINOMAMA_TOKEN" ${escaped(origin(document))}/api/criteria</pre>
<p><a href="/openapi.json">${texts.machine[language]}</a>
<a href="?lang=${other}" lang="${other}">${texts.other[language]}</a></p>
<nav>${links}</nav>
</header>
<main>${sections.join('')}</main>
</body>
</html>
`
}

function operation(route: Route, said: Json, language: Language): string {
  const parts = [
    `<p class="permission">${texts.permission[language]}: <code>${route.permission}</code></p>`,
    block(texts.parameters[language], said['parameters']),
    block(texts.body[language], said['requestBody']),
    block(texts.answer[language], said['responses']),
  ]
  return `<details id="${route.id}">
<summary><span class="method ${route.method}">${route.method.toUpperCase()}</span>
<code>${escaped(route.path)}</code> <span class="summary">${escaped(route.summary)}</span></summary>
${parts.join('')}
</details>`
}

function block(title: string, json: unknown): string {
  if (json === undefined) return ''
  return `<h3>${title}</h3><pre>${escaped(JSON.stringify(json, null, 2))}</pre>`
}

function origin(document: OpenApi): string {
  return document.servers[0]?.url ?? ''
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

export const apiPageStyle = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.75rem; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid #8886; border-radius: 6px; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
details { border-bottom: 1px solid #8883; padding: 0.5rem 0; }
summary { cursor: pointer; }
h3 { font-size: 0.9rem; margin: 1rem 0 0.25rem; }
.method { display: inline-block; min-width: 4rem; font-weight: 700; }
.summary { opacity: 0.85; }
`
