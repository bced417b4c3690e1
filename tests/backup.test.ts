// Backup → restore in a fresh folder → equal; and everything that must be refused.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { comment } from '../src/capabilities/tasks/routes/orders.ts'
import { backup } from '../src/app/backup.ts'
import type { Manifest } from '../src/app/backup.ts'
import { list, quoted, tablesOf } from '../src/app/catalogue.ts'
import { openFolder, openInstallation } from '../src/app/installation.ts'
import type { Installation } from '../src/app/installation.ts'
import { checkRebuild, rebuild } from '../src/app/rebuild.ts'
import { checkBackup, restore } from '../src/app/restore.ts'
import { followers } from '../src/app/wiring.ts'
import { Refused } from '../src/kernel/config.ts'
import { SCHEMA } from '../src/kernel/db.ts'
import { step } from '../src/kernel/follow.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { sealer } from '../src/kernel/blobs/sealed.ts'
import { keyFile, openKeys } from '../src/kernel/keys.ts'
import { verifyJournal } from '../src/kernel/journal.ts'
import { configOf, makeSmall, newFolder } from './folder.ts'
import type { Small } from './folder.ts'

/** Each table as a count and a sum over its rows, without what a restore gives anew: transaction numbers, dates of migrations. */
async function content({ pool }: Installation): Promise<Record<string, string>> {
  const client = await pool.connect()
  try {
    const found: Record<string, string> = {}
    for (const { name, columns } of await tablesOf(client, SCHEMA)) {
      const kept = columns.filter((column) => !(name === 'journal' && column === 'xid') && column !== 'applied_at')
      if (name === 'follower_cursors') continue
      const { rows: [row] } = await client.query<{ sum: string }>(`select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from (select ${list(kept)} from ${quoted(name)}) t`)
      found[name] = row!.sum
    }
    return found
  } finally {
    client.release()
  }
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Refused) return error.text.en
    throw error
  }
  return ''
}

async function into(data: string, folder: string): Promise<Manifest> {
  const opened = await openFolder(configOf(data), 'alone')
  try {
    return await restore(opened.connect, data, folder)
  } finally {
    await opened.stop()
  }
}

