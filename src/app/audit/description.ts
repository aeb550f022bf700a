import { z } from 'zod'
import type { Text } from '../../domain/decider.ts'
import type { Views } from '../ports.ts'
import type { BlockPlace, StarterTexts } from './starter-texts.ts'

export type DescriptionBlock = {
  readonly id: string
  readonly criterion: BlockPlace
  readonly title: Text
  readonly text: Text
  /** False while it is the starter text. */
  readonly edited: boolean
  /** 0 for the starter text. */
  readonly version: number
  /** How many passages a person must still write. */
  readonly toFill: { readonly ja: number; readonly en: number }
}

const written = z.object({
  block: z.string(),
  version: z.number(),
  ja: z.string(),
  en: z.string(),
})

/** Section III as the prefix has it: the organisation's own text, else the starter text. */
export async function description(
  views: Views,
  starter: StarterTexts,
): Promise<readonly DescriptionBlock[]> {
  const rows = await views.rows(
    written,
    'select block, version, text_ja as ja, text_en as en from description_blocks',
  )
  const own = new Map(rows.map((row) => [row.block, row]))
  return starter.blocks.map((block) => {
    const row = own.get(block.id)
    const text = row === undefined ? block.text : { ja: row.ja, en: row.en }
    return {
      ...block,
      text,
      edited: row !== undefined,
      version: row?.version ?? 0,
      toFill: { ja: fills(text.ja), en: fills(text.en) },
    }
  })
}

function fills(markdown: string): number {
  return markdown.match(/^\s*>\s*\[!FILL\]/gm)?.length ?? 0
}
