// What a signed-in person sees and changes about their own account. Whatever could let somebody else in asks for the password again.
import { Refusal } from '../../../kernel/commit.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { ROLES, allRights } from '../contract.ts'
import type { Me, Settings } from '../contract.ts'
import { changePerson } from '../decide/accounts.ts'
import { LEAST_ALONE, judgePassword, lengthOf } from '../decide/passwords.ts'
import { purposeSaid, readSaid, retentionSaid } from '../decide/sessions.ts'
import { ownAccount } from '../store/access.ts'
import { changeContact, changeWishes, detailsOf, putPassword, secretsOfPerson, wishesOf } from '../store/accounts.ts'
import { clear } from '../store/attempts.ts'
import { getPerson, grantsOfPerson, readersOf, rolesInForce } from '../store/lists.ts'
import { dropSecondFactor, putRecovery, recoveryLeft, spendStep, startSecondFactor, startedSecret } from '../store/second-factors.ts'
import { addToken, endSessions, endTokens, listSessions, listTokens, markSecondFactor, renewSession } from '../store/signins.ts'
import { actsOf, listPasskeys, providerLinkOf, unlinkProvider } from '../store/ways.ts'
import { api, factorChanged, self, session } from './api.ts'
import type { Needs } from './api.ts'
import { accountKeys } from './attempts.ts'
import { isBlocked } from './blocked.ts'
import { prove } from './proof.ts'
import { makeRecovery, whose } from './second.ts'
import { base32, digest, hashPassword, newSecret, newSession, newToken, otpauth, stepOf } from './secrets.ts'
import { ZONE } from '../../../kernel/zone.ts'

export async function meOf(context: Context, needs: Needs): Promise<Me> {
  const { read, at, actor } = context
  const { id, via, limited } = self(context)
  const person = await getPerson(read, actor, id, at)
  if (!person) throw new Refusal('SIGN_IN')
  const [grants, roles, sessions, settings, recoveryCodes] = await Promise.all([
    grantsOfPerson(read, id, at), rolesInForce(read, id, at), listSessions(read, id, via, at), settingsOf(context, needs, id), recoveryLeft(read, id),
  ])
  const held = new Set(roles.flatMap((role) => ROLES[role].rights))
  const current = sessions.find((s) => s.current)
  return {
    id, name: person.name, title: person.title, account: person.account, unit: person.unit, grants, version: person.version, secondFactor: person.secondFactor, recoveryCodes,
    rights: allRights.filter((right) => held.has(right) && (!actor.scopes || actor.scopes.includes(right))),
    mustSetPassword: limited, hasPassword: person.access === 'password', demo: needs.demo() && current?.by === 'demo', sessionUntil: current?.until ?? null, settings, zone: ZONE,
  }
}

async function settingsOf({ read }: Context, needs: Needs, id: string): Promise<Settings> {
  const { address, ...wishes } = await wishesOf(read, id)
  return { ...wishes, mailed: address && await needs.mails(read) }
}

