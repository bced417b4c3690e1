// Who acts as somebody's deputy is recorded as such, and only then.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { behalfOf } from '../src/kernel/access.ts'
import type { Stand } from '../src/kernel/access.ts'
import { asReader, asSide, rows } from '../src/kernel/db.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { authenticate, operatorToken } from '../src/capabilities/people/routes.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { allRights } from '../src/capabilities/people/contract.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

const own = (role: string, path: string): Stand => ({ role, path, from: null })
const lent = (role: string, path: string, from: string): Stand => ({ role, path, from })

describe('for whom', () => {
  test('a right that is only lent is used on behalf of its lender', () => assert.equal(behalfOf([own('reader', '1.'), lent('head', '1.', 'h')], 'task.verify'), 'h'))
  test('a right that one holds oneself there or above is one’s own', () => {
    assert.equal(behalfOf([own('officer', '1.'), lent('head', '1.2.', 'h')], 'task.report', '1.2.3.'), null)
    assert.equal(behalfOf([own('officer', '1.')], 'task.report'), null)
  })
  test('held by oneself in one place and lent in another, the place decides', () => {
    const stands = [own('officer', '1.2.'), lent('head', '1.3.', 'h'), lent('head', '1.3.4.', 'k')]
    assert.equal(behalfOf(stands, 'task.report'), undefined)
    assert.deepEqual(['1.2.5.', '1.3.', '1.3.4.1.', '1.9.'].map((path) => behalfOf(stands, 'task.report', path)), [null, 'h', 'k', null])
  })
})

describe('what a deputy does', () => {
  let w: World
  before(async () => { w = await openWorld() })
  after(async () => { await w.close() })
  const task = (name: string) => w.endpoints.find((e) => e.name === name)!
  const last = async (subject: string) => (await rows(asReader(w.db.db), sql<{ actor_id: string; on_behalf_of: string | null }>`select actor_id, on_behalf_of from journal where subject = ${subject} order by position desc limit 1`))[0]!
  /** As the server finds out who asks, from the person's own token. */
  const signedIn = async (role: 'reader' | 'officer') => {
    const [account] = await rows(asReader(w.db.db), sql<{ account: string }>`select account from contacts where person_id = ${w.people[role].id}`)
    const { token } = await operatorToken(w.db.as(OPERATOR), account!.account, 'x', [...allRights], 3_600_000)
    const { actor } = (await authenticate(asReader(w.db.db), asSide(w.db.db), { bearer: token, at: new Date() }))!
    delete w.people[role].stands
    if (actor.stands) w.people[role].stands = actor.stands
    return actor
  }
  const comment = (as: World['people']['reader']) => w.ask(task('tasks.comment'), { orderId: uuidv7(), taskId: w.mine.task, text: 'Đã xem', mentions: [] }, as)
  const lend = (to: 'reader' | 'officer') => w.ask(task('people.delegate'), { orderId: uuidv7(), grantId: w.grants.head, toPersonId: w.people[to].id, endsAt: new Date(Date.now() + 86_400_000).toISOString() }, w.people.head)

  test('stands in the journal and in the history as done on behalf of the head, where the right is only lent', async () => {
    assert.equal((await signedIn('reader')).stands, undefined, 'nobody’s deputy costs nothing')
    assert.equal((await lend('reader')).status, 200)
    assert.ok((await signedIn('reader')).stands!.some(({ from }) => from === w.people.head.id))
    assert.equal((await comment(w.people.reader)).status, 200)
    assert.deepEqual(await last(`task:${w.mine.task}`), { actor_id: w.people.reader.id, on_behalf_of: w.people.head.id })
    const { body } = await w.ask(task('journals.history'), { subject: `task:${w.mine.task}`, limit: 5 }, w.people.head)
    assert.equal((body['items'] as { onBehalfOf: { name: string } | null }[])[0]!.onBehalfOf!.name, 'Vai head')
  })
  test('shows beside a report as done by the deputy, for the head', async () => {
    await w.ask(task('tasks.accept'), { orderId: uuidv7(), taskId: w.mine.task }, w.people.reader)
    assert.equal((await w.ask(task('tasks.report'), { orderId: uuidv7(), taskId: w.mine.task, done: true, note: 'Xong', files: [] }, w.people.reader)).status, 200)
    const { body } = await w.ask(task('tasks.get'), { taskId: w.mine.task }, w.people.officer)
    const [report] = body['reports'] as { byId: string; byName: string; onBehalf: string }[]
    assert.deepEqual([report!.byId, report!.byName, report!.onBehalf], [w.people.reader.id, 'Vai reader', 'Vai head'])
    for (const who of ['reader', 'head'] as const) assert.equal((await w.ask(task('tasks.verify'), { orderId: uuidv7(), taskId: w.mine.task }, w.people[who])).body.code, 'OWN_REPORT', who)
  })
  test('is their own where they hold the right themselves', async () => {
    assert.equal((await lend('officer')).status, 200)
    assert.ok((await signedIn('officer')).stands)
    assert.equal((await comment(w.people.officer)).status, 200)
    assert.deepEqual(await last(`task:${w.mine.task}`), { actor_id: w.people.officer.id, on_behalf_of: null })
  })
  test('is nobody’s once the delegation has ended', async () => {
    await sql`update grants set ends_at = now() where from_person_id = ${w.people.head.id}`.execute(w.db.db)
    assert.equal((await signedIn('reader')).stands, undefined)
    assert.notEqual((await comment(w.people.reader)).status, 200)
  })
})
