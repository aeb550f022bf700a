import { Button } from '@mantine/core'
import { refuseEnrolment } from '../../contract/session.ts'
import { useMay, useSession } from '../api/session.ts'
import { useCommand } from '../api/use-command.ts'
import { useFormat, useMessages, useText } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { TextLink } from '../ui/link.tsx'
import { Mark } from '../ui/mark.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { noticeGroups } from './notice-groups.ts'
import type { NoticeGroup } from './notice-groups.ts'

/** So many people are named; the rest are counted. */
const namedMax = 4

/** What the person should know at once, on every page, until it is dealt with. */
export function Notices() {
  const { notices, person } = useSession()
  if (notices.length === 0) return null
  return (
    <div className="notices">
      {noticeGroups(notices, person?.id ?? null).map((group) => (
        <NoticeLine key={`${group.code} ${group.mine}`} group={group} />
      ))}
    </div>
  )
}

function NoticeLine({ group }: { readonly group: NoticeGroup }) {
  const t = useMessages().shell.notice
  const text = useText()
  const mayI = useMay()
  const isPending = group.code === 'enrolment-pending' || group.code === 'passkey-held'
  const me = group.mine && isPending ? group.about[0] : undefined
  return (
    <div className="note note-warning">
      <Mark sign="not-proven" />
      <div>
        <p>
          {text(group.message)}{' '}
          {mayI('accounts.read') && <TextLink to={paths.accounts()}>{t.accounts}</TextLink>}
        </p>
        {!group.mine && <Names group={group} />}
        {me !== undefined && <Refuse person={me.id} />}
      </div>
    </div>
  )
}

function Names({ group }: { readonly group: NoticeGroup }) {
  const t = useMessages()
  const format = useFormat()
  const names = group.about.slice(0, namedMax).map(({ name }) => name ?? t.ui.unknownPerson)
  const rest = group.about.length - names.length
  const more = rest > 0 ? [t.shell.notice.more(format.number(rest))] : []
  return <p className="small faint">{format.list([...names, ...more])}</p>
}

/** "I did not ask for this": whoever made the link may be somebody who should not have. */
function Refuse({ person }: { readonly person: string }) {
  const t = useMessages().shell.notice
  const refuse = useCommand(refuseEnrolment)
  return (
    <>
      <Button
        size="xs"
        variant="default"
        mt="xs"
        loading={refuse.running}
        onClick={() => void refuse.run({ params: { person } })}
      >
        {t.refuse}
      </Button>
      <ProblemNote problem={refuse.problem} />
    </>
  )
}
