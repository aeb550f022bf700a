import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentType } from './document-type.ts'
import { holdsVirusTest } from './virus-test.ts'
import { zipOf } from './testing.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const refused = (content: Uint8Array, name: string) => {
  const found = documentType(content, name)
  return typeof found === 'string' ? `accepted as ${found}` : found.refused
}

const pdf = (objects: string) => bytes(`%PDF-1.7\n1 0 obj\n${objects}\nendobj\n%%EOF\n`)
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

test('documents that people read are known by their bytes', () => {
  expect(documentType(pdf('<</Type/Catalog>>'), 'a.pdf')).toBe('application/pdf')
  expect(documentType(png, 'a.PNG')).toBe('image/png')
  expect(documentType(Buffer.from('利用者,権限\n佐藤,閲覧\n'), '権限.csv')).toBe('text/plain')
  const shiftJis = Buffer.from('97989770 8ED2 2C 8CA0 8CC0 0D0A'.replaceAll(' ', ''), 'hex')
  expect(documentType(shiftJis, '権限.csv')).toBe('text/plain')
  const word = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<document/>' }
  expect(documentType(zipOf(word), 'a.docx')).toMatch(/wordprocessingml/)
  const text = { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }
  expect(documentType(zipOf(text), 'a.odt')).toBe('application/vnd.oasis.opendocument.text')
})

test('programs and scripts are refused as what they are, whatever their name', () => {
  for (const begin of ['4d5a9000', '7f454c460201', 'cffaedfe', 'cafebabe', '0061736d']) {
    expect(refused(Buffer.from(begin, 'hex'), 'report.pdf')).toBe('document-executable')
  }
  expect(refused(bytes('#!/bin/sh\nrm -rf /\n'), 'notes.txt')).toBe('document-executable')
  expect(refused(bytes('WScript.Echo 1'), 'notes.vbs')).toBe('document-executable')
})

test('web pages and pictures that can run scripts are refused as what they are', () => {
  for (const page of [
    '<html><script>alert(1)</script>',
    '  <!DOCTYPE html>',
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    'hello <ScRiPt src=x>',
  ]) {
    expect(refused(bytes(page), 'picture.png')).toBe('document-web-page')
    expect(refused(bytes(page), 'notes.txt')).toBe('document-web-page')
  }
  expect(refused(bytes('plain'), 'page.html')).toBe('document-web-page')
})

test('office documents with macros are refused, also when their name says otherwise', () => {
  const sheet = { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }
  expect(refused(zipOf({ ...sheet, 'xl/vbaProject.bin': 'x' }), 'a.xlsx')).toBe('document-macros')
  expect(refused(zipOf({ ...sheet, 'xl/macrosheets/sheet1.xml': 'x' }), 'a.xlsx')).toBe(
    'document-macros',
  )
  expect(refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xls')).toBe('document-legacy-office')
})

test('archives and cut-off documents are refused, since nobody can tell what is in them', () => {
  expect(refused(zipOf({ 'a.txt': 'a' }), 'a.zip')).toBe('document-archive')
  expect(refused(Buffer.from('1f8b0800', 'hex'), 'a.txt')).toBe('document-archive')
  const word = zipOf({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' })
  expect(refused(word.subarray(0, -5), 'a.docx')).toBe('document-damaged')
  expect(refused(pdf('<<>>').subarray(0, -8), 'a.pdf')).toBe('document-damaged')
  expect(refused(Buffer.alloc(0), 'a.pdf')).toBe('document-empty')
})

test('a member that the directory of a document does not name cannot hide between', () => {
  const honest = zipOf({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' })
  const directory = honest.indexOf(Buffer.from('504b0102', 'hex'))
  const hidden = Buffer.concat([
    honest.subarray(0, directory),
    Buffer.from('vbaProject.bin'),
    honest.subarray(directory),
  ])
  expect(refused(hidden, 'a.docx')).toBe('document-damaged')
})

test('a PDF that runs something, carries files or needs a password is refused', () => {
  expect(refused(pdf('<</OpenAction<</S/JavaScript/JS(app.alert)>>>>'), 'a.pdf')).toBe(
    'document-active',
  )
  expect(refused(pdf('<</S/J#61vaScript>>'), 'a.pdf')).toBe('document-active')
  expect(refused(pdf('#41'.repeat(200_000)), 'a.pdf')).toBe('document-active')
  expect(refused(pdf('<</S/Launch/F(cmd.exe)>>'), 'a.pdf')).toBe('document-active')
  expect(refused(pdf('<</Names<</EmbeddedFiles 3 0 R>>>>'), 'a.pdf')).toBe('document-active')
  expect(refused(pdf('<</Encrypt 5 0 R>>'), 'a.pdf')).toBe('document-encrypted')
})

test('what a PDF packs into object streams is looked at, and what cannot be unpacked is refused', () => {
  const packed = (objects: string, dictionary: string) =>
    pdf(`<<${dictionary}>>\nstream\n${deflateSync(bytes(objects)).toString('latin1')}\nendstream`)
  const flate = '/Type/ObjStm/Filter/FlateDecode'
  expect(documentType(packed('<</Type/Page>>', flate), 'a.pdf')).toBe('application/pdf')
  expect(refused(packed('<</S/JavaScript>>', flate), 'a.pdf')).toBe('document-active')
  expect(refused(packed('<</S/JavaScript>>', '/Type/ObjStm/F#69lter/FlateDecode'), 'a.pdf')).toBe(
    'document-active',
  )
  expect(refused(packed('<<>>', '/Type/ObjStm/Filter/LZWDecode'), 'a.pdf')).toBe('document-damaged')
  expect(refused(packed('<<>>', `${flate}/DecodeParms<</Predictor 12>>`), 'a.pdf')).toBe(
    'document-damaged',
  )
  expect(refused(packed('<<>>', '/Type/Obj#53tm/Filter/FlateDecode'), 'a.pdf')).toBe(
    'document-active',
  )
})

test('a name that says another kind than the bytes is refused', () => {
  expect(refused(png, 'a.jpg')).toBe('document-misnamed')
  expect(refused(png, 'a')).toBe('document-misnamed')
  expect(refused(bytes('a,b\n'), 'a.pdf')).toBe('document-misnamed')
  expect(documentType(bytes('PermitRootLogin no\n'), 'sshd_config')).toBe('text/plain')
})

test('binary rubbish is never taken for a document, and nothing makes the look fail', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('', '25504446', '255044462d312e370a', '504b0304', '504b0506', '89504e47'),
      fc.constantFrom('a.pdf', 'a.docx', 'a.png', 'a.txt', 'a.exe'),
      (rubbish, begin, name) => {
        const content = Buffer.concat([Buffer.from(begin, 'hex'), rubbish, Buffer.of(0)])
        const found = documentType(content, name)
        expect(typeof found).toBe('object')
      },
    ),
  )
})

test('the string that tests antivirus engines is found anywhere in a file', () => {
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(
    '',
  )
  expect(holdsVirusTest(bytes(`some text ${eicar} and more`))).toBe(true)
  expect(holdsVirusTest(bytes(eicar.slice(1)))).toBe(false)
})
