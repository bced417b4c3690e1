// Signing in with the organisation's own identity provider. It opens accounts that are there and makes none.
import { randomBytes } from 'node:crypto'
import type { Actor } from '../../../kernel/access.ts'
import { Refusal } from '../../../kernel/commit.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { SignedIn } from '../contract.ts'
import { personOfAccount, secretsOfPerson } from '../store/accounts.ts'
import { clear, giveBack } from '../store/attempts.ts'
import { accountsByMail, addChallenge, challengeOf, linkOfSubject, linkProvider, linkedTo, spendChallenge } from '../store/ways.ts'
import { api, factorChanged } from './api.ts'
import type { Needs, Provider } from './api.ts'
import { chargeAccount, chargeAddress } from './attempts.ts'
import { secretsOf, subjectHash, whereToGo, whoCame } from './oidc.ts'
import type { Failed, Identity } from './oidc.ts'
import { placeOf } from './passkeys.ts'
import { open, secondFactor } from './signin.ts'

const redirect = (needs: Needs): string => `${needs.address()}/sign-in/provider`
const failed = (needs: Needs): Failed => (why) => needs.log?.warn('provider.failed', why)
async function provider({ read }: Context, needs: Needs): Promise<Provider> {
  const found = await needs.provider?.(read)
  if (!found) throw new Refusal('PROVIDER_OFF')
  return found
}

/** By the link of before, else by the claim. Never by a mail address that the provider has not verified itself. */
async function accountOf({ read }: Context, from: Provider, who: Identity, hash: Buffer): Promise<string> {
  const linked = await linkOfSubject(read, hash)
  if (linked) return linked.personId
  const value = who.claim(from.match === 'email' ? 'email' : from.claim)
  const verified = from.match !== 'email' || [true, 'true'].includes(who.claim('email_verified') as boolean)
  if (typeof value !== 'string' || value === '' || value.length > 200 || value.includes('\0') || !verified) throw new Refusal('PROVIDER_UNVERIFIED')
  const name = from.match === 'email' ? undefined : await personOfAccount(read, value.toLowerCase())
  const found = from.match === 'email' ? await accountsByMail(read, value) : name ? [name] : []
  if (found.length > 1) throw new Refusal('PROVIDER_TWO')
  if (!found[0]) throw new Refusal('PROVIDER_UNKNOWN')
  // An address that passed to another person at the provider must not open the account of the one before.
  if (await linkedTo(read, found[0], from.issuer)) throw new Refusal('PROVIDER_OTHER')
  return found[0]
}

async function enter(context: Context, needs: Needs, personId: string, issuer: string, hash: Buffer, second: boolean): Promise<SignedIn> {
  const { read, side, at } = context
  const theirs: Actor = { id: personId, kind: 'person' }
  if (await linkOfSubject(read, hash)) await linkProvider(side, personId, issuer, hash, at)
  else await factorChanged({ commit: needs.commitAs?.(theirs, at) ?? context.commit }, personId, 'provider_linked', null, (own) => linkProvider(own, personId, issuer, hash, at))
  return open(context, needs, { personId, by: 'provider', secondFactor: second, mustSetPassword: false })
}

export const providerRoutes = (needs: Needs) => ({
  waysIn: api.waysIn.handler(async ({ context: { read } }) => {
    const [found, lang] = [await needs.provider?.(read), await needs.lang?.(read)]
    return { passkeys: placeOf(needs.address()) !== undefined, provider: found ? { name: found.name } : null, lang: lang ?? 'vi' }
  }),

  providerStart: api.providerStart.handler(async ({ context }) => {
    const from = await provider(context, needs)
    const ticket = randomBytes(32).toString('base64url')
    const address = await whereToGo(from, ticket, redirect(needs), failed(needs))
    await addChallenge(context.side, { key: secretsOf(ticket).key, kind: 'provider' }, context.at)
    return { address, ticket }
  }),

  signInByProvider: api.signInByProvider.handler(async ({ input, context }): Promise<SignedIn> => {
    const { read, side, at } = context
    const from = await provider(context, needs)
    const address = await chargeAddress(context)
    const { key } = secretsOf(input.ticket)
    if (input.query === undefined) {
      // The provider was right; now the code of the second factor.
      const waiting = await challengeOf(read, key, 'provider_code', at)
      const secrets = waiting && await secretsOfPerson(read, waiting.personId, at)
      if (!waiting || !secrets) throw new Refusal('PROVIDER_STALE')
      const counter = await chargeAccount(context, secrets.account ?? waiting.personId)
      if (await secondFactor(context, needs.keys(), secrets, input.code) === 'next') throw new Refusal('SIGN_IN_FAILED')
      if (!(await spendChallenge(side, key, 'provider_code', at))) throw new Refusal('PROVIDER_STALE')
      await clear(side, [counter.key])
      await giveBack(side, [address.key], at)
      return enter(context, needs, waiting.personId, from.issuer, waiting.subjectHash, true)
    }
    if (!(await spendChallenge(side, key, 'provider', at))) throw new Refusal('PROVIDER_STALE')
    const who = await whoCame(from, input.ticket, new URL(`${redirect(needs)}?${input.query.replace(/^\?/, '')}`), failed(needs))
    const hash = subjectHash(who.issuer, who.subject)
    const personId = await accountOf(context, from, who, hash)
    const secrets = await secretsOfPerson(read, personId, at)
    if (!secrets) throw new Refusal('PROVIDER_UNKNOWN')
    await giveBack(side, [address.key], at)
    if (!secrets.second) return enter(context, needs, personId, from.issuer, hash, false)
    const ticket = randomBytes(32).toString('base64url')
    await addChallenge(side, { key: secretsOf(ticket).key, kind: 'provider_code', personId, subjectHash: hash }, at)
    return { next: 'code', ticket }
  }),
})
