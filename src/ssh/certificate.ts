import { randomBytes, type KeyObject } from 'node:crypto'
import { equalBytes, parseBase64 } from '../ledger/encoding.ts'
import { joined, sshString, uint32 } from '../ledger/signing/ssh-wire.ts'
import {
  checkedType,
  encodePublicKey,
  keyFields,
  parsePublicKey,
  readKeyFields,
  sshKeyOf,
  type SshKeyType,
  type SshPublicKey,
} from './public-key.ts'
import { SshFormatError, sshReader, type SshReader } from './reader.ts'
import { signSsh, verifySsh } from './signature.ts'

/** An OpenSSH user certificate (PROTOCOL.certkeys), everything that its CA signs. */
export type CertificateBody = {
  readonly nonce: Uint8Array
  readonly key: SshPublicKey
  readonly serial: bigint
  readonly keyId: string
  /** Accounts or names it is good for. OpenSSH reads an empty list as *every* name; we refuse it. */
  readonly principals: readonly string[]
  /** Whole seconds since 1970; valid from `validAfter`, up to but not including `validBefore`. */
  readonly validAfter: number
  readonly validBefore: number
  /** By name; a value of null is a flag. What a server does not know, it must refuse. */
  readonly criticalOptions: Options
  /** By name; what a server does not know, it ignores. */
  readonly extensions: Options
}
type Options = Readonly<Record<string, string | null>>

export type Certificate = CertificateBody & {
  readonly ca: SshPublicKey
  readonly signature: Uint8Array
}

const USER = 1
const NONCE_BYTES = 32
/** Bounds what is parsed before anything is verified. */
const CERTIFICATE_BYTES_MAX = 8_192
const PRINCIPALS_MAX = 64
const OPTIONS_MAX = 16

/** A key id is printed in logs beside other things: nothing in it may separate or end a field. */
const keyIdPattern = /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/
const principalPattern = /^[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,127}$/

export function newNonce(): Uint8Array {
  return new Uint8Array(randomBytes(NONCE_BYTES))
}

/** Signs a certificate. Throws `SshFormatError` on a body that we would not read back. */
export function signCertificate(body: CertificateBody, ca: KeyObject): Uint8Array {
  checkBody(body)
  const signed = joined(encodeBody(body), sshString(encodePublicKey(sshKeyOf(ca))))
  const bytes = joined(signed, sshString(signSsh(ca, signed)))
  parseCertificate(bytes)
  return bytes
}

/**
 * Reads a user certificate strictly: one form is accepted (parse, print again, compare), and its CA's
 * signature must be good. *Which* CA it is, the caller must judge. Throws `SshFormatError`.
 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  if (bytes.byteLength > CERTIFICATE_BYTES_MAX) throw new SshFormatError('it is too large')
  const reader = sshReader(bytes)
  const type = certifiedType(reader.text())
  const nonce = Uint8Array.from(reader.string())
  const key = readKeyFields(type, reader)
  const serial = reader.uint64()
  if (reader.uint32() !== USER) throw new SshFormatError('it is no user certificate')
  const keyId = reader.text()
  const principals = readPrincipals(reader.string())
  const [validAfter, validBefore] = [seconds(reader.uint64()), seconds(reader.uint64())]
  const criticalOptions = readOptions(reader.string())
  const extensions = readOptions(reader.string())
  if (reader.string().byteLength > 0) throw new SshFormatError('the reserved field is not empty')
  const ca = parsePublicKey(reader.string())
  const signature = Uint8Array.from(reader.string())
  reader.end()
  const names = { nonce, key, serial, keyId, principals }
  const body = { ...names, validAfter, validBefore, criticalOptions, extensions }
  checkBody(body)
  const signed = joined(encodeBody(body), sshString(encodePublicKey(ca)))
  if (!equalBytes(joined(signed, sshString(signature)), bytes)) {
    throw new SshFormatError('it is not in its one form')
  }
  if (verifySsh(ca, signed, signature) === undefined) {
    throw new SshFormatError('the signature of its CA is wrong')
  }
  return { ...body, ca, signature }
}

/** True for the name of a certificate's type, whatever its key is. */
export function isCertificateType(type: string): boolean {
  return /-cert-v\d\d@openssh\.com$/.test(type)
}

