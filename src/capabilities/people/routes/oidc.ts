// The organisation's identity provider, spoken to as OpenID Connect says: found when it is needed, asked again after it was away, never believed unchecked.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, createHmac } from 'node:crypto'
import * as oidc from 'openid-client'
import { Refusal } from '../../../kernel/commit.ts'
import { isSafeAddress } from '../../../pure/addresses.ts'
import type { Provider } from './api.ts'

const PATIENCE_S = 10
const REMEMBER_MS = 10 * 60_000
const MOST_BYTES = 1024 * 1024
/** Clocks of two servers differ; half a minute is what the library allows, a virtual machine that slept needs more. */
const SKEW_S = 120

/** What one sign-in keeps secret, all of it worked out from the ticket that lies in the browser: nothing of it stands in the database. */
export const secretsOf = (ticket: string) => {
  const one = (what: string): string => createHmac('sha256', ticket).update(what).digest('base64url')
  return { key: createHash('sha256').update(`provider ${ticket}`).digest(), state: one('state'), nonce: one('nonce'), verifier: one('verifier') }
}
export const subjectHash = (issuer: string, subject: string): Buffer => createHash('sha256').update(`${issuer}\0${subject}`).digest()

/** Whether the provider was out of reach, which its library does not tell from an answer that is wrong. */
type Call = { away: boolean }
const under = new AsyncLocalStorage<Call>()
class Away extends Error {}

const fetching = (local: boolean): oidc.CustomFetch => async (address, options) => {
  if (!isSafeAddress(address.split('?')[0]!) || (!local && !address.startsWith('https:'))) throw new Error('an address that is neither https nor on this machine')
  const call = under.getStore() ?? { away: false }
  try {
    const answer = await fetch(address, { ...options, redirect: 'manual' } as RequestInit)
    if (answer.status >= 500) call.away = true
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of answer.body ?? []) {
      size += (part as Uint8Array).length
      if (size > MOST_BYTES) throw new Error('an answer that is too long')
      parts.push(part as Uint8Array)
    }
    return new Response(size > 0 ? Buffer.concat(parts) : null, { status: answer.status, headers: answer.headers })
  } catch (error) {
    call.away = true
    throw error
  }
}

type Found = { configuration: oidc.Configuration; said: string; until: number }
const known = new Map<string, Found>()
const asking = new Map<string, Promise<oidc.Configuration>>()
const nameOf = ({ issuer, clientId, secret }: Provider): string => createHash('sha256').update(JSON.stringify([issuer, clientId, secret])).digest('hex')

async function discover(provider: Provider, name: string): Promise<oidc.Configuration> {
  const local = provider.issuer.startsWith('http:')
  const call: Call = { away: false }
  const discovered = await under.run(call, () => oidc.discovery(new URL(provider.issuer), provider.clientId, undefined, oidc.None(), {
    [oidc.customFetch]: fetching(local), timeout: PATIENCE_S, execute: local ? [oidc.allowInsecureRequests] : [],
  })).catch((error: unknown) => { throw call.away ? new Away() : error })
  const about = discovered.serverMetadata()
  const said = JSON.stringify(about)
  // The same as before: its keys are known already.
  const before = known.get(name)
  if (before?.said === said) {
    before.until = Date.now() + REMEMBER_MS
    return before.configuration
  }
  const methods = about.token_endpoint_auth_methods_supported
  const authenticate = !provider.secret ? oidc.None() : !methods || methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(provider.secret) : oidc.ClientSecretPost(provider.secret)
  const configuration = new oidc.Configuration(about, provider.clientId, { client_secret: provider.secret, [oidc.clockTolerance]: SKEW_S }, authenticate)
  configuration.timeout = PATIENCE_S
  configuration[oidc.customFetch] = fetching(local)
  if (local) oidc.allowInsecureRequests(configuration)
  oidc.enableNonRepudiationChecks(configuration) // the signature is checked although the token came over TLS (ASVS 6.8.2)
  known.clear()
  known.set(name, { configuration, said, until: Date.now() + REMEMBER_MS })
  return configuration
}

