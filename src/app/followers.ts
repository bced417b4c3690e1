// The followers of a server, in a thread of their own: what they compute never keeps a request waiting. Their connections are theirs too.
import { Worker } from 'node:worker_threads'
import type { Connect } from '../kernel/db.ts'
import type { Following, Lag } from '../kernel/follow.ts'
import type { Fields } from '../kernel/log.ts'
import type { News } from './wiring.ts'

/** Of a server's connections a quarter: of sixteen one for each follower at work, and one that listens. */
export const theirConnections = (most: number): number => Math.floor(most / 4)

export type Asked = { ask: 'wake' } | { ask: 'close' } | { ask: 'settle'; number: number }
export type Said = { say: 'news'; news: News } | { say: 'failed'; name: string; fault: Fields } | { say: 'lag'; lag: Lag } | { say: 'settled'; number: number; error?: string }

export type Apart = { connect: Connect; connections: number; onNews: (news: News) => void; onError: (name: string, fault: Fields) => void }

/** Starts the thread; where it dies (it must not), it is started again. */
export function followApart({ connect, connections, onNews, onError }: Apart): Following {
  let closed = false
  let lag: Lag = {}
  let asked = 0
  let woken = false
  const settling = new Map<number, { done: () => void; failed: (error: Error) => void }>()
  let ended: Promise<unknown>
  let thread: Worker
  const post = (message: Asked) => thread.postMessage(message)

  function start(): void {
    thread = new Worker(new URL('./followers-thread.ts', import.meta.url), { workerData: { connect, max: theirConnections(connections) } })
    let dying: Error | undefined
    thread.on('message', (said: Said) => {
      if (said.say === 'news') onNews(said.news)
      else if (said.say === 'failed') onError(said.name, said.fault)
      else if (said.say === 'lag') lag = said.lag
      else {
        const waiting = settling.get(said.number)
        settling.delete(said.number)
        if (said.error === undefined) waiting?.done()
        else waiting?.failed(new Error(said.error))
      }
    })
    thread.on('error', (error) => { dying = error instanceof Error ? error : new Error(String(error)) })
    ended = new Promise<void>((done) => thread.once('exit', (code) => {
      for (const { failed } of settling.values()) failed(dying ?? new Error('the followers have ended'))
      settling.clear()
      if (!closed) {
        onError('thread', { error: dying?.name ?? 'exit', message: dying?.message ?? String(code) })
        setTimeout(() => { if (!closed) start() }, 1000)
      }
      done()
    }))
  }
  start()

  return {
    // Once a turn of the loop, however many transactions ended in it.
    wake: () => {
      if (woken || closed) return
      woken = true
      setImmediate(() => { woken = false; if (!closed) post({ ask: 'wake' }) })
    },
    settle: () => new Promise((done, failed) => {
      settling.set(++asked, { done, failed })
      post({ ask: 'settle', number: asked })
    }),
    close: async () => {
      if (closed) return
      closed = true
      post({ ask: 'close' })
      await ended
    },
    lag: () => lag,
  }
}
