// Files as they lie on disk: encrypted chunk by chunk, so that one of any size is written and read as a stream. As age does (age-encryption.org/v1, "Payload"), with
// AES-256-GCM: a key of its own for each file, a counter as nonce with a mark on the last chunk, so that none can be cut off, moved or repeated.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Keys } from '../keys.ts'

/** No kind of file that is let in begins so (sniff.ts): what does not, lies in clear, from before files were encrypted. */
const MAGIC = Buffer.from('\0sansang', 'latin1')
const ID = 6
const SALT = 16
const HEAD = MAGIC.length + ID + SALT
const CHUNK = 64 * 1024
const TAG = 16
const ABOUT = 'file'

export type Sealer = { head: Buffer; push: (plain: Buffer) => Buffer[]; /** `sha256` of all that was pushed: binds the file to its name. */ end: (sha256: Buffer) => Buffer }

const nonceOf = (n: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(n, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

export function sealer(keys: Keys): Sealer {
  const salt = randomBytes(SALT)
  const { keyId, key } = keys.derive(salt, ABOUT)
  const head = Buffer.concat([MAGIC, Buffer.from(keyId, 'hex'), salt])
  let held: Buffer[] = []
  let size = 0
  let n = 0
  const seal = (plain: Buffer[], about?: Buffer): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(n++, about !== undefined), { authTagLength: TAG })
    if (about) cipher.setAAD(about)
    return Buffer.concat([...plain.map((part) => cipher.update(part)), cipher.final(), cipher.getAuthTag()])
  }
  return {
    head,
    push(plain) {
      const out: Buffer[] = []
      // A whole chunk is kept until more comes: which one is the last shows at the end.
      for (let rest = plain; rest.length > 0;) {
        if (size === CHUNK) { out.push(seal(held)); held = []; size = 0 }
        const part = rest.subarray(0, CHUNK - size)
        held.push(part)
        size += part.length
        rest = rest.subarray(part.length)
      }
      return out
    },
    end: (sha256) => seal(held, sha256),
  }
}

/** The id of the key that a file needs; null: it lies in clear. */
export const keyOfHead = (head: Buffer): string | null => (head.length >= HEAD && head.subarray(0, MAGIC.length).equals(MAGIC) ? head.toString('hex', MAGIC.length, MAGIC.length + ID) : null)
export async function keyOfFile(path: string): Promise<string | null> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(HEAD)
    return keyOfHead(head.subarray(0, (await file.read(head, 0, HEAD, 0)).bytesRead))
  } finally {
    await file.close()
  }
}

/** What a file holds, in clear. Breaks off with an error where it was changed, cut, or is another's: `sha256` is what its content must have. */
export async function* opened(keys: Keys, path: string, sha256: Buffer): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(HEAD)
    const keyId = keyOfHead(head.subarray(0, (await file.read(head, 0, HEAD, 0)).bytesRead))
    if (keyId === null) {
      yield* file.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK }) as AsyncIterable<Buffer>
      return
    }
    const { key } = keys.derive(head.subarray(HEAD - SALT), ABOUT, keyId)
    for (let at = HEAD, n = 0; at < size || n === 0; n++) {
      const bytes = Buffer.allocUnsafe(Math.min(CHUNK + TAG, size - at))
      await whole(file, bytes, at)
      at += bytes.length
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(n, at === size), { authTagLength: TAG }).setAuthTag(bytes.subarray(-TAG))
      if (at === size) decipher.setAAD(sha256)
      const plain = decipher.update(bytes.subarray(0, -TAG))
      decipher.final()
      yield plain
    }
  } finally {
    await file.close()
  }
}

async function whole(file: Awaited<ReturnType<typeof open>>, bytes: Buffer, at: number): Promise<void> {
  for (let got = 0; got < bytes.length;) {
    const { bytesRead } = await file.read(bytes, got, bytes.length - got, at + got)
    if (bytesRead === 0) throw new Error('the file is cut off')
    got += bytesRead
  }
}
