// What a programme gives: titles from the template, lists and their pages, counts of every unit.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { countries } from '../../app/countries.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { programmesRoutes } from '../programmes/routes.ts'
import { applyImport } from '../units/routes/orders.ts'
import type { Task } from './contract/shapes.ts'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { tasksRoutes } from './routes.ts'
import { tasksOfEvents } from './store/events.ts'

const MADE = new Date('2026-02-01T02:00:00Z')
const NOW = new Date('2026-03-02T02:00:00Z')
let t: TestDb
const routes = tasksRoutes()
let unit: Record<string, string> = {}
const person = idsOf(TASK_ROLES, MADE)
const id = () => uuidv7(NOW)
const as = (who: string, at = NOW, lang: 'vi' | 'en' = 'vi') => ({ context: t.as(who === 'operator' ? OPERATOR : ({ id: person[who]!, kind: 'person' } satisfies Actor), { at, lang }) })
const read = <R>(query: ReturnType<typeof sql<R>>) => rows<R>(t.db as never, query)
const fold = (at = NOW) => catchUp(t, followers.filter((one) => one.name.startsWith('tasks.')), at, true)
const get = (taskId: string, who = 'operator') => call(routes.get, { taskId }, as(who))

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, MADE, TASK_ROLES, person)
})

async function everything(filter: Record<string, unknown>, who = 'chief', at = NOW, limit = 3): Promise<Task[]> {
  const found: Task[] = []
  for (let cursor: string | undefined; ;) {
    const page = await call(routes.list, { ...filter, limit, ...(cursor ? { cursor } : {}) } as never, as(who, at))
    found.push(...page.items)
    if (!page.next) return found
    cursor = page.next
    assert.ok(found.length < 2000, 'a list without end')
  }
}

