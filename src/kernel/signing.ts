// The key by which this installation signs what it sends. It lies beside the database, as the secret key does, and leaves the machine never.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refused } from './config.ts'

export type Signer = {
  /** 32 bytes; made with the key when it is first asked for. */
  publicKey: () => Buffer
  /** Ed25519, 64 bytes. */
  sign: (bytes: Uint8Array) => Buffer
}

export const PUBLIC_BYTES = 32
export const SIGNATURE_BYTES = 64
/** In the data folder, mode 600; beside the database, not in it, and in no backup. */
export const signingFile = (data: string): string => join(data, 'keys', 'signing')
/** Before the 32 bytes of a public Ed25519 key in DER (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export function openSigner(data: string): Signer {
  const file = signingFile(data)
  let known: KeyObject | undefined
  const key = () => known ??= readKey(file) ?? makeKey(file)
  return { publicKey: () => createPublicKey(key()).export({ type: 'spki', format: 'der' }).subarray(SPKI.length), sign: (bytes) => sign(null, bytes, key()) }
}

export function signedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return publicKey.length === PUBLIC_BYTES && verify(null, bytes, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature)
  } catch {
    return false
  }
}

function readKey(file: string): KeyObject | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === 'ENOENT') return undefined
    throw new Refused({ vi: `Không đọc được khóa ký trong ${file} (${why}). Trả quyền đọc cho người dùng chạy máy chủ.`, en: `The signing key in ${file} cannot be read (${why}). Let the server's user read it.` })
  }
  try {
    const key = createPrivateKey(text)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch { /* said below */ }
  throw new Refused({ vi: `${file} không phải khóa ký Ed25519 dạng PEM. Chép lại tệp đúng vào chỗ đó.`, en: `${file} is no Ed25519 signing key in PEM. Put the right file there again.` })
}

/** Two servers on one folder may come here at once: one makes it, both read it. */
function makeKey(file: string): KeyObject {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519')
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
    return privateKey
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return readKey(file)!
  }
}
