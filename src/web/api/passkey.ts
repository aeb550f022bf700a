import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { z } from 'zod'
import { apiProblems } from '../messages/api.ts'
import { ApiProblem } from '../../contract/api-problem.ts'

/** The server's library made these; only their outline is checked before the browser does. */
const creationOptions = z.custom<PublicKeyCredentialCreationOptionsJSON>(
  (json) =>
    z.looseObject({ challenge: z.string(), user: z.looseObject({}) }).safeParse(json).success,
)
const requestOptions = z.custom<PublicKeyCredentialRequestOptionsJSON>(
  (json) => z.looseObject({ challenge: z.string() }).safeParse(json).success,
)

/**
 * Makes a passkey on this device.
 *
 * @throws ApiProblem when the person cancels or the browser cannot.
 */
export async function createPasskey(options: unknown): Promise<Record<string, unknown>> {
  const optionsJSON = creationOptions.parse(options)
  return { ...(await asking(startRegistration({ optionsJSON }))) }
}

/** Signs with a passkey; the answer is the credential as `toJSON()` gives it. */
export async function signWithPasskey(options: unknown) {
  const optionsJSON = requestOptions.parse(options)
  return asking(startAuthentication({ optionsJSON }))
}

async function asking<T>(prompt: Promise<T>): Promise<T> {
  return prompt.catch((cause: unknown) => {
    const problem = passkeyProblem(cause)
    problem.cause = cause
    throw problem
  })
}

function passkeyProblem(cause: unknown): ApiProblem {
  const said = cause instanceof WebAuthnError ? cause.code : ''
  if (said === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
    return new ApiProblem(0, { code: 'passkey-known', message: apiProblems.passkeyKnown })
  }
  const cancelled = cause instanceof Error && /NotAllowed|Abort/.test(cause.name)
  return cancelled || said === 'ERROR_CEREMONY_ABORTED'
    ? new ApiProblem(0, { code: 'passkey-cancelled', message: apiProblems.passkeyCancelled })
    : new ApiProblem(0, { code: 'passkey-unsupported', message: apiProblems.passkeyUnsupported })
}
