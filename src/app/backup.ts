// A logical copy of the whole installation from one snapshot, while it runs: every table as text (so it goes between embedded and external, and across
// PostgreSQL majors), the attachments, and a manifest with the hash of each file, written last.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { PROGRAM, Refused } from '../kernel/config.ts'
import { asReader, openPool, SCHEMA } from '../kernel/db.ts'
import { keyOfHead } from '../kernel/blobs/sealed.ts'
import { keysInUse } from '../capabilities/people/store/second-factors.ts'
import { keysOfSecrets } from '../capabilities/settings/store.ts'
import { counted } from '../pure/plural.ts'
import { list, quoted, sequencesOf, tablesOf } from './catalogue.ts'
import type { Installation } from './installation.ts'
import { onConnection } from './replay.ts'

export type Copied = { file: string; bytes: number; sha256: string }
export type Manifest = {
  format: 1
  program: string
  madeAt: string
  installation: string
  postgres: string
  migrations: { id: string; hash: string }[]
  tables: (Copied & { name: string; columns: string[]; rows: number })[]
  /** The journal in the order in which followers read it, cut where a follower stands; `cursors` name the segment that each has passed (0: none). */
  journal: { segments: (Copied & { rows: number })[]; columns: string[]; rows: number; lastPosition: number }
  cursors: Record<string, number>
  sequences: { name: string; last: string | null }[]
  /** Ids of the keys that encrypt secrets and files in it; the keys themselves are never part of a backup. */
  keys?: string[]
  files: { list: Copied; count: number; bytes: number }
}

/** Everyone signs in again after a restore: a session that ended since the backup must not live again. */
const NOT_CARRIED = new Set(['migrations', 'journal', 'follower_cursors', 'sessions', 'sign_in_links', 'sign_in_challenges'])
export const MANIFEST = 'manifest.json'
export const BLOBS = 'blobs'

export async function backup(installation: Pick<Installation, 'connect' | 'data' | 'origin'>, folder: string, at: Date, note: (text: { vi: string; en: string }) => void = () => {}): Promise<Manifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Refused({ vi: `${folder} không rỗng. Chọn một thư mục mới cho bản sao lưu.`, en: `${folder} is not empty. Choose a new folder for the backup.` })
  mkdirSync(join(folder, 'tables'), { recursive: true, mode: 0o700 })
  const pool = openPool(installation.connect, { max: 1, name: 'sansang backup', pipeline: false })
  const client = await pool.connect()
  try {
    // Read only and without a transaction number, so that followers of a running server go on.
    await client.query('begin isolation level repeatable read read only')
    const all = await tablesOf(client, SCHEMA)
    const tables: Manifest['tables'] = []
    for (const { name, columns } of all.filter((table) => !NOT_CARRIED.has(table.name))) {
      const file = `tables/${name}.gz`
      const { rows, ...copied } = await copyOut(client, folder, file, `select ${list(columns)} from ${quoted(name)}`)
      tables.push({ name, file, columns, rows, ...copied })
      note({ vi: `${name}: ${rows} dòng`, en: `${name}: ${counted(rows, 'row')}` })
    }
    const journal = await copyJournal(client, folder, all.find(({ name }) => name === 'journal')!.columns.filter((column) => column !== 'xid'))
    const { rows: migrations } = await client.query<{ id: string; hash: string }>('select id, hash from migrations order by applied_at, id')
    const { rows: [about] } = await client.query<{ postgres: string; last: number }>(`select current_setting('server_version') as postgres, coalesce((select max(position) from journal), 0) as last`)
    const { keys, ...files } = await copyFiles(join(installation.data, BLOBS), folder)
    const manifest: Manifest = {
      format: 1, program: (JSON.parse(readFileSync(join(PROGRAM, 'package.json'), 'utf8')) as { version: string }).version, madeAt: at.toISOString(), installation: installation.origin,
      postgres: about!.postgres, migrations, tables, journal: { ...journal.copied, lastPosition: about!.last }, cursors: journal.cursors, sequences: await sequencesOf(client, SCHEMA),
      keys: [...new Set([...await keysInUse(asReader(onConnection(client))), ...await keysOfSecrets(asReader(onConnection(client))), ...keys])],
      files,
    }
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    writeFileSync(join(folder, `${MANIFEST}.sha256`), `${createHash('sha256').update(text).digest('hex')}  ${MANIFEST}\n`, { mode: 0o600 })
    writeFileSync(join(folder, MANIFEST), text, { mode: 0o600, flush: true })
    if (manifest.keys!.length > 0) note({
      vi: `Khóa mã hóa tệp đính kèm và xác thực hai lớp (${manifest.keys!.join(', ')}) không nằm trong bản sao lưu. Giữ riêng, ở nơi khác: không có khóa thì sau khi khôi phục không mở được tệp nào.`,
      en: `The key of attachments and second factors (${manifest.keys!.join(', ')}) is not in the backup. Keep it elsewhere: without it no attachment opens after a restore.`,
    })
    return manifest
  } finally {
    client.release(true)
    await pool.end()
  }
}