/** The line of a `-cert.pub` file. */
export function formatCertificateLine(bytes: Uint8Array): string {
  const type = sshReader(bytes).text()
  return `${type} ${Buffer.from(bytes).toString('base64')}`
}

export function parseCertificateLine(line: string): Certificate {
  const [type = '', base64 = ''] = line.trim().split(' ')
  const bytes = parseBase64(base64)
  if (bytes === undefined || bytes.byteLength === 0)
    throw new SshFormatError('it is no certificate')
  const certificate = parseCertificate(bytes)
  if (typeNameOf(certificate.key.type) !== type) throw new SshFormatError('it is of another type')
  return certificate
}

/** `ssh-ed25519` → `ssh-ed25519-cert-v01@openssh.com`. */
function typeNameOf(type: SshKeyType): string {
  return `${type.replace(/@openssh\.com$/, '')}-cert-v01@openssh.com`
}

function certifiedType(name: string): SshKeyType {
  const plain = name.replace(/-cert-v01@openssh\.com$/, '')
  const type = checkedType(plain.startsWith('sk-') ? `${plain}@openssh.com` : plain)
  if (typeNameOf(type) !== name) throw new SshFormatError('it is no certificate of a known type')
  return type
}

function encodeBody(body: CertificateBody): Uint8Array {
  return joined(
    sshString(typeNameOf(body.key.type)),
    sshString(body.nonce),
    keyFields(body.key),
    uint64(body.serial),
    uint32(USER),
    sshString(body.keyId),
    sshString(joined(...body.principals.map((name) => sshString(name)))),
    uint64(BigInt(body.validAfter)),
    uint64(BigInt(body.validBefore)),
    sshString(encodeOptions(body.criticalOptions)),
    sshString(encodeOptions(body.extensions)),
    sshString(''),
  )
}

function checkBody(body: CertificateBody): void {
  const { nonce, serial, keyId, principals, validAfter, validBefore } = body
  const whole = [validAfter, validBefore].every((at) => Number.isSafeInteger(at) && at >= 0)
  if (!whole || validBefore <= validAfter) throw new SshFormatError('its times are no period')
  if (serial < 0n || serial >= 2n ** 64n) throw new SshFormatError('its serial has no 64 bits')
  if (nonce.byteLength < 16 || nonce.byteLength > 64) throw new SshFormatError('its nonce is odd')
  if (!keyIdPattern.test(keyId)) throw new SshFormatError('its key id has other characters')
  if (principals.length === 0) throw new SshFormatError('it names no principal')
  if (principals.length > PRINCIPALS_MAX || new Set(principals).size < principals.length) {
    throw new SshFormatError('it names too many principals, or one twice')
  }
  if (!principals.every((name) => principalPattern.test(name))) {
    throw new SshFormatError('a principal has other characters')
  }
}

function readPrincipals(bytes: Uint8Array): string[] {
  const reader = sshReader(bytes)
  const principals: string[] = []
  while (!reader.isAtEnd()) {
    if (principals.length === PRINCIPALS_MAX) throw new SshFormatError('too many principals')
    principals.push(reader.text())
  }
  return principals
}

/** Names in ascending order, each once; a value is a string within the string. */
function encodeOptions(options: Options): Uint8Array {
  const names = Object.keys(options).sort()
  return joined(
    ...names.flatMap((name) => {
      const value = options[name] ?? null
      return [sshString(name), sshString(value === null ? '' : sshString(value))]
    }),
  )
}

function readOptions(bytes: Uint8Array): Options {
  const reader = sshReader(bytes)
  const found = new Map<string, string | null>()
  let last = ''
  while (!reader.isAtEnd()) {
    const name = reader.text()
    if (name <= last || found.size === OPTIONS_MAX)
      throw new SshFormatError('options are unordered')
    last = name
    found.set(name, optionValue(reader))
  }
  return Object.fromEntries(found)
}

function optionValue(reader: SshReader): string | null {
  const data = reader.string()
  if (data.byteLength === 0) return null
  const inner = sshReader(data)
  const value = inner.text()
  inner.end()
  return value
}

/** OpenSSH's "for ever" (2^64 - 1) is no time here. */
function seconds(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new SshFormatError('a time is out of range')
  return Number(value)
}

function uint64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}
