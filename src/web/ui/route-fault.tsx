import { Button } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { asProblem } from '../api/problem.ts'
import { useMessages, useText } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { EmptyState } from './empty-state.tsx'
import { ButtonLink } from './link.tsx'
import { Page } from './page.tsx'
import { ProblemNote } from './problem-note.tsx'

/** What a route shows when its page cannot be shown: what happened, what to do, and a way out. */
export function RouteFault({ error }: { readonly error: unknown }) {
  const t = useMessages().ui
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  const problem = asProblem(error)
  if (problem.status === 404) return <NotFound problem={problem} />
  return (
    <Page title={t.problem.title}>
      <ProblemNote problem={problem} />
      <div className="row">
        <Button
          size="sm"
          onClick={() => {
            reset()
            void router.invalidate()
          }}
        >
          {t.retry}
        </Button>
        <ButtonLink to={paths.home()}>{t.problem.home}</ButtonLink>
      </div>
    </Page>
  )
}

/** An address that nothing answers, or an id that nothing has. */
export function NotFound({ problem }: { readonly problem?: ReturnType<typeof asProblem> }) {
  const t = useMessages().ui
  const text = useText()
  return (
    <Page title={t.problem.notFound}>
      <EmptyState
        title={problem === undefined ? t.problem.notFound : text(problem.shown)}
        text={t.problem.notFoundText}
        actions={<ButtonLink to={paths.home()}>{t.problem.home}</ButtonLink>}
      />
    </Page>
  )
}