async function copyOut(client: pg.PoolClient, folder: string, file: string, query: string): Promise<{ rows: number; bytes: number; sha256: string }> {
  const source = client.query(copyTo(`copy (${query}) to stdout`))
  const copied = await write(folder, file, source, createGzip({ level: 1 }))
  return { rows: source.rowCount, ...copied }
}

async function write(folder: string, file: string, ...through: [NodeJS.ReadableStream, ...NodeJS.ReadWriteStream[]]): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const tap = new Transform({ transform(chunk: Buffer, _, done) { hash.update(chunk); bytes += chunk.length; done(null, chunk) } })
  await pipeline([...through, tap, createWriteStream(join(folder, file), { mode: 0o600, flush: true })])
  return { bytes, sha256: hash.digest('hex') }
}

/**
 * Followers stand at (transaction, position), and transaction numbers mean nothing elsewhere. So the lines are cut where a follower stands; a restore
 * loads each segment in a transaction of its own, and puts the follower behind the segment that it had passed.
 */
async function copyJournal(client: pg.PoolClient, folder: string, columns: string[]): Promise<{ copied: Omit<Manifest['journal'], 'lastPosition'>; cursors: Record<string, number> }> {
  const { rows: at } = await client.query<{ name: string; place: number; xid: string; position: string }>(
    'select name, dense_rank() over (order by xid, position)::int as place, xid::text, position::text from follower_cursors order by place')
  const places = [...new Map(at.map(({ place, xid, position }) => [place, { xid, position }])).values()]
  const segments: Manifest['journal']['segments'] = []
  for (let k = 0; k <= places.length; k++) {
    const from = places[k - 1]
    const to = places[k]
    const where = [...(from ? [`(xid, position) > ('${from.xid}'::xid8, ${from.position})`] : []), ...(to ? [`(xid, position) <= ('${to.xid}'::xid8, ${to.position})`] : [])].join(' and ') || 'true'
    const file = `tables/journal.${k}.gz`
    const { rows, ...copied } = await copyOut(client, folder, file, `select ${list(columns)} from journal where ${where} order by journal.xid, position`)
    segments.push({ file, rows, ...copied })
  }
  return { copied: { segments, columns, rows: segments.reduce((n, { rows }) => n + rows, 0) }, cursors: Object.fromEntries(at.map(({ name, place }) => [name, place])) }
}

/** Attachments are written before the row that names them and never changed, so a copy taken after the snapshot holds all that it names. */
async function copyFiles(from: string, folder: string): Promise<Manifest['files'] & { keys: Set<string> }> {
  const lines: string[] = []
  const keys = new Set<string>()
  let bytes = 0
  for (const name of existsSync(from) ? readdirSync(from, { recursive: true, encoding: 'utf8' }) : []) {
    const source = join(from, name)
    if (name.startsWith('incoming') || !statSync(source, { throwIfNoEntry: false })?.isFile()) continue // a file on its way in belongs to no row yet
    const file = join(BLOBS, relative(from, source)).split(sep).join('/')
    mkdirSync(join(folder, file, '..'), { recursive: true, mode: 0o700 })
    // As they lie: encrypted. The key is the copy's own: another may take its place meanwhile.
    let first: Buffer | undefined
    const tap = new Transform({ transform(chunk: Buffer, _, done) { first ??= chunk; done(null, chunk) } })
    const copied = await write(folder, file, createReadStream(source), tap)
    const key = first && keyOfHead(first)
    if (key) keys.add(key)
    bytes += copied.bytes
    lines.push(JSON.stringify({ file, ...copied }))
  }
  const text = lines.map((line) => `${line}\n`).join('')
  writeFileSync(join(folder, 'files.ndjson'), text, { mode: 0o600, flush: true })
  return { keys, list: { file: 'files.ndjson', bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }, count: lines.length, bytes }
}
