import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const refused = (variables: Readonly<Record<string, string>>): string => {
  try {
    readSettings(variables)
    return ''
  } catch (error) {
    return String(error)
  }
}

test('alarms go out over https, or to this machine', () => {
  const at = (url: string) => refused({ ARINOMAMA_WEBHOOK_URL: url })
  expect(at('https://hooks.example.com/x')).toBe('')
  expect(at('http://127.0.0.1:9000/x')).toBe('')
  for (const url of ['http://hooks.example.com/x', 'ftp://a/x', 'file:///etc/passwd', 'x']) {
    expect(at(url)).toContain('ARINOMAMA_WEBHOOK_URL')
  }
})

test('what is wrong with the mail server or the webhook is said without their secrets', () => {
  for (const variables of [
    { ARINOMAMA_SMTP_URL: 'http://name:s3cret@mail.example.com' },
    { ARINOMAMA_WEBHOOK_URL: 'http://hooks.example.com/s3cret' },
  ]) {
    const said = refused(variables)
    expect(said).not.toBe('')
    expect(said).not.toContain('s3cret')
  }
  const { smtpUrl, mailFrom } = readSettings({
    ARINOMAMA_SMTP_URL: 'smtps://name:s3cret@mail.example.com:465',
    ARINOMAMA_MAIL_FROM: 'arinomama@example.com',
  })
  expect([smtpUrl, mailFrom]).toEqual([
    'smtps://name:s3cret@mail.example.com:465',
    'arinomama@example.com',
  ])
})
