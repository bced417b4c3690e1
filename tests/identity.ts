// A real identity provider (oidc-provider) on a port of this machine: its people sign in by name alone, and it can be shut and opened again.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
// @ts-expect-error it brings no types
import { Provider as Untyped } from 'oidc-provider'

type Provider = { callback: () => (request: unknown, response: unknown) => void; interactionDetails: (request: unknown, response: unknown) => Promise<{ prompt: { name: string }; params: { client_id: string; scope: string }; session?: { accountId: string } }>
  interactionFinished: (request: unknown, response: unknown, result: object, how: object) => Promise<void>; Grant: new (of: object) => { addOIDCScope: (scope: string) => void; save: () => Promise<string> }; proxy: boolean }

export const CLIENT = { id: 'sansang', secret: 'mot-khoa-bi-mat-cua-ung-dung-0123456789' }
export type Claims = { email?: string; email_verified?: boolean; preferred_username?: string }
export type Identity = { issuer: string; people: Record<string, Claims>; shut: () => Promise<void>; open: () => Promise<void>; close: () => Promise<void> }

/** `people`: by their name at the provider; changed while it runs. `returns`: where it may send browsers back to. */
export async function openIdentity(returns: string[], people: Record<string, Claims>): Promise<Identity> {
  let server: Server
  let port = 0
  const listen = () => new Promise<void>((done) => { server = createServer((request, response) => handle(request as never, response as never)); server.listen(port, '127.0.0.1', () => { port = (server.address() as AddressInfo).port; done() }) })
  let handle: (request: { url: string; method: string }, response: { writeHead: (status: number, head: object) => void; end: (text: string) => void }) => void = () => {}
  await listen()
  const issuer = `http://localhost:${port}`
  const provider = new Untyped(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: returns, grant_types: ['authorization_code'], response_types: ['code'] }],
    pkce: { required: () => true }, claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] }, conformIdTokenClaims: true,
    features: { devInteractions: { enabled: false } }, interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_: unknown, id: string) => (people[id] ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined),
    cookies: { keys: ['một khóa của thử nghiệm'] }, ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  }) as Provider
  const own = provider.callback()
  // One page: who are you? What is asked is granted.
  handle = (request, response) => {
    if (!request.url.startsWith('/interaction/')) return own(request, response)
    void (async () => {
      const { prompt, params, session } = await provider.interactionDetails(request, response)
      const name = new URL(request.url, issuer).searchParams.get('as')
      if (prompt.name === 'login' && name === null) {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        return response.end(`<!doctype html><title>Cơ quan</title><form><input name="as" aria-label="Tên"><button>Vào</button></form><a href="?as=">Thôi</a>`)
      }
      if (name === '') return provider.interactionFinished(request, response, { error: 'access_denied' }, { mergeWithLastSubmission: false })
      if (prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId: name } }, { mergeWithLastSubmission: false })
      const grant = new provider.Grant({ accountId: session!.accountId, clientId: params.client_id })
      grant.addOIDCScope(params.scope)
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true })
    })().catch((error: Error) => { response.writeHead(500, {}); response.end(error.message) })
  }
  const shut = () => new Promise<void>((done) => { server.close(() => done()); server.closeAllConnections() })
  return { issuer, people, shut, open: listen, close: shut }
}

/** As a browser without script: follows the provider's redirects with its cookies, says the name, and answers the address that it is sent back to. */
export async function goThrough(address: string, name: string, back: string): Promise<URL> {
  const jar = new Map<string, string>()
  let at = new URL(address)
  for (let hop = 0; hop < 20; hop++) {
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') } })
    for (const cookie of answer.headers.getSetCookie()) { const [key, value] = cookie.split(';')[0]!.split(/=(.*)/s) as [string, string]; if (value) jar.set(key, value); else jar.delete(key) }
    const to = answer.headers.get('location')
    if (!to) {
      if (answer.status !== 200) throw new Error(`the provider answers ${answer.status}: ${await answer.text()}`)
      at = new URL(`?as=${encodeURIComponent(name)}`, at)
      continue
    }
    at = new URL(to, at)
    if (at.href.startsWith(back)) return at
  }
  throw new Error('the provider sends round in circles')
}
