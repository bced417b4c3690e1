// Screens that show units hear that the tree changed, over the real server.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { run } from '../src/kernel/http/endpoints.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { hear } from '../src/app/wiring.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

describe('the tree of units, live', { timeout: 30_000 }, () => {
  let world: World
  before(async () => { world = await openWorld() })
  after(() => world.close())
  const change = (name: string, input: object) => run(world.endpoints.find((e) => e.name === name)!, world.db.as(OPERATOR), { orderId: uuidv7(), ...input })

  test('any account hears of a change by a message without the units; a topic of a part of it is nobody’s; work is no change of it', async () => {
    const stop = new AbortController()
    const response = await fetch(`${world.url}/live?topics=tree,tree:1`, { signal: stop.signal, headers: { authorization: 'Bearer reader' } })
    const lines = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
    let text = ''
    const until = async (wanted: RegExp) => { while (!wanted.test(text)) text += (await lines.next()).value ?? assert.fail(text) }
    await until(/"topics":\["tree"\]/)
    await change('tasks.assign', { issuerUnitId: world.mine.unit, unitId: world.mine.below, title: 'Việc', workstream: 'site', lang: 'vi' })
    await world.settle()
    await change('units.create', { code: '103', name: 'Xã Mới', kind: 'commune', parentId: world.mine.unit })
    await world.settle()
    await until(/event: change\ndata: .*\n/)
    assert.equal(text.match(/event: change/g)!.length, 1)
    assert.match(text, /data: \{"topic":"tree","items":\[\{"id":"tree","version":\d+\}\]\}/)
    stop.abort()
  })

  test('a calendar hears of dates below its unit once for all that moved, an event’s page of its event, an editor of a draft; nobody of what they may not see', async () => {
    const stop = new AbortController()
    const topics = [`dates:${world.mine.unit}`, `dates:${world.theirs.unit}`, `event:${world.mine.event}`, `event:${world.theirs.event}`, 'template:fair-mot', 'template:fair-hai']
    const response = await fetch(`${world.url}/live?topics=${topics.join(',')}`, { signal: stop.signal, headers: { authorization: 'Bearer secretariat' } })
    const lines = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
    let text = ''
    const until = async (wanted: RegExp) => { while (!wanted.test(text)) text += (await lines.next()).value ?? assert.fail(text) }
    await until(/"topics":\[[^\]]*\]/)
    assert.deepEqual((JSON.parse(/"topics":(\[[^\]]*\])/.exec(text)![1]!) as string[]).toSorted(), [topics[0]!, topics[2]!, topics[4]!].toSorted())
    const preview = await run(world.endpoints.find((e) => e.name === 'programmes.events.previewMove')!, world.db.as(OPERATOR), { eventId: world.mine.event, day: '2027-06-08' }) as { token: string; version: number }
    await change('programmes.events.move', { eventId: world.mine.event, day: '2027-06-08', token: preview.token, expectedVersion: preview.version })
    await world.settle()
    for (const folded of ['readiness', 'tasks.totals']) hear({ folded }) // as the followers' thread says it
    await until(new RegExp(`"topic":"event:${world.mine.event}"`))
    await until(new RegExp(`"topic":"dates:${world.mine.unit}"`))
    assert.equal(text.match(/"topic":"dates:/g)!.length, 1, 'once, though tasks and milestones moved')
    const draft = await run(world.endpoints.find((e) => e.name === 'programmes.drafts.get')!, world.db.as(OPERATOR), { code: 'fair-mot' }) as { text: string; version: number; newest: number }
    await change('programmes.drafts.save', { code: 'fair-mot', text: draft.text, expectedVersion: draft.version, basedOn: draft.newest })
    await until(/"topic":"template:fair-mot"/)
    stop.abort()
  })
})
