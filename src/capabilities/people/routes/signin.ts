// Signing in: by password, by the code of a slip, by a one-time link. An unknown account takes the same time and hears the same as a wrong password.
import { Refusal } from '../../../kernel/commit.ts'
import type { Actor } from '../../../kernel/access.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Keys } from '../../../kernel/keys.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { SignedIn } from '../contract.ts'
import { rehash, secretsOfAccount, secretsOfPerson } from '../store/accounts.ts'
import type { Secrets } from '../store/accounts.ts'
import { clear, giveBack } from '../store/attempts.ts'
import { endSessions, linkOf, openSession, sessionOf, spendLink, tokenOf } from '../store/signins.ts'
import type { NewSession } from '../store/signins.ts'
import { api, self } from './api.ts'
import type { Needs } from './api.ts'
import { chargeAccount, chargeAddress, placeHash } from './attempts.ts'
import { meOf } from './me.ts'
import { isCode } from './second.ts'
import { checkPassword, digest, hashPassword, newSession, same, slipAsPrinted } from './secrets.ts'

/** Who shows this secret: for the server, on every request. */
export async function authenticate(read: Reader, side: SideWriter, { session, bearer, at, quiet }: { session?: string; bearer?: string; at: Date; quiet?: boolean }): Promise<{ actor: Actor } | undefined> {
  const known = bearer !== undefined ? await tokenOf(read, side, digest(bearer), at) : session !== undefined ? await sessionOf(read, side, digest(session), at, quiet) : undefined
  if (!known) return undefined
  // Until the first password is set, a session holds no right: an empty list of scopes.
  const scopes = known.limited ? [] : known.scopes
  return { actor: { id: known.personId, kind: 'person', via: known.id, ...(scopes ? { scopes } : {}), ...(known.stands?.some(({ from }) => from) ? { stands: known.stands } : {}) } }
}

/** The second factor of somebody whose first was right. `next`: ask for the code. */
export async function secondFactor(context: Context, keys: Keys, { personId, second }: Secrets, code: string | undefined): Promise<'none' | 'right' | 'next'> {
  if (!second) return 'none'
  if (!code) return 'next'
  if (!(await isCode(context, keys, personId, second, code))) throw new Refusal('SIGN_IN_FAILED')
  return 'right'
}

export async function open(context: Context, needs: Needs, session: Pick<NewSession, 'personId' | 'by' | 'secondFactor' | 'mustSetPassword'>): Promise<SignedIn> {
  const { side, at, peer, reply, actor } = context
  // Whoever signs in again in this browser has a new session, and the one before ends.
  if (actor.kind === 'person' && actor.via && !actor.scopes?.length) await endSessions(side, { personId: actor.id, only: actor.via }, at)
  const secret = newSession()
  const { id, endsAt, ended } = await openSession(side, { ...session, tokenHash: digest(secret), place: placeHash(context), address: peer?.address ?? null, agent: peer?.agent ?? null }, at)
  for (const via of ended) reply?.forget(via)
  reply?.session(secret, endsAt)
  return { next: 'done', me: await meOf({ ...context, actor: { id: session.personId, kind: 'person', via: id, ...(session.mustSetPassword ? { scopes: [] } : {}) } }, needs) }
}

export const signInRoutes = (needs: Needs) => ({
  signIn: api.signIn.handler(async ({ input, context }): Promise<SignedIn> => {
    const { read, side, at } = context
    const account = input.account.toLowerCase()
    const address = await chargeAddress(context)
    const counter = await chargeAccount(context, account)

    const secrets = await secretsOfAccount(read, account, at)
    const checked = await checkPassword(input.password, secrets?.hash).catch(async (error: unknown) => {
      await giveBack(side, [address.key, counter.key], at)
      throw error
    })
    const printed = slipAsPrinted(input.password)
    const bySlip = Boolean(secrets?.slipHash && printed && same(digest(printed), secrets.slipHash))
    if (!secrets || !(checked.right || bySlip)) throw new Refusal('SIGN_IN_FAILED')
    const second = await secondFactor(context, needs.keys(), secrets, input.code)
    if (second === 'next') {
      await giveBack(side, [address.key, counter.key], at)
      return { next: 'code' }
    }
    await clear(side, [counter.key])
    await giveBack(side, [address.key], at)
    if (checked.right && checked.weaker) await rehash(side, secrets.personId, secrets.hash!, await hashPassword(input.password))
    return open(context, needs, { personId: secrets.personId, by: bySlip ? 'slip' : 'password', secondFactor: second === 'right', mustSetPassword: bySlip })
  }),

  signInByLink: api.signInByLink.handler(async ({ input, context }): Promise<SignedIn> => {
    const { read, side, at } = context
    const address = await chargeAddress(context)
    const link = await linkOf(read, digest(input.token), at)
    const secrets = link && (link.kind === 'once' || needs.demo()) ? await secretsOfPerson(read, link.personId, at) : undefined
    if (!link || !secrets) throw new Refusal('LINK_SPENT')
    // A code is guessed against the account's own counter, whatever came before it.
    const counter = secrets.second && input.code ? await chargeAccount(context, secrets.account ?? link.personId) : undefined
    const second = await secondFactor(context, needs.keys(), secrets, input.code)
    await giveBack(side, [address.key], at)
    if (second === 'next') return { next: 'code' }
    if (counter) await clear(side, [counter.key])
    if (!(await spendLink(side, link, at))) throw new Refusal('LINK_SPENT')
    return open(context, needs, { personId: link.personId, by: link.kind === 'demo' ? 'demo' : 'link', secondFactor: second === 'right', mustSetPassword: link.kind === 'once' })
  }),

  signOut: api.signOut.handler(async ({ context }) => {
    const { id, via } = self(context)
    await endSessions(context.side, { personId: id, only: via }, context.at)
    context.reply?.endSession()
    return {}
  }),
})
