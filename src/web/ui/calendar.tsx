import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useFormat, useMessages } from '../messages/language.tsx'
import { addDays, addMonths, clampDay, monthWeeks } from './days.ts'

type Props = {
  readonly label: string
  readonly value: string
  readonly min: string
  readonly max: string
  readonly onPick: (day: string) => void
}

/** How far each key moves the chosen day: in days, or in months. */
const moves: Readonly<Record<string, (day: string) => string>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
}

/** One month to choose a day from; arrow keys move by days, page keys by months. */
export function Calendar({ label, value, min, max, onPick }: Props) {
  const t = useMessages().ui.calendar
  const format = useFormat()
  const place = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState(value)
  const [told, setTold] = useState(value)
  if (told !== value) {
    setTold(value)
    setShown(value)
  }
  const turn = (months: number) => {
    setShown(clampDay(addMonths(shown, months), min, max))
  }
  const onKey = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    const next = clampDay(move(shown), min, max)
    setShown(next)
    requestAnimationFrame(() => {
      const button = place.current?.querySelector(`[data-day="${next}"]`)
      if (button instanceof HTMLElement) button.focus()
    })
  }
  const month = shown.slice(0, 7)
  return (
    <div ref={place} className="calendar">
      <div className="calendar-head">
        <TurnButton label={t.previous} on={month > min.slice(0, 7)} turn={turn} by={-1} />
        <strong aria-live="polite">{format.month(shown)}</strong>
        <TurnButton label={t.next} on={month < max.slice(0, 7)} turn={turn} by={1} />
      </div>
      <table aria-label={label}>
        <thead>
          <tr>
            {format.weekdays().map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(shown).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  {day.startsWith(month) && (
                    <DayButton
                      day={day}
                      shown={shown}
                      value={value}
                      off={day < min || day > max}
                      onPick={onPick}
                      onKey={onKey}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type DayProps = {
  readonly day: string
  /** The one day of the month that the tab key reaches. */
  readonly shown: string
  readonly value: string
  readonly off: boolean
  readonly onPick: (day: string) => void
  readonly onKey: (event: KeyboardEvent) => void
}

function DayButton({ day, shown, value, off, onPick, onKey }: DayProps) {
  const format = useFormat()
  return (
    <button
      type="button"
      data-day={day}
      tabIndex={day === shown ? 0 : -1}
      disabled={off}
      aria-pressed={day === value}
      aria-label={format.day(day)}
      onKeyDown={onKey}
      onClick={() => {
        onPick(day)
      }}
    >
      {Number(day.slice(8))}
    </button>
  )
}

function TurnButton(props: {
  readonly label: string
  readonly on: boolean
  readonly by: 1 | -1
  readonly turn: (months: number) => void
}) {
  const { label, on, by, turn } = props
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      disabled={!on}
      onClick={() => {
        turn(by)
      }}
    >
      {by === 1 ? (
        <IconChevronRight size={16} aria-hidden />
      ) : (
        <IconChevronLeft size={16} aria-hidden />
      )}
    </button>
  )
}
