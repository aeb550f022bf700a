import { agreementRoutes } from './agreements.ts'
import { criteriaRoutes } from './criteria.ts'
import { customerRoutes } from './customers.ts'
import { directoryRoutes } from './directory.ts'
import { deviceRoutes } from './devices.ts'
import { evidenceRoutes } from './evidence.ts'
import { ledgerRoutes } from './ledger.ts'
import { mailRoutes } from './mail.ts'
import { ownCustomerRoutes } from './own-customer.ts'
import { peopleRoutes } from './people.ts'
import type { Route } from './route.ts'
import { servicesRoutes } from './services.ts'
import { sessionRoutes } from './session.ts'

/** Every route there is. The server refuses to start when one has no handler. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...criteriaRoutes,
  ...deviceRoutes,
  ...directoryRoutes,
  ...servicesRoutes,
  ...peopleRoutes,
  ...evidenceRoutes,
  ...ledgerRoutes,
  ...customerRoutes,
  ...agreementRoutes,
  ...ownCustomerRoutes,
  ...mailRoutes,
]
