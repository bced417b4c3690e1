// Live screens: one stream of server-sent events per browser. A message names what changed and its version, never the thing itself, unless its
// publisher adds a small patch; who may follow a topic is asked on subscribing and again every minute.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Actor } from './access.ts'
import type { Metrics } from './metrics.ts'

/** One change as a screen gets it. `patch` is small and for whoever may follow the topic. */
export type LiveItem = { id: string; version: number; patch?: unknown }
/** `more`: too many changed to name them; reload what the topic shows. */
export type LiveChange = { topic: string; items: LiveItem[]; more?: true }

export type MayFollow = (actor: Actor, topics: string[]) => Promise<string[]>
export type Hub = {
  publish: (topic: string, id: string, version: number, patch?: unknown) => void
  /** The topics that somebody follows now. */
  followed: (kind?: string) => string[]
  open: (request: IncomingMessage, response: ServerResponse, headers: string[], asker: { actor: Actor; still: () => Promise<boolean> }, topics: string[], lastId: string | undefined) => Promise<void>
  /** Adds and drops topics of a connection of the same asker; answers what it follows now, or undefined where there is none. */
  change: (connection: string, actor: Actor, add: string[], drop: string[]) => Promise<string[] | undefined>
  /** A session or token has ended: its screens are told goodbye at once. */
  end: (via: string) => void
  connections: () => number
  close: () => void
}

const WINDOW_MS = 200 // at most five messages a second a topic
const JOIN_MS = 10 // topics due this close together leave in one write
const BEAT_MS = 15_000
const AGAIN_MS = 60_000
const ITEMS = 100
const RING = 2048
const SLOW_BYTES = 256 * 1024
export const MOST_TOPICS = 200
const MOST_PER_ACTOR = 20

type Connection = { id: string; actor: Actor; still: () => Promise<boolean>; socket: Socket; topics: Set<string>; checkedAt: number; frames: Buffer[] }
type Topic = { followers: Set<Connection>; items: Map<string, LiveItem>; more: boolean; sentAt: number; due: boolean }

const farewell = ({ socket }: Connection): void => { socket.end(GOODBYE) }

