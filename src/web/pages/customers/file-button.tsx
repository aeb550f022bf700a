import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApiProblem } from '../../../contract/api-problem.ts'
import { asProblem } from '../../api/problem.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { saveFile } from '../../ui/save-file.ts'

type Props = {
  readonly fileName: string
  readonly load: () => Promise<{ readonly bytes: Uint8Array }>
}

/** A kept file: downloaded, never opened in the page. */
export function FileButton({ fileName, load }: Props) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const download = async () => {
    setProblem(null)
    try {
      saveFile(fileName, (await load()).bytes, 'application/octet-stream')
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void download()}
      >
        {fileName}
      </Button>
      <ProblemNote problem={problem} />
    </>
  )
}
