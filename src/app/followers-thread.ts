// The thread in which followers of a server run (followers.ts starts it): what they have to tell the screens goes to the server's thread.
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase, openPool } from '../kernel/db.ts'
import type { Connect } from '../kernel/db.ts'
import { follow } from '../kernel/follow.ts'
import { fault } from '../kernel/log.ts'
import type { Asked, Said } from './followers.ts'
import { followers, tellTo } from './wiring.ts'

const LAG_MS = 1000
const server = parentPort!
const say = (said: Said) => server.postMessage(said)
const { connect, max } = workerData as { connect: Connect; max: number }
const pool = openPool(connect, { max, name: 'sansang followers' })
tellTo((news) => say({ say: 'news', news }))
const following = follow(pool, openDatabase(pool), followers, {
  onFolded: (folded) => say({ say: 'news', news: { folded } }), onError: (name, error) => say({ say: 'failed', name, fault: fault(error) }),
})
const telling = setInterval(() => say({ say: 'lag', lag: following.lag() }), LAG_MS)

async function settled(number: number): Promise<void> {
  const error = await following.settle().then(() => undefined, (why: unknown) => (why instanceof Error ? why.message : String(why)))
  say({ say: 'settled', number, ...(error === undefined ? {} : { error }) })
}
async function close(): Promise<void> {
  clearInterval(telling)
  await following.close()
  await pool.end()
  server.close()
}
server.on('message', (asked: Asked) => {
  if (asked.ask === 'wake') following.wake()
  else if (asked.ask === 'settle') void settled(asked.number)
  else void close()
})
