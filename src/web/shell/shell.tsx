import { Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useSession } from '../api/session.ts'
import { useMessages, useText, ZoneProvider } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { PageLink } from '../ui/link.tsx'
import { AccountMenu, LanguageSwitch } from './account-menu.tsx'
import { AsOfPicker, PastBand } from './as-of-picker.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { Notices } from './notices.tsx'
import { openPalette, Palette } from './palette.tsx'
import { ShortcutsDialog, useShortcuts } from './shortcuts.tsx'

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const t = useMessages().shell
  const { organisation, person } = useSession()
  const isGuest = person?.role === 'customer-contact'
  const [navOpened, nav] = useDisclosure(false)
  const [helpOpened, help] = useDisclosure(false)
  useShortcuts(help.open)
  return (
    <ZoneProvider zone={organisation?.timeZone ?? 'UTC'}>
      <div className="shell">
        <a href="#content" className="skip">
          {t.skip}
        </a>
        <aside className="side">
          <HomeLink />
          <Navigation />
        </aside>
        <header className="bar">
          <button
            type="button"
            className="icon-button bar-menu"
            aria-label={t.openNavigation}
            onClick={nav.open}
          >
            <IconMenu2 size={20} aria-hidden />
          </button>
          {!isGuest && (
            <button
              type="button"
              className="bar-search"
              aria-label={t.search.open}
              onClick={openPalette}
            >
              <IconSearch size={16} aria-hidden />
              <span>{t.search.open}</span>
              <kbd className="key">/</kbd>
            </button>
          )}
          <div className="bar-end">
            {!isGuest && <AsOfPicker />}
            <LanguageSwitch />
            <AccountMenu onShortcuts={help.open} />
          </div>
        </header>
        <Main />
        <Drawer opened={navOpened} onClose={nav.close} size="17rem" title={<Brand />}>
          <Navigation onGo={nav.close} />
        </Drawer>
      </div>
      {!isGuest && <Palette />}
      <ShortcutsDialog opened={helpOpened} onClose={help.close} />
      <Notifications position="bottom-right" />
    </ZoneProvider>
  )
}

function HomeLink() {
  const text = useText()
  const { organisation } = useSession()
  return (
    <PageLink to={paths.home()} className="side-brand">
      <Brand />
      {organisation !== null && <span className="side-name">{text(organisation.name)}</span>}
    </PageLink>
  )
}

/** The page itself. After going somewhere the focus is on it, so that reading starts there. */
function Main() {
  const t = useMessages().shell
  const { demonstration } = useSession()
  const main = useRef<HTMLElement>(null)
  const here = useLocation({ select: (location) => location.pathname })
  const before = useRef(here)
  useEffect(() => {
    if (before.current === here) return
    before.current = here
    main.current?.focus({ preventScroll: true })
  }, [here])
  return (
    <div className="content">
      {demonstration && (
        <aside className="demo-band" aria-label={t.demonstrationLabel}>
          {t.demonstration}
        </aside>
      )}
      <PastBand />
      <main ref={main} id="content" className="main" tabIndex={-1}>
        <Notices />
        <Outlet />
      </main>
    </div>
  )
}
