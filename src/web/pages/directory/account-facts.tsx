import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { Account } from './account-page.tsx'

/** What is known of an account, and which entry shows it. */
export function AccountFacts({ account }: { readonly account: Account }) {
  const holding = useHolding(account)
  const using = useUsing(account)
  const times = useTimes(account)
  return <FactList facts={[...holding, ...using, ...times]} />
}

function useHolding(account: Account) {
  const t = useMessages().directory
  const { owner, rule, link, use, source } = account
  return [
    {
      label: t.owner,
      value:
        owner === null ? <span className="tone-not-met">{t.noOwner}</span> : <Who who={owner} />,
    },
    use === null ? null : { label: t.use, value: t.uses[use] },
    link === null || rule === null
      ? null
      : {
          label: t.rule,
          value: (
            <>
              {t.rules[rule]} <When at={link.at} /> <EntryLink seq={link.seq} />
              {rule === 'by-hand' && (
                <span className="faint small">
                  {' '}
                  <Who who={link.by} /> {link.reason}
                </span>
              )}
            </>
          ),
        },
    {
      label: t.source,
      value: <TextLink to={paths.directorySource(source.id)}>{source.name}</TextLink>,
    },
  ]
}

function useUsing(account: Account) {
  const t = useMessages().directory
  const flags: Readonly<Record<string, string>> = t.flags
  const { mfa, policy, email, employeeNumber, dn } = account
  return [
    { label: t.state, value: t.states[account.state] },
    { label: t.kind, value: t.kinds[account.kind] },
    { label: t.privileged, value: account.privileged ? t.yes : t.no },
    { label: t.mfa, value: mfa === null ? t.unknown : mfa ? t.yes : t.no },
    account.flags.length === 0
      ? null
      : { label: t.one.flags, value: account.flags.map((one) => flags[one] ?? one).join(' · ') },
    policy === null ? null : { label: t.one.policy, value: policy },
    email === null ? null : { label: t.email, value: email },
    employeeNumber === null ? null : { label: t.one.number, value: employeeNumber },
    dn === null ? null : { label: t.one.place, value: <code>{dn}</code> },
  ]
}

function useTimes(account: Account) {
  const t = useMessages().directory
  const { lastUsedAt, neverUsed } = account
  const at = (label: string, instant: string | null) =>
    instant === null ? null : { label, value: <When at={instant} /> }
  const unused = neverUsed === true ? t.never : t.unknown
  return [
    { label: t.lastUsed, value: lastUsedAt === null ? unused : <When at={lastUsedAt} /> },
    at(t.one.created, account.createdAt),
    at(t.one.firstSeen, account.firstSeenAt),
    at(t.one.passwordSet, account.passwordSetAt),
    at(t.one.expires, account.expiresAt),
    at(t.one.disabledSince, account.disabledSince),
    at(t.one.goneAt, account.goneAt),
    { label: t.one.observation, value: <EntryLink seq={account.seq} /> },
  ]
}