describe('backup and restore', () => {
  let data: string
  let copy: string
  let installation: Installation
  let small: Small
  let made: Manifest
  let stood: Record<string, string>
  const noted: string[] = []
  const talk = (n: number) => comment(installation.context(new Date(), 'vi'), { orderId: uuidv7(), taskId: small.tasks[n]!, text: `Đã xem lại lần ${n}, còn thiếu bình chữa cháy`, mentions: [] })

  before(async () => {
    data = newFolder()
    copy = join(newFolder(), 'copy')
    installation = await openInstallation(configOf(data), 'command')
    small = await makeSmall(installation)
    await installation.settle()
    await talk(0)
    await step(installation.pool, followers[0]!, new Date()) // one follower is ahead of the others
    await talk(1)
    mkdirSync(join(data, 'blobs/ab'), { recursive: true })
    writeFileSync(join(data, 'blobs/ab/cd'), 'a photograph')
    mkdirSync(join(data, 'blobs/incoming'))
    writeFileSync(join(data, 'blobs/incoming/half'), 'on its way')
    const seal = sealer(openKeys(data, [Buffer.alloc(32, 4)]))
    writeFileSync(join(data, 'blobs/ab/sealed'), Buffer.concat([seal.head, seal.end(Buffer.alloc(32))]))
    const { keyId, bytes } = openKeys(data, null).seal(Buffer.alloc(20, 7), 'second_factor:x')
    await sql`insert into second_factors (person_id, secret, key_id, purpose, retention, until) values (${uuidv7()}, ${bytes}, ${keyId}, 'x', 'account', now())`.execute(installation.db)
    made = await backup(installation, copy, new Date(), (text) => { noted.push(text.en) })
    stood = await content(installation)
  })
  after(async () => {
    await installation.close()
    rmSync(data, { recursive: true })
    rmSync(join(copy, '..'), { recursive: true })
  })

  test('restored in a fresh folder, every table and file is equal, the journal is whole, the tables are what it says', async () => {
    const other = newFolder()
    await into(other, copy)
    const restored = await openInstallation(configOf(other), 'command')
    assert.deepEqual(await content(restored), stood)
    assert.equal(restored.origin, installation.origin)
    assert.deepEqual((await verifyJournal(restored.read)).broken, [])
    assert.deepEqual((await checkRebuild(restored)).differing, {})
    assert.equal(readFileSync(join(other, 'blobs/ab/cd'), 'utf8'), 'a photograph')
    assert.ok(!existsSync(join(other, 'blobs/incoming/half')))
    // Each follower stands where it stood: the lines before are passed, the lines after are not.
    const behind = async (one: Installation) => (await sql<{ name: string; left: number }>`
      select name, (select count(*)::int from journal j where (j.xid, j.position) > (c.xid, c.position)) as left from follower_cursors c order by name`.execute(one.db)).rows
    assert.deepEqual(await behind(restored), await behind(installation))
    assert.ok((await behind(restored)).some(({ left }) => left > 0))
    // And the restored one works on.
    await comment(restored.context(new Date(), 'vi'), { orderId: uuidv7(), taskId: small.tasks[2]!, text: 'Tiếp tục', mentions: [] })
    await restored.settle()
    assert.ok((await behind(restored)).every(({ left }) => left === 0))
    assert.deepEqual((await verifyJournal(restored.read)).broken, [])
    await restored.close()
    rmSync(other, { recursive: true })
  })
  test('the keys of second factors and files are in no backup; backup and manifest say which one is needed', () => {
    const key = readFileSync(keyFile(data), 'utf8').trim()
    assert.deepEqual(made.keys, [...openKeys(data, null).ids(), ...openKeys(data, [Buffer.alloc(32, 4)]).ids()])
    assert.ok(noted.some((text) => text.includes(made.keys![0]!) && text.includes('not in the backup')))
    for (const name of readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(copy, file)).isFile())) {
      const bytes = readFileSync(join(copy, name))
      assert.ok(!(name.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(key), name)
    }
  })
  test('the manifest names the hash of every file, and nobody else may read them', () => {
    assert.equal(made.journal.rows, made.journal.segments.reduce((n, { rows }) => n + rows, 0))
    assert.ok(made.journal.segments.length > 1, 'followers stood at different places')
    assert.ok(made.tables.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256)))
    assert.ok(!made.tables.some(({ name }) => name === 'sessions'))
  })
  test('a byte changed or cut anywhere is refused by the name of its file, and nothing is restored', async () => {
    const other = newFolder()
    for (const file of ['tables/tasks.gz', 'tables/journal.0.gz', 'manifest.json', 'files.ndjson', 'blobs/ab/cd']) {
      const path = join(copy, file)
      const whole = readFileSync(path)
      const changed = Buffer.from(whole)
      changed[Math.floor(changed.length / 2)]! ^= 1
      for (const wrong of [changed, whole.subarray(0, -1)]) {
        writeFileSync(path, wrong)
        assert.match(await refusal(checkBackup(copy)), new RegExp(`damaged: the file ${file.replaceAll('.', '\\.')} `), file)
      }
      writeFileSync(path, whole)
    }
    const told = readFileSync(join(copy, 'manifest.json.sha256'))
    rmSync(join(copy, 'manifest.json.sha256'))
    assert.match(await refusal(into(other, copy)), /damaged: the file manifest\.json /)
    writeFileSync(join(copy, 'manifest.json.sha256'), told)
    assert.match(await refusal(checkBackup(newFolder())), /no complete backup/)
    const fresh = await openInstallation(configOf(other), 'command')
    assert.equal((await fresh.db.selectFrom('journal').selectAll().execute()).length, 0)
    await fresh.close()
    rmSync(other, { recursive: true })
  })
  test('a place that is not empty is refused, and so is a folder for the backup', async () => {
    const again = join(newFolder(), 'again')
    await backup(installation, again, new Date())
    assert.match(await refusal(restore(installation.connect, data, again)), /is not empty \(contacts/)
    assert.match(await refusal(backup(installation, again, new Date())), /is not empty/)
    assert.deepEqual(await content(installation), stood)
    rmSync(join(again, '..'), { recursive: true })
  })
  test('a backup of a newer program is refused by the name of what is unknown', async () => {
    const again = join(newFolder(), 'again')
    await sql`insert into migrations (id, hash) values ('tasks/999-later.sql', 'x')`.execute(installation.db)
    await backup(installation, again, new Date())
    await sql`delete from migrations where id = 'tasks/999-later.sql'`.execute(installation.db)
    const other = newFolder()
    assert.match(await refusal(into(other, again)), /does not know \(tasks\/999-later\.sql\)/)
    rmSync(other, { recursive: true })
    rmSync(join(again, '..'), { recursive: true })
  })

  test('rebuild --check names a row that was changed past the journal, one that is missing and one too many; rebuild mends them', async () => {
    await installation.settle()
    const [changed, missing] = small.tasks
    await sql`update tasks set priority = 'high' where id = ${changed}`.execute(installation.db)
    await sql`delete from task_remarks where task_id = ${missing}`.execute(installation.db)
    const found = await checkRebuild(installation)
    assert.deepEqual(Object.keys(found.differing).sort(), ['task_remarks', 'tasks'])
    assert.equal(found.differences.find(({ table }) => table === 'tasks')!.key, `(${changed})`)
    assert.equal(found.differences.find(({ table }) => table === 'task_remarks')!.stands, null)
    await rebuild(installation)
    assert.deepEqual((await checkRebuild(installation)).differing, {})
  })
})
