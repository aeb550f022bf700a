import { getDescription } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useLanguage, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { MarkdownView } from '../../ui/markdown-view.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { withFigures } from './figures.ts'

type Description = Output<typeof getDescription>
type Block = Description['blocks'][number]

/** Section III as it will be read, with what is still to be filled in. */
export function DescriptionPage() {
  const t = useMessages().description
  const format = useFormat()
  const { language } = useLanguage()
  const description = useRead(getDescription, {})
  const { blocks } = description
  const complete = blocks.filter((block) => block.toFill[language] === 0).length
  const progress = t.progress(format.number(complete), format.number(blocks.length))
  return (
    <Page title={t.title} note={`${t.note} ${progress}`}>
      {blocks.map((block) => (
        <BlockSection key={block.id} block={block} figures={description.figures} />
      ))}
      <Figures figures={description.figures} />
    </Page>
  )
}

type BlockProps = { readonly block: Block; readonly figures: Description['figures'] }

function BlockSection({ block, figures }: BlockProps) {
  const t = useMessages().description
  const text = useText()
  const { language } = useLanguage()
  return (
    <Section
      title={text(block.title)}
      note={<BlockState block={block} />}
      sheet
      actions={
        <CommandLink
          permission="report.write"
          to={paths.descriptionBlock(block.id)}
          variant="default"
          size="xs"
        >
          {t.edit}
        </CommandLink>
      }
    >
      <MarkdownView text={withFigures(block.text[language], figures)} />
    </Section>
  )
}

function BlockState({ block }: { readonly block: Block }) {
  const t = useMessages().description
  const format = useFormat()
  const { language } = useLanguage()
  const missing = block.toFill[language]
  const sign = missing === 0 ? 'met' : 'not-proven'
  return (
    <>
      <span className={`badge badge-sm tone-${sign}`}>
        <Mark sign={sign} />
        {missing === 0 ? t.complete : t.toFill(format.number(missing))}
      </span>{' '}
      {block.edited ? t.edited(block.version) : t.starter}
    </>
  )
}

type Figure = { readonly name: string; readonly value: string }

function useFigureColumns(): readonly Column<Figure>[] {
  const t = useMessages().description.figures
  return [
    {
      key: 'name',
      title: t.name,
      value: (row) => row.name,
      cell: (row) => <code>{`{{${row.name}}}`}</code>,
    },
    { key: 'value', title: t.value, value: (row) => row.value, cell: (row) => row.value },
  ]
}

/** What may be named in the text, and what it is now. */
export function Figures({ figures }: { readonly figures: Description['figures'] }) {
  const t = useMessages().description.figures
  const format = useFormat()
  const columns = useFigureColumns()
  const rows = Object.entries(figures).map(([name, value]) => ({
    name,
    value: typeof value === 'number' ? format.number(value) : value,
  }))
  return (
    <Section title={t.title} note={t.note}>
      <DataTable
        label={t.title}
        name="figures"
        rows={rows}
        columns={columns}
        rowKey={(row) => row.name}
        empty={null}
      />
    </Section>
  )
}
