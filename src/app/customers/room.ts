import { customers } from '../../domain/customers/customers.ts'
import type { CustomersCommand } from '../../domain/customers/customer.ts'
import { customersEvent } from '../../domain/customers/events.ts'
import { defineRoom } from '../room.ts'

/** Each customer is a stream: systems, contacts, agreements and sessions are decided together. */
export const customersRoom = defineRoom({
  name: 'customers',
  decider: customers,
  event: customersEvent,
  streamOf: ({ customer }: CustomersCommand) => `customers:${customer}`,
})
