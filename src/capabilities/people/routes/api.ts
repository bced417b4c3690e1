// What the handlers of this capability share: the implementer, what wiring gives them, cursors, and who may change what is their own.
import { implement } from '@orpc/server'
import { Refusal } from '../../../kernel/commit.ts'
import type { Keys } from '../../../kernel/keys.ts'
import { refusals } from '../../../kernel/rpc.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { peopleContract } from '../contract.ts'
import type { AccessIssued, GrantGiven, PersonAdded, PersonChanged } from '../contract.ts'

export const api = implement(peopleContract).$context<Context>().use(refusals)

export type Needs = {
  /** The address that browsers use, without the last slash. */
  address: () => string
  /** The server shows the demonstration: its links open more than once. */
  demo: () => boolean
  /** A mail server is set. */
  mails: () => boolean
  /** What encrypts the secrets of second factors. */
  keys: () => Keys
}

/** A fact about a person on the stream of the whole register. */
export const about = <F extends PersonAdded | PersonChanged | AccessIssued | GrantGiven>(fact: F) => ({ on: 'people', about: `person:${fact.personId}`, fact })

/** A cursor is opaque to the asker; one that is not ours begins at the start. */
export const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
export function unpack<T>(cursor: string | undefined, keys: (keyof T & string)[]): T | undefined {
  if (!cursor) return undefined
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, unknown>
    const whole = keys.every((key) => typeof value[key] === 'string' && !value[key].includes('\0')) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value['id']))
    return whole ? (value as T) : undefined
  } catch {
    return undefined
  }
}

/** The signed-in person. */
export function self({ actor }: Context): { id: string; via: string | undefined; limited: boolean } {
  if (actor.kind !== 'person' || !actor.via) throw new Refusal('SIGN_IN')
  return { id: actor.id, via: actor.via, limited: actor.scopes?.length === 0 }
}
/** Signed in by a session, with a password set: a program's token changes nothing about the account, nor does a slip that was just typed in. */
export function session(context: Context): { id: string; via: string } {
  const { id, via, limited } = self(context)
  if (limited) throw new Refusal('PASSWORD_FIRST')
  if (context.actor.scopes) throw new Refusal('FORBIDDEN')
  return { id, via: via! }
}
