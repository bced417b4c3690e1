// Attachments. A random id names a file; the content lies once on disk under its hash, encrypted; who may read the record that holds it may read it.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { access, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import type { Actor } from './access.ts'
import type { Reader, SideWriter } from './db.ts'
import { rows } from './db.ts'
import { uuidv7 } from './ids.ts'
import type { Keys } from './keys.ts'
import { ProblemError } from './problem.ts'
import { keyOfFile, opened, sealer } from './blobs/sealed.ts'
import type { Sealer } from './blobs/sealed.ts'
import { MAPS, mapOf, sniff, TYPES } from './blobs/sniff.ts'

export const fileRefusals = {
  FILE_LARGE: { status: 413, message: { vi: 'Tệp lớn hơn mức cho phép ({limit} MB).', en: 'The file is larger than allowed ({limit} MB).' } },
  FILE_EMPTY: { status: 422, message: { vi: 'Tệp rỗng.', en: 'The file is empty.' } },
  FILE_QUOTA: { status: 413, message: { vi: 'Bạn đã tải lên quá nhiều tệp chưa dùng. Gửi báo cáo kèm các tệp đó, hoặc đợi một ngày.', en: 'You have uploaded too many files that are not used yet. Send the report they belong to, or wait a day.' } },
  FILE_TYPE: { status: 415, message: { vi: 'Loại tệp này không được nhận. Nhận: PDF, PNG, JPEG, WebP, DOCX, XLSX, CSV, JSON, TXT và gói trao đổi (.sansang.zip).', en: 'This type of file is not taken. Taken are PDF, PNG, JPEG, WebP, DOCX, XLSX, CSV, JSON, TXT and exchange packages (.sansang.zip).' } },
  FILE_MAP: { status: 415, message: { vi: 'Tệp không phải bản đồ nền PMTiles (phiên bản 3) hoặc MBTiles.', en: 'The file is no basemap in PMTiles (version 3) or MBTiles.' } },
  FILE_ENDING: { status: 415, message: { vi: 'Đuôi tên tệp không khớp với nội dung của tệp.', en: 'The ending of the file\'s name does not match its content.' } },
  FILE_MACRO: { status: 415, message: { vi: 'Tệp có macro hoặc tệp nhúng nên không được nhận. Hãy lưu lại thành bản không có macro.', en: 'The file holds macros or embedded files and is not taken. Save it without them.' } },
  FILE_BOMB: { status: 415, message: { vi: 'Tệp nén bung ra quá lớn nên không được nhận.', en: 'The file unpacks to too much and is not taken.' } },
  FILE_SEALED: { status: 503, message: { vi: 'Tệp được mã hóa bằng khóa {key}, không có trên máy chủ này. Báo người quản trị đặt lại khóa đó.', en: 'The file is encrypted with the key {key}, which this server does not have. Tell the administrator to put that key back.' } },
  FILE_LOST: { status: 503, message: { vi: 'Nội dung tệp không còn trên đĩa của máy chủ. Báo người quản trị khôi phục từ bản sao lưu.', en: 'The content of the file is no longer on the server’s disk. Tell the administrator to restore it from a backup.' } },
  FILE_UNMARKABLE: { status: 422, message: { vi: 'Không đánh dấu được người đọc lên tệp này (tệp hỏng hoặc đặt mật khẩu) nên không mở được. Người đính kèm quét lại rồi đính kèm tệp khác.', en: 'The reader cannot be marked on this file (it is damaged or locked by a password), so it is not opened. Whoever attached it scans it again.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không có, đã hết hạn hoặc thuộc mục khác. Hãy tải lên lại.', en: 'An attached file does not exist, has expired or belongs to something else. Upload it again.' } },
} as const
export type FileRefused = keyof typeof fileRefusals

export type StoredFile = { id: string; name: string; type: string; size: number }
/** What a fact may hold of a file. `hash`: SHA-256 over the file's own salt and its content's hash. */
export type FileFact = { id: string; hash: string; type: string; size: number }

