// What a handler gets, and how a refusal leaves: as the contract's error of the same name.
import { ORPCError, os } from '@orpc/server'
import type { Actor } from './access.ts'
import { Refusal } from './commit.ts'
import type { Commit } from './commit.ts'
import type { Lang } from './contract.ts'
import type { Reader, SideWriter } from './db.ts'

/** `session` and `endSession` set and clear the cookie; `forget` drops what the server remembers of a session or token that was revoked. */
export type Reply = { session: (secret: string, until: Date) => void; endSession: () => void; forget: (via: string) => void }

/** Who asks, one moment in time, a way to read, a way to commit, and the closed list of tables beside the journal. Never the database itself. */
export type Context = {
  actor: Actor
  at: Date
  lang: Lang
  read: Reader
  side: SideWriter
  commit: Commit
  /** Address and agent of the asker, for limits and the log of access; absent on the command line. */
  peer?: { address: string; agent: string }
  /** What the answer does to the asker's cookie; absent on the command line. */
  reply?: Reply
}

/** A refusal becomes the contract's error of the same name. One that the contract does not name is our bug: a 500. */
export const refusals = os.$context<Context>().middleware(async ({ procedure, next }) => {
  try {
    return await next()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const known = procedure['~orpc'].errorMap[error.code]
    if (!known) throw new Error(`the contract does not name the refusal ${error.code}`, { cause: error })
    throw new ORPCError(error.code, { status: known.status ?? 500, data: error.data })
  }
})
