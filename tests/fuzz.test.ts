// Every procedure, from its schema: inputs that fit it and inputs with something hostile in them. The answer is what was asked for or a clear 4xx, never a
// 5xx; what was refused leaves no row.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import type * as z from 'zod'
import type { Endpoint } from '../src/kernel/http/endpoints.ts'
import { openLog } from '../src/kernel/log.ts'
import { roleNames } from '../src/capabilities/people/contract.ts'
import { arbitraryOf, spoiled } from './arbitrary.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

const RUNS = Number(process.env.SANSANG_TEST_RUNS ?? 8)
const seed = Number(process.env.SANSANG_TEST_SEED ?? Date.now() % 2 ** 31)

let world: World
let logged = ''
before(async () => {
  console.log(`seed ${seed} (SANSANG_TEST_SEED=${seed} SANSANG_TEST_RUNS=${RUNS} repeats this run)`)
  world = await openWorld(openLog('error', (text) => { logged += text }))
})
after(() => world.close())

/** Ids of what is there, so that inputs get past "missing". The askers' own accounts are not among them: the run must not erase itself. */
function known(field: string): unknown[] {
  const both = (of: (p: World['mine']) => string) => [of(world.mine), of(world.theirs)]
  switch (field) {
    case 'unitId': case 'issuerUnitId': case 'parentId': case 'unit': case 'supportingUnitId': case 'toId': case 'under': return [world.mine.unit, world.mine.below, world.theirs.unit]
    case 'eventId': return both((p) => p.event)
    case 'taskId': return both((p) => p.task)
    case 'personId': case 'toPersonId': return both((p) => p.person)
    case 'grantId': return both((p) => p.grant)
    case 'directiveId': return both((p) => p.directive)
    case 'paperId': return both((p) => p.paper)
    case 'recordId': return both((p) => p.custody)
    case 'activityId': return both((p) => p.activity)
    case 'linkId': return both((p) => p.link)
    case 'programme': return both((p) => p.programme)
    case 'template': return both((p) => p.template)
    case 'code': return [world.mine.programme, world.mine.template]
    case 'requirement': return ['R1']
    case 'expectedVersion': return [1, 2]
    default: return []
  }
}

const SIDE = new Set(['access_log', 'sign_in_failures', 'sign_in_links', 'sessions', 'tokens', 'passwords', 'second_factors', 'passkeys', 'sign_in_challenges', 'import_previews', 'job_progress', 'follower_cursors', 'inbox_marks', 'inbox_visits', 'calendar_feeds', 'views_saved', 'custody_reads'])
/** How many rows each table has, but for the closed list of tables that a refusal may write to (the record of failed sign-ins). */
async function counts(): Promise<Record<string, number>> {
  // What an order before this one had a job do is not this one's.
  for (let tries = 0; tries < 500; tries++) {
    const { rows: [jobs] } = await sql<{ left: number }>`select count(*)::int as left from job_progress where state in ('waiting', 'running')`.execute(world.db.db)
    if (jobs!.left === 0) break
    await new Promise((go) => setTimeout(go, 20))
  }
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(world.db.db)
  const all = tables.map(({ name }) => name).filter((name) => !SIDE.has(name)).sort()
  const { rows: [row] } = await sql<Record<string, number>>`select ${sql.join(all.map((name) => sql`(select count(*)::int from ${sql.table(name)}) as ${sql.ref(name)}`))}`.execute(world.db.db)
  return row!
}

test('never a 5xx, always a clear answer, and what was refused leaves no row', async (t) => {
  const roles = roleNames.filter((role) => role === 'administrator' || role === 'officer')
  // What ends things comes last, so that the others find something to act on.
  const last = (e: Endpoint) => Number(/erase|leave|close|cancel|withdraw|end|release|undo/i.test(e.name))
  for (const endpoint of [...world.endpoints].sort((a, b) => last(a) - last(b))) await t.test(endpoint.name, async () => {
    const schema = endpoint.procedure['~orpc'].inputSchema as z.core.$ZodType | undefined
    const fits = schema ? arbitraryOf(schema, known) : fc.constant({})
    const own = seed ^ [...endpoint.name].reduce((sum, c) => (Math.imul(sum, 31) + c.charCodeAt(0)) | 0, 7) // no two procedures use one order id
    const inputs = [...fc.sample(fits, { seed: own, numRuns: RUNS }), ...fc.sample(spoiled(fits), { seed: own + 1, numRuns: RUNS })]
    const before = await counts()
    let accepted = 0
    const done = new Set<string>()
    const refused: string[] = []
    for (const [i, input] of inputs.entries()) {
      const answer = await world.ask(endpoint, input, world.people[roles[i % roles.length]!])
      const where = () => `${endpoint.name} ${JSON.stringify(input)?.slice(0, 600)} → ${answer.status} ${answer.text.slice(0, 400)}${answer.status >= 500 ? `\n${logged.split('\n').find((line) => line.includes(answer.body.trace ?? '-')) ?? ''}` : ''}`
      assert.ok(answer.status < 500, where())
      const { orderId } = (typeof input === 'object' ? input ?? {} : {}) as { orderId?: unknown }
      const id = typeof orderId === 'string' && /^[0-9a-f-]{36}$/.test(orderId) ? orderId : undefined
      if (answer.status < 400) { accepted++; if (id) done.add(id); continue }
      assert.match(answer.body.code ?? '', /^[A-Z][A-Z0-9_]+$/, where())
      assert.doesNotMatch(answer.text, /node_modules|\bat \w+ \(|select |insert into/, where())
      if (id) refused.push(id)
    }
    const { rows } = await sql<{ order_id: string }>`select order_id from journal_orders where order_id = any(${refused.filter((id) => !done.has(id))}::uuid[])`.execute(world.db.db)
    assert.deepEqual(rows.map((row) => row.order_id), [], 'a refused order is in the journal')
    if (accepted === 0 || endpoint.method === 'GET') assert.deepEqual(await counts(), before)
  })
})
