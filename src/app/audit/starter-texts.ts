import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Text } from '../../domain/decider.ts'

/**
 * Where a block stands: below a description criterion (DC 200) in section III, or in section V.
 * DC 8 is answered by the decisions themselves.
 */
const place = z.enum(['DC1', 'DC2', 'DC3', 'DC4', 'DC5', 'DC6', 'DC7', 'DC8', 'V'])
export type BlockPlace = z.infer<typeof place>

type StarterBlock = {
  readonly id: string
  readonly criterion: BlockPlace
  readonly title: Text
  readonly text: Text
}

/** What the product brings along for a report, before anybody has written a word. */
export type StarterTexts = {
  /** Blocks of sections III and V, in the order of the report. */
  readonly blocks: readonly StarterBlock[]
  /** Management's assertion, with figures for what depends on the organisation and the day. */
  readonly assertion: Text
}

const blockList = z.strictObject({
  blocks: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{2,60}$/),
      criterion: place,
      title: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
    }),
  ),
})

/** Reads `description/` and `assertion/` of the folder `content`. */
export async function readStarterTexts(content: URL): Promise<StarterTexts> {
  const read = (path: string) => readFile(new URL(path, content), 'utf8')
  const both = async (path: (language: string) => string): Promise<Text> => {
    const [ja, en] = await Promise.all([read(path('ja')), read(path('en'))])
    return { ja: ja.trimEnd(), en: en.trimEnd() }
  }
  const { blocks } = blockList.parse(JSON.parse(await read('description/blocks.json')))
  return {
    blocks: await Promise.all(
      blocks.map(async (block) => ({
        ...block,
        text: await both((language) => `description/${language}/${block.id}.md`),
      })),
    ),
    assertion: await both((language) => `assertion/${language}.md`),
  }
}
