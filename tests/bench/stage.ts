// Starts staged.ts as its own process and speaks with it: the server has its event loop for itself, the clients have another.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Connect } from '../../src/kernel/db.ts'

export type Stage = { pid: number; url: string; connect: Connect; ask: <A>(order: { do: string } & Record<string, unknown>) => Promise<A>; close: () => Promise<void> }
export type CascadeAnswer = { events: number; tasks: number; committedMs: number; settledMs: number }

/** `keep`: a folder that stays, for looking at a benchmark again without building the scene again. */
export async function openStage(scale: number, say: (line: string) => void, keep = process.env.BENCH_DATA): Promise<Stage> {
  const data = keep ?? mkdtempSync(join(tmpdir(), 'sansang-bench-'))
  if (!keep) chmodSync(data, 0o755) // the database may run as another user
  say(`units and programmes at scale ${scale} …`)
  const child = spawn(process.execPath, [join(import.meta.dirname, 'staged.ts'), data, String(scale)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = new Map<number, (answer: { error?: string }) => void>()
  let ready: (first: { url: string; connect: Connect }) => void = () => {}
  let n = 0
  const ended = new Promise<void>((go) => child.once('exit', () => go()))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as { url: string; connect: Connect; id?: number; answer?: { error?: string } }
    if (said.id === undefined) ready(said)
    else waiting.get(said.id)?.(said.answer!)
  })
  const { url, connect } = await new Promise<{ url: string; connect: Connect }>((go, no) => { ready = go; void ended.then(() => no(new Error('the server of the benchmark ended'))) })
  return {
    pid: child.pid!, url, connect,
    ask: (order) => new Promise((go, no) => {
      const id = ++n
      waiting.set(id, (answer) => { waiting.delete(id); if (answer.error) no(new Error(answer.error)); else go(answer as never) })
      child.stdin.write(`${JSON.stringify({ ...order, id })}\n`)
    }),
    close: async () => {
      child.stdin.write(`${JSON.stringify({ do: 'stop' })}\n`)
      await ended
      if (!keep) rmSync(data, { recursive: true, force: true })
    },
  }
}

export type Figure = { name: string; figure: number; unit: string; baseline?: number; ratio?: number; aim: string; ok: boolean }
export const percentile = (values: number[], p: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? NaN
export const round = (n: number): number => Math.round(n * 10) / 10
