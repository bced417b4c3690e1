// Secrets: made, hashed, compared. Nothing here keeps one in clear, and nothing writes one to a log.
import { argon2, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../../../kernel/commit.ts'
import { normal } from '../decide/passwords.ts'

/** SHA-256 is enough for what is random and longer than 112 bits (ASVS 6.5.2). */
export const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest()

export const newSession = (): string => randomBytes(32).toString('base64url')
/** The beginning lets a scan of a repository find a token that leaked. */
export const newToken = (): string => `sst_${randomBytes(32).toString('base64url')}`
export const newLink = (): string => randomBytes(32).toString('base64url')

// No I, L, O, U: what is read from paper is typed without doubt (Crockford's base 32).
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 24 letters of 5 random bits each, as `XXXX-XXXX-…`. */
export const newSlip = (): string => [...randomBytes(24)].map((byte) => LETTERS[byte & 31]).join('').replace(/(.{4})(?=.)/g, '$1-')
/** What was typed, as it was printed; undefined: this is no such code. */
function asPrinted(typed: string, letters: number): string | undefined {
  const bare = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return bare.length === letters && /^[0-9A-HJKMNP-TV-Z]+$/.test(bare) ? bare.replace(/(.{4})(?=.)/g, '$1-') : undefined
}
export const slipAsPrinted = (typed: string): string | undefined => asPrinted(typed, 24)

/** Codes of 60 random bits, as `XXXX-XXXX-XXXX`: for paper, where the telephone is lost. */
export const RECOVERY_CODES = 10
export const newRecovery = (): string[] => Array.from({ length: RECOVERY_CODES }, () => [...randomBytes(12)].map((byte) => LETTERS[byte & 31]).join('').replace(/(.{4})(?=.)/g, '$1-'))
export const recoveryAsPrinted = (typed: string): string | undefined => asPrinted(typed, 12)

const hash = promisify(argon2)
/**
 * Argon2id with 19 MiB and two passes, the least that OWASP's password storage cheat sheet gives: 54 ms here, against 140 ms for 32 MiB and three, and
 * 530 ms for 64 MiB and three. Three thousand heads sign in on one morning, on 2 cores that also serve the boards. The parameters stand in each hash, and
 * a hash made with others is made anew at the next sign-in.
 */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const LENGTH = 32

// Two at once: argon2 takes a thread of the pool that files and names are read with, and 19 MiB each.
const AT_ONCE = 2
const MOST_WAITING = 200
let running = 0
const waiting: (() => void)[] = []
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING) throw new Refusal('BUSY')
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

type Cost = typeof COST
const derive = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  inTurn(async () => await hash('argon2id', { message: Buffer.from(normal(password)), nonce, tagLength: LENGTH, ...cost }))

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive(password, nonce, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`
}

const SHAPE = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/
/** Work of the same length for an account that does not exist or has no password. */
const NOBODY = { nonce: randomBytes(16), tag: randomBytes(LENGTH) }

/** `weaker`: made with other parameters than today's. */
export async function checkPassword(password: string, stored: string | null | undefined): Promise<{ right: boolean; weaker: boolean }> {
  const parts = stored ? SHAPE.exec(stored) : null
  if (!parts) {
    await derive(password, NOBODY.nonce, COST)
    return { right: false, weaker: false }
  }
  const cost = { memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]) }
  const tag = await derive(password, Buffer.from(parts[4]!, 'base64url'), cost)
  const right = timingSafeEqual(tag, Buffer.from(parts[5]!, 'base64url'))
  return { right, weaker: JSON.stringify(cost) !== JSON.stringify(COST) }
}

/**
 * Codes on paper hold less than the 112 bits that a plain hash asks for (ASVS 6.5.2), so they are hashed as passwords are. One salt for the ten of a set:
 * checking one costs one hash. How and with which salt stands in front, without the hash.
 */
const HEAD = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)$/
export const saltRecovery = (): string => `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${randomBytes(16).toString('base64url')}`
export async function hashRecovery(code: string, salted: string): Promise<Buffer> {
  const [, memory, passes, parallelism, nonce] = HEAD.exec(salted)!
  return derive(code, Buffer.from(nonce!, 'base64url'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
}

export const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

// Time-based one-time codes (RFC 6238): SHA-1, because authenticator apps know no other; steps of 30 seconds, six digits.
export const STEP_S = 30
export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_S)

export function codeOf(secret: Buffer, step: number, digits = 6, algorithm = 'sha1'): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac(algorithm, secret).update(counter).digest()
  const offset = mac.at(-1)! & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** The step that the code belongs to, if it is one of now or of a step before or after: clocks of telephones drift, and people type slowly. */
export function stepOf(secret: Buffer, code: string, at: Date): number | undefined {
  const now = stepAt(at)
  return [now, now - 1, now + 1].find((step) => same(Buffer.from(codeOf(secret, step)), Buffer.from(code)))
}

export const newSecret = (): Buffer => randomBytes(20)
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export function base32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
/** What the QR code for the authenticator app holds. */
export const otpauth = (secret: Buffer, account: string, host: string): string =>
  `otpauth://totp/${encodeURIComponent(`Sẵn Sàng (${host})`)}:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=${encodeURIComponent(`Sẵn Sàng (${host})`)}&algorithm=SHA1&digits=6&period=${STEP_S}`
