import { useState } from 'react'
import type { Output } from '../../../contract/route.ts'
import { houseRole as roleSchema, language as languageSchema } from '../../../contract/shared.ts'
import { invite } from '../../../contract/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useLanguage, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { ButtonLink } from '../../ui/link.tsx'
import { Button } from '@mantine/core'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { InvitationLink } from './invitation-link.tsx'

type Made = Output<typeof invite>

/** Invites a person: the answer is a link that is shown once. */
export function InvitePage() {
  const t = useMessages().settings
  const [made, setMade] = useState<Made | null>(null)
  return (
    <Page
      title={t.invitation.title}
      breadcrumbs={[
        { label: t.title, to: paths.settings() },
        { label: t.accounts.title, to: paths.accounts() },
      ]}
    >
      {made === null ? (
        <InviteForm onMade={setMade} />
      ) : (
        <div className="stack">
          <InvitationLink link={made.link} expiresAt={made.expiresAt} />
          <div className="row">
            <Button
              size="sm"
              onClick={() => {
                setMade(null)
              }}
            >
              {t.invitation.another}
            </Button>
            <ButtonLink to={paths.accounts()}>{t.invitation.back}</ButtonLink>
          </div>
        </div>
      )}
    </Page>
  )
}

function InviteForm({ onMade }: { readonly onMade: (made: Made) => void }) {
  const t = useMessages()
  const words = t.settings.invitation
  const spoken = useLanguage().language
  const command = useCommand(invite)
  const form = useForm(command, {
    initial: { name: '', email: '', role: 'employee', language: spoken },
    input: (values) => ({
      body: {
        name: values.name,
        email: values.email,
        role: roleSchema.parse(values.role),
        language: languageSchema.parse(values.language),
      },
    }),
    done: onMade,
  })
  return (
    <Form
      form={form}
      label={words.title}
      submit={words.send}
      permission="accounts.write"
      cancel={paths.accounts()}
    >
      <TextField form={form} name="name" label={words.name} />
      <TextField form={form} name="email" type="email" label={words.email} />
      <SelectField
        form={form}
        name="role"
        label={words.role}
        choices={roleSchema.options.map((value) => ({
          value,
          label: `${t.ui.role[value]} — ${words.roles[value]}`,
        }))}
      />
      <SelectField
        form={form}
        name="language"
        label={words.language}
        choices={languageSchema.options.map((value) => ({ value, label: t.ui.language[value] }))}
      />
    </Form>
  )
}
