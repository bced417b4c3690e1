// A passkey's device in software: P-256, no attestation, a counter that a test may set back. For requests; a real browser is in tests/e2e.
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** Just enough CBOR: maps in the order given, integers, texts and bytes. */
function cbor(value: unknown): Buffer {
  const head = (kind: number, n: number): Buffer => (n < 24 ? Buffer.from([(kind << 5) | n]) : n < 256 ? Buffer.from([(kind << 5) | 24, n]) : Buffer.from([(kind << 5) | 25, n >> 8, n & 255]))
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])])
}
const text = (bytes: Buffer): string => bytes.toString('base64url')
const sha = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest()

export type Authenticator = ReturnType<typeof authenticator>
/** `origin`: of the page that calls it; `verified`: its owner showed it who they are. */
export function authenticator(origin: string, { verified = true } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const device = { counter: 0, origin, verified, handle: '' }
  const count = (): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(device.counter); return bytes }
  const flags = (more: number): Buffer => Buffer.from([0x01 | (device.verified ? 0x04 : 0) | more])
  const client = (type: string, challenge: string): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin: device.origin, crossOrigin: false }))
  type Options = { options: Record<string, unknown> }
  const rp = (options: Record<string, unknown>): string => (options['rpId'] as string | undefined) ?? (options['rp'] as { id: string }).id
  return {
    device, id: text(id),
    create({ options }: Options) {
      const key = new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(jwk.x!, 'base64url')], [-3, Buffer.from(jwk.y!, 'base64url')]])
      const length = Buffer.from([0, id.length])
      const authData = Buffer.concat([sha(rp(options)), flags(0x40), count(), Buffer.alloc(16), length, id, cbor(key)])
      device.handle = (options['user'] as { id: string }).id
      return {
        id: text(id), rawId: text(id), type: 'public-key' as const,
        response: { clientDataJSON: text(client('webauthn.create', options['challenge'] as string)), attestationObject: text(cbor(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]))), transports: ['internal'] },
      }
    },
    get({ options }: Options) {
      device.counter += device.counter > 0 ? 1 : 0
      const authData = Buffer.concat([sha(rp(options)), flags(0), count()])
      const data = client('webauthn.get', options['challenge'] as string)
      const signature = createSign('sha256').update(Buffer.concat([authData, sha(data)])).sign(privateKey)
      return { id: text(id), rawId: text(id), type: 'public-key' as const, response: { clientDataJSON: text(data), authenticatorData: text(authData), signature: text(signature), userHandle: device.handle } }
    },
  }
}
