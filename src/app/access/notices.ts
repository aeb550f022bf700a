import { z } from 'zod'
import { maySign, mayVouchFor } from '../../domain/access/account.ts'
import { guestRoles, may, type Role } from '../../domain/access/permission.ts'
import type { Text } from '../../domain/decider.ts'
import type { Views } from '../ports.ts'
import type { AccessParts } from './parts.ts'
import { accountOf, livePasskeys, namesOf, openInvitations } from './reads.ts'

export type Notice = {
  readonly code: keyof typeof texts
  readonly message: Text
  readonly about: { readonly id: string; readonly name: string | null }
}

const texts = {
  'enrolment-pending': {
    ja: 'あなたの名前で新しいパスキーを登録するリンクが発行されています。頼んだ覚えがなければ、すぐに拒否してください。',
    en: 'A link to enrol a new passkey in your name has been made. If you did not ask for it, refuse it now.',
  },
  'passkey-held': {
    ja: 'あなたの名前で新しいパスキーが登録され、確認を待っています。自分のものでなければ、すぐに拒否してください。',
    en: 'A new passkey was enrolled in your name and waits for confirmation. If it is not yours, refuse it now.',
  },
  'passkey-unconfirmed': {
    ja: 'あなたのパスキーはまだ確認されていないため、承認の署名に使えません。招待者以外の管理者かセキュリティ責任者に指紋（フィンガープリント）を見せて、確認してもらってください。',
    en: 'Your passkey has not been confirmed, so it cannot sign approvals. Show its fingerprint to an administrator or security lead other than your inviter.',
  },
  'confirmation-waiting': {
    ja: 'この人のパスキーが確認を待っています。本人と指紋（フィンガープリント）を照らし合わせてから確認してください。',
    en: "This person's passkey waits for confirmation. Compare its fingerprint with them, then confirm it.",
  },
} as const satisfies Record<string, Text>

/** What the person should know at once: above all, that somebody may be taking their name. */
export async function noticesFor(
  { engine, room }: AccessParts,
  person: string,
  role: Role,
): Promise<Notice[]> {
  const views = await engine.views()
  const passkeys = await livePasskeys(views)
  const guests = await guestsIn(views)
  const unconfirmed = passkeys.filter(
    ({ standing, confirmed_by: confirmedBy, state, person: holder }) =>
      standing !== 'founding' &&
      confirmedBy === null &&
      // A guest's first passkey is vouched for by his own side; a held one waits like any other.
      (state === 'held' || !guests.has(holder)),
  )
  const invitations = (await openInvitations(views)).filter(
    (one) => one.person === person && one.purpose === 're-enrolment',
  )
  const own = await accountOf(views, person)
  const self = { id: person, name: own?.name ?? null }
  const notices: Notice[] = []
  const say = (code: Notice['code'], about: Notice['about']) => {
    notices.push({ code, message: texts[code], about })
  }
  if (invitations.length > 0) say('enrolment-pending', self)
  if (unconfirmed.some((one) => one.person === person && one.state === 'held')) {
    say('passkey-held', self)
  }
  // Most sessions end here: nobody's passkey waits, so the accounts need not be folded.
  if (unconfirmed.length === 0) return notices
  const { accounts } = await room.state('access')
  const at = engine.now()
  const mine = unconfirmed.find((one) => one.person === person && one.state === 'active')
  if (
    mine !== undefined &&
    role !== 'employee' &&
    !maySign(accounts, person, mine.credential_id, at)
  ) {
    say('passkey-unconfirmed', self)
  }
  const me = accounts.get(person)
  if (me === undefined || !may(role, 'accounts.confirm')) return notices
  const names = await namesOf(views)
  for (const one of unconfirmed) {
    const waits = one.state === 'held' || !maySign(accounts, one.person, one.credential_id, at)
    if (waits && mayVouchFor(me, one.person, { invitedBy: one.invited_by })) {
      say('confirmation-waiting', { id: one.person, name: names.get(one.person) ?? null })
    }
  }
  return notices.slice(0, noticesMax)
}

async function guestsIn(views: Views): Promise<ReadonlySet<string>> {
  const rows = await views.rows(
    z.object({ person: z.string() }),
    'select person from accounts where role = any($1)',
    [guestRoles],
  )
  return new Set(rows.map(({ person }) => person))
}

const noticesMax = 50
