// Live screens: who hears what, how often, and what a screen that was away is told.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ELSEWHERE, startToy, UNIT } from './http.toy.ts'
import type { Toy } from './http.toy.ts'

type Heard = { event: string; id: string | undefined; data: { topic: string; items: { id: string; version: number; patch?: unknown }[]; more?: true; connection: string; topics: string[] } }

/** One screen: collects what it hears. */
async function screen(toy: Toy, topics: string[], options: { as?: string; last?: string } = {}) {
  const stop = new AbortController()
  const response = await fetch(`${toy.url}/live?topics=${topics.join(',')}`, { signal: stop.signal, headers: { cookie: `sansang=${options.as ?? 'ana'}-secret`, ...(options.last ? { 'last-event-id': options.last } : {}) } })
  const heard: Heard[] = []
  const done = (async () => {
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text.slice(0, end))?.[1]
        heard.push({ event: field('event')!, id: field('id'), data: JSON.parse(field('data')!) as Heard['data'] })
        text = text.slice(end + 2)
      }
    }
  })().catch(() => {})
  const until = async (is: (all: Heard[]) => boolean) => { for (let i = 0; i < 200 && !is(heard); i++) await sleep(10); assert.ok(is(heard), JSON.stringify(heard)) }
  await until((all) => all.length > 0)
  return { response, heard, until, ready: heard[0]!.data, changes: () => heard.filter((h) => h.event === 'change'), close: async () => { stop.abort(); await done } }
}

describe('live screens', () => {
  let toy: Toy
  before(async () => { toy = await startToy() })
  after(() => toy.close())

  test('a screen hears what changes on its topics, and only those it may follow', async () => {
    const one = await screen(toy, [`notes:${UNIT}`, `notes:${ELSEWHERE}`, 'unknown:1', 'notes:../x'])
    assert.match(one.response.headers.get('content-type')!, /^text\/event-stream/)
    assert.deepEqual(one.ready.topics, [`notes:${UNIT}`])
    toy.server.hub.publish(`notes:${ELSEWHERE}`, 'n1', 1)
    toy.server.hub.publish(`notes:${UNIT}`, 'n2', 7, { text: 'đã đổi' })
    await one.until((all) => all.length === 2)
    assert.deepEqual(one.changes().map((h) => h.data), [{ topic: `notes:${UNIT}`, items: [{ id: 'n2', version: 7, patch: { text: 'đã đổi' } }] }])
    await one.close()
  })
  test('nobody without signing in', async () => {
    assert.equal((await fetch(`${toy.url}/live?topics=load:1`)).status, 401)
  })
  test('a topic sends at most five times a second, the newest version of each thing, and says when there are too many', async () => {
    const one = await screen(toy, ['load:a'])
    for (let i = 1; i <= 60; i++) { toy.server.hub.publish('load:a', `x${i % 2}`, i); await sleep(10) }
    await one.until((all) => all.some((h) => h.data.items?.some((item) => item.version === 60)))
    assert.ok(one.changes().length <= 6, `${one.changes().length} messages in 0.6 s`)
    const seen = one.changes().flatMap((h) => h.data.items).filter((item) => item.id === 'x0').map((item) => item.version)
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b))
    toy.server.hub.publish('load:a', 'x0', 59)
    await sleep(250)
    for (let i = 0; i < 150; i++) toy.server.hub.publish('load:a', `many${i}`, i)
    await one.until((all) => all.some((h) => h.data.more))
    await one.close()
  })
  test('an older version never follows a newer one in a message', async () => {
    const one = await screen(toy, ['load:b'])
    toy.server.hub.publish('load:b', 'first', 1)
    await one.until((all) => all.length === 2)
    toy.server.hub.publish('load:b', 'x', 9)
    toy.server.hub.publish('load:b', 'x', 8)
    await one.until((all) => all.length === 3)
    assert.deepEqual(one.heard[2]!.data.items, [{ id: 'x', version: 9 }])
    await one.close()
  })
  test('topics come and go on one connection, for its own asker only', async () => {
    const one = await screen(toy, ['load:c'])
    const change = (as: 'ana' | 'ida', body: object) => toy.ask(`/live/${one.ready.connection}`, { method: 'POST', as, body })
    assert.deepEqual((await change('ana', { add: ['load:d', `notes:${ELSEWHERE}`, 7, 'x y'], drop: ['load:c'] })).body, { topics: ['load:d'] })
    assert.equal((await change('ida', { add: ['load:e'] })).status, 404)
    toy.server.hub.publish('load:c', 'x', 1)
    toy.server.hub.publish('load:d', 'y', 1)
    await one.until((all) => all.length === 2)
    assert.deepEqual(one.changes().map((h) => h.data.topic), ['load:d'])
    await one.close()
  })
  test('a screen that was away hears what it missed; away too long, it is told to reload', async () => {
    const one = await screen(toy, ['load:f'])
    toy.server.hub.publish('load:f', 'x', 1)
    await one.until((all) => all.length === 2)
    const last = one.heard[1]!.id!
    const other = await screen(toy, ['load:f'])
    await one.close()
    await sleep(200)
    toy.server.hub.publish('load:f', 'x', 2)
    await other.until((all) => all.some((h) => h.data.items?.[0]?.version === 2))
    const back = await screen(toy, ['load:f'], { last })
    await back.until((all) => all.length === 2)
    assert.deepEqual(back.changes().map((h) => h.data.items[0]!.version), [2])
    const late = await screen(toy, ['load:f'], { last: 'before-12' })
    await late.until((all) => all.some((h) => h.event === 'resync'))
    for (const s of [other, back, late]) await s.close()
  })
  test('signing out ends the screens of that session at once', async () => {
    const [hers, other] = [await screen(toy, ['load:g']), await screen(toy, ['load:g'], { as: 'ida' })]
    await toy.ask('/api/v1/sign-out', { method: 'POST', body: {} })
    await hers.until((all) => all.some((h) => h.event === 'bye'))
    assert.ok(!other.heard.some((h) => h.event === 'bye'))
    for (const s of [hers, other]) await s.close()
  })
  test('a screen that went away leaves nothing behind', async () => {
    const one = await screen(toy, ['load:z'])
    assert.deepEqual(toy.server.hub.followed('load'), ['load:z'])
    await one.close()
    for (let i = 0; i < 100 && toy.server.hub.connections() > 0; i++) await sleep(10)
    assert.deepEqual([toy.server.hub.connections(), toy.server.hub.followed()], [0, []])
  })
})
