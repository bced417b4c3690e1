// What follows from the address that browsers use: path prefix, cookies, security headers, and who may send orders from where.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { BlockList } from 'node:net'
import { refusal } from '../problem.ts'

export type Site = {
  /** https://ready.example.vn */
  origin: string
  /** '' or '/sansang' */
  prefix: string
  secure: boolean
  cookie: string
  /** Proxies whose X-Forwarded-For is believed. */
  trust: BlockList | null
}

export function siteOf(publicUrl: URL, trust: BlockList | null = null): Site {
  const prefix = publicUrl.pathname.replace(/\/+$/, '')
  const secure = publicUrl.protocol === 'https:'
  // __Host- binds the cookie to this host and path /; under a prefix the path is ours alone, so it is __Secure- there.
  return { origin: publicUrl.origin, prefix, secure, trust, cookie: `${secure ? (prefix ? '__Secure-' : '__Host-') : ''}sansang` }
}

// Lax, not Strict: a link in a mail must open signed in. Orders from other sites are refused by `checkOrigin`.
export const sessionCookie = (site: Site, secret: string, until: Date): string =>
  `${site.cookie}=${secret}; Path=${site.prefix || '/'}; Expires=${until.toUTCString()}; HttpOnly; SameSite=Lax${site.secure ? '; Secure' : ''}`

/** The value of our cookie. Values are base64url: nothing to decode. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  for (let from = 0; from < header.length;) {
    const end = header.indexOf(';', from)
    const stop = end < 0 ? header.length : end
    const at = header.indexOf('=', from)
    if (at > 0 && at < stop && header.slice(from, at).trim() === name) return header.slice(at + 1, stop).trim()
    from = stop + 1
  }
  return undefined
}

const COMMON = "object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
const policy = (site: Site, text: string): string => `${text}; ${COMMON}${site.secure ? '; upgrade-insecure-requests' : ''}`

/** Headers of every answer, flat as `writeHead` takes them. */
export function securityHeaders(site: Site): { data: string[]; file: string[]; page: (nonce: string) => string[] } {
  const all = [
    'X-Content-Type-Options', 'nosniff', 'Referrer-Policy', 'no-referrer', 'Cross-Origin-Opener-Policy', 'same-origin', 'Cross-Origin-Resource-Policy', 'same-origin',
    ...(site.secure ? ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] : []),
  ]
  return {
    data: [...all, 'Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox"],
    /** A worker lives under the policy of its own file: the live line is opened there. */
    file: [...all, 'Content-Security-Policy', "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"],
    page: (nonce) => [
      ...all, 'Permissions-Policy', 'camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()',
      'Content-Security-Policy', policy(site, `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; `
        + "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'"),
    ],
  }
}

export const makeNonce = (): string => randomBytes(16).toString('base64url')

/**
 * An order that a browser sends with its cookie must come from our own page (ASVS 3.5.1). Sec-Fetch-Site says so where the browser trusts the
 * connection; else Origin, which browsers send with every POST. A cookie without either comes from no browser that we serve.
 */
export function checkOrigin(request: IncomingMessage, site: Site, withCookie: boolean): void {
  const from = request.headers['sec-fetch-site']
  if (typeof from === 'string') {
    if (from !== 'same-origin') throw refusal('CROSS_SITE')
    return
  }
  const { origin, host } = request.headers
  if (origin === undefined ? withCookie : origin !== site.origin && origin !== `http://${host}`) throw refusal('CROSS_SITE')
}

/** The client's address: the socket's, or what a trusted proxy says, read from the right up to the first address that is not a proxy's. */
export function clientAddress(request: IncomingMessage, trust: BlockList | null): string {
  const plain = (address: string) => (address.startsWith('::ffff:') ? address.slice(7) : address)
  let address = plain(request.socket.remoteAddress ?? '')
  const forwarded = request.headers['x-forwarded-for']
  if (!trust || typeof forwarded !== 'string') return address
  const hops = forwarded.split(',').map((hop) => plain(hop.trim().replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')))
  while (hops.length > 0 && trusted(trust, address)) address = hops.pop()!
  return address
}

const trusted = (trust: BlockList, address: string): boolean => address !== '' && trust.check(address, address.includes(':') ? 'ipv6' : 'ipv4')

/** Asked on this machine itself, and not through a proxy on it. */
export function isLocal(request: IncomingMessage): boolean {
  const { remoteAddress = '' } = request.socket
  const { host = '', forwarded, via } = request.headers
  return /^(127\.|::1$|::ffff:127\.)/.test(remoteAddress) && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)
    && forwarded === undefined && via === undefined && request.headers['x-forwarded-for'] === undefined
}
