import { IconFingerprint } from '@tabler/icons-react'
import { category } from '../../../contract/shared.ts'
import { useMessages } from '../../messages/language.tsx'
import { CardsField, SelectField, TextField } from '../../ui/fields.tsx'
import type { SetUpForm } from './set-up-form.ts'

type Props = { readonly form: SetUpForm }

const zones = Intl.supportedValuesOf('timeZone')

/** Names in both languages, and where days begin and end. */
export function OrganisationStep({ form }: Props) {
  const t = useMessages().session.setUp
  return (
    <>
      <TextField
        form={form}
        name="organisation.name.ja"
        label={t.nameJa}
        hint={t.nameJaHint}
        lang="ja"
        autoComplete="organization"
      />
      <TextField
        form={form}
        name="organisation.name.en"
        label={t.nameEn}
        hint={t.nameEnHint}
        lang="en"
      />
      <SelectField
        form={form}
        name="organisation.timeZone"
        label={t.zone}
        hint={t.zoneHint}
        choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        searchable
      />
    </>
  )
}

/** The categories, explained to somebody who never did this. */
export function ScopeStep({ form }: Props) {
  const t = useMessages()
  return (
    <CardsField
      form={form}
      name="categories"
      label={t.session.setUp.categories}
      hint={t.session.setUp.categoriesHint}
      choices={category.options.map((value) => ({
        value,
        label: t.ui.category[value],
        text: t.session.setUp.categoryText[value],
        fixed: value === 'security',
      }))}
    />
  )
}

/** The first administrator. */
export function PersonStep({ form }: Props) {
  const t = useMessages().session.setUp
  return (
    <>
      <TextField
        form={form}
        name="administrator.name"
        label={t.name}
        hint={t.nameHint}
        autoComplete="name"
      />
      <TextField
        form={form}
        name="administrator.email"
        label={t.email}
        hint={t.emailHint}
        type="email"
        autoComplete="email"
      />
    </>
  )
}

/** What a passkey is, before the device asks for it. */
export function PasskeyStep() {
  const t = useMessages().session.setUp
  return (
    <div className="note">
      <IconFingerprint size={26} stroke={1.5} aria-hidden />
      <div>
        <p>
          <strong>{t.passkeyTitle}</strong>
        </p>
        <p>{t.passkeyText}</p>
        <p className="faint">{t.passkeyNote}</p>
      </div>
    </div>
  )
}
