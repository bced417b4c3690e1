// One attempt: signed as Standard Webhooks say, to an address that is looked up and judged at that moment, so that a name cannot turn into an address of our own network.
import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

const PRIVATE = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) PRIVATE.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['::', 128], ['::1', 128], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8], ['64:ff9b::', 96]] as const) PRIVATE.addSubnet(net, bits, 'ipv6')
/** Of a machine of one's own network, or of this one. An IPv4 address written as IPv6 is judged as what it is. */
export function isPrivate(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  const ip = mapped ?? bare
  return PRIVATE.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4') || /^::ffff:/i.test(ip)
}

class Refused extends Error { code = 'PRIVATE' }
const guarded = (allowPrivate: boolean): LookupFunction => (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0)
    const safe = allowPrivate ? found : found.filter((one) => !isPrivate(one.address))
    if (safe.length === 0) return done(new Refused(`${host} is an address of a private network`), '', 0)
    if (options.all) (done as unknown as (error: null, all: typeof safe) => void)(null, safe)
    else done(null, safe[0]!.address, safe[0]!.family)
    return undefined
  })
}

/** Before it is kept: may this server send there? */
export async function judge(address: string, allowPrivate: boolean): Promise<'WEBHOOK_PRIVATE' | 'WEBHOOK_UNKNOWN' | undefined> {
  const { hostname } = new URL(address)
  if (allowPrivate) return undefined
  if (isIP(hostname.replace(/^\[|\]$/g, '')) > 0) return isPrivate(hostname) ? 'WEBHOOK_PRIVATE' : undefined
  return new Promise((answer) => { guarded(false)(hostname, {}, (error) => answer(!error ? undefined : error instanceof Refused ? 'WEBHOOK_PRIVATE' : 'WEBHOOK_UNKNOWN')) })
}

export const SECRET = 'whsec_'
/** standardwebhooks.com, "Signature scheme": v1 is HMAC-SHA256 over id, timestamp and body, joined by dots. */
export const sign = (secret: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(SECRET.length), 'base64')).update(`${id}.${seconds}.${body}`).digest('base64')}`

const PATIENCE_MS = 10_000
/** Redirects are not followed, and what is answered is not read. `problem`: a word, where nothing was answered. */
export function sendOnce(address: string, secret: string, { id, body, at, allowPrivate }: { id: string; body: string; at: Date; allowPrivate: boolean }): Promise<{ status: number | null; problem: string | null }> {
  const url = new URL(address)
  const seconds = Math.floor(at.getTime() / 1000)
  if (!allowPrivate && isIP(url.hostname.replace(/^\[|\]$/g, '')) > 0 && isPrivate(url.hostname)) return Promise.resolve({ status: null, problem: 'PRIVATE' })
  return new Promise((answer) => {
    const sent = (url.protocol === 'https:' ? secure : plain)(url, {
      method: 'POST', lookup: guarded(allowPrivate), signal: AbortSignal.timeout(PATIENCE_MS), agent: false,
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'user-agent': 'sansang-webhooks', 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': sign(secret, id, seconds, body) },
    }, (response) => { response.destroy(); answer({ status: response.statusCode ?? null, problem: null }) })
    sent.on('error', (error: NodeJS.ErrnoException) => answer({ status: null, problem: error.name === 'TimeoutError' || error.name === 'AbortError' ? 'TIMEOUT' : (error.code ?? 'ERROR').slice(0, 40) }))
    sent.end(body)
  })
}
