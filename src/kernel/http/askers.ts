// Who asks: session cookie or bearer token, remembered for a few seconds so that a busy screen costs no query a request.
import type { IncomingMessage } from 'node:http'
import type { Actor } from '../access.ts'
import type { Lang } from '../contract.ts'
import { refusal } from '../problem.ts'
import { checkOrigin, readCookie } from './site.ts'
import type { Site } from './site.ts'

export type Asker = { actor: Actor; lang?: Lang | undefined }
/** `quiet`: only to see whether it still holds, which is no use of the session. */
export type Authenticate = (secret: { session?: string; bearer?: string; at: Date; quiet?: boolean }) => Promise<Asker | undefined>

/** Nobody signed in: holds no grant, so every right counts to nothing. */
export const ANONYMOUS: Actor = { id: '00000000-0000-8000-8000-000000000003', kind: 'person' }

const REMEMBER_MS = 5000
const MOST = 20_000

export type Askers = { ask: (request: IncomingMessage, quiet?: boolean) => Promise<Asker | undefined>; forget: (via: string) => void }

/** `onForget`: a session or token ended, and what hangs on it should too. */
export function openAskers(site: Site, authenticate: Authenticate, onForget: (via: string) => void = () => {}): Askers {
  const known = new Map<string, { asker: Asker; until: number }>()
  const sweep = () => { const now = Date.now(); for (const [key, { until }] of known) if (until < now) known.delete(key) }
  return {
    /** Undefined: no credentials, or ones that are not valid (any more). A cookie on an order must come from our own page. */
    async ask(request, quiet = false) {
      const { authorization } = request.headers
      const bearer = authorization === undefined ? undefined : /^Bearer ([\w.~+/-]+=*)$/.exec(authorization)?.[1]
      if (authorization !== undefined && bearer === undefined) throw refusal('SIGN_IN', { headers: { 'WWW-Authenticate': 'Bearer' } })
      const session = bearer === undefined ? readCookie(request.headers.cookie, site.cookie) : undefined
      if (bearer === undefined && request.method !== 'GET' && request.method !== 'HEAD') checkOrigin(request, site, session !== undefined)
      const secret = bearer ?? session
      if (!secret || secret.length > 300) return undefined
      const key = bearer === undefined ? `s${secret}` : `b${secret}`
      const now = Date.now()
      const seen = known.get(key)
      if (seen && seen.until > now) return seen.asker
      const asker = await authenticate({ ...(bearer === undefined ? { session: secret } : { bearer: secret }), at: new Date(now), ...(quiet ? { quiet } : {}) })
      if (bearer !== undefined && !asker) throw refusal('SIGN_IN', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } })
      if (!asker) { known.delete(key); return undefined }
      if (known.size >= MOST) { sweep(); if (known.size >= MOST) known.clear() }
      known.set(key, { asker, until: now + REMEMBER_MS })
      return asker
    },
    forget: (via) => {
      for (const [key, { asker }] of known) if (asker.actor.via === via) known.delete(key)
      onForget(via)
    },
  }
}

/** The language asked for, else the account's, else Vietnamese. */
export function langOf(request: IncomingMessage, account?: Lang): Lang {
  const header = request.headers['accept-language']
  if (!header) return account ?? 'vi'
  const [best] = header.split(',').map((part) => /^\s*(vi|en)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(part)).filter((m) => m !== null)
    .sort((a, b) => Number(b[2] ?? 1) - Number(a[2] ?? 1))
  return best ? (best[1]!.toLowerCase() as Lang) : account ?? 'vi'
}

/** So many a minute from one address, for what anybody may send without signing in. */
export function openLimit(perMinute: number): (address: string) => number {
  const spent = new Map<string, { tokens: number; at: number }>()
  return (address) => {
    const now = Date.now()
    if (spent.size > 50_000) spent.clear()
    const one = spent.get(address) ?? { tokens: perMinute, at: now }
    one.tokens = Math.min(perMinute, one.tokens + ((now - one.at) * perMinute) / 60_000) - 1
    one.at = now
    spent.set(address, one)
    if (one.tokens >= 0) return 0
    one.tokens += 1
    return Math.ceil(((1 - one.tokens) * 60) / perMinute)
  }
}