/** An event as one HTTP chunk, made once and written to every socket: no copy and no framing per connection. */
function frame(event: string, data: unknown, id?: string): Buffer {
  const text = `${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)
}

/** The last event, and the chunk that ends the answer. */
const GOODBYE = Buffer.concat([frame('bye', {}), Buffer.from('0\r\n\r\n')])

export function openHub(options: { mayFollow: MayFollow; metrics?: Metrics; asOf?: () => Date; onError?: (error: unknown) => void }): Hub {
  const epoch = randomBytes(4).toString('hex')
  const connections = new Map<string, Connection>()
  const topics = new Map<string, Topic>()
  const ring: { seq: number; topic: string; bytes: Buffer }[] = []
  let seq = 0
  let timer: NodeJS.Timeout | undefined
  let wakeAt = Infinity
  const asOf = () => (options.asOf?.() ?? new Date()).toISOString()

  function send(to: Connection, ...frames: Buffer[]): void {
    if (to.socket.destroyed) return
    // A screen that does not read keeps nothing here: it is cut off, comes back, and reloads.
    if (to.socket.writableLength > SLOW_BYTES) return void to.socket.destroy()
    if (frames.length === 1) return void to.socket.write(frames[0]!)
    to.socket.cork()
    for (const bytes of frames) to.socket.write(bytes)
    to.socket.uncork()
  }

  function flush(): void {
    timer = undefined
    wakeAt = Infinity
    const now = performance.now()
    const touched = new Set<Connection>()
    for (const [name, topic] of topics) {
      if (!topic.due) continue
      const at = topic.sentAt + WINDOW_MS
      if (at > now + JOIN_MS) { wake(at); continue }
      const change: LiveChange = topic.more ? { topic: name, items: [], more: true } : { topic: name, items: [...topic.items.values()] }
      const bytes = frame('change', change, `${epoch}-${++seq}`)
      ring.push({ seq, topic: name, bytes })
      if (ring.length > RING) ring.shift()
      topic.items.clear()
      topic.more = false
      topic.due = false
      topic.sentAt = now
      for (const one of topic.followers) { one.frames.push(bytes); touched.add(one) }
    }
    for (const one of touched) { send(one, ...one.frames); one.frames = [] }
  }

  function wake(at: number): void {
    if (at >= wakeAt) return
    clearTimeout(timer)
    wakeAt = at
    timer = setTimeout(flush, Math.max(0, at - performance.now()))
  }

  function follow(one: Connection, name: string): void {
    let topic = topics.get(name)
    if (!topic) topics.set(name, topic = { followers: new Set(), items: new Map(), more: false, sentAt: -Infinity, due: false })
    topic.followers.add(one)
    one.topics.add(name)
  }
  function leave(one: Connection, name: string): void {
    const topic = topics.get(name)
    topic?.followers.delete(one)
    one.topics.delete(name)
    if (topic?.followers.size === 0) topics.delete(name)
  }
  function drop(one: Connection): void {
    connections.delete(one.id)
    for (const name of one.topics) leave(one, name)
  }

  /** What was missed since `lastId`, if the ring still has it; else the screens reload. */
  function missed(one: Connection, lastId: string | undefined): Buffer[] {
    if (!lastId) return []
    const [from, number] = lastId.split('-')
    const last = Number(number)
    if (from !== epoch || !Number.isInteger(last) || last < (ring[0]?.seq ?? seq + 1) - 1) return [frame('resync', {}, `${epoch}-${seq}`)]
    return ring.filter((m) => m.seq > last && one.topics.has(m.topic)).map((m) => m.bytes)
  }

  const beat = setInterval(() => {
    const bytes = frame('beat', { at: asOf() })
    for (const one of connections.values()) send(one, bytes)
  }, BEAT_MS)

  async function check(one: Connection): Promise<void> {
    if (!(await one.still())) return farewell(one)
    const may = await options.mayFollow(one.actor, [...one.topics])
    for (const name of one.topics) if (!may.includes(name)) leave(one, name)
  }

  // Rights end and sessions end: what may no longer be followed is dropped within a minute.
  const again = setInterval(() => {
    const old = Date.now() - AGAIN_MS
    for (const one of connections.values()) {
      if (one.checkedAt > old) continue
      one.checkedAt = Date.now()
      check(one).catch((error: unknown) => options.onError?.(error))
    }
  }, 5000)
  for (const one of [beat, again]) one.unref()

  options.metrics?.gauge('sansang_live_connections', 'Live screens connected.', () => connections.size)
  options.metrics?.gauge('sansang_live_topics', 'Topics that a live screen follows.', () => topics.size)
  options.metrics?.gauge('sansang_live_messages_total', 'Messages made for live screens.', () => seq, 'counter')

  return {
    publish(name, id, version, patch) {
      const topic = topics.get(name)
      if (!topic) return
      if (topic.items.size >= ITEMS && !topic.items.has(id)) topic.more = true
      else if (!topic.more) {
        const before = topic.items.get(id)
        // An older version never replaces a newer one that waits to leave.
        if (!before || before.version <= version) topic.items.set(id, { id, version, ...(patch === undefined ? {} : { patch }) })
      }
      topic.due = true
      wake(topic.sentAt + WINDOW_MS)
    },
    followed: (kind) => [...topics.keys()].filter((name) => kind === undefined || name.startsWith(`${kind}:`)),
    async open(request, response, headers, { actor, still }, wanted, lastId) {
      const may = await options.mayFollow(actor, wanted.slice(0, MOST_TOPICS))
      const { socket } = request
      if (socket.destroyed) return
      const mine = [...connections.values()].filter((c) => c.actor.id === actor.id)
      if (mine.length >= MOST_PER_ACTOR) mine[0]!.socket.destroy()
      response.writeHead(200, ['Content-Type', 'text/event-stream; charset=utf-8', 'Cache-Control', 'no-store', 'X-Accel-Buffering', 'no', 'Transfer-Encoding', 'chunked', ...headers])
      response.flushHeaders()
      socket.setNoDelay(true)
      socket.setTimeout(0)
      const one: Connection = { id: randomBytes(12).toString('base64url'), actor, still, socket, topics: new Set(), checkedAt: Date.now(), frames: [] }
      connections.set(one.id, one)
      socket.once('close', () => drop(one))
      for (const name of may) follow(one, name)
      send(one, frame('ready', { connection: one.id, topics: may, at: asOf() }, lastId ? undefined : `${epoch}-${seq}`), ...missed(one, lastId))
    },
    async change(id, actor, add, gone) {
      const one = connections.get(id)
      if (!one || one.actor.id !== actor.id || one.actor.via !== actor.via) return undefined
      for (const name of gone) leave(one, name)
      const room = MOST_TOPICS - one.topics.size
      for (const name of await options.mayFollow(actor, add.slice(0, Math.max(0, room)))) follow(one, name)
      return [...one.topics]
    },
    end: (via) => { for (const one of connections.values()) if (one.actor.via === via) farewell(one) },
    connections: () => connections.size,
    close() {
      clearTimeout(timer)
      clearInterval(beat)
      clearInterval(again)
      for (const one of connections.values()) farewell(one)
    },
  }
}
