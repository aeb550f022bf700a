import { changeScope, getOrganisation } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import { category } from '../../../contract/shared.ts'
import { useMay } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { CardsField, LongTextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { ButtonLink } from '../../ui/link.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { When } from '../../ui/when.tsx'

type Organisation = Output<typeof getOrganisation>

/** The organisation, its scope, and the way to accounts and tokens. */
export function SettingsPage() {
  const all = useMessages()
  const t = all.settings
  const mail = all.customers.own.outbox.title
  const mayI = useMay()
  const organisation = useRead(getOrganisation, {})
  return (
    <Page
      title={t.title}
      actions={
        <>
          {mayI('accounts.read') && (
            <ButtonLink to={paths.accounts()}>{t.accounts.title}</ButtonLink>
          )}
          {mayI('accounts.write') && <ButtonLink to={paths.outbox()}>{mail}</ButtonLink>}
          <ButtonLink to={paths.tokens()}>{t.tokens.title}</ButtonLink>
        </>
      }
    >
      <Section title={t.organisation.title} note={t.organisation.note} sheet>
        <FactList
          facts={[
            { label: t.organisation.nameJa, value: organisation.name.ja },
            { label: t.organisation.nameEn, value: organisation.name.en },
            { label: t.organisation.zone, value: organisation.timeZone },
            { label: t.organisation.since, value: <When at={organisation.setUpAt} /> },
          ]}
        />
      </Section>
      <Section title={t.scope.title} note={t.scope.note} sheet>
        <ScopeForm key={organisation.categories.join()} organisation={organisation} />
      </Section>
    </Page>
  )
}

function ScopeForm({ organisation }: { readonly organisation: Organisation }) {
  const t = useMessages()
  const command = useCommand(changeScope)
  const form = useForm(command, {
    initial: { categories: organisation.categories, reason: '' },
    input: (values) => ({
      body: {
        categories: category.options.filter((one) => values.categories.includes(one)),
        reason: values.reason,
      },
    }),
    done: () => {
      notifySuccess(t.settings.scope.saved)
    },
  })
  return (
    <Form
      form={form}
      label={t.settings.scope.title}
      submit={t.settings.scope.save}
      permission="organisation.write"
    >
      <CardsField
        form={form}
        name="categories"
        label={t.settings.scope.categories}
        choices={category.options.map((value) => ({
          value,
          label: t.ui.category[value],
          text: t.settings.scope.texts[value],
          fixed: value === 'security',
        }))}
      />
      <LongTextField
        form={form}
        name="reason"
        label={t.settings.scope.reason}
        hint={t.ui.reason.hint}
        rows={2}
      />
    </Form>
  )
}
