import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../messages/language.tsx'
import { useSearchRecord, useSetSearch } from '../routing/use-search.ts'

type Tab = {
  /** Its word in the address. */
  readonly value: string
  readonly label: string
  /** How many there are inside. */
  readonly count?: number
  readonly content: ReactNode
}

type Props = {
  readonly label: string
  readonly tabs: readonly Tab[]
  /** The parameter in the address. */
  readonly name?: string
}

/** Tabs whose choice lives in the address; the first is the one without a word. */
export function UrlTabs({ label, tabs, name = 'tab' }: Props) {
  const format = useFormat()
  const said = useSearchRecord()[name]
  const setSearch = useSetSearch()
  const first = tabs[0]?.value ?? ''
  const current = tabs.some(({ value }) => value === said) ? (said ?? first) : first
  return (
    <Tabs
      value={current}
      keepMounted={false}
      onChange={(next) => {
        setSearch({ [name]: next === first ? undefined : (next ?? undefined) })
      }}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
            {tab.count !== undefined && (
              <span className="tab-count">{format.number(tab.count)}</span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value} className="tab-panel">
          {tab.content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
