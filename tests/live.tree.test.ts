// Screens that show units hear that the tree changed, over the real server.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { run } from '../src/kernel/http/endpoints.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

describe('the tree of units, live', () => {
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
})
