import { spawnSync } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { Progress, Sighting } from '../../src/app/devices/connector.ts'
import { thisHost, type Limits } from '../../src/connectors/this-host/this-host.ts'
import type { Target } from '../../src/domain/devices/target.ts'
import { factsFrom } from '../../src/connectors/this-host/testing.ts'
import { admin, openTestDevices } from '../../src/app/devices/testing.ts'
import { expectRebuildEqual } from '../../src/app/testing.ts'
import { judged } from './judged-hosts.ts'
import { account, closedPort, noServer, startSshServer } from './ssh-server.ts'

const usual: Limits = { timeoutMs: 150_000, outputBytesMax: 4 * 1024 * 1024 }

async function look(target: Target, limits: Partial<Limits> = {}) {
  const steps: Progress[] = []
  const watch = { now: () => new Date(), progress: (one: Progress) => void steps.push(one) }
  const seen = await thisHost({ ...usual, ...limits }).observe(target, watch)
  return { seen, steps }
}

// Simulating updates is slow on a machine that has other things to do.
vi.setConfig({ testTimeout: 180_000 })

const main = '/etc/ssh/sshd_config'
const failed = (seen: Sighting) => (seen.outcome === 'failed' ? seen.code : seen.outcome)

if (noServer !== null) console.warn(`Skipped: observing over SSH. ${noServer}`)

