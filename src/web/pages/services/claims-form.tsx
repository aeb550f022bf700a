import { listDirectorySources } from '../../../contract/directory.ts'
import { listEvidence } from '../../../contract/evidence.ts'
import type { registerService } from '../../../contract/services.ts'
import type { Input } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import type { Path } from '../../paths.ts'
import {
  DayField,
  LongTextField,
  ManyField,
  NumberField,
  SelectField,
  SwitchField,
  TextField,
} from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { PersonField } from '../../ui/person-field.tsx'
import type { Form as FormState } from '../../ui/use-form.ts'

type Details = Input<typeof registerService>['body']

const kinds = ['saas', 'cloud', 'internal'] as const
const dataClasses = ['public', 'internal', 'confidential', 'personal', 'customer'] as const
const signOns = ['enforced', 'optional', 'off', 'unsupported'] as const
const reportKinds = ['soc2-type2', 'soc2-type1', 'iso27001', 'other'] as const

const noSources: readonly string[] = []

export const blank = {
  name: '',
  kind: 'saas',
  url: '',
  vendor: '',
  owner: '',
  dataClass: 'internal',
  audience: '',
  'signOn.state': 'optional',
  'signOn.checkedOn': '',
  'signOn.evidence': '',
  hasOwnPolicy: false,
  'ownPolicy.minLength': 12,
  'ownPolicy.lockAfter': 10,
  'ownPolicy.mfa': true,
  'ownPolicy.evidence': '',
  breakGlass: '',
  sources: noSources,
  hasReport: false,
  'report.kind': 'soc2-type2',
  'report.expires': '',
  'report.evidence': '',
}
type Typed = typeof blank

/** What is on the register, as the form shows it. */
export function filled(details: Details): Typed {
  const { signOn, ownPolicy, report } = details
  return {
    ...blank,
    name: details.name,
    kind: details.kind,
    url: details.url ?? '',
    vendor: details.vendor ?? '',
    owner: details.owner,
    dataClass: details.dataClass,
    audience: details.audience,
    'signOn.state': signOn.state,
    'signOn.checkedOn': signOn.checkedOn ?? '',
    'signOn.evidence': signOn.evidence ?? '',
    hasOwnPolicy: ownPolicy !== null,
    'ownPolicy.minLength': ownPolicy?.minLength ?? blank['ownPolicy.minLength'],
    'ownPolicy.lockAfter': ownPolicy?.lockAfter ?? blank['ownPolicy.lockAfter'],
    'ownPolicy.mfa': ownPolicy?.mfa ?? blank['ownPolicy.mfa'],
    'ownPolicy.evidence': ownPolicy?.evidence ?? '',
    breakGlass: details.breakGlass.join('\n'),
    sources: details.sources,
    hasReport: report !== null,
    'report.kind': report?.kind ?? blank['report.kind'],
    'report.expires': report?.expires ?? '',
    'report.evidence': report?.evidence ?? '',
  }
}

/** What is asked of the route, made of what was typed. */
export function saidOf(values: Typed): Details {
  return {
    name: values.name,
    kind: oneOf(kinds, values.kind),
    url: orNull(values.url),
    vendor: orNull(values.vendor),
    owner: values.owner,
    dataClass: oneOf(dataClasses, values.dataClass),
    audience: values.audience,
    signOn: {
      state: oneOf(signOns, values['signOn.state']),
      checkedOn: orNull(values['signOn.checkedOn']),
      evidence: orNull(values['signOn.evidence']),
    },
    ownPolicy: values.hasOwnPolicy
      ? {
          minLength: values['ownPolicy.minLength'],
          lockAfter: values['ownPolicy.lockAfter'],
          mfa: values['ownPolicy.mfa'],
          evidence: orNull(values['ownPolicy.evidence']),
        }
      : null,
    breakGlass: values.breakGlass.split('\n').flatMap((line) => {
      const login = line.trim()
      return login === '' ? [] : [login]
    }),
    sources: [...values.sources],
    report: values.hasReport
      ? {
          kind: oneOf(reportKinds, values['report.kind']),
          expires: values['report.expires'],
          evidence: orNull(values['report.evidence']),
        }
      : null,
  }
}

type Props = {
  readonly form: FormState<Typed>
  readonly submit: string
  readonly cancel: Path
}

/** Everything that is said of a service. */
export function ServiceForm({ form, submit, cancel }: Props) {
  const t = useMessages().services
  const sources = useRead(listDirectorySources, {})
  return (
    <Form form={form} label={t.facts} submit={submit} permission="services.write" cancel={cancel}>
      <TextField form={form} name="name" label={t.name} />
      <SelectField form={form} name="kind" label={t.kind} choices={choicesOf(t.kinds)} />
      <TextField form={form} name="vendor" label={t.vendor} optional />
      <TextField form={form} name="url" type="url" label={t.url} optional />
      <PersonField form={form} name="owner" label={t.owner} />
      <SelectField
        form={form}
        name="dataClass"
        label={t.dataClass}
        choices={choicesOf(t.dataClasses)}
      />
      <TextField form={form} name="audience" label={t.audience} hint={t.audienceHint} />
      <Claims form={form} />
      <LongTextField
        form={form}
        name="breakGlass"
        label={t.breakGlass}
        hint={t.breakGlassHint}
        optional
      />
      <ManyField
        form={form}
        name="sources"
        label={t.sources}
        choices={sources
          .filter(({ state }) => state === 'active')
          .map(({ id, name }) => ({ value: id, label: name }))}
        optional
      />
    </Form>
  )
}

function Claims({ form }: { readonly form: FormState<Typed> }) {
  const t = useMessages().services
  const evidence = useRead(listEvidence, {}).map(({ id, title }) => ({ value: id, label: title }))
  const { hasOwnPolicy, hasReport } = form.values
  const proof = { form, label: t.evidence, choices: evidence, optional: true }
  return (
    <>
      <SelectField
        form={form}
        name="signOn.state"
        label={t.signOn}
        choices={choicesOf(t.signOns)}
      />
      <DayField form={form} name="signOn.checkedOn" label={t.checkedOn} optional />
      <SelectField {...proof} name="signOn.evidence" />
      <SwitchField form={form} name="hasOwnPolicy" label={t.hasOwnPolicy} />
      {hasOwnPolicy && (
        <>
          <NumberField
            form={form}
            name="ownPolicy.minLength"
            label={t.minLength}
            min={0}
            max={256}
            unit={t.characters}
          />
          <NumberField
            form={form}
            name="ownPolicy.lockAfter"
            label={t.lockAfter}
            min={0}
            max={1_000}
            unit={t.tries}
          />
          <SwitchField form={form} name="ownPolicy.mfa" label={t.mfa} />
          <SelectField {...proof} name="ownPolicy.evidence" />
        </>
      )}
      <SwitchField form={form} name="hasReport" label={t.hasReport} />
      {hasReport && (
        <>
          <SelectField
            form={form}
            name="report.kind"
            label={t.reportKind}
            choices={choicesOf(t.reportKinds)}
          />
          <DayField form={form} name="report.expires" label={t.expires} />
          <SelectField {...proof} name="report.evidence" />
        </>
      )}
    </>
  )
}

function choicesOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}

function oneOf<const T extends string>(words: readonly [T, ...T[]], written: string): T {
  return words.find((word) => word === written) ?? words[0]
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