const LOOSE_MS = 24 * 3600_000
const LOOSE_FILES = 200
const HEAD = 4096
const TAIL = 256 * 1024
const inClear: Sealer = { head: Buffer.alloc(0), push: (plain) => [plain], end: () => Buffer.alloc(0) }
export const refusedFile = (code: FileRefused, data?: Record<string, unknown>) => new ProblemError(code, fileRefusals[code], { data })

export type Sealing = { sealed: number; unknown: Record<string, number>; damaged: number }
export type Blobs = {
  /** Takes a stream of bytes of unknown length; nothing stays of what is refused. */
  store: (read: Reader, side: SideWriter, actor: Actor, at: Date, name: string, bytes: AsyncIterable<Buffer>, as?: 'basemap') => Promise<StoredFile>
  /** In clear, as a stream. Refused at once where it is not there, or its key is not. */
  open: (sha256: Buffer) => Promise<AsyncIterable<Buffer>>
  /** A basemap, which is read here and there: it lies in clear, since anyone could have it from whoever drew it. Never written. */
  pathOf: (sha256: Buffer) => string
  /** Encrypts with today's key what lies in clear or under an older one. Answers how many were, and what cannot be read: by key, or damaged. */
  seal: (stop?: AbortSignal) => Promise<Sealing>
  /** What it found the last time. */
  sealing: () => Sealing | undefined
  /** Deletes what no order came for within a day, what was erased, and contents that no row names. Answers how many files went. */
  collect: (read: Reader, side: SideWriter, at: Date) => Promise<number>
  folder: string
}

