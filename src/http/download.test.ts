import { expect, test } from 'vitest'
import { downloadHeaders } from './download.ts'

const headersOf = (fileName: string) =>
  downloadHeaders({ bytes: new Uint8Array(3), mediaType: 'application/pdf', fileName })

test('a file is always an attachment, in a sandbox, whatever it is', () => {
  const headers = headersOf('report.pdf')
  expect(headers['content-disposition']).toBe(
    `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`,
  )
  expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  expect(headers['content-length']).toBe('3')
})

test('a Japanese name arrives whole, and as underscores where only ASCII is understood', () => {
  expect(headersOf('管理者一覧 (4月).pdf')['content-disposition']).toBe(
    `attachment; filename="_____ (4_).pdf"; filename*=UTF-8''` +
      '%E7%AE%A1%E7%90%86%E8%80%85%E4%B8%80%E8%A6%A7%20%284%E6%9C%88%29.pdf',
  )
})

test.each([
  ['a\r\nset-cookie: x=1', 'a__set-cookie_ x=1'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['a"b\\c', 'a_b_c'],
  ['\u202Efdp.exe', '_fdp.exe'],
  ['\ud800', '\uFFFD'],
])('a name such as %j cannot end the header, climb or deceive', (name, clean) => {
  const [, encoded] = headersOf(name)['content-disposition']?.split("UTF-8''") ?? []
  expect(decodeURIComponent(encoded ?? '')).toBe(clean)
  expect(headersOf(name)['content-disposition']).toMatch(/^[ -~]*$/)
})