/** `anew`: asked now, once for all who ask at the same time. */
function configurationOf(provider: Provider, anew: boolean): Promise<oidc.Configuration> {
  const name = nameOf(provider)
  const found = known.get(name)
  if (!anew && found && found.until > Date.now()) return Promise.resolve(found.configuration)
  let asked = asking.get(name)
  if (!asked) asking.set(name, asked = discover(provider, name).finally(() => asking.delete(name)))
  return asked
}

/** What went wrong, as a refusal; `why` is for the log: codes only, never what was sent. */
export type Failed = (why: { code: string; reason: string }) => void
function refusalFor(error: unknown, call: Call, failed: Failed): Refusal {
  if (error instanceof Refusal) return error
  const { code, error: said, status } = error as { code?: unknown; error?: unknown; status?: unknown }
  const word = typeof said === 'string' && /^[\w.-]{1,60}$/.test(said) ? said : ''
  const name = call.away || error instanceof Away ? 'PROVIDER_AWAY' : error instanceof oidc.AuthorizationResponseError ? 'PROVIDER_DENIED'
    : word === 'invalid_grant' ? 'PROVIDER_STALE' : error instanceof oidc.ResponseBodyError || status === 401 ? 'PROVIDER_SETUP' : 'PROVIDER_WRONG'
  failed({ code: name, reason: [typeof code === 'string' ? code : error instanceof Error ? error.name : '', word].filter(Boolean).join(' ') })
  return name === 'PROVIDER_DENIED' ? new Refusal(name, { error: word || '…' }) : new Refusal(name)
}

/** For whoever connects it: does it answer as what it says it is? */
export async function askProvider(provider: Provider): Promise<{ authorization: string; token: string }> {
  const found = await configurationOf(provider, true).catch((error: unknown) => { throw new Refusal(error instanceof Away ? 'PROVIDER_AWAY' : 'PROVIDER_SETUP') })
  const { authorization_endpoint: authorization, token_endpoint: token } = found.serverMetadata()
  if (!authorization || !token) throw new Refusal('PROVIDER_SETUP')
  return { authorization, token }
}

/** Where the browser goes. The provider is asked each time: a browser sent to one that is away sees no sentence of ours. */
export async function whereToGo(provider: Provider, ticket: string, redirect: string, failed: Failed): Promise<string> {
  try {
    const configuration = await configurationOf(provider, true)
    const { state, nonce, verifier } = secretsOf(ticket)
    return oidc.buildAuthorizationUrl(configuration, { redirect_uri: redirect, scope: provider.scopes, state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }).href
  } catch (error) {
    // What answers, but not as a provider does: the issuer is not right.
    throw refusalFor(error, { away: false }, failed).code === 'PROVIDER_AWAY' ? new Refusal('PROVIDER_AWAY') : new Refusal('PROVIDER_SETUP')
  }
}

export type Identity = { issuer: string; subject: string; claim: (name: string) => unknown }
/** Who came back: code for token, signature, issuer, audience, nonce, state and clocks checked; what the token does not say is asked of the provider. */
export async function whoCame(provider: Provider, ticket: string, back: URL, failed: Failed): Promise<Identity> {
  const call: Call = { away: false }
  try {
    return await under.run(call, async () => {
      const configuration = await configurationOf(provider, false)
      const { state, nonce, verifier } = secretsOf(ticket)
      const tokens = await oidc.authorizationCodeGrant(configuration, back, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true })
      const claims = tokens.claims()!
      const wanted = provider.match === 'email' ? 'email' : provider.claim
      const more = claims[wanted] === undefined && configuration.serverMetadata().userinfo_endpoint ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub) : undefined
      return { issuer: claims.iss, subject: claims.sub, claim: (name) => (claims[name] ?? more?.[name]) }
    })
  } catch (error) {
    known.delete(nameOf(provider)) // after a change of keys or addresses there, what was learned is learned anew
    throw refusalFor(error, call, failed)
  }
}
