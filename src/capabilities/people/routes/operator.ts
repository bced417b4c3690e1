// What the command line, the first start and the demonstration do about accounts: as the operator, who is journaled by that name.
import { Refusal } from '../../../kernel/commit.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { AccessIssued, PersonAdded, Role } from '../contract.ts'
import { fields } from '../decide/grants.ts'
import { LINK_MS, WHOLE_MS } from '../decide/sessions.ts'
import { accountsTaken, addContacts, dropPassword, personOfAccount } from '../store/accounts.ts'
import { clear } from '../store/attempts.ts'
import { administrators } from '../store/bulk.ts'
import { dropSecondFactor } from '../store/second-factors.ts'
import { addLinks, addToken, endLinks, endSessions, endTokens } from '../store/signins.ts'
import { dropWays } from '../store/ways.ts'
import { about } from './api.ts'
import { accountKeys } from './attempts.ts'
import { digest, newLink, newToken } from './secrets.ts'

export type NewAccount = { id?: string; account: string; name: string | null; title?: string | null; unitId: string | null; role?: Role; startsAt?: Date; endsAt?: Date | null }
const CHUNK = 2000

/** Many accounts at once, without any secret: slips or links come later. Chunks of one order each; `at` is when they were added. Answers their ids in order. */
export async function createAccounts(context: Context, accounts: NewAccount[], at: Date = context.at): Promise<string[]> {
  const ids = accounts.map(({ id }) => id ?? uuidv7(at))
  for (let from = 0; from < accounts.length; from += CHUNK) {
    const part = accounts.slice(from, from + CHUNK).map((one, i) => ({ ...one, id: ids[from + i]! }))
    await context.commit({ id: uuidv7(), kind: 'person.add_many.v1', streams: ['people'], body: { ids: part.map(({ id }) => id) }, alone: true }, async (read) => {
      const taken = await accountsTaken(read, part.map(({ account }) => account))
      const [first] = taken
      if (first) return { refused: 'ACCOUNT_TAKEN', data: { account: first } }
      return {
        facts: part.map((one) => about<PersonAdded>({
          type: 'person.added.v1', personId: one.id, unitId: one.unitId,
          grants: one.role ? [fields(uuidv7(at), one.role, one.unitId, { startsAt: one.startsAt ?? at, endsAt: one.endsAt ?? null })] : [],
        })),
        aside: (side) => addContacts(side, part.map((one) => ({ personId: one.id, account: one.account, name: one.name, title: one.title ?? null, phone: null, email: null })), context.at),
      }
    })
  }
  return ids
}

/** Paths of a page that signs in, in the order of the ids; they open as often as wanted while the server shows the demonstration. Earlier ones end. */
export async function demoLinks({ side, at }: Context, personIds: string[]): Promise<string[]> {
  const links = personIds.map((personId) => ({ personId, token: newLink() }))
  await endLinks(side, personIds, at)
  await addLinks(side, links.map(({ personId, token }) => ({ personId, kind: 'demo' as const, tokenHash: digest(token), endsAt: new Date(at.getTime() + WHOLE_MS.demo * 4) })), at)
  return links.map(({ token }) => path(token))
}

// A fragment never leaves the browser: no proxy's log and no Referer has it.
const path = (token: string): string => `/sign-in#token=${token}`

const FIRST = 'quantri'

/** The path of a one-time link for the first administrator, of the whole forest; undefined where an administrator has signed in. */
export async function firstAdministratorLink(context: Context, account: string = FIRST): Promise<string | undefined> {
  const { read, at } = context
  const there = await administrators(read, at)
  if (there.some((one) => one.signedIn)) return undefined
  if (!there[0]?.account) await createAccounts(context, [{ account, name: context.lang === 'vi' ? 'Người quản trị' : 'Administrator', unitId: null, role: 'administrator' }])
  return operatorLink(context, there[0]?.account ?? account, false)
}

/**
 * A one-time link for an account, valid for a day: whoever opens it sets a new password; the old one, every session and every token end. A second factor
 * stays and is asked for, unless it is removed here.
 */
export async function operatorLink(context: Context, account: string, removeSecondFactor: boolean): Promise<string> {
  const { read, at } = context
  const personId = await personOfAccount(read, account)
  if (!personId) throw new Refusal('NOT_FOUND')
  const token = newLink()
  const fact: AccessIssued = { type: 'person.access_issued.v1', personId, by: 'link', secondFactor: removeSecondFactor ? 'removed' : 'kept' }
  await context.commit({ id: uuidv7(), kind: 'person.issue_link.v1', streams: ['people'], subject: `person:${personId}`, body: { personId, removeSecondFactor } }, async () => ({
    facts: [fact],
    aside: async (side) => {
      await dropPassword(side, personId)
      await dropWays(side, [personId])
      await endSessions(side, { personId }, at)
      await endTokens(side, personId, undefined, at)
      if (removeSecondFactor) await dropSecondFactor(side, [personId])
      await endLinks(side, [personId], at)
      await addLinks(side, [{ personId, kind: 'once', tokenHash: digest(token), endsAt: new Date(at.getTime() + LINK_MS) }], at)
      await clear(side, accountKeys(account))
    },
  }))
  return path(token)
}

/** A token for an account, with all rights that it holds or only these. */
export async function operatorToken({ read, side, at }: Context, account: string, name: string, scopes: string[], ttlMs: number): Promise<{ token: string; until: Date }> {
  const personId = await personOfAccount(read, account)
  if (!personId) throw new Refusal('NOT_FOUND')
  const token = newToken()
  const until = new Date(at.getTime() + ttlMs)
  await addToken(side, { personId, name, scopes, tokenHash: digest(token), endsAt: until }, at)
  return { token, until }
}
