// Puts a backup in the place of an empty installation: everything is checked before anything is touched, loaded beside, and shown at once or not at all.
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refused } from '../kernel/config.ts'
import type { Connect } from '../kernel/db.ts'
import { asReader, asSide, openDatabase, openPool, SCHEMA } from '../kernel/db.ts'
import { reapplyErasures } from '../capabilities/people/routes.ts'
import { verifyJournal } from '../kernel/journal.ts'
import { migrate, migrations } from '../kernel/migrate.ts'
import { BLOBS, MANIFEST } from './backup.ts'
import type { Copied, Manifest } from './backup.ts'
import { counted } from '../pure/plural.ts'
import { bareTables, list, quoted, tablesOf } from './catalogue.ts'
import { onConnection } from './replay.ts'
import { schemaFolders } from './wiring.ts'

const BESIDE = 'sansang_restore'
/** What nobody wants overwritten. Other rows follow from these, or a first start makes them. */
const PRECIOUS = new Set(['journal', 'journal_orders', 'private_texts', 'contacts', 'passwords', 'file_blobs'])

type Note = (text: { vi: string; en: string }) => void

/** Reads every byte of the backup and holds it against the manifest. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new Refused({ vi: `${folder} không phải bản sao lưu trọn vẹn: thiếu ${MANIFEST}.`, en: `${folder} is no complete backup: ${MANIFEST} is missing.` })
  const text = readFileSync(path)
  const told = existsSync(`${path}.sha256`) ? readFileSync(`${path}.sha256`, 'utf8').slice(0, 64) : ''
  if (createHash('sha256').update(text).digest('hex') !== told) throw damaged(MANIFEST)
  const manifest = JSON.parse(text.toString()) as Manifest
  if (manifest.format !== 1) throw new Refused({ vi: `Bản sao lưu này do một bản Sẵn Sàng mới hơn tạo ra (định dạng ${String(manifest.format)}).`, en: `This backup was made by a newer Sẵn Sàng (format ${String(manifest.format)}).` })
  for (const copied of [...manifest.tables, ...manifest.journal.segments, manifest.files.list]) await checkFile(folder, copied)
  for (const copied of filesOf(folder, manifest)) await checkFile(folder, copied)
  return manifest
}

const damaged = (file: string) => new Refused({
  vi: `Bản sao lưu bị hỏng: tệp ${file} không khớp với mã băm trong ${MANIFEST}. Không có gì được khôi phục; dùng bản sao lưu khác.`,
  en: `The backup is damaged: the file ${file} does not have the hash that ${MANIFEST} names. Nothing was restored; use another backup.`,
})

async function checkFile(folder: string, { file, bytes, sha256 }: Copied): Promise<void> {
  const path = join(folder, file)
  if (normalize(file).startsWith('..') || statSync(path, { throwIfNoEntry: false })?.size !== bytes) throw damaged(file)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  if (hash.digest('hex') !== sha256) throw damaged(file)
}

const filesOf = (folder: string, manifest: Manifest): Copied[] =>
  readFileSync(join(folder, manifest.files.list.file), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Copied)

/** Into the database behind `connect`, whose installation must be empty, and the data folder. */
export async function restore(connect: Connect, data: string, folder: string, note: Note = () => {}): Promise<Manifest> {
  note({ vi: 'Đang kiểm tra bản sao lưu…', en: 'Checking the backup…' })
  const manifest = await checkBackup(folder)
  refuseForeign(manifest)
  const pool = openPool(connect, { max: 2, schema: BESIDE, name: 'sansang restore', pipeline: false })
  try {
    const client = await pool.connect()
    try {
      await refuseFull(client, data)
      await prepare(client, manifest)
      await load(client, manifest, folder, note)
      note({ vi: 'Đang kiểm tra nhật ký…', en: 'Checking the journal…' })
      await verify(client, manifest)
      await migrate(pool, schemaFolders, BESIDE)
      await forget(pool)
      for (const { file } of filesOf(folder, manifest)) copyIn(join(folder, file), join(data, file))
      await client.query(`begin; drop schema if exists ${SCHEMA} cascade; alter schema ${BESIDE} rename to ${SCHEMA}; commit`)
    } catch (error) {
      await client.query('rollback').catch(() => {})
      await client.query(`drop schema if exists ${BESIDE} cascade`).catch(() => {})
      throw error
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
  return manifest
}

function refuseForeign(manifest: Manifest): void {
  const known = new Map(migrations(schemaFolders).map(({ id, hash }) => [id, hash]))
  const unknown = manifest.migrations.filter(({ id, hash }) => known.get(id) !== hash).map(({ id }) => id)
  if (unknown.length === 0) return
  throw new Refused({
    vi: `Bản sao lưu do Sẵn Sàng ${manifest.program} tạo ra, với cấu trúc mà bản này không biết (${unknown.join(', ')}). Dùng bản ${manifest.program} trở lên.`,
    en: `The backup was made by Sẵn Sàng ${manifest.program}, with a schema that this version does not know (${unknown.join(', ')}). Use version ${manifest.program} or newer.`,
  })
}

async function refuseFull(client: pg.PoolClient, data: string): Promise<void> {
  const full: string[] = []
  for (const { name } of await tablesOf(client, SCHEMA)) {
    if (PRECIOUS.has(name) && (await client.query(`select 1 from ${SCHEMA}.${quoted(name)} limit 1`)).rowCount! > 0) full.push(name)
  }
  const blobs = join(data, BLOBS)
  if (existsSync(blobs) && readdirSync(blobs, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile())) full.push(blobs)
  if (full.length === 0) return
  throw new Refused({
    vi: `Nơi khôi phục không rỗng (${full.slice(0, 3).join(', ')}…). Khôi phục vào thư mục dữ liệu hoặc cơ sở dữ liệu mới.`,
    en: `The place to restore to is not empty (${full.slice(0, 3).join(', ')}…). Restore into a new data folder or database.`,
  })
}

/** The schema as it was when the backup was made; newer migrations run over the rows afterwards. */
async function prepare(client: pg.PoolClient, manifest: Manifest): Promise<void> {
  const then = new Set(manifest.migrations.map(({ id }) => id))
  await client.query(`drop schema if exists ${BESIDE} cascade; create schema ${BESIDE}`)
  await client.query('create table migrations (id text primary key, hash text not null, applied_at timestamptz not null default now())')
  for (const { id, hash, sql } of migrations(schemaFolders).filter((m) => then.has(m.id))) {
    await client.query(sql)
    await client.query('insert into migrations (id, hash) values ($1, $2)', [id, hash])
  }
}

async function load(client: pg.PoolClient, manifest: Manifest, folder: string, note: Note): Promise<void> {
  const bare = await bareTables(client, BESIDE, { indexes: true })
  // Rows that a migration itself had put in come again with the backup.
  const made = (await tablesOf(client, BESIDE)).filter(({ name }) => !['migrations', 'journal'].includes(name))
  await client.query(`truncate ${made.map(({ name }) => quoted(name)).join(', ')}`)
  for (const table of manifest.tables) {
    await copyRows(client, folder, table, `${quoted(table.name)} (${list(table.columns)})`)
    note({ vi: `${table.name}: ${table.rows} dòng`, en: `${table.name}: ${counted(table.rows, 'row')}` })
  }
  const passed: string[] = ['0']
  for (const segment of manifest.journal.segments) {
    await client.query('begin')
    await copyRows(client, folder, segment, `journal (${list(manifest.journal.columns)})`)
    passed.push((await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid')).rows[0]!.xid)
    await client.query('commit')
  }
  for (const [name, place] of Object.entries(manifest.cursors)) {
    await client.query('insert into follower_cursors (name, xid, position) values ($1, $2::text::xid8, $3::bigint)', [name, passed[place], place === 0 ? 0 : manifest.journal.lastPosition])
  }
  for (const { name, last } of manifest.sequences) if (last !== null) await client.query('select setval($1::text::regclass, $2::text::bigint)', [quoted(name), last])
  await bare.back()
  await client.query('analyze')
}

async function copyRows(client: pg.PoolClient, folder: string, { file, rows }: { file: string; rows: number }, into: string): Promise<void> {
  const target = client.query(copyFrom(`copy ${into} from stdin`))
  await pipeline(createReadStream(join(folder, file)), createGunzip(), target)
  if (target.rowCount !== rows) throw damaged(file)
}

async function verify(client: pg.PoolClient, manifest: Manifest): Promise<void> {
  const found = await verifyJournal(onConnection(client) as never)
  const first = found.broken[0]
  if (!first && found.lines === manifest.journal.rows) return
  throw new Refused({
    vi: `Nhật ký trong bản sao lưu bị đứt (${first ? `${first.stream} ${first.seq}: ${first.why}` : 'thiếu dòng'}). Không có gì được khôi phục.`,
    en: `The journal in the backup is broken (${first ? `${first.stream} ${first.seq}: ${first.why}` : 'lines are missing'}). Nothing was restored.`,
  })
}

/** Who was erased stays erased, whatever the tables brought back. */
async function forget(pool: pg.Pool): Promise<void> {
  const db = openDatabase(pool)
  await reapplyErasures(asReader(db), asSide(db), new Date())
}

function copyIn(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  copyFileSync(source, target)
  chmodSync(target, 0o600)
}
