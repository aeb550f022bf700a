import { refuse, type Decider } from '../decider.ts'
import type { ServicesEvent } from './events.ts'

/** One stream per service. */
export type Service =
  | { readonly state: 'absent' }
  | { readonly state: 'in-use'; readonly detailsSha256: string }
  | { readonly state: 'retired' }

export type ServicesCommand =
  | { readonly type: 'register'; readonly service: string; readonly detailsSha256: string }
  | { readonly type: 'change'; readonly service: string; readonly detailsSha256: string }
  | { readonly type: 'retire'; readonly service: string; readonly reason: string }

export type ServicesRefusal = 'service-exists' | 'service-unknown' | 'service-retired'

export const services: Decider<ServicesCommand, Service, ServicesEvent, ServicesRefusal> = {
  initial: { state: 'absent' },

  decide(command, now) {
    if (command.type === 'register') {
      if (now.state !== 'absent') return refuse('service-exists', command.service)
      return [{ ...command, type: 'services.registered.v1' }]
    }
    if (now.state === 'absent') return refuse('service-unknown', command.service)
    if (now.state === 'retired') return refuse('service-retired', command.service)
    switch (command.type) {
      case 'change': {
        if (command.detailsSha256 === now.detailsSha256) return []
        return [{ ...command, type: 'services.changed.v1' }]
      }
      case 'retire':
        return [{ ...command, type: 'services.retired.v1' }]
    }
  },

  evolve(_, event) {
    switch (event.type) {
      case 'services.registered.v1':
      case 'services.changed.v1':
        return { state: 'in-use', detailsSha256: event.detailsSha256 }
      case 'services.retired.v1':
        return { state: 'retired' }
    }
  },
}
