// What the handlers of this capability share: the implementer, what wiring gives them, cursors, and who may change what is their own.
import { implement } from '@orpc/server'
import type { Actor } from '../../../kernel/access.ts'
import { Refusal } from '../../../kernel/commit.ts'
import type { Commit } from '../../../kernel/commit.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import { isUuid, uuidv7 } from '../../../kernel/ids.ts'
import type { Keys } from '../../../kernel/keys.ts'
import type { Logger } from '../../../kernel/log.ts'
import { refusals } from '../../../kernel/rpc.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { peopleContract } from '../contract.ts'
import type { AccessIssued, FactorChanged, GrantEnded, GrantGiven, PersonAdded, PersonChanged, PersonErased, PersonLeft } from '../contract.ts'

export const api = implement(peopleContract).$context<Context>().use(refusals)

export type Besides = { calendars: { name: string; madeAt: string; usedAt: string | null; until: string }[]; lookedAt: string | null; readings: { count: number; firstAt: string | null; lastAt: string | null } }
export type Needs = {
  /** The address that browsers use, without the last slash. */
  address: () => string
  /** The server shows the demonstration: its links open more than once. */
  demo: () => boolean
  /** A mail server is set. */
  mails: (read: Reader) => Promise<boolean>
  /** What other capabilities hold on a person: calendar addresses, and when they last looked at home. */
  besides?: (read: Reader, personId: string) => Promise<Besides>
  /** What encrypts the secrets of second factors. */
  keys: () => Keys
  /** The language of who never chose one. */
  lang?: (read: Reader) => Promise<Lang>
  /** The organisation's identity provider, if one is connected. */
  provider?: (read: Reader) => Promise<Provider | undefined>
  /** Whoever is about to sign in is nobody yet: what happens then is journaled as the system's or as theirs. */
  commitAs?: (actor: Actor, at: Date) => Commit
  log?: Logger
}

/** `match`: the claim by which an identity is known the first time: a verified mail address, or one that equals the account's name. */
export type Provider = { issuer: string; clientId: string; secret: string; scopes: string; match: 'email' | 'account'; claim: string; name: string | null }

/** A change of one's own ways in, beside the journal and in it. The order is made here: asked twice, it is two changes. */
export const factorChanged = ({ commit }: Pick<Context, 'commit'>, personId: string, what: FactorChanged['what'], factorId: string | null, aside: (side: SideWriter) => Promise<unknown>): Promise<unknown> => {
  const fact: FactorChanged = { type: 'person.factor_changed.v1', personId, what, factorId }
  return commit({ id: uuidv7(), kind: 'person.change_factor.v1', streams: [`person:${personId}`], body: { personId, what, factorId } }, async () => ({ facts: [fact], answer: {}, aside: async (side) => { await aside(side) } }))
}

/** A fact about a person on the stream of the whole register. */
export const about = <F extends PersonAdded | PersonChanged | PersonLeft | PersonErased | AccessIssued | GrantGiven | GrantEnded>(fact: F) => ({ on: 'people', about: `person:${fact.personId}`, fact })

/** A cursor is opaque to the asker; one that is not ours begins at the start. */
export const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
export function unpack<T>(cursor: string | undefined, keys: (keyof T & string)[]): T | undefined {
  if (!cursor) return undefined
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, unknown>
    const whole = keys.every((key) => typeof value[key] === 'string' && !value[key].includes('\0')) && isUuid(String(value['id']))
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
