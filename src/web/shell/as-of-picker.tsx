import { Popover, Slider } from '@mantine/core'
import { IconCalendarTime, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsOf, useSession } from '../api/session.ts'
import { useFormat, useMessages } from '../messages/language.tsx'
import { useSetSearch } from '../routing/use-search.ts'
import { Calendar } from '../ui/calendar.tsx'
import { addDays, addMonths, clampDay, daysBetween } from '../ui/days.ts'

/** Chooses the day that the whole application shows: by calendar, slider or in one press. */
export function AsOfPicker() {
  const t = useMessages().shell.asOf
  const format = useFormat()
  const asOf = useAsOf()
  const [opened, setOpened] = useState(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={asOf === null ? 'bar-button' : 'bar-button bar-button-past'}
          aria-expanded={opened}
          aria-haspopup="dialog"
          data-shortcut="as-of"
          onClick={() => {
            setOpened(!opened)
          }}
        >
          <IconCalendarTime size={17} stroke={1.7} aria-hidden />
          <span className="bar-label">{asOf === null ? t.now : format.shortDay(asOf)}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.title}>
        <Choosing
          onDone={() => {
            setOpened(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function Choosing({ onDone }: { readonly onDone: () => void }) {
  const t = useMessages().shell.asOf
  const { today, firstDay } = useSession()
  const asOf = useAsOf()
  const setSearch = useSetSearch()
  const shown = asOf ?? today
  const pick = (day: string) => {
    setSearch({ asOf: day >= today ? undefined : clampDay(day, firstDay, today) })
  }
  const quick = [
    { label: t.today, day: today },
    { label: t.yesterday, day: addDays(today, -1) },
    { label: t.weekAgo, day: addDays(today, -7) },
    { label: t.monthAgo, day: addMonths(today, -1) },
    { label: t.quarterAgo, day: addMonths(today, -3) },
    { label: t.first, day: firstDay },
  ].filter(({ day }) => day >= firstDay)
  return (
    <div className="as-of">
      <p className="as-of-title">{t.title}</p>
      <p className="faint small">{t.text}</p>
      <div className="as-of-body">
        <ul className="plain-list as-of-quick">
          {quick.map(({ label, day }) => (
            <li key={label}>
              <button
                type="button"
                className="quiet-button"
                aria-pressed={day === shown}
                onClick={() => {
                  pick(day)
                  onDone()
                }}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
        <Calendar
          label={t.pick}
          value={shown}
          min={firstDay}
          max={today}
          onPick={(day) => {
            pick(day)
            onDone()
          }}
        />
      </div>
      {firstDay < today && <DaySlider shown={shown} onPick={pick} />}
    </div>
  )
}

type SliderProps = { readonly shown: string; readonly onPick: (day: string) => void }

/** From the first day to today; the pages follow when it is let go. */
function DaySlider({ shown, onPick }: SliderProps) {
  const t = useMessages().shell.asOf
  const format = useFormat()
  const { today, firstDay } = useSession()
  const [sliding, setSliding] = useState<number | null>(null)
  return (
    <div className="as-of-slider">
      <Slider
        thumbLabel={t.slide}
        min={0}
        max={daysBetween(firstDay, today)}
        value={sliding ?? Math.max(0, daysBetween(firstDay, shown))}
        label={(at) => format.shortDay(addDays(firstDay, at))}
        onChange={setSliding}
        onChangeEnd={(at) => {
          setSliding(null)
          onPick(addDays(firstDay, at))
        }}
      />
      <div className="as-of-ends">
        <span>{format.shortDay(firstDay)}</span>
        <span>{format.shortDay(today)}</span>
      </div>
    </div>
  )
}

/** Says on every page that a past day is shown, and leads back to today. */
export function PastBand() {
  const t = useMessages().shell.asOf
  const format = useFormat()
  const asOf = useAsOf()
  const setSearch = useSetSearch()
  if (asOf === null) return null
  return (
    <output className="past-band">
      <IconCalendarTime size={18} stroke={1.7} aria-hidden />
      <span>
        <strong>{t.band(format.day(asOf))}</strong> {t.readOnly}
      </span>
      <button
        type="button"
        className="past-back"
        onClick={() => {
          setSearch({ asOf: undefined })
        }}
      >
        {t.back}
      </button>
    </output>
  )
}
