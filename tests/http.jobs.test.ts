// Work after the answer, and mail.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { asReader } from '../src/kernel/db.ts'
import { enqueue, JOBS_SCHEMA, queued, retry } from '../src/kernel/jobs.ts'
import { openMail } from '../src/kernel/mail.ts'
import { ana, startToy } from './http.toy.ts'
import type { Toy } from './http.toy.ts'
import { openSink } from './sink.ts'

describe('jobs', () => {
  let toy: Toy
  before(async () => { toy = await startToy() })
  after(() => toy.close())
  const ended = async (id: string) => {
    for (let i = 0; i < 300; i++) {
      const { body } = await toy.ask(`/api/v1/jobs/${id}`)
      if (body.state === 'done' || body.state === 'failed') return body
      await sleep(20)
    }
    throw new Error('the job did not end')
  }

  test('a job shows its progress and what became of each row to whoever began it, and to nobody else', async () => {
    const { body } = await toy.ask('/api/v1/notes/remind', { method: 'POST', body: { how: 'well' } })
    const job = await ended(String(body.job))
    assert.deepEqual({ state: job.state, done: job.done, total: job.total, results: job.results, problem: job.problem }, { state: 'done', done: 3, total: 3, problem: null, results: [{ id: '1', ok: true }, { id: '2', ok: false, code: 'NOTE_CLOSED' }, { id: '3', ok: true }] })
    assert.equal((await toy.ask(`/api/v1/jobs/${String(body.job)}`, { as: 'ida' })).status, 404)
    assert.equal(((await toy.ask('/api/v1/jobs')).body.items as unknown[]).length, 1)
    assert.deepEqual((await toy.ask('/api/v1/jobs', { as: 'ida' })).body.items, [])
  })
  test('one that fails says so by a code; no text of the error lies in the database', async () => {
    const { body } = await toy.ask('/api/v1/notes/remind', { method: 'POST', body: { how: 'fail' } })
    const job = await ended(String(body.job))
    assert.deepEqual([job.state, job.problem, job.done], ['failed', 'BROKEN', 3])
    const { rows } = await sql<{ text: string }>`select j::text as text from ${sql.table(`${JOBS_SCHEMA}._private_jobs`)} j`.execute(toy.db.db)
    assert.doesNotMatch(rows.map((r) => r.text).join(), /Mrs Lan/)
  })
  test('one that failed is listed first, without its payload, and begins anew when it is tried again; what has not failed does not', async () => {
    const read = asReader(toy.db.db)
    await enqueue(toy.db.db, 'notes.remind', { how: 'well' }, { key: 'waits', runAt: new Date(Date.now() + 3600_000) })
    const { counts, listed } = await queued(read, 10)
    assert.equal(counts.failed, 1)
    assert.deepEqual([listed[0]!.name, listed[0]!.state, listed[0]!.attempts], ['notes.remind', 'failed', listed[0]!.most])
    assert.ok(!JSON.stringify(listed).includes('well'))
    assert.equal(await retry(toy.db.db, listed.find((job) => job.state === 'waiting')!.id), false)
    assert.equal(await retry(toy.db.db, '999999'), false)
    assert.equal(await retry(toy.db.db, listed[0]!.id), true)
    const again = async () => (await queued(read, 10)).listed.find((job) => job.id === listed[0]!.id)
    for (let i = 0; i < 300 && (await again())?.state !== 'failed'; i++) await sleep(20)
    assert.equal((await again())?.attempts, listed[0]!.attempts, 'tried as often as before, and failed again')
  })
  test('a job enqueued in a transaction that fails does not exist', async () => {
    await assert.rejects(toy.db.db.transaction().execute(async (tx) => {
      await enqueue(tx, 'notes.remind', { how: 'well' }, { askedBy: ana.id, key: 'undone' })
      throw new Error('no')
    }))
    const { rows } = await sql`select 1 from ${sql.table(`${JOBS_SCHEMA}.jobs`)} where key = 'undone'`.execute(toy.db.db)
    assert.equal(rows.length, 0)
  })
  test('asked for twice under one key, it waits once', async () => {
    const runAt = new Date(Date.now() + 3600_000)
    for (let i = 0; i < 2; i++) await enqueue(toy.db.db, 'notes.remind', { how: 'well' }, { key: 'later', runAt })
    const { rows } = await sql`select 1 from ${sql.table(`${JOBS_SCHEMA}.jobs`)} where key = 'later'`.execute(toy.db.db)
    assert.equal(rows.length, 1)
  })
})

describe('mail', () => {
  test('arrives in Vietnamese, at its recipient only, marked as automatic, whatever is in the subject', async () => {
    const { mails, port, close } = await openSink()
    const mailer = openMail(new URL(`smtp://127.0.0.1:${port}`), 'Sẵn Sàng <ready@example.vn>')
    assert.equal(await mailer.check(), true)
    await mailer.send({ to: { name: 'Nguyễn Thị Lan', address: 'lan@example.vn' }, subject: 'Nhắc việc\r\nBcc: all@example.vn', text: 'Còn 3 nhiệm vụ quá hạn.', id: 'reminder-1' })
    mailer.close()
    close()
    assert.equal(mails.length, 1)
    assert.equal(mails[0]!.to, 'RCPT TO:<lan@example.vn>')
    assert.match(mails[0]!.data, /^Message-ID: <reminder-1@example\.vn>/mi)
    assert.match(mails[0]!.data, /^Auto-Submitted: auto-generated/m)
    assert.doesNotMatch(mails[0]!.data, /^Bcc:/mi)
    assert.match(mails[0]!.data, /C=C3=B2n 3 nhi|Q8OybiAz/)
  })
  test('a mail server that is away is said by an error, and asked again by the queue', async () => {
    const mailer = openMail(new URL('smtp://127.0.0.1:1'), 'a@example.vn')
    assert.equal(await mailer.check(), false)
    await assert.rejects(mailer.send({ to: { name: 'a', address: 'a@example.vn' }, subject: 's', text: 't', id: '1' }))
    mailer.close()
  })
})
