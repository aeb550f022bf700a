import { useMessages } from '../messages/language.tsx'
import type { Path } from '../paths.ts'
import { PageLink } from './link.tsx'
import { Mark } from './mark.tsx'
import type { StatusName } from './status-badge.tsx'

type Tile = {
  readonly id: string
  readonly title: string
  readonly status: StatusName
  readonly to: Path
}

type Group = { readonly id: string; readonly title: string; readonly tiles: readonly Tile[] }

/** Every criterion as one mark, in rows by series: the whole board at one glance. */
export function StatusMosaic({ groups }: { readonly groups: readonly Group[] }) {
  const t = useMessages().ui
  return (
    <ul className="mosaic">
      {groups.map((group) => (
        <li key={group.id}>
          <span className="mosaic-name">
            <span className="id-code">{group.id}</span> {group.title}
          </span>
          <ul className="mosaic-tiles">
            {group.tiles.map((tile) => (
              <li key={tile.id}>
                <PageLink
                  to={tile.to}
                  className={`tile tile-${tile.status}`}
                  aria-label={`${tile.id} ${tile.title}: ${t.status[tile.status]}`}
                  title={`${tile.id} ${tile.title}`}
                >
                  <Mark sign={tile.status} />
                </PageLink>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
