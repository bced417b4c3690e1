// The embedded database and the server as processes: starts, ends, and what is left after a kill.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { openInstallation } from '../src/app/installation.ts'
import { makeAnchor } from '../src/kernel/anchor.ts'
import { PROGRAM } from '../src/kernel/config.ts'
import { rows } from '../src/kernel/db.ts'
import { readHolder } from '../src/kernel/lock.ts'
import { startEmbedded } from '../src/kernel/postgres.ts'
import { configOf, newFolder } from './folder.ts'

const env = { PATH: process.env['PATH'], SANSANG_PORT: '0', SANSANG_LOG: 'error', SANSANG_LANG: 'en', NODE_COMPILE_CACHE: join(PROGRAM, 'node_modules/.cache/compiled') }
const gone = (child: ChildProcess) => new Promise<number | string | null>((done) => (child.exitCode !== null || child.signalCode !== null ? done(child.exitCode ?? child.signalCode) : child.once('exit', (code, signal) => done(code ?? signal))))

/** Processes that work in the database's folder. */
const working = (data: string) => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && (() => { try { return readlinkSync(`/proc/${name}/cwd`) === join(data, 'db') } catch { return false } })())

async function ask(data: string, host = join(data, 's')): Promise<number> {
  const client = new pg.Client({ host, port: 5432, user: 'sansang', database: 'sansang' })
  await client.connect()
  const { rows: [row] } = await client.query<{ n: number }>('select 1 as n')
  await client.end()
  return row!.n
}

/** The command line in a process group of its own, as a terminal starts it. */
function command(data: string, ...args: string[]): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [join(PROGRAM, 'src/app/cli.ts'), ...args, '--data', data], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { text += part.toString() })
  return { child, said: () => text }
}
async function served(data: string): Promise<{ child: ChildProcess; said: () => string; url: string }> {
  const server = command(data, 'serve')
  for (;;) {
    const holder = readHolder(data)
    if (holder?.pid === server.child.pid && holder?.url) return { ...server, url: holder.url }
    assert.equal(server.child.exitCode, null, server.said())
    await sleep(20)
  }
}

describe('the embedded database', () => {
  test('starts in an empty folder, stops without a trace, starts again; its settings keep what is acknowledged', async () => {
    const data = newFolder()
    for (let k = 0; k < 2; k++) {
      const database = await startEmbedded(data)
      const client = new pg.Client(database.connect)
      await client.connect()
      const { rows } = await client.query(`select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'server_encoding') order by name`)
      assert.deepEqual(rows.map(({ name, setting }) => `${name}=${setting}`), ['data_checksums=on', 'fsync=on', 'full_page_writes=on', 'listen_addresses=', 'server_encoding=UTF8', 'synchronous_commit=on'])
      await client.end()
      await database.stop()
      assert.deepEqual(working(data), [])
      assert.ok(!existsSync(join(data, 'db/postmaster.pid')))
    }
    rmSync(data, { recursive: true })
  })
  test('a path too long for a socket gets a short one', async () => {
    const root = newFolder()
    const data = join(root, 'đường-dẫn-rất-dài-'.repeat(5))
    mkdirSync(data)
    const database = await startEmbedded(data)
    assert.equal(await ask(data, database.connect.host), 1)
    await database.stop()
    rmSync(root, { recursive: true })
  })
  test('a half-made database of a killed first start is thrown away', async () => {
    const data = newFolder()
    mkdirSync(join(data, 'db.new-1'))
    const database = await startEmbedded(data)
    await database.stop()
    assert.deepEqual(readdirSync(data).filter((name) => name.startsWith('db')), ['db'])
    rmSync(data, { recursive: true })
  })
  test('a database that dies under a living process is brought back', async () => {
    const data = newFolder()
    const database = await startEmbedded(data)
    const before = database.pid()
    process.kill(before, 'SIGKILL')
    for (let k = 0; database.pid() === before || await ask(data).catch(() => 0) !== 1; k++) {
      assert.ok(k < 300, 'it did not come back')
      await sleep(50)
    }
    await database.stop()
    assert.deepEqual(working(data), [])
    rmSync(data, { recursive: true })
  })
})

