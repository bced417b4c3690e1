// Encrypts what must be read back and must not stand in clear in the database or a backup. The keys lie outside of both.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseKeys, Refused } from './config.ts'

/** `keyId` null: in clear, from before there were keys. */
export type Sealed = { keyId: string | null; bytes: Buffer }
export type Keys = {
  /** Where they come from, as said to whoever runs the server. */
  from: string
  /** Ids of the keys at hand, the sealing one first; none until something was sealed. */
  ids: () => string[]
  /** `about`: whose it is; sealed bytes open for no other. */
  seal: (plain: Buffer, about: string) => { keyId: string; bytes: Buffer }
  /** Undefined: sealed with another key or for another, or changed since. */
  open: (sealed: Sealed, about: string) => Buffer | undefined
  /** A key made from the sealing one, or from the one named, for one use under one salt (HKDF-SHA-256, RFC 5869). Throws where that key is not at hand. */
  derive: (salt: Buffer, about: string, keyId?: string) => { keyId: string; key: Buffer }
}

const NONCE = 12
const TAG = 16
const idOf = (key: Buffer): string => createHash('sha256').update('sansang key id').update(key).digest('hex').slice(0, 12)

/** In the data folder, made when something is first sealed; beside the database, not in it. */
export const keyFile = (data: string): string => join(data, 'keys', 'secret')

/** `given`: the variable's keys; else those of the file in the data folder. */
export function openKeys(data: string, given: Buffer[] | null | undefined): Keys {
  const file = keyFile(data)
  let known: { id: string; key: Buffer }[] = (given ?? []).map((key) => ({ id: idOf(key), key }))
  const load = () => {
    if (known.length === 0) known = readKeys(file).map((key) => ({ id: idOf(key), key }))
    return known
  }
  return {
    from: given ? 'SANSANG_SECRET_KEY' : file,
    ids: () => load().map(({ id }) => id),
    derive: (salt, about, keyId) => {
      if (keyId === undefined && load().length === 0) makeKey(file)
      const found = keyId === undefined ? load()[0] : load().find(({ id }) => id === keyId)
      if (!found) throw new Error(`the key ${keyId} is not here`)
      return { keyId: found.id, key: Buffer.from(hkdfSync('sha256', found.key, salt, `sansang ${about}`, 32)) }
    },
    seal: (plain, about) => {
      if (load().length === 0) makeKey(file)
      const { id, key } = load()[0]!
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(about))
      return { keyId: id, bytes: Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]) }
    },
    open: ({ keyId, bytes }, about) => {
      if (keyId === null) return bytes.length > 0 ? bytes : undefined
      const key = load().find(({ id }) => id === keyId)?.key
      if (!key || bytes.length < NONCE + TAG) return undefined
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG }).setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-TAG))
        return Buffer.concat([cipher.update(bytes.subarray(NONCE, -TAG)), cipher.final()])
      } catch {
        return undefined
      }
    },
  }
}

function readKeys(file: string): Buffer[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === 'ENOENT') return []
    throw new Refused({ vi: `Không đọc được khóa trong ${file} (${why}). Trả quyền đọc cho người dùng chạy máy chủ.`, en: `The key in ${file} cannot be read (${why}). Let the server's user read it.` })
  }
  const keys = parseKeys(text)
  if (!keys) throw new Refused({ vi: `${file} không phải tệp khóa (mỗi dòng một khóa 32 byte dạng base64). Chép lại tệp đúng vào chỗ đó.`, en: `${file} is no file of keys (32 bytes in base64 a line). Put the right file there again.` })
  return keys
}

/** Two servers on one folder may come here at once: one makes it, both read it. */
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
