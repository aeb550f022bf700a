import { expect, test } from 'vitest'
import { subjectPlace } from './subject-path.ts'

const person = `per_${'0'.repeat(26)}`
const host = 'a'.repeat(32)

test('what a finding is about has a page, whatever kind of thing it is', () => {
  const place = (check: string, subject: string) => subjectPlace(check, subject)?.to ?? null
  expect(place('people-manager', person)).toBe(`/people/${person}`)
  expect(place('training-current', `security-basics/${person}`)).toBe(`/people/${person}`)
  expect(place('host-ssh-root-login', host)).toBe(`/hosts/${host}`)
  expect(place('host-account-owned', `${host}/root`)).toBe(`/hosts/${host}`)
  expect(place('host-account-owner', `${host}:root`)).toBe(`/hosts/${host}`)
  expect(place('host-disk-encrypted', `${host}:/var/lib/data`)).toBe(`/hosts/${host}`)
  expect(place('people-roster-fresh', 'roster')).toBe('/people')
  expect(place('control-performed', 'AC-06 2026-01-01/2026-03-31')).toBe('/controls/AC-06')
  expect(place('criteria-covered', 'PI1.2')).toBe('/criteria/PI1.2')
  expect(place('policy-review', 'access-control')).toBe('/policies/access-control')
  expect(place('evidence-inspected', `evd_${'1'.repeat(26)}`)).toBe(
    `/evidence/evd_${'1'.repeat(26)}`,
  )
  expect(place('observation-succeeding', `src_${'1'.repeat(26)}`)).toBe(
    `/hosts/sources/src_${'1'.repeat(26)}`,
  )
})

test('what has no page gets no link, rather than one that leads nowhere', () => {
  expect(subjectPlace('ledger-verified', '2026-03-31')).toBeNull()
  expect(subjectPlace('access-token-expiry', `tok_${'1'.repeat(26)}`)).toBeNull()
})
