import type { z } from 'zod'
import type { Input } from '../../../contract/route.ts'
import { setUp, setUpOptions } from '../../../contract/session.ts'
import { category } from '../../../contract/shared.ts'
import { api } from '../../api/api.ts'
import { createPasskey } from '../../api/passkey.ts'
import { usePasskeyTalk } from '../../api/use-passkey.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { notifySuccess } from '../../ui/notify.tsx'
import type { Form } from '../../ui/use-form.ts'
import { useForm } from '../../ui/use-form.ts'

type SetUpValues = {
  readonly 'organisation.name.ja': string
  readonly 'organisation.name.en': string
  readonly 'organisation.timeZone': string
  readonly categories: readonly string[]
  readonly 'administrator.name': string
  readonly 'administrator.email': string
}

export type SetUpForm = Form<SetUpValues>

const initial: SetUpValues = {
  'organisation.name.ja': '',
  'organisation.name.en': '',
  'organisation.timeZone': new Intl.DateTimeFormat().resolvedOptions().timeZone,
  categories: ['security'],
  'administrator.name': '',
  'administrator.email': '',
}

/** What the wizard collects; sending it has the passkey made in between. */
export function useSetUpForm(token: string): SetUpForm {
  const t = useMessages().session.setUp
  const go = useGo()
  const { talk, running, problem } = usePasskeyTalk()
  const run = async (input: Input<typeof setUp>) => {
    const { name, email } = input.body.administrator
    const isDone = await talk(async () => {
      const options = await api.call(setUpOptions, { body: { token, name, email } })
      const credential = await createPasskey(options)
      await api.call(setUp, { body: { ...input.body, credential } })
    })
    return isDone ? true : null
  }
  return useForm(
    { route: setUp, run, running, problem },
    {
      initial,
      input: (values) => ({ body: bodyOf(token, values) }),
      done: () => {
        notifySuccess(t.done)
        return go(paths.home(), { replace: true })
      },
    },
  )
}

function bodyOf(token: string, values: SetUpValues): z.input<typeof setUp.body> {
  return {
    token,
    organisation: {
      name: { ja: values['organisation.name.ja'], en: values['organisation.name.en'] },
      timeZone: values['organisation.timeZone'],
    },
    categories: category.options.filter((one) => values.categories.includes(one)),
    administrator: {
      name: values['administrator.name'],
      email: values['administrator.email'].trim(),
    },
    // The passkey takes this place when it has been made.
    credential: {},
  }
}