export const meRoutes = (needs: Needs) => ({
  me: api.me.handler(({ context }) => meOf(context, needs)),

  held: api.held.handler(async ({ context }) => {
    const { read, at } = context
    const { id, via } = self(context)
    const [details, { lang, mails }, grants, sessions, tokens, passkeys, provider, started, recoveryCodes, acts, readers, besides] = await Promise.all([
      detailsOf(read, id), wishesOf(read, id), grantsOfPerson(read, id, at), listSessions(read, id, via, at), listTokens(read, id, at), listPasskeys(read, id), providerLinkOf(read, id), startedSecret(read, id), recoveryLeft(read, id), actsOf(read, id), readersOf(read, id), needs.besides?.(read, id),
    ])
    const { account, name, title, phone, email, purpose, retention, until } = details
    return {
      contact: { account, name, title, phone, email, lang, mails, purpose: purposeSaid(purpose ?? ''), retention: retentionSaid(retention ?? ''), until: (until ?? at).toISOString() },
      grants, sessions, tokens, passkeys, provider, secondFactor: started?.on ?? false, recoveryCodes, acts,
      ...(besides ?? { calendars: [], lookedAt: null, readings: { count: 0, firstAt: null, lastAt: null } }), readBy: readers.map((r) => ({ person: { id: r.reader_id, name: r.name }, at: r.read_at.toISOString(), what: readSaid(r.what) })),
    }
  }),

  changeMe: api.changeMe.handler(async ({ input, context }) => {
    const { id } = session(context)
    const { orderId, password, code, ...wanted } = input
    if (wanted.email !== undefined && wanted.email !== (await detailsOf(context.read, id)).email) await prove(context, needs, { password, code }, true)
    return context.commit<{ version: number }>({ id: orderId, kind: 'person.change_own.v1', streams: ['people'], subject: `person:${id}`, body: wanted }, async (read) => {
      const decision = changePerson(wanted, await ownAccount(read, id), await detailsOf(read, id), [], 'there', false)
      const { expectedVersion: _, ...changed } = wanted
      return 'refused' in decision ? decision : { ...decision, aside: (side) => changeContact(side, id, changed) }
    })
  }),

  changeSettings: api.changeSettings.handler(async ({ input, context }) => {
    const { id } = session(context)
    await changeWishes(context.side, id, input)
    return settingsOf(context, needs, id)
  }),

  setPassword: api.setPassword.handler(async ({ input, context }) => {
    const { read, side, at, reply } = context
    const { id, via, limited } = self(context)
    // Whoever came by a slip or a link showed it a moment ago.
    const secrets = limited ? await secretsOfPerson(read, id, at) : await prove(context, needs, input, true)
    if (!secrets) throw new Refusal('SIGN_IN')
    const refused = judgePassword({ password: input.next, secondFactor: Boolean(secrets.second), about: [secrets.account, secrets.name, secrets.title, secrets.unit], listed: isBlocked })
    if (refused) throw new Refusal(refused.refused, refused.data)
    if (secrets.hash && input.next === input.password) throw new Refusal('PASSWORD_SAME')

    await putPassword(side, id, await hashPassword(input.next), lengthOf(input.next) >= LEAST_ALONE, at)
    if (secrets.account) await clear(side, accountKeys(secrets.account))
    const ended = input.endOthers ? await endSessions(side, { personId: id, but: via }, at) : []
    const secret = newSession()
    const renewed = await renewSession(side, via!, digest(secret))
    for (const one of [...ended, via!]) reply?.forget(one)
    if (renewed) reply?.session(secret, renewed.endsAt)
    return {}
  }),

  sessions: api.sessions.handler(async ({ context }) => {
    const { id, via } = self(context)
    return { items: await listSessions(context.read, id, via, context.at) }
  }),
  endSession: api.endSession.handler(async ({ input, context }) => {
    const { id } = session(context)
    await prove(context, needs, input, false)
    const ended = await endSessions(context.side, { personId: id, only: input.sessionId }, context.at)
    if (ended.length === 0) throw new Refusal('NOT_FOUND')
    for (const via of ended) context.reply?.forget(via)
    return {}
  }),
  endOtherSessions: api.endOtherSessions.handler(async ({ input, context }) => {
    const { id, via } = session(context)
    await prove(context, needs, input, false)
    const ended = await endSessions(context.side, { personId: id, but: via }, context.at)
    for (const one of ended) context.reply?.forget(one)
    return { ended: ended.length }
  }),

  startSecondFactor: api.startSecondFactor.handler(async ({ input, context }) => {
    const { id } = session(context)
    const secrets = await prove(context, needs, input, false)
    const secret = newSecret()
    if (!(await startSecondFactor(context.side, id, needs.keys().seal(secret, whose(id)), context.at))) throw new Refusal('SECOND_FACTOR_ON')
    return { secret: base32(secret), uri: otpauth(secret, secrets.account ?? id, new URL(needs.address()).host) }
  }),
  confirmSecondFactor: api.confirmSecondFactor.handler(async ({ input, context }) => {
    const { id, via } = session(context)
    const started = await startedSecret(context.read, id)
    if (!started) throw new Refusal('SECOND_FACTOR_OFF')
    if (started.on) throw new Refusal('SECOND_FACTOR_ON')
    const seed = needs.keys().open(started.sealed, whose(id))
    const step = seed && stepOf(seed, input.code, context.at)
    if (step === undefined) throw new Refusal('CODE_WRONG')
    const { codes, kept } = await makeRecovery()
    if (!(await spendStep(context.side, id, step, context.at))) throw new Refusal('CODE_WRONG')
    await factorChanged(context, id, 'app_added', null, (side) => putRecovery(side, id, kept))
    await markSecondFactor(context.side, via, true)
    return { codes }
  }),
  newRecoveryCodes: api.newRecoveryCodes.handler(async ({ input, context }) => {
    const { id } = session(context)
    const secrets = await prove(context, needs, input, true)
    if (!secrets.second) throw new Refusal('SECOND_FACTOR_OFF')
    const { codes, kept } = await makeRecovery()
    await factorChanged(context, id, 'recovery_codes_renewed', null, (side) => putRecovery(side, id, kept))
    return { codes }
  }),
  removeSecondFactor: api.removeSecondFactor.handler(async ({ input, context }) => {
    const { id, via } = session(context)
    const secrets = await prove(context, needs, input, true)
    if (!secrets.second) throw new Refusal('SECOND_FACTOR_OFF')
    if (secrets.hash && !secrets.alone) throw new Refusal('PASSWORD_TOO_SHORT_ALONE')
    await factorChanged(context, id, 'app_removed', null, (side) => dropSecondFactor(side, [id]))
    await markSecondFactor(context.side, via, false)
    return {}
  }),

  unlinkProvider: api.unlinkProvider.handler(async ({ input, context }) => {
    const { id } = session(context)
    await prove(context, needs, input, true)
    if (!(await providerLinkOf(context.read, id))) throw new Refusal('NOT_FOUND')
    await factorChanged(context, id, 'provider_unlinked', null, (side) => unlinkProvider(side, id))
    return {}
  }),

  tokens: api.tokens.handler(async ({ context }) => ({ items: await listTokens(context.read, self(context).id, context.at) })),
  createToken: api.createToken.handler(async ({ input, context }) => {
    const { id } = session(context)
    const unknown = input.scopes.find((scope) => !(allRights as readonly string[]).includes(scope))
    if (unknown) throw new Refusal('SCOPE_UNKNOWN', { scope: unknown })
    await prove(context, needs, input, true)
    const token = newToken()
    const endsAt = new Date(context.at.getTime() + input.days * 86_400_000)
    const tokenId = await addToken(context.side, { personId: id, name: input.name, scopes: [...new Set(input.scopes)], tokenHash: digest(token), endsAt }, context.at)
    return { id: tokenId, token, until: endsAt.toISOString() }
  }),
  endToken: api.endToken.handler(async ({ input, context }) => {
    const { id } = session(context)
    const ended = await endTokens(context.side, id, input.tokenId, context.at)
    if (ended.length === 0) throw new Refusal('NOT_FOUND')
    for (const via of ended) context.reply?.forget(via)
    return {}
  }),
})
