// Requests about people, and what the server, the command line and the demonstration ask of this capability.
import { accountRoutes } from './routes/accounts.ts'
import { api } from './routes/api.ts'
import type { Needs } from './routes/api.ts'
import { grantRoutes } from './routes/grants.ts'
import { meRoutes } from './routes/me.ts'
import { passkeyRoutes } from './routes/passkeys.ts'
import { providerRoutes } from './routes/provider.ts'
import { signInRoutes } from './routes/signin.ts'
import { slipRoutes } from './routes/slips.ts'
import { staffRoutes } from './routes/staff.ts'

export { askProvider } from './routes/oidc.ts'
export { isFresh } from './routes/proof.ts'
export { placeOf } from './routes/passkeys.ts'
export { authenticate } from './routes/signin.ts'
export { endRetention, reapplyErasures } from './routes/retention.ts'
export { forgetSecrets, sealSeeds } from './routes/second.ts'
export { createAccounts, demoLinks, firstAdministratorLink, operatorLink, operatorToken } from './routes/operator.ts'
export type { NewAccount } from './routes/operator.ts'

export const peopleRoutes = (needs: Needs) =>
  api.router({ ...signInRoutes(needs), ...passkeyRoutes(needs), ...providerRoutes(needs), ...meRoutes(needs), ...accountRoutes, ...slipRoutes(needs), ...grantRoutes, ...staffRoutes })
