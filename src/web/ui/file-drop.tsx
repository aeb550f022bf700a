import { IconFileCheck, IconUpload } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { DragEvent } from 'react'
import { apiProblems } from '../messages/api.ts'
import { useFormat, useMessages, useText } from '../messages/language.tsx'

/** A file that somebody chose, read. */
export type ChosenFile = { readonly name: string; readonly bytes: Uint8Array }

type Props = {
  readonly label: string
  readonly hint?: string
  /** As the route has it: `body.bytes`. */
  readonly bytesMax: number
  /** For the chooser: `.csv,.json`. What was really chosen is judged by the server. */
  readonly accept?: string
  readonly file: ChosenFile | null
  readonly onFile: (file: ChosenFile | null) => void
  readonly error?: string | null
}

/** A place for one file: dropped, or chosen with mouse or keyboard. */
export function FileDrop(props: Props) {
  const { label, hint, bytesMax, accept, file, onFile, error = null } = props
  const t = useMessages().ui.file
  const text = useText()
  const format = useFormat()
  const id = useId()
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    setTooLarge(chosen.size > bytesMax)
    if (chosen.size > bytesMax) {
      onFile(null)
      return
    }
    onFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) })
  }
  const fault = tooLarge ? text(apiProblems.fileTooLarge) : error
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && <p className="section-note">{hint}</p>}
      <div
        className={`drop ${over ? 'drop-over' : ''} ${fault === null ? '' : 'drop-fault'}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => {
          setOver(false)
        }}
        onDrop={(event: DragEvent) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        {file === null ? (
          <IconUpload size={22} stroke={1.5} aria-hidden />
        ) : (
          <IconFileCheck size={22} stroke={1.5} aria-hidden />
        )}
        <p className="drop-text">
          {file === null ? t.drop : t.chosen(file.name, format.bytes(file.bytes.length))}
          <span className="drop-choose">
            {file === null ? t.choose : t.remove}
            <input
              id={id}
              type="file"
              accept={accept}
              aria-invalid={fault !== null}
              onChange={(event) => {
                void take(event.currentTarget.files?.[0])
                event.currentTarget.value = ''
              }}
            />
          </span>
          <span className="faint small">{t.limit(format.bytes(bytesMax))}</span>
        </p>
      </div>
      {fault !== null && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
