import type { Command } from 'commander'
import {
  accountsAddDomainCommand,
  accountsAddListCommand,
  accountsImportCommand,
  accountsObserveCommand,
} from './accounts.ts'
import type { ApiCommand } from './api-command.ts'
import { checkCommandOfApi } from './check.ts'
import { evidenceUploadCommand } from './evidence.ts'
import { exceptionsCommand } from './exceptions.ts'
import { importPeopleCommand, importTrainingCommand } from './import.ts'
import { observeCommand } from './observe.ts'
import { reportCommand } from './report.ts'
import { signatureCheckCommand, signatureExportCommand } from './signature.ts'
import { statusCommand } from './status.ts'

/** Every command that asks a server; a test lists them with what each role may do. */
export const apiCommands: readonly ApiCommand[] = [
  statusCommand,
  observeCommand,
  importPeopleCommand,
  importTrainingCommand,
  accountsAddDomainCommand,
  accountsAddListCommand,
  accountsObserveCommand,
  accountsImportCommand,
  checkCommandOfApi,
  exceptionsCommand,
  evidenceUploadCommand,
  reportCommand,
  signatureExportCommand,
]

const groups: Readonly<Record<string, string>> = {
  import: 'Import what other systems know',
  accounts: 'Accounts in directories and services',
  evidence: 'Documents as evidence',
  report: 'Make reports',
  signature: 'Signatures of approvals, to be checked offline',
}

export function registerApiCommands(program: Command): void {
  const parents = new Map(
    Object.entries(groups).map(([name, description]) => [
      name,
      program.command(name).description(description),
    ]),
  )
  for (const command of apiCommands) {
    command.register(parents.get(command.name.split(' ')[0] ?? '') ?? program)
  }
  const signature = parents.get('signature')
  if (signature !== undefined) signatureCheckCommand(signature)
}
