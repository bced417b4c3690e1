// An order, what deciding it may answer, and how it is refused.
import type { Actor } from './access.ts'
import type { Told } from './contract.ts'
import type { Reader, SideWriter, Writer } from './db.ts'
import type { Fact, Recorded } from './journal.ts'

/** A fact goes to the order's first stream and subject, unless it says where. */
export type Staged<F extends Fact = Fact> = F | { on: string; about: string; fact: F }

/** Text about people: kept beside the journal, erasable. The fact holds `id` (and a salted hash, if it must prove the text). `until` ends its retention. */
export type PrivateText = { id: string; subject: string; purpose: string; retention: string; until: Date; text: string; salt?: Buffer }

export type Decision<F extends Fact = Fact, Code extends string = string, A = unknown> =
  | { facts: Staged<F>[]; answer?: A; private?: PrivateText[]; /** Other rows that are not the journal's (contacts), in the same transaction. */ aside?: (side: SideWriter) => Promise<void> }
  | { refused: Code; data?: Record<string, unknown> }

export class Refusal extends Error {
  code: string
  data: Record<string, unknown> | undefined
  constructor(code: string, data?: Record<string, unknown>) {
    super(code)
    this.code = code
    this.data = data
  }
}

export type Order = {
  /** Made by the sender; unique over all streams. */
  id: string
  /** task.report.v1 */
  kind: string
  streams: string[]
  /** The row it is about. Orders of one stream on different subjects may share a transaction. Default: the first stream. */
  subject?: string
  body: unknown
  claimedAt?: Date
  told?: Told | undefined
  cause?: string
  /** Lock on the tree of units: an order whose facts depend on the tree takes it shared, an import exclusive. */
  tree?: 'shared' | 'exclusive'
  /** Big: never shares a transaction. */
  alone?: boolean
}

export type Projector = (write: Writer, facts: Recorded<never>[]) => Promise<void>
export type Projectors = Record<string, Projector[]>

export type Decide<A> = (read: Reader) => Promise<Decision<Fact, string, A>>
export type Commit = <A = unknown>(order: Order, decide: Decide<A>) => Promise<A>

/** An order in the queue. `single`: shares no transaction, because a shared one failed. */
export type Waiting = {
  order: Order
  subject: string
  actor: Actor
  at: Date
  decide: Decide<unknown>
  bodyHash: Buffer
  single: boolean
  resolve: (answer: unknown) => void
  reject: (error: unknown) => void
}