describe('a programme’s tasks', () => {
  const TEMPLATE = `code: fair
name: { vi: "Hội chợ", en: "Fair" }
levels: [commune, province, nation]
workstreams: [{ code: site, name: { vi: "Địa điểm", en: "Site" } }, { code: fire, name: { vi: "Phòng cháy", en: "Fire" } }]
milestones: [{ code: ready, day: -10, name: { vi: "Sẵn sàng", en: "Ready" } }, { code: opening, day: 0, name: { vi: "Khai mạc", en: "Opening" } }]
classes: [{ code: small, name: { vi: "Nhỏ", en: "Small" } }]
tasks:
  - { code: T1, stream: site, level: all, due: ready, evidence: paper, name: { vi: "Khảo sát hội trường", en: "Survey the hall" } }
  - { code: T2, stream: fire, level: all, due: opening, name: { vi: "Kiểm tra bình chữa cháy", en: "Check extinguishers" } }
  - { code: T4, stream: site, level: province, due: opening, to: [commune], target: { unit: patrol, count: 20 }, name: { vi: "Tuần tra", en: "Patrol" } }
requirements: [{ code: R2, by: opening, check: no_overdue, name: { vi: "Không quá hạn", en: "None overdue" } }]
`
  const programmes = programmesRoutes({ countries: countries(), tasksOfEvents })
  let programme: string
  before(async () => {
    await call(programmes.templates.import, { orderId: id(), unitId: unit['VN']!, text: TEMPLATE }, as('operator', MADE))
    await call(programmes.programmes.create, { orderId: id(), code: 'fair26', name: { vi: 'Hội chợ 2026', en: 'Fair 2026' }, unitId: unit['VN']!, template: 'fair' }, as('operator', MADE))
    await call(programmes.programmes.cascade, { orderId: id(), code: 'fair26', dates: 'code,date\n101,2026-03-20\n102,2026-03-25\n103,2026-04-10\n201,2026-04-11\n01,2026-05-05\n02,2026-05-06\nVN,2026-06-01\n' }, as('operator', MADE))
    programme = (await read(sql<{ id: string }>`select id from programmes where code = 'fair26'`))[0]!.id
  })
  test('some are asked for by their ids: those come that the asker may see', async () => {
    const [all, seen] = [await everything({ programme }, 'operator', NOW, 50), await everything({ programme }, 'head', NOW, 50)]
    const asked = await call(routes.list, { ids: [...all.map((task) => task.id), id()], limit: 200 } as never, as('head'))
    assert.deepEqual(asked.items.map((task) => task.id).toSorted(), seen.map((task) => task.id).toSorted())
    assert.ok(seen.length > 0 && seen.length < all.length)
  })
  test('take their words from the template, in the asker’s language, and are found by them', async () => {
    const vi = await call(routes.list, { q: 'khảo sát', programme }, as('head'))
    assert.deepEqual([...new Set(vi.items.map((task) => task.title))], ['Khảo sát hội trường'])
    assert.equal(vi.items.length, 4)
    const en = await call(routes.list, { q: 'survey', programme }, as('head', NOW, 'en'))
    assert.deepEqual([en.items[0]!.title, en.items.length, en.total], ['Survey the hall', 4, 4])
  })
  test('handed on, the province’s patrols are the sum of the communes’', async () => {
    const [own] = (await call(routes.list, { item: 'T4', unit: unit['01']!, below: false, programme }, as('head'))).items
    assert.deepEqual(own!.parts, { total: 3, done: 0 })
    const [part] = (await call(routes.list, { item: 'T4', unit: unit['101']!, programme }, as('head'))).items
    await call(routes.report, { orderId: id(), taskId: part!.id, number: 7, note: 'x' }, as('officer'))
    assert.equal((await get(own!.id)).reached, 7)
  })
  for (const sort of ['due', '-due', '-changed'] as const) {
    test(`sorted by ${sort}, the pages hold every task once and in order`, async () => {
      for (const who of ['chief', 'head', 'officer', 'operator']) {
        for (const state of [undefined, ['open'], ['reported', 'verified'], ['assigned']]) {
          const found = await everything({ sort, ...(state ? { state } : {}) }, who)
          assert.equal(new Set(found.map((task) => task.id)).size, found.length)
          const keys = found.map((task) => (sort === '-changed' ? task.changedAt : (task.due?.at ?? '9999')))
          assert.deepEqual(keys, sort === 'due' ? keys.toSorted() : keys.toSorted().toReversed())
          const scope = who === 'operator' || who === 'chief' ? 'VN' : who === 'head' ? '01' : '101'
          const [expected] = await read(sql<{ n: number }>`select count(*)::int as n from tasks t join units u on u.id = t.unit_id join units s on s.code = ${scope} and u.path like s.path || '%'
            where (${state === undefined} or t.state = any(${state ?? []}::text[]) or (${state?.includes('open') ?? false} and t.stage = 'open')) and (${sort !== '-changed'} or t.item is null or t.state <> 'assigned')`)
          assert.equal(found.length, expected!.n, `${who} ${String(state)}`)
        }
      }
    })
  }
  test('overdue is counted as of the moment that is asked for', async () => {
    assert.equal((await call(routes.list, { overdue: true, programme }, as('chief', new Date('2026-03-01T00:00:00Z')))).items.length, 0)
    const late = await call(routes.list, { overdue: true, programme }, as('chief', new Date('2026-03-26T00:00:00Z')))
    assert.deepEqual(late.items.map((task) => [task.unit.code, task.item]), [['101', 'T1'], ['102', 'T1'], ['101', 'T2'], ['102', 'T2']])
    assert.ok(late.items.every((task) => task.overdue))
  })
  test('a unit above one’s own is not looked into by asking for it alone', async () => {
    assert.ok((await call(routes.list, { unit: unit['01']!, below: false, programme }, as('head'))).items.length > 0)
    assert.deepEqual((await call(routes.list, { unit: unit['01']!, below: false, programme }, as('officer'))).items, [])
  })
  test('only of my very units', async () => {
    const mine = await everything({ mine: true, programme }, 'head')
    assert.deepEqual([...new Set(mine.map((task) => task.unit.code))], ['01'])
  })

  const recounted = () => read(sql<{ code: string; total: number; reported: number; done: number; overdue: number }>`
    select a.code, count(*) filter (where t.state <> 'withdrawn')::int as total, count(*) filter (where t.state = 'reported')::int as reported, count(*) filter (where t.state = 'verified')::int as done,
      count(*) filter (where t.stage = 'open' and t.due_at <= (select watermark from task_clock))::int as overdue
    from units a join units u on u.path like a.path || '%' join tasks t on t.unit_id = u.id group by a.code order by a.code`)
  const totals = () => read(sql`select code, sum(total)::int as total, sum(reported)::int as reported, sum(done)::int as done, sum(overdue)::int as overdue
    from public_tasks_totals t join units u on u.id = t.unit_id group by code having sum(total) <> 0 order by code`)
  /** By workstream and by month the same as in all, of every unit. */
  async function sameByPart(): Promise<void> {
    const each = (from: ReturnType<typeof sql>) => read(sql`select unit_id, sum(total)::int as total, sum(reported)::int as reported, sum(done)::int as done, sum(overdue)::int as overdue from ${from} group by unit_id having sum(total) > 0 order by unit_id`)
    const all = await each(sql`public_tasks_totals`)
    assert.deepEqual(await each(sql`public_tasks_streams`), all, 'by workstream')
    assert.deepEqual(await each(sql`(select unit_id, (m.value ->> 0)::int as total, (m.value ->> 1)::int as reported, (m.value ->> 2)::int as done, (m.value ->> 4)::int as overdue
      from public_tasks_months, json_each(months) m) x`), all, 'by month')
  }
  const keptApart = async () => (await read(sql<{ code: string }>`select code from task_totals t join units u on u.id = t.unit_id where t.streams::text <> '{}' and t.months::text <> '{}' group by code order by code`)).map((row) => row.code)
  test('the totals of every unit equal a recount of the rows, whatever happened', async () => {
    await fold(new Date('2026-03-02T03:00:00Z'))
    assert.deepEqual(await totals(), await recounted())
    const some = await everything({ programme, state: ['open'] })
    for (const [n, task] of some.entries()) if (n % 2 === 0 && !task.parts && !task.target) await call(routes.report, { orderId: id(), taskId: task.id, note: 'x' }, as('operator'))
    await fold(new Date('2026-04-01T03:00:00Z'))
    assert.deepEqual(await totals(), await recounted())
    const [vn] = await read(sql<{ overdue: number }>`select sum(overdue)::int as overdue from public_tasks_totals t join units u on u.id = t.unit_id where code = 'VN'`)
    assert.ok(vn!.overdue > 0)
    await sameByPart()
  })
  test('a past day keeps its closing figures', async () => {
    const days = await read(sql<{ on_day: string; total: number }>`select on_day, sum(total)::int as total from public_tasks_days d join units u on u.id = d.unit_id where code = 'VN' group by on_day order by on_day`)
    assert.deepEqual(days.map((d) => d.on_day), ['2026-03-02'])
  })
  test('a unit that moves takes its counts and its tasks along, and a province under another one all that is below it', async () => {
    const units = async (code: string) => [...new Set((await everything({ unit: unit[code], programme }, 'operator', NOW, 50)).map((task) => task.unit.code))].toSorted()
    assert.deepEqual([await units('01'), await units('02')], [['01', '101', '102', '103'], ['02', '201']])
    const moved = TASK_UNITS.replace('103,Phường Hoà Bình,commune,01', '103,Phường Hoà Bình,commune,02')
    await applyImport(t.as(OPERATOR, { at: new Date('2026-04-02T00:00:00Z') }), id(), { scheme: 'admin', asOf: '2026-04-01', bytes: new TextEncoder().encode(moved) })
    await fold(new Date('2026-04-02T03:00:00Z'))
    assert.deepEqual(await totals(), await recounted())
    assert.deepEqual([await units('01'), await units('02'), (await everything({ programme, unit: unit['103'] }, 'head')).length], [['01', '101', '102'], ['02', '103', '201'], 0])
    const list = (csv: string) => applyImport(t.as(OPERATOR, { at: new Date('2026-04-02T06:00:00Z') }), id(), { scheme: 'admin', asOf: '2026-04-02', bytes: new TextEncoder().encode(csv) })
    await list(moved.replace('02,Tỉnh Hai,province,VN', '02,Tỉnh Hai,province,01'))
    assert.deepEqual([await units('01'), await units('02')], [['01', '02', '101', '102', '103', '201'], ['02', '103', '201']])
    await list(moved)
    assert.deepEqual(await units('01'), ['01', '101', '102'])
  })
  test('a unit with more than twelve below keeps workstreams and months apart', async () => {
    assert.deepEqual(await keptApart(), [])
    const more = (many: number) => `${TASK_UNITS}${Array.from({ length: many }, (_, i) => `3${10 + i},Xã ${i + 1},commune,02\n`).join('')}`
    const import_ = (csv: string, day: string) => applyImport(t.as(OPERATOR, { at: new Date(`${day}T00:00:00Z`) }), id(), { scheme: 'admin', asOf: day, bytes: new TextEncoder().encode(csv) })
    await import_(more(12), '2026-04-03')
    await call(programmes.programmes.cascade, { orderId: id(), code: 'fair26', dates: `code,date\n${Array.from({ length: 12 }, (_, i) => `3${10 + i},2026-05-${10 + i}\n`).join('')}` }, as('operator', new Date('2026-04-03T01:00:00Z')))
    await fold(new Date('2026-04-03T03:00:00Z'))
    assert.deepEqual(await keptApart(), ['02', 'VN'], '201 and twelve more')
    assert.deepEqual(await totals(), await recounted())
    await sameByPart()
    for (const task of (await everything({ programme, state: ['open'] }, 'chief', NOW, 50)).filter((one) => one.unit.code.startsWith('3') && !one.target).slice(0, 9)) await call(routes.report, { orderId: id(), taskId: task.id, note: 'x' }, as('operator'))
    await fold(new Date('2026-05-20T03:00:00Z'))
    assert.deepEqual(await totals(), await recounted())
    await sameByPart()
    await import_(more(11).replace('201,', '202,'), '2026-05-21')
    await fold(new Date('2026-05-21T03:00:00Z'))
    assert.deepEqual(await totals(), await recounted())
    await sameByPart()
  })
})