describe('the server', () => {
  test('keeps within its connections, and whoever reads cannot write, whatever the statement says', async () => {
    const data = newFolder()
    const installation = await openInstallation(configOf(data, { SANSANG_CONNECTIONS: '8' }), 'server')
    const { read, side, db } = installation
    await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2
      ? rows(read, sql`select pg_sleep(0.02)`) : side.insertInto('sign_in_failures').values({ key: Buffer.from([n]), failures: 1, last_at: new Date(), blocked_until: new Date(), purpose: 'x', retention: 'throttle', until: new Date() }).execute())))
    const { rows: [open] } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where application_name = 'sansang server'`.execute(db)
    assert.equal(open!.n, 6, 'two of the eight are the followers\'')
    const sneak = sql`with gone as (delete from sign_in_failures returning 1) select count(*) from gone`
    await assert.rejects(rows(read, sneak), { code: '25006' })
    assert.equal((await sql<{ n: number }>`select count(*)::int as n from sign_in_failures`.execute(db)).rows[0]!.n, 30)
    await installation.close()
    rmSync(data, { recursive: true })
  })
  test('Ctrl-C in the terminal stops server and database cleanly; a second start keeps the data; commands join it; a second server is refused', async () => {
    const data = newFolder()
    const first = await served(data)
    assert.equal((await fetch(`${first.url}/health/ready`)).status, 200)
    const installation = await openInstallation(configOf(data), 'command')
    assert.ok(installation.joined)
    const anchor = await makeAnchor(installation.db, new Date())
    await installation.close()
    assert.equal((await fetch(`${first.url}/health/ready`)).status, 200, 'a command that ends leaves the server\'s database alone')
    const second = command(data, 'serve')
    assert.equal(await gone(second.child), 1)
    assert.match(second.said(), new RegExp(`already runs on ${data} \\(process ${first.child.pid}`))
    const alone = command(data, 'rebuild')
    assert.equal(await gone(alone.child), 1)
    assert.match(alone.said(), /Stop it first/)
    process.kill(-first.child.pid!, 'SIGINT')
    assert.equal(await gone(first.child), 0, first.said())
    assert.match(first.said(), /Sẵn Sàng runs on http:\/\/127\.0\.0\.1:\d+[\s\S]*first administrator[\s\S]*Stopped\./)
    assert.deepEqual(working(data), [])
    assert.ok(!existsSync(join(data, 'running.json')))
    const again = await served(data)
    const joined = await openInstallation(configOf(data), 'command')
    assert.deepEqual(await makeAnchor(joined.db, new Date()), anchor)
    await joined.close()
    process.kill(-again.child.pid!, 'SIGTERM')
    assert.equal(await gone(again.child), 0)
    rmSync(data, { recursive: true })
  })
  test('after a kill -9 of the server alone, the next start ends the database that outlived it and goes on', async () => {
    const data = newFolder()
    const server = await served(data)
    const postmaster = readFileSync(join(data, 'db/postmaster.pid'), 'utf8').split('\n')[0]
    process.kill(server.child.pid!, 'SIGKILL')
    await gone(server.child)
    assert.ok(working(data).includes(postmaster!), 'the database outlives its server')
    const next = await served(data)
    assert.notEqual(readFileSync(join(data, 'db/postmaster.pid'), 'utf8').split('\n')[0], postmaster)
    process.kill(-next.child.pid!, 'SIGINT')
    assert.equal(await gone(next.child), 0)
    rmSync(data, { recursive: true })
  })
  test('a port that is taken and a folder that is none are refused with a sentence, and no database is left', async () => {
    const data = newFolder()
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => taken.once('listening', done))
    const { port } = taken.address() as AddressInfo
    const child = spawn(process.execPath, [join(PROGRAM, 'src/app/cli.ts'), 'serve', '--data', data], { env: { ...env, SANSANG_PORT: String(port) }, stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (part: Buffer) => { text += part.toString() })
    assert.equal(await gone(child), 1)
    assert.match(text, new RegExp(`SANSANG_PORT=${port}: another program listens there`))
    assert.deepEqual(working(data), [])
    taken.close()
    writeFileSync(join(data, 'file'), '')
    const none = command(join(data, 'file'), 'anchor')
    assert.equal(await gone(none.child), 1)
    assert.match(none.said(), /file cannot be written \(E/)
    rmSync(data, { recursive: true })
  })
  test('a command on a folder that nobody serves starts the database and stops it again', async () => {
    const data = newFolder()
    const { child, said } = command(data, 'journal', 'verify')
    assert.equal(await gone(child), 0, said())
    assert.match(said(), /Whole: 0 lines/)
    assert.deepEqual(working(data), [])
    rmSync(data, { recursive: true })
  })
  test('an external database that does not answer, or is none, is refused with a sentence that names the variable', async () => {
    const data = newFolder()
    const child = spawn(process.execPath, [join(PROGRAM, 'src/app/cli.ts'), 'serve', '--data', data], { env: { ...env, SANSANG_DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' }, stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (part: Buffer) => { text += part.toString() })
    assert.equal(await gone(child), 1)
    assert.match(text, /SANSANG_DATABASE_URL: cannot connect to 127\.0\.0\.1:1\/x/)
    assert.doesNotMatch(text, /secret/)
    rmSync(data, { recursive: true })
  })
})