export function openBlobs(folder: string, maxAttachment: number, keys: Keys, maxBasemap = maxAttachment): Blobs {
  const incoming = join(folder, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  let last: Sealing | undefined
  const pathOf = (sha256: Buffer) => { const hex = sha256.toString('hex'); return join(folder, hex.slice(0, 2), hex) }

  /** Durable before it is named: an acknowledged file survives a power cut. */
  async function settle(temporary: string, sha256: Buffer): Promise<void> {
    const path = pathOf(sha256)
    if (await exists(path)) return rm(temporary)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    await rename(temporary, path)
    for (const dir of [dirname(path), folder]) await syncFolder(dir)
  }

  /** The same content under today's key, put in its place whole. False: it was not what its name says, and is left as it is. */
  async function again(path: string, sha256: Buffer): Promise<boolean> {
    const temporary = join(incoming, randomBytes(12).toString('hex'))
    const file = await open(temporary, 'wx', 0o600)
    try {
      const [seal, hash] = [sealer(keys), createHash('sha256')]
      await file.write(seal.head)
      for await (const plain of opened(keys, path, sha256)) {
        hash.update(plain)
        for (const part of seal.push(plain)) await file.write(part)
      }
      await file.write(seal.end(sha256))
      await file.sync()
      if (!hash.digest().equals(sha256)) return false
      await rename(temporary, path)
      await syncFolder(dirname(path))
      return true
    } catch {
      return false
    } finally {
      await file.close()
      await rm(temporary, { force: true })
    }
  }

  /** Name on disk → its path, shelf after shelf. */
  async function* contents(): AsyncGenerator<Map<string, string>> {
    for (const shelf of await readdir(folder)) {
      if (!/^[0-9a-f]{2}$/.test(shelf)) continue
      yield new Map((await readdir(join(folder, shelf))).filter((name) => /^[0-9a-f]{64}$/.test(name)).map((name) => [name, join(folder, shelf, name)]))
    }
  }

  return {
    folder,
    pathOf,
    async store(read, side, actor, at, rawName, bytes, as) {
      const maxBytes = as === 'basemap' ? maxBasemap : maxAttachment
      const name = cleanName(rawName)
      const [loose] = await rows<{ n: number }>(read, sql`
        select count(*)::int as n from file_blobs where uploaded_by = ${actor.id} and holder is null and uploaded_at > ${new Date(at.getTime() - LOOSE_MS)}`)
      if (loose!.n >= LOOSE_FILES) throw refusedFile('FILE_QUOTA')
      const temporary = join(incoming, randomBytes(12).toString('hex'))
      const hash = createHash('sha256')
      const text = new TextDecoder('utf-8', { fatal: true })
      let isText = true
      let size = 0
      let head = Buffer.alloc(0)
      let tail = Buffer.alloc(0)
      let sha256: Buffer
      try {
        const file = await open(temporary, 'wx', 0o600)
        const seal = as === 'basemap' ? inClear : sealer(keys)
        try {
          await file.write(seal.head)
          for await (const chunk of bytes) {
            size += chunk.length
            if (size > maxBytes) throw refusedFile('FILE_LARGE', { limit: Math.floor(maxBytes / 1048576) })
            hash.update(chunk)
            if (head.length < HEAD) head = Buffer.concat([head, chunk]).subarray(0, HEAD)
            tail = Buffer.concat([tail, chunk]).subarray(-TAIL)
            if (isText) isText = readsAsText(text, chunk, true)
            for (const part of seal.push(chunk)) await file.write(part)
          }
          if (isText) isText = readsAsText(text, Buffer.alloc(0), false)
          sha256 = hash.digest()
          await file.write(seal.end(sha256))
          await file.sync()
        } finally {
          await file.close()
        }
        if (size === 0) throw refusedFile('FILE_EMPTY')
        const found = sniff({ name, size, head, tail, text: isText })
        if (as === 'basemap' && !('kind' in found && MAPS.has(found.kind))) throw refusedFile('FILE_MAP')
        if ('refused' in found || (as !== 'basemap' && MAPS.has(found.kind))) throw refusedFile('refused' in found ? found.refused : 'FILE_TYPE')
        await settle(temporary, sha256)
        const stored = { id: uuidv7(at), name, type: TYPES[found.kind], size }
        await side.insertInto('file_blobs').values({ ...stored, sha256, salt: randomBytes(16), uploaded_by: actor.id, uploaded_at: at }).execute()
        return stored
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async open(sha256) {
      const path = pathOf(sha256)
      const keyId = await keyOfFile(path).catch((error: NodeJS.ErrnoException) => { throw error.code === 'ENOENT' ? refusedFile('FILE_LOST') : error })
      if (keyId !== null && !keys.ids().includes(keyId)) throw refusedFile('FILE_SEALED', { key: keyId })
      return opened(keys, path, sha256)
    },
    async seal(stop) {
      const found: Sealing = { sealed: 0, unknown: {}, damaged: 0 }
      for await (const shelf of contents()) {
        for (const [name, path] of shelf) {
          if (stop?.aborted) throw new Error('the server stops')
          const keyId = await keyOfFile(path).catch(() => undefined) // collected meanwhile
          if (keyId === undefined || (keyId !== null && keyId === keys.ids()[0]) || (keyId === null && await isMap(path))) continue
          if (keyId !== null && !keys.ids().includes(keyId)) found.unknown[keyId] = (found.unknown[keyId] ?? 0) + 1
          else if (await again(path, Buffer.from(name, 'hex'))) found.sealed++
          else found.damaged++
        }
      }
      last = found
      return found
    },
    sealing: () => last,
    async collect(read, side, at) {
      const old = new Date(at.getTime() - LOOSE_MS)
      const gone = await side.deleteFrom('file_blobs').where('holder', 'is', null).where('uploaded_at', '<', old).executeTakeFirst()
      for await (const shelf of contents()) {
        const named = await rows<{ hex: string }>(read, sql`
          select encode(sha256, 'hex') as hex from file_blobs where sha256 = any(${[...shelf.keys()].map((name) => Buffer.from(name, 'hex'))}::bytea[])`)
        const kept = new Set(named.map((row) => row.hex))
        for (const [name, path] of shelf) {
          // A content younger than an hour may belong to an upload whose row is not committed yet.
          if (!kept.has(name) && (await stat(path)).mtimeMs < at.getTime() - 3600_000) await rm(path, { force: true })
        }
      }
      for (const name of await readdir(incoming)) {
        const path = join(incoming, name)
        const made = (await stat(path).catch(() => undefined))?.mtimeMs
        if (made !== undefined && made < old.getTime()) await rm(path, { force: true })
      }
      return Number(gone?.numDeletedRows ?? 0)
    },
  }
}

/**
 * What the fact of an order may say of the files that it names: the asker's own, not yet held, or already this record's.
 * Undefined where one is not: the order is then refused with FILE_UNKNOWN.
 */
export async function fileFacts(read: Reader, actor: Actor, ids: string[], holder: string): Promise<FileFact[] | undefined> {
  if (ids.length === 0) return []
  const found = await rows<{ id: string; sha256: Buffer; salt: Buffer; type: string; size: number }>(read, sql`
    select id, sha256, salt, type, size from file_blobs
    where id = any(${ids}::uuid[]) and sha256 is not null and (holder = ${holder} or (holder is null and (uploaded_by = ${actor.id} or ${actor.kind !== 'person'})))`)
  const byId = new Map(found.map((f) => [f.id, { id: f.id, hash: createHash('sha256').update(f.salt).update(f.sha256).digest('hex'), type: f.type, size: Number(f.size) }]))
  return new Set(ids).size === byId.size ? ids.map((id) => byId.get(id)!) : undefined
}

/** From now on the record's readers may read the files. Goes into a decision's `aside`, so it happens with the fact or not at all. */
export async function holdFiles(side: SideWriter, ids: string[], holder: string, at: Date): Promise<void> {
  if (ids.length > 0) await side.updateTable('file_blobs').set({ holder, held_at: at }).where('id', 'in', ids).where('holder', 'is', null).execute()
}

/** The fact keeps its salted hash, which no longer proves anything; the content goes with the next collection unless another file has the same. */
export async function eraseFiles(side: SideWriter, ids: string[], at: Date): Promise<void> {
  if (ids.length > 0) await side.updateTable('file_blobs').set({ sha256: null, salt: null, name: null, erased_at: at }).where('id', 'in', ids).execute()
}

/** Names and types of files, for a record's own list of them. */
export const fileNames = (read: Reader, holder: string): Promise<(StoredFile & { uploadedAt: Date; erased: boolean })[]> =>
  rows(read, sql`select id, coalesce(name, '') as name, type, size, uploaded_at as "uploadedAt", erased_at is not null as erased from file_blobs where holder = ${holder} order by held_at, id`)

type FileRow = { id: string; sha256: Buffer; name: string; type: string; size: number; holder: string | null; uploadedBy: string }
export const filesOf = async (read: Reader, ids: string[]): Promise<Map<string, FileRow>> =>
  new Map((await rows<FileRow>(read, sql`select id, sha256, name, type, size, holder, uploaded_by as "uploadedBy" from file_blobs where id = any(${ids}::uuid[]) and sha256 is not null`)).map((file) => [file.id, file]))
export const fileOf = async (read: Reader, id: string): Promise<FileRow | undefined> => (await filesOf(read, [id])).get(id)

function cleanName(name: string): string {
  const clean = name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').replace(/[/\\:*?"<>|]/g, '_').replace(/\s+/g, ' ').trim().replace(/^\.+/, '')
  if (clean.length <= 120) return clean || 'tep'
  const ending = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? ''
  return clean.slice(0, 120 - ending.length) + ending
}

function readsAsText(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer, stream: boolean): boolean {
  try {
    return !/[\x00-\x08\x0e-\x1f\x7f]/.test(decoder.decode(chunk, { stream }))
  } catch {
    return false
  }
}

async function isMap(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(16)
    await file.read(head, 0, head.length, 0)
    return mapOf(head) !== undefined
  } finally { await file.close() }
}
const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)
async function syncFolder(path: string): Promise<void> {
  const dir = await open(path)
  try { await dir.sync() } finally { await dir.close() }
}
