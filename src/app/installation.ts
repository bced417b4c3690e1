// One data folder and its database, opened for a server or for one command: joined where a server runs, else started here and stopped at the end.
import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { sql } from 'kysely'
import { OPERATOR } from '../kernel/access.ts'
import type { Actor } from '../kernel/access.ts'
import { openCommitter } from '../kernel/commit.ts'
import type { Committer } from '../kernel/commit.ts'
import { PROGRAM, Refused } from '../kernel/config.ts'
import type { Config } from '../kernel/config.ts'
import type { Lang } from '../kernel/contract.ts'
import { asReader, asSide, openDatabase, openPool, openReader, rows } from '../kernel/db.ts'
import type { Connect, Database, Reader, SideWriter } from '../kernel/db.ts'
import { step } from '../kernel/follow.ts'
import { lockFolder } from '../kernel/lock.ts'
import type { Holder, Lock } from '../kernel/lock.ts'
import { migrate } from '../kernel/migrate.ts'
import { originOf } from '../kernel/origin.ts'
import { checkExternal, startEmbedded } from '../kernel/postgres.ts'
import { canEnter, databaseUser } from '../kernel/program.ts'
import type { Context } from '../kernel/rpc.ts'
import { theirConnections } from './followers.ts'
import { followers, projectors, schemaFolders } from './wiring.ts'

export type Installation = {
  data: string
  connect: Connect
  pool: pg.Pool
  db: Database
  read: Reader
  side: SideWriter
  committer: Committer
  /** The id under which this installation appends to streams. */
  origin: string
  /** A server runs on it, here or elsewhere, and moves the followers. */
  joined: boolean
  lock: Lock | undefined
  /** `as`: who acts; default: the operator. */
  context: (at: Date, lang: Lang, as?: Actor) => Context
  /** Until every follower has passed all that is committed now: moved here, or waited for where a server moves them. */
  settle: () => Promise<void>
  close: () => Promise<void>
}

/** `server` serves; `command` joins a server; `alone` refuses one. */
export type Mode = Holder['what']

/** Servers hold it shared, what must be alone takes it whole. It also sees servers on other machines that share an external database. */
const SERVING = `hashtextextended('sansang:serving', 0)`

export type Opened = { connect: Connect; lock: Lock | undefined; stop: () => Promise<void> }

/** The database of the folder, running. What is not there yet is made, but no table. */
export async function openFolder(config: Config, mode: Mode, note: (text: { vi: string; en: string }) => void = () => {}): Promise<Opened> {
  const data = writable(dataFolder(config))
  const url = config.databaseUrl
  if (url) await checkExternal(url)
  const lock = await takeOrJoin(data, url && mode === 'command' ? undefined : mode, note)
  if ('join' in lock) return { connect: url ? { connectionString: url.href } : { host: lock.join.socket!, port: 5432, user: 'sansang', database: 'sansang' }, lock: undefined, stop: async () => {} }
  try {
    if (url) return { connect: { connectionString: url.href }, lock: lock.own, stop: async () => { await lock.own?.release() } }
    const database = await startEmbedded(data)
    lock.own!.tell({ socket: database.connect.host })
    return { connect: database.connect, lock: lock.own, stop: async () => { await database.stop(); await lock.own!.release() } }
  } catch (error) {
    await lock.own?.release()
    throw error
  }
}

/** Opens, brings the schema up to date, and gives what a command or the server works with. */
export async function openInstallation(config: Config, mode: Mode, note: (text: { vi: string; en: string }) => void = () => {}): Promise<Installation> {
  const { connect, lock, stop } = await openFolder(config, mode, note)
  const most = mode === 'server' ? config.connections : 6
  // Of sixteen, six for reading and four of the followers: of the others a server holds one for good (that it serves), and commits take two.
  const readers = Math.floor(most * 0.4)
  const pool = openPool(connect, { max: most - readers - (mode === 'server' ? theirConnections(most) : 0), name: `sansang ${mode}` })
  const reading = openPool(connect, { max: readers, name: `sansang ${mode}`, readOnly: true })
  let hold: Awaited<ReturnType<typeof holdServing>> | undefined
  try {
    hold = await holdServing(pool, mode)
    const { served: elsewhere, release } = hold
    if (!elsewhere) await migrate(pool, schemaFolders)
    await pool.query('insert into follower_cursors (name) select unnest($1::text[]) on conflict do nothing', [followers.map((f) => f.name)])
    const db = openDatabase(pool)
    const origin = await originOf(db)
    const read = openReader(reading)
    const committer = openCommitter(pool, projectors, origin)
    if (mode === 'command') lock?.tell({ ready: true })
    return {
      data: dataFolder(config), connect, pool, db, read, side: asSide(db), committer, origin, joined: elsewhere, lock,
      context: (at, lang, as = OPERATOR) => ({ actor: { ...as, via: 'command' }, at, lang, read, side: asSide(db), commit: (order, decide) => committer.commit(order, as, at, decide) }),
      settle: () => (elsewhere ? waitForFollowers(db) : moveFollowers(pool)),
      close: async () => { await committer.close(); release(); await Promise.all([pool.end(), reading.end()]); await stop() },
    }
  } catch (error) {
    hold?.release()
    await Promise.all([pool.end(), reading.end()])
    await stop()
    throw error
  }
}

