import { Modal } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useMessages } from '../messages/language.tsx'
import { useGo } from '../routing/use-search.ts'
import { usePlaces } from './navigation.tsx'
import { openPalette } from './palette.tsx'

/** After `g`, the second key must come within this time. */
const secondKeyMs = 1_200

/** Keys for those who leave the mouse alone. They do nothing while somebody types. */
export function useShortcuts(onHelp: () => void) {
  const go = useGo()
  const places = usePlaces()
  const goneAt = useRef(0)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event)) return
      const isSecond = event.timeStamp - goneAt.current < secondKeyMs
      goneAt.current = event.key === 'g' ? event.timeStamp : 0
      const place = isSecond ? places.find(({ key }) => key === event.key) : undefined
      if (place !== undefined) void go(place.to)
      else if (event.key === '/') openPalette()
      else if (event.key === '?') onHelp()
      else if (event.key === 't') press('[data-shortcut="as-of"]')
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [go, places, onHelp])
}

type HelpProps = { readonly opened: boolean; readonly onClose: () => void }

/** The list of the keys. */
export function ShortcutsDialog({ opened, onClose }: HelpProps) {
  const t = useMessages().shell
  const places = usePlaces()
  const general = [
    { keys: ['/', 'Ctrl K'], text: t.search.open },
    { keys: ['t'], text: t.asOf.title },
    { keys: ['?'], text: t.shortcuts.title },
    { keys: ['↑', '↓'], text: t.shortcuts.rows },
    { keys: ['Esc'], text: t.shortcuts.close },
  ]
  return (
    <Modal opened={opened} onClose={onClose} title={t.shortcuts.title} centered size="lg">
      <div className="shortcuts">
        <dl>
          {general.map(({ keys, text }) => (
            <div key={text}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key} className="key">
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {places.map(({ name, key }) => (
            <div key={name}>
              <dt>
                <kbd className="key">g</kbd>
                <kbd className="key">{key}</kbd>
              </dt>
              <dd>{t[name]}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Modal>
  )
}

function press(selector: string) {
  const button = document.querySelector(selector)
  if (button instanceof HTMLElement) button.click()
}

function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null
  )
}
