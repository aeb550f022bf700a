import { basename } from 'node:path'
import { uploadEvidence } from '../contract/evidence.ts'
import { apiHelp, connectApi, readUpload, type ApiCommand } from './api-command.ts'
import { exitStatus } from './exit-status.ts'
import { finish, runCommand } from './outcome.ts'

type Options = {
  readonly title?: string
  readonly controls: string
  readonly from: string
  readonly to?: string
  readonly json?: boolean
}

export const evidenceUploadCommand: ApiCommand = {
  name: 'evidence upload',
  routes: [uploadEvidence],
  register(parent) {
    parent
      .command('upload <file>')
      .description('Upload a document as evidence, with the day or period that it shows')
      .requiredOption('--controls <ids>', 'control ids, comma separated')
      .requiredOption('--from <day>', 'first day that it shows, YYYY-MM-DD')
      .option('--to <day>', 'last day that it shows; the first when absent')
      .option('--title <title>', 'the file’s name when absent')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (file: string, options: Options) => {
        await runCommand(async () => upload(file, options))
      })
  },
}

async function upload(file: string, options: Options): Promise<void> {
  const { controls, from, to = from, json } = options
  const fileName = basename(file)
  const done = await connectApi().call(uploadEvidence, {
    query: { title: options.title ?? fileName, fileName, controls, from, to },
    body: readUpload(file, uploadEvidence.body.bytes),
  })
  const text = `${fileName} is ${done.id}; somebody else inspects it now.\n`
  finish(exitStatus.right, json === true ? `${JSON.stringify(done)}\n` : text)
}
