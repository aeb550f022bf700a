import { Button } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { refuseEnrolment } from '../../contract/session.ts'
import { useMay, useSession } from '../api/session.ts'
import { useCommand } from '../api/use-command.ts'
import { useFormat, useMessages, useText } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { TextLink } from '../ui/link.tsx'
import { Mark } from '../ui/mark.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'

type Notice = ReturnType<typeof useSession>['notices'][number]

/** What somebody may be doing in the person's name is told on every page; the rest on the first. */
const urgent: readonly Notice['code'][] = ['enrolment-pending', 'passkey-held']

/** What the person should know, until it is dealt with. */
export function Notices() {
  const session = useSession()
  const isHome = useLocation({ select: (location) => location.pathname === '/' })
  const notices = session.notices.filter(({ code }) => isHome || urgent.includes(code))
  if (notices.length === 0) return null
  return (
    <div className="notices">
      {notices
        .filter(({ code }) => code !== 'confirmation-waiting')
        .map((notice) => (
          <NoticeLine key={`${notice.code} ${notice.about.id}`} notice={notice} />
        ))}
      <Waiting notices={notices.filter(({ code }) => code === 'confirmation-waiting')} />
    </div>
  )
}

/** So many people are named; the accounts page has them all. */
const namedMax = 3

/** Others whose passkeys wait to be vouched for: one line, however many they are. */
function Waiting({ notices }: { readonly notices: readonly Notice[] }) {
  const t = useMessages()
  const format = useFormat()
  if (notices.length === 0) return null
  const names = notices
    .slice(0, namedMax)
    .map(({ about }) => about.name ?? t.ui.unknownPerson)
    .join(t.shell.notice.comma)
  return (
    <div className="note note-warning">
      <Mark sign="not-proven" />
      <p>
        {t.shell.notice.waiting(names, format.number(notices.length))}{' '}
        <TextLink to={paths.accounts()}>{t.shell.notice.accounts}</TextLink>
      </p>
    </div>
  )
}

function NoticeLine({ notice }: { readonly notice: Notice }) {
  const t = useMessages().shell.notice
  const text = useText()
  const mayI = useMay()
  const { person } = useSession()
  const refuse = useCommand(refuseEnrolment)
  const isPending = notice.code === 'enrolment-pending' || notice.code === 'passkey-held'
  return (
    <div className="note note-warning">
      <Mark sign="not-proven" />
      <div>
        <p>
          {text(notice.message)}{' '}
          {mayI('accounts.read') && <TextLink to={paths.accounts()}>{t.accounts}</TextLink>}
        </p>
        {isPending && notice.about.id === person?.id && (
          <Button
            size="xs"
            variant="default"
            mt="xs"
            loading={refuse.running}
            onClick={() => void refuse.run({ params: { person: notice.about.id } })}
          >
            {t.refuse}
          </Button>
        )}
        <ProblemNote problem={refuse.problem} />
      </div>
    </div>
  )
}
