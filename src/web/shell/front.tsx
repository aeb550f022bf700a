import { Outlet } from '@tanstack/react-router'
import { useSession } from '../api/session.ts'
import { useMessages } from '../messages/language.tsx'
import { LanguageSwitch } from './account-menu.tsx'
import { Brand } from './brand.tsx'

/** What stands around the pages before signing in. */
export function Front() {
  const t = useMessages().shell
  const { demonstration } = useSession()
  return (
    <div className="front">
      <header className="front-bar">
        <Brand />
        <LanguageSwitch />
      </header>
      <main className="front-main" id="content">
        {demonstration && <p className="demo-band">{t.demonstration}</p>}
        <Outlet />
      </main>
    </div>
  )
}
