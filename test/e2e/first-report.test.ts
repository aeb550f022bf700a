import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../src/web/messages/catalogue.ts'
import { chromiumPath, expectAccessible, openVisitor } from './browser.ts'
import type { Visitor } from './browser.ts'
import { startProgram } from './program.ts'
import type { Program } from './program.ts'

const roster = [
  '社員番号,氏名,メールアドレス,部署,役職,入社日',
  'E1,青木 葵,aoki@example.jp,情報セキュリティ,責任者,2020-04-01',
  'E2,馬場 文,baba@example.jp,経営,代表取締役,2019-04-01',
  'E3,千葉 司,chiba@example.jp,運用,エンジニア,2022-10-01',
].join('\n')

describe.skipIf(chromiumPath === null).each(['ja', 'en'] as const)(
  'a new organisation, from the first command to the downloaded report (%s)',
  (language) => {
    const words = catalogue[language]
    let program: Program
    let admin: Visitor
    let lead: Visitor

    beforeAll(async () => {
      program = await startProgram()
      admin = await openVisitor(language)
      lead = await openVisitor(language)
    }, 240_000)

    afterAll(async () => {
      await admin?.close()
      await lead?.close()
      await program?.stop()
    })

    const visit = async ({ page }: Visitor, path: string) => {
      await page.goto(`${program.origin}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    const press = async ({ page }: Visitor, name: string) => {
      await page.getByRole('button', { name, exact: true }).first().click()
    }
    const signed = async ({ page }: Visitor) => {
      await page.getByRole('button', { name: words.ui.sign.sign, exact: true }).click()
      await page.getByText(words.ui.sign.done).first().waitFor()
    }

    test('the link in the terminal sets the organisation up, with a passkey', async () => {
      const { page } = admin
      const t = words.session.setUp
      await page.goto(program.link)
      await page.getByLabel(t.nameJa).fill('青空クラウド株式会社')
      await page.getByLabel(t.nameEn).fill('Aozora Cloud K.K.')
      await expectAccessible(page)
      await press(admin, words.ui.next)
      await press(admin, words.ui.next)
      await page.getByLabel(t.name).fill('青木 葵')
      await page.getByLabel(t.email).fill('aoki@example.jp')
      await press(admin, words.ui.next)
      await press(admin, t.finish)
      await page.waitForURL(`${program.origin}/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectAccessible(page)
      expect(await page.title()).toContain(words.shell.product)
    })

    test('a second person comes in by invitation, for nobody approves alone', async () => {
      const { page } = admin
      const t = words.settings.invitation
      await visit(admin, '/settings/accounts/invite')
      await page.getByLabel(t.name).fill('馬場 文')
      await page.getByLabel(t.email).fill('baba@example.jp')
      await page.getByRole('combobox', { name: t.role }).click()
      await page
        .getByRole('option', { name: words.ui.role['security-lead'], exact: false })
        .first()
        .click()
      await press(admin, t.send)
      const link = await page.locator('pre code').innerText()
      await lead.page.goto(link.trim())
      await press(lead, words.session.invitation.button)
      await lead.page.waitForURL(`${program.origin}/`)
      expect(new URL(lead.page.url()).pathname).toBe('/')
    })

    test('the roster is imported after its changes were seen', async () => {
      const { page } = admin
      const t = words.people.import
      await visit(admin, '/people/import')
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) })
      await press(admin, t.read)
      await page.getByText('千葉 司').first().waitFor()
      await expectAccessible(page)
      await press(admin, t.confirm)
      await page.waitForURL('**/people')
      await page.getByText('千葉 司').first().waitFor()
      expect(await page.locator('tbody tr').count()).toBe(3)
    })

    test('this machine is observed, and what was seen is shown', async () => {
      const { page } = admin
      const t = words.hosts
      await visit(admin, '/hosts/sources/new')
      await page.getByLabel(t.form.name).fill('arinomama')
      await press(admin, t.form.save)
      await page.waitForURL(/\/hosts\/sources\/src_/)
      await press(admin, t.source.observe)
      await page.getByText(t.source.observed).waitFor({ timeout: 120_000 })
      await visit(admin, '/hosts')
      await page.locator('a.row-title').first().click()
      await page.getByRole('tab', { name: t.one.areas }).waitFor()
      await expectAccessible(page)
      expect(await page.locator('section table').count()).toBeGreaterThan(3)
    })

    test('controls are adopted, policies drafted by one and approved by the other', async () => {
      await visit(admin, '/controls/library')
      await admin.page.getByLabel(words.ui.table.selectAll).check()
      await admin.page
        .getByRole('main')
        .getByRole('button')
        .filter({ hasText: /\d/ })
        .first()
        .click()
      await visit(admin, '/policies')
      await press(admin, words.policies.starters.take)
      await admin.page.getByText(words.policies.starters.taken).waitFor()
      await visit(lead, '/policies/information-security')
      await press(lead, words.policies.one.approve)
      await signed(lead)
      await visit(admin, '/policies/information-security')
      await press(admin, words.policies.one.acknowledge)
      await signed(admin)
      await admin.page.getByText(words.policies.one.acknowledged).waitFor()
      expect(await admin.page.getByText(words.policies.states.approved).count()).toBeGreaterThan(0)
    })

    test('evidence is brought by one and inspected by the other', async () => {
      const { page } = admin
      const t = words.evidence
      await visit(admin, '/evidence/upload?control=GV-01')
      await page.locator('input[type=file]').setInputFiles({
        name: 'review.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Minutes of the yearly review\n'),
      })
      await press(admin, t.form.submit)
      await page.waitForURL(/\/evidence\/evd_/)
      await lead.page.goto(page.url())
      await press(lead, t.inspect.accept)
      await lead.page.getByLabel(t.inspect.field).fill('議事録の原本と照合した')
      await press(lead, t.inspect.next)
      await signed(lead)
      await lead.page.getByText(t.states.accepted).first().waitFor()
      await expectAccessible(lead.page)
      expect(await lead.page.getByText('議事録の原本と照合した').count()).toBe(1)
    })

    test('the assertion is signed and the report downloaded, good and bad in it', async () => {
      const { page } = admin
      const t = words.report
      await visit(admin, '/report')
      await press(admin, t.assertion.sign)
      await signed(admin)
      await expectAccessible(page)
      const downloading = page.waitForEvent('download', { timeout: 120_000 })
      await press(admin, t.pdf)
      const download = await downloading
      const bytes = readFileSync(await download.path())
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(bytes.byteLength).toBeGreaterThan(100_000)
    })

    test('no page of all that wrote an error to the console', () => {
      expect([...admin.faults, ...lead.faults]).toEqual([])
    })
  },
  600_000,
)
