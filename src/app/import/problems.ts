import type { Refused, RowProblem, Text } from '../../domain/decider.ts'

/** More than this nobody corrects by hand; the first ones show what is wrong with the file. */
const problemsMax = 1_000
const shownCharactersMax = 60

/** Gathers what is wrong with a file, so that a person is told everything at once. */
export class Problems {
  readonly #found: RowProblem[] = []
  #count = 0

  /** `value` is what stands in the file; it is shown in place of `{value}` in the text. */
  add(at: Omit<RowProblem, 'message'>, text: Text, value = ''): void {
    this.#count += 1
    if (this.#found.length >= problemsMax) return
    const shown =
      value.length > shownCharactersMax ? `${value.slice(0, shownCharactersMax)}…` : value
    const message = {
      ja: text.ja.replaceAll('{value}', () => shown),
      en: text.en.replaceAll('{value}', () => shown),
    }
    this.#found.push({ ...at, message })
  }

  get none(): boolean {
    return this.#count === 0
  }

  /** The refusal of the whole file: `about` counts all problems, the list holds the first ones. */
  refusal(): Refused<'file-has-problems'> {
    return { refused: 'file-has-problems', about: String(this.#count), problems: this.#found }
  }
}
