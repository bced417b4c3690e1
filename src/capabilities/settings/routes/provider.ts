// The identity provider as an administrator connects it. Its secret is encrypted with the key outside the database, and answered to nobody.
import { Refusal } from '../../../kernel/commit.ts'
import type { Decision } from '../../../kernel/commit.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { ProviderConnected, ProviderDisconnected, SettingsRefused } from '../contract.ts'
import { isSafeAddress } from '../../../pure/addresses.ts'
import { dropSecret, keepSecret, mayManage, sealedSecret, settingsNow } from '../store.ts'
import { openedSecret } from './secrets.ts'
import { STREAM, api, must } from './api.ts'
import type { Needs, ProviderUsed } from './api.ts'

const NAME = 'provider'
const WHOSE = 'settings:provider'
/** The secret of one issuer and client opens no other. */
const about = (issuer: string, clientId: string): string => `${issuer}\n${clientId}`

export type State = { used: ProviderUsed; from: 'settings' | 'environment'; secret: 'kept' | 'none' | 'lost' } | undefined
export async function providerNow(needs: Pick<Needs, 'environment' | 'keys' | 'side'>, read: Reader): Promise<State> {
  const { environment } = needs
  if (environment) return { used: environment, from: 'environment', secret: environment.secret ? 'kept' : 'none' }
  const { issuer, clientId, scopes, match, claim, name } = await settingsNow(read)
  if (!issuer || !clientId) return undefined
  const { opened, state } = await openedSecret(needs, read, NAME, about(issuer, clientId), WHOSE)
  return { used: { issuer, clientId, secret: opened ?? '', scopes: scopes!, match: match!, claim: claim!, name: name || null }, from: 'settings', secret: state }
}

export const providerRoutes = (needs: Needs) => ({
  connectProvider: api.connectProvider.handler(async ({ input, context }) => {
    const { actor, commit } = context
    const { secret, orderId, told, expectedVersion, ...wanted } = input
    const sealed = secret ? needs.keys().seal(Buffer.from(secret), WHOSE) : undefined
    return commit<{ version: number }>({ id: orderId, kind: 'provider.connect.v1', streams: [STREAM], body: { ...wanted, expectedVersion, secret: Boolean(secret) }, told }, async (read): Promise<Decision<ProviderConnected, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      const now = await settingsNow(read)
      if (needs.environment) return { refused: 'PROVIDER_BY_ENVIRONMENT' }
      if (now.version !== expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['provider'] } }
      if (!isSafeAddress(wanted.issuer)) return { refused: 'ISSUER_UNSAFE' }
      if (!sealed && !(await sealedSecret(read, NAME, about(wanted.issuer, wanted.clientId)))) return { refused: 'SECRET_MISSING' }
      return {
        facts: [{ type: 'provider.connected.v1', ...wanted, secret: sealed ? 'new' : 'kept' }], answer: { version: now.version + 1 },
        ...(sealed ? { aside: async (side) => { await keepSecret(side, NAME, about(wanted.issuer, wanted.clientId), sealed) } } : {}),
      }
    })
  }),

  disconnectProvider: api.disconnectProvider.handler(async ({ input, context }) => {
    const { actor, commit } = context
    return commit<{ version: number }>({ id: input.orderId, kind: 'provider.disconnect.v1', streams: [STREAM], body: input, told: input.told }, async (read): Promise<Decision<ProviderDisconnected, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      const now = await settingsNow(read)
      if (needs.environment) return { refused: 'PROVIDER_BY_ENVIRONMENT' }
      if (now.version !== input.expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['provider'] } }
      if (!now.issuer) return { refused: 'PROVIDER_NONE' }
      return { facts: [{ type: 'provider.disconnected.v1' }], answer: { version: now.version + 1 }, aside: async (side) => { await dropSecret(side, NAME) } }
    })
  }),

  checkProvider: api.checkProvider.handler(async ({ context }) => {
    await must(context)
    const found = await providerNow(needs, context.read)
    if (!found) throw new Refusal('PROVIDER_NONE')
    return needs.askProvider(found.used)
  }),
})
