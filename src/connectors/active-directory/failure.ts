import {
  BusyError,
  ConfidentialityRequiredError,
  InvalidCredentialsError,
  MessageParserError,
  NoSuchObjectError,
  ResultCodeError,
  SizeLimitExceededError,
  StrongAuthRequiredError,
  TimeLimitExceededError,
  UnavailableError,
} from 'ldapts'
import type { FailureCode } from '../../domain/directory/failures.ts'
import { TooLarge } from './connection.ts'

const byErrorCode: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'directory-name-unknown',
  EAI_AGAIN: 'directory-name-unknown',
  ECONNREFUSED: 'directory-unreachable',
  EHOSTUNREACH: 'directory-unreachable',
  ENETUNREACH: 'directory-unreachable',
  ETIMEDOUT: 'directory-unreachable',
  ECONNRESET: 'directory-broken-off',
  EPIPE: 'directory-broken-off',
}

/** What of it is somebody's to mend; null for what is a bug of ours. */
export function failureOf(error: unknown): FailureCode | null {
  if (!(error instanceof Error)) return null
  if (error instanceof TooLarge || error instanceof SizeLimitExceededError) {
    return 'directory-too-large'
  }
  if (error instanceof InvalidCredentialsError) return refusalOf(error.message)
  if (error instanceof ConfidentialityRequiredError || error instanceof StrongAuthRequiredError) {
    return 'bind-insecure'
  }
  if (error instanceof NoSuchObjectError) return 'base-unknown'
  if (error instanceof TimeLimitExceededError) return 'directory-timed-out'
  if (error instanceof BusyError || error instanceof UnavailableError) return 'directory-timed-out'
  if (error instanceof MessageParserError) return 'directory-answer-malformed'
  if (error instanceof ResultCodeError) return 'directory-answer-malformed'
  const code = 'code' in error ? String(error.code) : ''
  const known = byErrorCode[code]
  if (known !== undefined) return known
  if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)) return 'certificate-refused'
  if (/connection timeout/i.test(error.message)) return 'directory-unreachable'
  if (/timed? ?out/i.test(error.message)) return 'directory-timed-out'
  if (/closed|disconnect|ended|hang up/i.test(error.message)) return 'directory-broken-off'
  return null
}

/** The directory says in a number why a bind was refused. */
function refusalOf(message: string): FailureCode {
  const [, data = ''] = /data ([0-9a-f]{3})\b/i.exec(message) ?? []
  if (data === '533' || data === '701') return 'bind-disabled'
  return data === '775' ? 'bind-locked' : 'bind-refused'
}
