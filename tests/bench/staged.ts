// The server of the large benchmarks, as its own process: an installation with a tree of units and a cascaded programme, behind HTTP, with its
// followers. It takes orders as lines of JSON on its standard input and answers each with a line. Started by stage.ts.
import { createInterface } from 'node:readline'
import { followApart } from '../../src/app/followers.ts'
import { openInstallation } from '../../src/app/installation.ts'
import { countries } from '../../src/app/countries.ts'
import { createServer } from '../../src/app/server.ts'
import * as wiring from '../../src/app/wiring.ts'
import { RulesInput } from '../../src/capabilities/programmes/contract.ts'
import { cascade } from '../../src/capabilities/programmes/routes/cascade.ts'
import { createProgramme } from '../../src/capabilities/programmes/routes/programmes.ts'
import { importTemplate } from '../../src/capabilities/programmes/routes/templates.ts'
import { tasksOfEvents } from '../../src/capabilities/tasks/store/events.ts'
import { applyImport } from '../../src/capabilities/units/routes/orders.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { sql } from 'kysely'
import { follow } from '../../src/kernel/follow.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { LEVELS, PEOPLE, personId, template, unitsCsv } from './scene.ts'

const [, , data, scaleText] = process.argv
const scale = Number(scaleText)
const config = readConfig({}, data)
const installation = await openInstallation(config, 'server')
const { db, pool } = installation
const context = (at = new Date()) => installation.context(at, 'en')
const needs = { countries: countries(), tasksOfEvents, orders: () => installation.committer.stats.orders }

const empty = (await sql<{ n: number }>`select count(*)::int as n from units`.execute(db)).rows[0]!.n === 0
if (empty) {
  await applyImport(context(), uuidv7(), { scheme: 'admin', asOf: '2026-01-01', bytes: new TextEncoder().encode(unitsCsv(scale)) })
  const { rows: [root] } = await sql<{ id: string }>`select id from units where parent_id is null`.execute(db)
  await importTemplate(context(), { orderId: uuidv7(), unitId: root!.id, text: template() })
  for (const code of ['one', 'two']) {
    const spans = Object.fromEntries(LEVELS.map((level, i) => [level, { from: `2027-0${i + 1}-04`, until: `2027-0${i + 1}-27` }]))
    await createProgramme(needs, context(), { orderId: uuidv7(), code, name: { vi: code, en: code }, unitId: root!.id, template: 'bench', rules: RulesInput.parse({ kinds: [...LEVELS], spans }), gate: 'open' } as never)
  }
  await sql`insert into people (id, unit_id, added_at, version) select p, ${root!.id}, now(), 1 from unnest(${PEOPLE.map(personId)}::uuid[]) p`.execute(db)
  await sql`insert into grants (id, person_id, role, unit_id, starts_at, given_at, given_by) select gen_random_uuid(), p, 'secretariat', ${root!.id}, '2020-01-01', now(), p from unnest(${PEOPLE.map(personId)}::uuid[]) p`.execute(db)
  await sql`insert into grants (id, person_id, role, unit_id, starts_at, given_at, given_by) select gen_random_uuid(), p, 'head', ${root!.id}, '2020-01-01', now(), p from unnest(${PEOPLE.map(personId)}::uuid[]) p`.execute(db)
  await sql`analyze`.execute(db)
}

const following = process.env.BENCH_FOLLOW === 'beside'
  ? follow(pool, db, wiring.followers, { onFolded: (folded) => wiring.hear({ folded }), onError: (name, error) => process.stderr.write(`${name}: ${String(error)}\n`) })
  : followApart({ connect: installation.connect, connections: config.connections, onNews: wiring.hear, onError: (name, { message }) => process.stderr.write(`${name}: ${String(message)}\n`) })
installation.committer.onCommitted(following.wake)
const server = await createServer({
  installation, config: { ...config, log: 'error' }, following: () => following,
  // Signing in is another benchmark's; rights are the real ones.
  wire: (lent) => ({ ...wiring.wire(lent), authenticate: async ({ bearer }) => ({ actor: { id: personId(Number(bearer)), kind: 'person', via: 'bench' }, lang: 'en' }) }),
})
const url = await server.listen(0, '127.0.0.1')
process.stdout.write(`${JSON.stringify({ url, connect: installation.connect, empty })}\n`)

const orders: Record<string, (order: { code?: string; chunkMs?: number }) => Promise<unknown>> = {
  async cascade({ code = 'one', chunkMs }) {
    const began = performance.now()
    const made = await cascade(needs, context(), { orderId: uuidv7(), code }, chunkMs === undefined ? {} : { chunkMs })
    const committed = performance.now() - began
    await following.settle()
    return { ...made, committedMs: committed, settledMs: performance.now() - began }
  },
  settle: () => following.settle().then(() => ({})),
  async memory() { return { rss: process.memoryUsage().rss } },
}
let stopping = false
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as { id: number; do: string }
  if (order.do === 'stop') break
  void orders[order.do]!(order as never).then((answer) => answer, (error: unknown) => (stopping ? {} : { error: error instanceof Error ? error.stack : String(error) })).then((answer) => process.stdout.write(`${JSON.stringify({ id: order.id, answer })}\n`))
}
stopping = true
await server.close()
await following.close()
await installation.close()
process.exit(0)