function writable(data: string): string {
  try {
    mkdirSync(data, { recursive: true, mode: 0o755 })
    accessSync(data, constants.W_OK)
    return data
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    throw new Refused({ vi: `Không ghi được vào thư mục dữ liệu ${data} (${why}). Chọn thư mục khác bằng --data hoặc SANSANG_DATA.`, en: `The data folder ${data} cannot be written (${why}). Choose another one with --data or SANSANG_DATA.` })
  }
}

/** Joins the server that holds the folder, or waits until a command that holds it is done. `mode` undefined: an external database needs no lock for a command. */
async function takeOrJoin(data: string, mode: Mode | undefined, note: (text: { vi: string; en: string }) => void): Promise<{ own: Lock | undefined } | { join: Holder }> {
  if (mode === undefined) return { own: undefined }
  for (let round = 0; ; round++) {
    const got = await lockFolder(data, mode)
    if ('tell' in got) return { own: got }
    const { holder } = got
    if (holder?.what === 'server') {
      if (mode === 'command' && holder.ready && holder.socket) return { join: holder }
      if (mode !== 'command') throw new Refused(served(data, holder))
    }
    if (holder?.what === 'alone') throw new Refused({ vi: `Tiến trình ${holder.pid} đang khôi phục hoặc dựng lại ${data}. Đợi xong rồi chạy lại.`, en: `Process ${holder.pid} is restoring or rebuilding ${data}. Wait until it is done, then run this again.` })
    if (round === 20 && holder) note({ vi: `Đang đợi tiến trình ${holder.pid} dùng xong ${data}…`, en: `Waiting for process ${holder.pid}, which uses ${data}…` })
    if (round > 6000) throw new Refused(served(data, holder))
    await sleep(100)
  }
}

const served = (data: string, holder: Holder | undefined): { vi: string; en: string } => ({
  vi: `Sẵn Sàng đang chạy trên ${data}${holder ? ` (tiến trình ${holder.pid}${holder.url ? `, ${holder.url}` : ''})` : ''}. Dừng nó trước (Ctrl-C), hoặc chọn thư mục khác bằng --data.`,
  en: `Sẵn Sàng already runs on ${data}${holder ? ` (process ${holder.pid}${holder.url ? `, ${holder.url}` : ''})` : ''}. Stop it first (Ctrl-C), or choose another folder with --data.`,
})

async function holdServing(pool: pg.Pool, mode: Mode): Promise<{ served: boolean; release: () => void }> {
  const client = await pool.connect()
  client.on('error', () => {}) // a killed database: the next query says it
  const release = () => client.release(true)
  const take = mode === 'server' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'
  const { rows: [got] } = await client.query<{ free: boolean }>(`select ${take}(${SERVING}) as free`)
  if (mode === 'command') {
    // Only asked: a server that starts meanwhile must not be kept out.
    if (got!.free) await client.query(`select pg_advisory_unlock(${SERVING})`)
    release()
    return { served: !got!.free, release: () => {} }
  }
  if (got!.free) return { served: false, release }
  release()
  throw new Refused(mode === 'server'
    ? { vi: 'Cơ sở dữ liệu này đang được khôi phục hoặc dựng lại. Đợi xong rồi chạy lại.', en: 'This database is being restored or rebuilt. Wait until that is done, then start again.' }
    : { vi: 'Một máy chủ Sẵn Sàng đang chạy trên cơ sở dữ liệu này. Dừng nó trước.', en: 'A Sẵn Sàng server runs on this database. Stop it first.' })
}

/** The folder as configured. As root in a clone under a closed home, where the database's user cannot go: a folder of the system instead. */
export function dataFolder(config: Config): string {
  if (config.dataNamed || process.getuid?.() !== 0 || config.databaseUrl || canEnter(PROGRAM, databaseUser())) return config.data
  const at = join('/var/lib/sansang', String(statSync(PROGRAM).ino))
  mkdirSync(at, { recursive: true, mode: 0o755 })
  return at
}

async function moveFollowers(pool: pg.Pool): Promise<void> {
  for (const follower of followers) {
    for (let call = follower.tickEvery !== undefined, more = true; more;) {
      const done = await step(pool, follower, new Date(), call)
      call = done.more
      more = done.more || done.passed > 0
    }
  }
}

async function waitForFollowers(db: Database): Promise<void> {
  const [end] = await rows(asReader(db), sql<{ xmax: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xmax`)
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(20)) {
    const [behind] = await rows(asReader(db), sql<{ any: boolean }>`select exists (
      select 1 from follower_cursors c, lateral (select 1 from journal j where (j.xid, j.position) > (c.xid, c.position) and j.xid < ${end!.xmax}::text::xid8 limit 1) later) as any`)
    if (!behind!.any) return
  }
  throw new Refused({ vi: 'Máy chủ đang chạy chưa xử lý xong các thay đổi sau hai phút; xem nhật ký của nó.', en: 'The running server has not worked through all changes after two minutes; look into its log.' })
}
