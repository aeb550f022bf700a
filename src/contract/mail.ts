import { z } from 'zod'
import { route } from './route.ts'
import { done, instant } from './shared.ts'

const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** The answer is the same whether the address is known or not, and comes at once. */
export const requestSignInLink = route({
  id: 'requestSignInLink',
  method: 'post',
  path: '/api/sign-in/link',
  permission: 'public',
  summary: 'Have a link to come in sent to a contact’s address',
  body: z.object({ email: z.email().max(320) }),
  response: z.object({ asked: z.literal(true) }),
})

export const useSignInLink = route({
  id: 'useSignInLink',
  method: 'post',
  path: '/api/sign-in/link/{token}',
  permission: 'public',
  summary: 'Come in with a link that was sent, once',
  params: z.object({ token: secret }),
  response: done,
})

export const listOutbox = route({
  id: 'listOutbox',
  method: 'get',
  path: '/api/outbox',
  permission: 'accounts.write',
  summary: 'Mail of the last 30 days, and whether it was handed over',
  response: z.object({
    /** Where mail goes: a server, or nowhere but this list. */
    delivery: z.enum(['smtp', 'outbox']),
    webhook: z.boolean(),
    messages: z.array(
      z.object({
        id: z.int(),
        at: instant,
        to: z.string(),
        subject: z.string(),
        /** Null when a server has taken it: then its text is with its reader alone. */
        text: z.string().nullable(),
        state: z.enum(['kept', 'waiting', 'sent', 'failed']),
        attempts: z.int(),
        /** What the server answered last; no secret. */
        fault: z.string().nullable(),
      }),
    ),
  }),
})

export const mailRoutes = [requestSignInLink, useSignInLink, listOutbox] as const
