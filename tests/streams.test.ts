// A task that passes to another workstream: its counts, the board's filter, the list and what rests on the workstream go with it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { checkRebuild } from '../src/app/rebuild.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { asReader, rows } from '../src/kernel/db.ts'
import { run } from '../src/kernel/http/endpoints.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { fairTemplate } from './scene.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

describe('another workstream of a task', () => {
  let w: World
  const tasks = new Map<string, string>()
  let programmeId = ''
  const endpoint = (name: string) => w.endpoints.find((one) => one.name === name)!
  const say = async <T>(name: string, input: object): Promise<T> => await run(endpoint(name), w.db.as(OPERATOR), { orderId: uuidv7(), ...input }) as T
  const edit = (taskId: string, more: object, role: 'head' | 'officer' = 'head') => w.ask(endpoint('tasks.edit'), { orderId: uuidv7(), taskId, ...more }, w.people[role])
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows<T>(asReader(w.db.db), query)
  type Figures = { total: number; overdue: number }
  /** Tasks of the unit by the board's own filter, as each level counts them: by its counters, and at the lowest by the tasks themselves. */
  const board = async (unitId: string, workstream?: string) => {
    await w.settle()
    const { unit } = await say<{ unit: { tasks: Figures } }>('readiness.board', { unitId, programmeId, ...(workstream ? { workstream } : {}) })
    return [unit.tasks.total, unit.tasks.overdue]
  }
  const R2 = '  - { code: R2, by: begun, check: { kind: no_overdue, workstreams: [fire] }, name: { vi: "Không quá hạn", en: "None overdue" } }\n'
  before(async () => {
    w = await openWorld()
    const text = fairTemplate({ code: 'streams', levels: ['province', 'commune'], tasks: ['{ code: T2, stream: site, level: all, due: { on: 2026-01-05 }, name: { vi: "Việc hai", en: "Two" } }', '{ code: T3, stream: fire, level: all, due: opening, name: { vi: "Việc ba", en: "Three" } }'] })
      .replace('milestones:', '  - { code: fire, name: { vi: "Phòng cháy", en: "Fire" } }\nmilestones:\n  - { code: begun, on: 2026-01-05, name: { vi: "Bắt đầu", en: "Begun" } }')
    await say('programmes.templates.import', { unitId: w.nation, text: text + R2 })
    await say('programmes.programmes.create', { code: 'STREAMS', name: { vi: 'Đợt', en: 'Programme' }, unitId: w.nation, template: 'streams' })
    await say('programmes.programmes.cascade', { code: 'STREAMS', units: 'unit_code\n01\n101\n', dates: 'unit_code,day\n01,2027-06-01\n101,2027-06-01\n' })
    programmeId = (await say<{ id: string }>('programmes.programmes.get', { code: 'STREAMS' })).id
    for (const row of await read(sql<{ id: string; key: string }>`select id, (case unit_id when ${w.mine.unit} then '01' else '101' end) || item as key from tasks where programme_id = ${programmeId}`)) tasks.set(row.key, row.id)
  })
  after(() => w.close())

  test('its own page names those of its programme, to who may edit it', async () => {
    const { body } = await w.ask(endpoint('tasks.get'), { taskId: tasks.get('101T2')! }, w.people.head)
    assert.deepEqual([body['workstream'], body['workstreams']], ['site', [{ code: 'site', name: 'Địa điểm' }, { code: 'fire', name: 'Phòng cháy' }]])
    assert.deepEqual((await w.ask(endpoint('tasks.get'), { taskId: tasks.get('101T2')! }, w.people.reader)).body['workstreams'], [])
  })
  test('is one of the template that its programme follows; a task beside any programme has none', async () => {
    assert.equal((await edit(tasks.get('101T2')!, { expectedVersion: 1, workstream: 'traffic' })).body.code, 'STREAM_UNKNOWN')
    assert.equal((await edit(w.mine.task, { expectedVersion: 1, workstream: 'fire' })).body.code, 'STREAM_UNKNOWN')
    assert.equal((await edit(tasks.get('101T2')!, { expectedVersion: 1, workstream: 'site' })).body.code, 'NOTHING_CHANGED')
    assert.equal((await edit(tasks.get('101T2')!, { expectedVersion: 1, workstream: 'fire' }, 'officer')).status, 404)
  })
  test('takes its counts along at every level, in the list and for what rests on the workstream; the whole stays', async () => {
    const levels = [w.nation, w.mine.unit, w.mine.below]
    const figures = async () => Promise.all(['site', 'fire', undefined].map((stream) => Promise.all(levels.map((unit) => board(unit, stream)))))
    const listed = async (workstream: string) => ((await w.ask(endpoint('tasks.list'), { unit: w.mine.unit, below: true, workstream, limit: 50 }, w.people.head)).body['items'] as { id: string }[]).filter(({ id }) => [...tasks.values()].includes(id)).length
    const resting = async () => (await read(sql<{ state: string }>`select c.states ->> 'R2' as state from event_checks c where c.programme_id = ${programmeId} and c.unit_id = ${w.mine.below}`))[0]!.state
    assert.deepEqual(await figures(), [[[4, 2], [4, 2], [2, 1]], [[2, 0], [2, 0], [1, 0]], [[6, 2], [6, 2], [3, 1]]])
    assert.equal(await resting(), 'met')
    assert.deepEqual([await listed('site'), await listed('fire')], [4, 2])
    const { status, body } = await edit(tasks.get('101T2')!, { expectedVersion: 1, workstream: 'fire', title: 'Việc hai của xã' })
    assert.deepEqual([status, body['version']], [200, 2])
    assert.deepEqual(await figures(), [[[3, 1], [3, 1], [1, 0]], [[3, 1], [3, 1], [2, 1]], [[6, 2], [6, 2], [3, 1]]])
    assert.equal(await resting(), 'unmet')
    assert.deepEqual([await listed('site'), await listed('fire')], [3, 3])
    const heard = await edit(tasks.get('101T2')!, { expectedVersion: 1, product: 'x' })
    assert.deepEqual([heard.body.code, (heard.body['data'] as { changed: string[] } | undefined)?.changed ?? heard.body['changed']], ['CHANGED', ['title', 'workstream']])
  })
  test('goes on counting in the new one: with a new date, another lead, the end, and back again', async () => {
    const taskId = tasks.get('101T2')!
    await edit(taskId, { expectedVersion: 2, due: '2027-05-01', unitId: w.mine.unit, workstream: 'site' })
    assert.deepEqual(await Promise.all([board(w.mine.below, 'site'), board(w.mine.below, 'fire'), board(w.mine.unit, 'site'), board(w.mine.unit, 'fire')]), [[1, 0], [1, 0], [4, 1], [2, 0]])
    await say('tasks.withdraw', { taskId, reason: 'Không cần nữa' })
    assert.deepEqual(await Promise.all([board(w.mine.unit, 'site'), board(w.nation)]), [[3, 1], [5, 1]])
  })
  test('not of what was passed on in parts, nor of a part', async () => {
    const taskId = tasks.get('01T3')!
    const { partIds } = await say<{ partIds: string[] }>('tasks.split', { taskId, parts: [{ unitId: w.mine.below }] })
    for (const id of [taskId, partIds[0]!]) {
      await assert.rejects(say('tasks.edit', { taskId: id, expectedVersion: 1, workstream: 'site' }), { code: 'STREAM_OF_PARTS' })
      assert.deepEqual((await say<{ workstreams: object[] }>('tasks.get', { taskId: id })).workstreams, [])
    }
  })
  test('is in the journal, which alone gives the same tables', async () => {
    const { body } = await w.ask(endpoint('journals.history'), { subject: `task:${tasks.get('101T2')!}`, limit: 50 }, w.people.head)
    const items = body['items'] as { position: number; type: string }[]
    const [later, earlier] = items.filter((one) => one.type === 'task.edited.v1').map((one) => one.position)
    const compared = (await w.ask(endpoint('journals.compare'), { subject: `task:${tasks.get('101T2')!}`, from: items.at(-1)!.position, until: earlier! }, w.people.head)).body['fields'] as { field: string; before: { vi: string } | null; after: { vi: string } | null }[]
    assert.ok(later! > earlier!)
    assert.deepEqual(compared.filter((one) => one.field === 'workstream').map((one) => [one.before?.vi, one.after?.vi]), [['Địa điểm', 'Phòng cháy']])
    assert.deepEqual((await checkRebuild({ connect: w.db.connect })).differing.tasks, undefined)
  })
})