describe.skipIf(noServer !== null)('over SSH', () => {
  test('a machine is observed over SSH by an account that is not root', async () => {
    const { target } = await startSshServer({ command: 'env; /bin/sh -s' })
    process.env['SSH_AUTH_SOCK'] = '/tmp/an-agent'
    process.env['SECRET_OF_THE_SERVER'] = 'x'
    const { seen, steps } = await look(target)
    delete process.env['SSH_AUTH_SOCK']
    delete process.env['SECRET_OF_THE_SERVER']
    if (seen.outcome !== 'observed') throw new Error(`${seen.code}: ${seen.detail}`)
    // No name of a person leaves the machine, and nothing of our own environment reaches it.
    const raw = new TextDecoder().decode(seen.raw)
    expect(raw).toContain('SSH_CONNECTION=')
    expect(raw).not.toMatch(/SSH_AUTH_SOCK|SECRET_OF_THE_SERVER|an-agent|Secret Name/)
    const { system, accounts, packages } = seen.readings
    expect(seen.host).toMatch(/^[0-9a-f]{32}$/)
    expect(system).toMatchObject({ state: 'read', facts: { observer: { account, root: false } } })
    expect(packages.state).toBe('read')
    if (accounts.state !== 'read') throw new Error('accounts were not read')
    // What only root may read is said to be unknown, and nothing is made up in its place.
    expect(accounts.gaps).toMatchObject([{ what: 'shadow', reason: 'needs-root' }])
    expect(new Set(accounts.facts.list.map(({ password }) => password))).toEqual(new Set([null]))
    expect(accounts.facts.list.find(({ name }) => name === account)).toMatchObject({ uid: 61_001 })
    expect(steps[0]?.step.en).toBe('Connecting')
    expect(steps.at(-1)?.done).toBe((steps.at(-1)?.of ?? 0) - 1)
  })

  test('a machine with another key than the pinned one is not spoken to', async () => {
    const { target, otherKey } = await startSshServer()
    const { seen } = await look({ ...target, hostKey: otherKey })
    expect(seen).toMatchObject({ outcome: 'failed', code: 'host-key-mismatch', raw: null })
    expect(seen.outcome === 'failed' && seen.detail).toMatch(/host key/i)
  })

  test('any of the machine’s keys can be the pinned one', async () => {
    const { target, ecdsaKey } = await startSshServer({ command: 'cat /etc/os-release' })
    expect(failed((await look({ ...target, hostKey: ecdsaKey })).seen)).toBe('shell-refused')
  })

  test('what the real server says of its settings is read', async () => {
    const { settings } = await startSshServer({
      settings: ['PermitRootLogin no', 'MaxAuthTries 3'],
    })
    const facts = factsFrom('ssh', { sshd: settings(), 'sshd-files': { files: { [main]: '' } } })
    expect(facts).toMatchObject({
      effective: true,
      settings: {
        permitrootlogin: 'no',
        passwordauthentication: 'no',
        kbdinteractiveauthentication: 'no',
        permitemptypasswords: 'no',
        authenticationmethods: 'any',
        maxauthtries: '3',
        x11forwarding: 'no',
      },
    })
  })

  test('from a real machine to a status, without anybody typing one', async () => {
    const { target } = await startSshServer()
    const opened = await openTestDevices(thisHost(usual), new Date().toISOString())
    const { devices } = opened
    const source = await devices.addSource({ name: 'real', target, everyHours: 24 }, admin)
    if ('refused' in source) throw new Error(source.refused)
    await devices.observe(source.id, admin)
    await devices.idle()
    const results = await judged(opened)
    expect(results.get('observation-succeeding')?.status).toBe('met')
    expect(results.get('host-superuser-single')?.status).toBe('met')
    // Only root may read these, and the account that looked is not root.
    for (const id of ['host-account-empty-password', 'host-firewall-active']) {
      expect([id, results.get(id)?.status, results.get(id)?.unproven]).toEqual([
        id,
        'not-proven',
        'unreadable',
      ])
    }
    await expectRebuildEqual(opened.engine)
  })

  test('a key that the machine does not know is refused, and that is told', async () => {
    const { target, folder } = await startSshServer()
    const stranger = { ...target, identityFile: join(folder, 'other') }
    expect(failed((await look(stranger)).seen)).toBe('sign-in-refused')
    expect(failed((await look({ ...target, user: 'root' })).seen)).toBe('sign-in-refused')
  })

  test('a key file that is missing, open to everybody or no key is told apart', async () => {
    const { target, folder } = await startSshServer()
    const missing = { ...target, identityFile: join(folder, 'nothing') }
    expect(failed((await look(missing)).seen)).toBe('identity-file-unreadable')
    await chmod(join(folder, 'user'), 0o644)
    expect(failed((await look(target)).seen)).toBe('identity-file-unreadable')
    await writeFile(join(folder, 'user'), 'no key\n')
    await chmod(join(folder, 'user'), 0o600)
    expect(failed((await look(target)).seen)).toBe('identity-file-unreadable')
  })

  test('a machine that cannot be reached, or whose name nobody knows, is told', async () => {
    const { target } = await startSshServer()
    const closed = { ...target, port: await closedPort() }
    expect(failed((await look(closed)).seen)).toBe('host-unreachable')
    const unknown = { ...target, host: 'nobody.invalid' }
    expect(failed((await look(unknown)).seen)).toBe('host-unknown-name')
  })

  test('an account that may run nothing, or something else, gives no facts', async () => {
    const nothing = await startSshServer({ command: '/usr/sbin/nologin' })
    const { seen } = await look(nothing.target)
    expect(failed(seen)).toBe('shell-refused')
    expect(seen.outcome === 'failed' && seen.detail).toContain('not available')
    const other = await startSshServer({ command: 'cat /etc/os-release' })
    expect(failed((await look(other.target)).seen)).toBe('shell-refused')
  })

  test('an answer that is cut off, flooded, or never ends gives no facts', async () => {
    const cut = await startSshServer({ command: '/bin/sh -s | head -c 9000' })
    const { seen } = await look(cut.target)
    expect(failed(seen)).toBe('output-malformed')
    expect(seen.raw?.length).toBe(9000)
    const flood = await startSshServer({ command: 'cat /dev/zero' })
    expect(failed((await look(flood.target)).seen)).toBe('output-too-large')
    const endless = await startSshServer({ command: 'sleep 100' })
    const before = Date.now()
    expect(failed((await look(endless.target, { timeoutMs: 1_500 })).seen)).toBe('timed-out')
    expect(Date.now() - before).toBeLessThan(10_000)
    const lost = await startSshServer({ command: 'echo begun; sleep 1; kill -9 $PPID' })
    expect(failed((await look(lost.target)).seen)).toBe('connection-lost')
  })

  test('a machine that forges markers of the probe is not believed', async () => {
    // It reads the boundary out of the script and puts a section of its own in front.
    const command =
      "read -r line; printf '\\n%s begin uid\\n0\\n%s complaint uid\\n%s end uid 0\\n' " +
      '${line#*=} ${line#*=} ${line#*=}; { echo $line; cat; } | /bin/sh -s'
    const forging = await startSshServer({ command })
    expect(failed((await look(forging.target)).seen)).toBe('output-malformed')
  })

  test('the keys that a machine shows are those that its own tools show', async () => {
    const { target, folder } = await startSshServer()
    const keys = await thisHost(usual).hostKeys(target.host, target.port)
    const listed = spawnSync('ssh-keygen', ['-l', '-f', join(folder, 'host.pub')])
    expect(keys.map(({ type }) => type).sort()).toEqual(['ecdsa-sha2-nistp256', 'ssh-ed25519'])
    expect(keys.find(({ type }) => type === 'ssh-ed25519')).toEqual({
      type: 'ssh-ed25519',
      hostKey: target.hostKey,
      fingerprint: listed.stdout.toString().split(' ')[1],
    })
    expect(await thisHost(usual).hostKeys('127.0.0.1', await closedPort())).toEqual([])
    expect(await thisHost(usual).hostKeys('-oProxyCommand=x', 22)).toEqual([])
  })
})
