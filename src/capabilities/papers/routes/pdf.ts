// A sheet as a tagged PDF (PDF/UA-1) with its fonts inside, drawn in a thread.
import { Worker } from 'node:worker_threads'
import type { Asked, Drawn, Stamp } from './pdf-thread.ts'

/** Begins with the first paper; ends by itself after a minute without one, so its memory goes back. */
export function openPdf(idleMs = 60_000) {
  let worker: Worker | undefined
  let timer: NodeJS.Timeout | undefined
  let last = 0
  const waiting = new Map<number, { done: (bytes: Uint8Array) => void; fail: (error: Error) => void }>()

  function start(): Worker {
    const made = new Worker(new URL('./pdf-thread.ts', import.meta.url))
    made.on('message', ({ id, bytes, failed }: Drawn) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (waiting.size === 0) { made.unref(); rest() }
      if (bytes) one?.done(bytes)
      else one?.fail(new Error(`Typst: ${failed}`))
    })
    const lost = (error: Error) => {
      if (worker !== made) return
      worker = undefined
      for (const one of waiting.values()) one.fail(error)
      waiting.clear()
    }
    made.on('error', lost)
    made.on('exit', (code) => lost(new Error(`the thread that draws PDFs ended (${code})`)))
    return made
  }
  function rest(): void {
    clearTimeout(timer)
    timer = setTimeout(() => { if (waiting.size === 0) { const old = worker; worker = undefined; void old?.terminate() } }, idleMs)
    timer.unref()
  }

  const draw = (sheet: Asked['sheet'], at: Date, format: Asked['format'] = 'pdf'): Promise<Uint8Array> => new Promise((done, fail) => {
    worker ??= start()
    worker.ref()
    const id = ++last
    waiting.set(id, { done, fail })
    worker.postMessage({ id, sheet, at: Math.floor(at.getTime() / 1000), format } satisfies Asked)
  })
  /** A file that came in, as a PDF that bears the mark on each page. */
  const stamp = (file: Stamp, at: Date): Promise<Uint8Array> => draw(file, at)
  return { draw, stamp, close: async () => { clearTimeout(timer); const old = worker; worker = undefined; await old?.terminate() } }
}
export type Pdf = ReturnType<typeof openPdf>
