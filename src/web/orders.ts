// Giving an order so that a lost answer does no harm: the id is made once, here, and every retry carries the same one.
import { useCallback, useRef, useState } from 'react'
import { Refused, isUnreachable, refusalOf } from './client.ts'

/** A new id in time order (RFC 9562, version 7). */
export function uuidv7(at: number = Date.now()): string {
  const b = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) b[i] = Math.floor(at / 2 ** (8 * (5 - i))) % 256
  b[6] = (b[6]! & 0x0f) | 0x70
  b[8] = (b[8]! & 0x3f) | 0x80
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const PAUSES = [400, 1000, 2500, 5000]
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Sends until there is an answer; gives up after about nine seconds without one. */
export async function sendSafely<O>(send: () => Promise<O>): Promise<O> {
  for (let tries = 0; ; tries++) {
    try {
      return await send()
    } catch (error) {
      const pause = PAUSES[tries]
      if (pause === undefined || !isUnreachable(error)) throw error
      await sleep(pause)
    }
  }
}

export type OrderState<I, O> = {
  /** Answers undefined when refused or unsent; the reason stands in `refused`. Pressed again with the same input, it is the same order. */
  give: (input: Omit<I, 'orderId'>) => Promise<O | undefined>
  busy: boolean
  /** The server's own sentence, or that nothing was sent. */
  refused: Refused | undefined
  clear: () => void
}

export function useOrder<I extends { orderId: string }, O>(send: (input: I) => Promise<O>, done?: (answer: O) => void): OrderState<I, O> {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const open = useRef<{ body: string; orderId: string } | undefined>(undefined)
  const latest = useRef({ send, done })
  latest.current = { send, done }
  const give = useCallback(async (input: Omit<I, 'orderId'>) => {
    const body = JSON.stringify(input)
    if (open.current?.body !== body) open.current = { body, orderId: uuidv7() }
    const { orderId } = open.current
    setBusy(true)
    setRefused(undefined)
    try {
      const answer = await sendSafely(() => latest.current.send({ ...input, orderId } as unknown as I))
      open.current = undefined
      latest.current.done?.(answer)
      return answer
    } catch (error) {
      // A refusal is final for this id only if the server gave one; unsent, the id is kept for the next press.
      if (!isUnreachable(error)) open.current = undefined
      setRefused(refusalOf(error))
      return undefined
    } finally {
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setRefused(undefined), [])
  return { give, busy, refused, clear }
}

/** What somebody else has changed since a form began, as that form says it: `data` is the refusal's. */
export const CHANGED_SINCE = 'CHANGED_SINCE'
const versionOf = (data: unknown): number | undefined => { const { version } = (data ?? {}) as { version?: unknown }; return typeof version === 'number' ? version : undefined }

/** The order of a form whose values were copied as it opened: it carries the version of then, whatever the page has learnt since. What somebody else saved meanwhile is refused once and said; sent again, it is replaced knowingly. */
export function useEdit<I extends { orderId: string; expectedVersion: number }, O>(send: (input: I) => Promise<O>, version: number, done?: (answer: O) => void): OrderState<Omit<I, 'expectedVersion'>, O> {
  const begun = useRef(version)
  const { give: order, ...rest } = useOrder<I, O>(async (input) => {
    try {
      const answer = await send(input)
      begun.current = versionOf(answer) ?? begun.current
      return answer
    } catch (error) {
      const refused = refusalOf(error)
      if (refused.code !== 'CHANGED') throw error
      begun.current = versionOf(refused.data) ?? begun.current
      throw new Refused(CHANGED_SINCE, refused.status, refused.message, refused.data)
    }
  }, done)
  const give = useCallback((input: Omit<Omit<I, 'expectedVersion'>, 'orderId'>) => order({ ...input, expectedVersion: begun.current } as unknown as Omit<I, 'orderId'>), [order])
  return { ...rest, give }
}
