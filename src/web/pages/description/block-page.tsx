import { notFound } from '@tanstack/react-router'
import { getDescription, writeDescription } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { Form } from '../../ui/form.tsx'
import { MarkdownField } from '../../ui/markdown-field.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Figures } from './description-page.tsx'

type Description = Output<typeof getDescription>
type Block = Description['blocks'][number]

/** One block of section III, in both languages. */
export function BlockPage({ params }: { readonly params: { readonly block: string } }) {
  const t = useMessages().description
  const text = useText()
  const description = useRead(getDescription, {})
  const block = description.blocks.find(({ id }) => id === params.block)
  // The router's own signal, which is not an Error.
  // oxlint-disable-next-line typescript/only-throw-error
  if (block === undefined) throw notFound()
  return (
    <Page
      title={text(block.title)}
      note={t.fill.note}
      breadcrumbs={[{ label: t.title, to: paths.description() }]}
    >
      <BlockForm key={block.version} block={block} />
      <Figures figures={description.figures} />
    </Page>
  )
}

function BlockForm({ block }: { readonly block: Block }) {
  const t = useMessages().description.form
  const go = useGo()
  const command = useCommand(writeDescription)
  const form = useForm(command, {
    initial: { 'text.ja': block.text.ja, 'text.en': block.text.en },
    input: (values) => ({
      params: { block: block.id },
      body: {
        text: { ja: values['text.ja'], en: values['text.en'] },
        version: block.version,
      },
    }),
    done: async () => {
      notifySuccess(t.saved)
      await go(paths.description())
    },
  })
  return (
    <Form
      form={form}
      label={t.label}
      submit={t.save}
      permission="report.write"
      cancel={paths.description()}
    >
      <MarkdownField form={form} name="text.ja" label={t.ja} lang="ja" />
      <MarkdownField form={form} name="text.en" label={t.en} lang="en" />
    </Form>
  )
}
