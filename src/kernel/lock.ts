// One process at a time owns a data folder. The kernel holds the lock (an abstract socket, gone with its process, however that dies); a file beside it
// tells the others who holds it and how to join. A lock file alone would have to be judged stale after a kill, and two judges can both be right.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export type Holder = {
  pid: number
  /** A server is joined by commands; a command is waited for; what works alone (restore, rebuild) is neither. */
  what: 'server' | 'command' | 'alone'
  since: string
  /** Where its database answers; absent while it starts, and for an external database. */
  socket?: string
  ready: boolean
  /** Where the server answers. */
  url?: string
}

export type Lock = { tell: (more: Partial<Pick<Holder, 'socket' | 'ready' | 'url'>>) => void; release: () => Promise<void> }

const FILE = 'running.json'

/** The lock of this folder, or who holds it. Holds on one machine: containers that share a folder do not see each other. */
export async function lockFolder(data: string, what: Holder['what']): Promise<Lock | { holder: Holder | undefined }> {
  mkdirSync(data, { recursive: true, mode: 0o755 })
  const { dev, ino } = statSync(data)
  const server = createServer((socket) => socket.destroy())
  const held = await new Promise<boolean>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)))
    server.listen(`\0sansang-${dev}-${ino}`, () => done(true))
  })
  if (!held) return { holder: readHolder(data) }
  server.unref()
  const file = join(data, FILE)
  let holder: Holder = { pid: process.pid, what, since: new Date().toISOString(), ready: false }
  const tell: Lock['tell'] = (more) => {
    holder = { ...holder, ...more }
    writeFileSync(`${file}.new`, JSON.stringify(holder), { mode: 0o600 })
    chmodSync(`${file}.new`, 0o600)
    renameSync(`${file}.new`, file)
  }
  tell({})
  return { tell, release: () => { rmSync(file, { force: true }); return new Promise((done) => server.close(() => done())) } }
}

/** What the holder says of itself; undefined in the moment between its lock and its first word. */
export function readHolder(data: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(data, FILE), 'utf8')) as Holder
    process.kill(holder.pid, 0)
    return holder
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? (JSON.parse(readFileSync(join(data, FILE), 'utf8')) as Holder) : undefined
  }
}
