import {
  briefingDocument,
  contractLabel,
  documentText,
  type BriefingDocument,
} from '../../domain/customers/documents.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Handled } from '../engine/engine.ts'
import { fileToSend, keepFile, type FileToSend, type KeptFile } from './files.ts'
import type { Notices } from './notices.ts'
import { customerOfContact, todayIn, type CustomersParts } from './parts.ts'
import { briefingRows, contractRows } from './reads.ts'

type Needs = CustomersParts & { readonly notices: Notices }
type Given = { readonly fileName: string; readonly bytes: Uint8Array }

type Held = BriefingDocument & {
  readonly heldOn: string
  readonly renewBy: string
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  readonly others: number
}

type Contract = Given & {
  readonly title: string
  readonly signedOn: string
  readonly until: string | null
}

export type BriefingCases = {
  readonly registerContract: (
    customer: string,
    contract: Contract,
    by: string,
  ) => Promise<(Handled & { id: string }) | Refused>
  readonly contractFile: (customer: string, contract: string) => Promise<FileToSend | Refused>
  readonly keepMaterial: (given: Given) => Promise<KeptFile | Refused>
  readonly material: (customer: string, sha256: string) => Promise<FileToSend | Refused>
  readonly ownMaterial: (person: string, sha256: string) => Promise<FileToSend | Refused>
  readonly hold: (
    customer: string,
    held: Held,
    by: string,
  ) => Promise<(Handled & { id: string }) | Refused>
}

/** What is on paper with a customer, and what was told and shown in sessions. */
export function openBriefings(needs: Needs): BriefingCases {
  const { engine } = needs
  const material = async (customer: string, sha256: string) => {
    const held = await briefingRows(await engine.views(), customer)
    const found = held.flatMap(({ materials }) => materials).find((one) => one.sha256 === sha256)
    return found === undefined ? refuse('material-unknown', sha256) : fileToSend(needs, found)
  }
  return {
    registerContract: (customer, contract, by) => registerContract(needs, customer, contract, by),
    async contractFile(customer, contract) {
      const kept = await contractRows(await engine.views(), customer)
      const found = kept.find(({ id }) => id === contract)
      return found === undefined ? refuse('contract-unknown', contract) : fileToSend(needs, found)
    },
    keepMaterial: (given) => keepFile(needs, given),
    material,
    async ownMaterial(person, sha256) {
      const own = await customerOfContact(needs, person)
      return own === null ? refuse('material-unknown', sha256) : material(own.customer, sha256)
    },
    hold: (customer, held, by) => hold(needs, customer, held, by),
  }
}

async function registerContract(needs: Needs, customer: string, contract: Contract, by: string) {
  const { engine, room, blobs } = needs
  const file = await keepFile(needs, contract)
  if (isRefused(file)) return file
  const label = contractLabel.parse({
    title: contract.title.toWellFormed(),
    fileName: file.fileName,
  })
  const id = engine.newId('con')
  const done = await room.handle(
    {
      type: 'register-contract',
      customer,
      contract: id,
      file: file.sha256,
      label: await blobs.put(documentText(label)),
      signedOn: contract.signedOn,
      until: contract.until,
    },
    { by },
  )
  return isRefused(done) ? done : { ...done, id }
}

async function hold(needs: Needs, customer: string, held: Held, by: string) {
  const { engine, room, blobs, notices } = needs
  const { heldOn, renewBy, ours, theirs, others, ...said } = held
  const document = briefingDocument.parse({
    ...said,
    title: said.title.toWellFormed(),
    summary: said.summary.toWellFormed(),
    topics: [...new Set(said.topics)],
  })
  for (const { sha256 } of document.materials) {
    const kept = await blobs.get(sha256).catch(() => null)
    if (kept === null) return refuse('material-unknown', sha256)
  }
  const briefing = engine.newId('brf')
  const done = await room.handle(
    {
      type: 'hold-briefing',
      customer,
      briefing,
      document: await blobs.put(documentText(document)),
      topics: document.topics,
      heldOn,
      renewBy,
      ours: [...new Set(ours)],
      theirs: [...new Set(theirs)],
      others,
      today: await todayIn(await engine.views()),
    },
    { by },
  )
  if (isRefused(done)) return done
  const title = { ja: document.title, en: document.title }
  notices.later('briefing-waiting', { customer, title, by })
  return { ...done, id: briefing }
}
