import { Spotlight, spotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { search } from '../../contract/evidence.ts'
import type { Output } from '../../contract/route.ts'
import { readQuery } from '../api/queries.ts'
import { useAsOf } from '../api/session.ts'
import { useMessages, useText } from '../messages/language.tsx'
import { useGo } from '../routing/use-search.ts'
import { foundPath } from './found-path.ts'
import { usePlaces } from './navigation.tsx'

/** The server is asked so long after the last key. */
const typingPauseMs = 120
const shownMax = 30

type Found = Output<typeof search>[number]

/** Search everywhere and go anywhere, by keyboard: Ctrl or ⌘ and K. */
export function Palette() {
  const t = useMessages().shell
  const text = useText()
  const go = useGo()
  const places = usePlaces()
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), typingPauseMs)
  const found = useFound(asked)
  const wanted = plain(query)
  const near = places.filter(({ name }) => plain(t[name]).includes(wanted))
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      title={t.search.open}
      classNames={{ header: 'visually-hidden' }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search
        placeholder={t.search.hint}
        aria-label={t.search.open}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList className="palette-list">
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t.search.found}>
            {found.slice(0, shownMax).map((one) => (
              <Spotlight.Action
                key={`${one.kind} ${one.id}`}
                label={text(one.title)}
                description={one.detail}
                leftSection={<span className="found-kind">{t.search.kinds[one.kind]}</span>}
                onClick={() => void go(foundPath(one))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {near.length > 0 && (
          <Spotlight.ActionsGroup label={t.search.go}>
            {near.map(({ name, to, icon: Icon, key }) => (
              <Spotlight.Action
                key={name}
                label={t[name]}
                leftSection={<Icon size={18} stroke={1.6} />}
                rightSection={<kbd className="key">g {key}</kbd>}
                onClick={() => void go(to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length === 0 && near.length === 0 && (
          <Spotlight.Empty>{t.search.nothing}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <Spotlight.Footer>{t.search.help}</Spotlight.Footer>
    </Spotlight.Root>
  )
}

export function openPalette() {
  spotlight.open()
}

function useFound(asked: string): readonly Found[] {
  const asOf = useAsOf()
  const { data } = useQuery({
    ...readQuery(search, { query: { q: asked } }, asOf),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  return asked === '' ? [] : (data ?? [])
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}
