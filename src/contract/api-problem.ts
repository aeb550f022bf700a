import { problem, type Problem } from './shared.ts'

/** Problems that no server words, because it did not answer or answered something else. */
export const callTexts = {
  network: {
    ja: 'サーバーに接続できませんでした。ネットワークとサーバーの状態を確かめて、もう一度お試しください。',
    en: 'The server could not be reached. Check the network and the server, then try again.',
  },
  timeout: {
    ja: 'サーバーの応答が制限時間内に返りませんでした。しばらくしてからもう一度お試しください。',
    en: 'The server did not answer in time. Try again in a moment.',
  },
  unreadable: {
    ja: 'サーバーから読み取れない応答が返りました。もう一度お試しください。',
    en: 'The server gave an answer that cannot be read. Try again.',
  },
  mismatch: {
    ja: 'サーバーとこのプログラムの版が食い違っています。再読み込みするか、版をそろえてください。',
    en: 'The server and this program are of different versions. Reload the page, or bring both to one version.',
  },
} as const

/** What the server (or the way to it) refused: what happened, what to do, a stable code. */
export class ApiProblem extends Error {
  readonly code: string
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** What happened and what to do, in both languages. */
  readonly shown: Problem['message']
  /** The field, row or id that it is about. */
  readonly about: string | null
  readonly problems: NonNullable<Problem['problems']>

  constructor(status: number, body: Problem) {
    super(`${body.code}: ${body.message.en}`)
    this.name = 'ApiProblem'
    this.code = body.code
    this.status = status
    this.shown = body.message
    this.about = body.about ?? null
    this.problems = body.problems ?? []
  }
}

/** The problem that an answer with an error status holds, whatever its body looks like. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const parsed = problem.safeParse(body)
  if (parsed.success) return new ApiProblem(status, parsed.data)
  return new ApiProblem(status, { code: `http-${status}`, message: callTexts.unreadable })
}
