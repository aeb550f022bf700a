import {
  IconApps,
  IconBook2,
  IconBuildingSkyscraper,
  IconCertificate,
  IconChecklist,
  IconFileText,
  IconFolder,
  IconHistory,
  IconHome,
  IconLayoutGrid,
  IconListCheck,
  IconLock,
  IconSchool,
  IconServer2,
  IconSettings,
  IconAlertSquareRounded,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Permission } from '../../domain/access/permission.ts'
import { useMay } from '../api/session.ts'
import { useMessages } from '../messages/language.tsx'
import type { Path } from '../paths.ts'
import { paths } from '../paths.ts'
import { PageLink } from '../ui/link.tsx'

type Name =
  | 'home'
  | 'criteria'
  | 'controls'
  | 'checks'
  | 'exceptions'
  | 'changes'
  | 'people'
  | 'directory'
  | 'services'
  | 'hosts'
  | 'customers'
  | 'own'
  | 'training'
  | 'policies'
  | 'evidence'
  | 'description'
  | 'report'
  | 'ledger'
  | 'settings'

type Place = {
  readonly name: Name
  readonly to: Path
  /** Who may not read a place does not find it in the navigation. */
  readonly permission: Permission
  readonly icon: ComponentType<{ size?: number; stroke?: number }>
  /** After `g`: two keys lead there. */
  readonly key: string
}

type GroupName = 'status' | 'practice' | 'report'

/** Three questions: where do we stand, what do we do, what do we say? */
const places: Readonly<Record<GroupName, readonly Place[]>> = {
  status: [
    place('home', paths.home(), 'signed-in', IconHome, 'h'),
    place('criteria', paths.criteria(), 'criteria.read', IconLayoutGrid, 'c'),
    place('controls', paths.controls(), 'criteria.read', IconListCheck, 'o'),
    place('checks', paths.checks(), 'criteria.read', IconChecklist, 'k'),
    place('exceptions', paths.exceptions(), 'criteria.read', IconAlertSquareRounded, 'x'),
    place('changes', paths.changes(), 'ledger.read', IconHistory, 'w'),
  ],
  practice: [
    place('people', paths.people(), 'people.read', IconUsers, 'p'),
    place('directory', paths.directory(), 'directory.read', IconUserShield, 'a'),
    place('services', paths.services(), 'services.read', IconApps, 'v'),
    place('hosts', paths.hosts(), 'hosts.read', IconServer2, 'm'),
    place('customers', paths.customers(), 'customers.read', IconBuildingSkyscraper, 'u'),
    place('own', paths.own(), 'customer.own', IconBuildingSkyscraper, 'u'),
    place('training', paths.training(), 'signed-in', IconSchool, 't'),
    place('policies', paths.policies(), 'signed-in', IconBook2, 'y'),
    place('evidence', paths.evidence(), 'evidence.read', IconFolder, 'e'),
  ],
  report: [
    place('description', paths.description(), 'report.read', IconFileText, 'd'),
    place('report', paths.report(), 'report.read', IconCertificate, 'r'),
    place('ledger', paths.ledger(), 'ledger.read', IconLock, 'l'),
    place('settings', paths.settings(), 'signed-in', IconSettings, 's'),
  ],
}

function place(
  name: Name,
  to: Path,
  permission: Permission,
  icon: Place['icon'],
  key: string,
): Place {
  return { name, to, permission, icon, key }
}

const groups = ['status', 'practice', 'report'] as const

/** The places that the person who is signed in may go to, in their order. */
export function usePlaces(): readonly Place[] {
  const may = useMay()
  return groups.flatMap((group) => places[group].filter(({ permission }) => may(permission)))
}

/** The main navigation, in three groups. */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const t = useMessages().shell
  const may = useMay()
  const here = useLocation({ select: (location) => location.pathname })
  return (
    <nav className="nav" aria-label={t.navigation}>
      {groups.map((group) => {
        const open = places[group].filter(({ permission }) => may(permission))
        if (open.length === 0) return null
        return (
          <section key={group} aria-label={t.groups[group]}>
            <p className="nav-group" aria-hidden>
              {t.groups[group]}
            </p>
            <ul className="plain-list">
              {open.map(({ name, to, icon: Icon }) => (
                <li key={name}>
                  <PageLink
                    to={to}
                    className={`nav-link ${isHere(here, to) ? 'nav-here' : ''}`}
                    aria-current={isHere(here, to) ? 'page' : undefined}
                    {...(onGo === undefined ? {} : { onClick: onGo })}
                  >
                    <Icon size={18} stroke={1.6} />
                    {t[name]}
                  </PageLink>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}

/** A place is where we are on every page below it. */
function isHere(here: string, to: Path): boolean {
  return to === '/' ? here === '/' : here === to || here.startsWith(`${to}/`)
}
