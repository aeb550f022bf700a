import { IconPlayerPlay } from '@tabler/icons-react'
import { listChecks, runChecks } from '../../../contract/criteria.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { StatusBar } from '../../ui/status-bar.tsx'
import { CheckTable } from './check-table.tsx'

/** Every check with its result. */
export function ChecksPage() {
  const t = useMessages().checks
  const format = useFormat()
  const checks = useRead(listChecks, {})
  const run = useCommand(runChecks)
  const count = (status: 'met' | 'not-met' | 'not-proven') =>
    checks.filter((check) => check.status === status).length
  const judge = async () => {
    const answer = await run.run({})
    if (answer === null) return
    const { met, notMet, notProven } = answer.totals
    notifySuccess(t.ran(format.number(met), format.number(notMet), format.number(notProven)))
  }
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={
        <CommandButton
          permission="checks.run"
          variant="default"
          icon={<IconPlayerPlay size={16} stroke={1.7} />}
          running={run.running}
          onClick={() => void judge()}
        >
          {t.run}
        </CommandButton>
      }
    >
      <ProblemNote problem={run.problem} />
      {checks.length > 0 && (
        <StatusBar
          tally={{
            met: count('met'),
            notMet: count('not-met'),
            notProven: count('not-proven'),
            notApplicable: 0,
          }}
          label={t.totals}
          to={(status) => paths.checks({ status })}
        />
      )}
      <CheckTable
        label={t.list}
        rows={checks}
        empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
      />
    </Page>
  )
}
