// Passkeys: made on a device of the account's owner, who shows there who they are (user verification), so one counts as two factors. No account name is typed.
import { createHash, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { SYSTEM } from '../../../kernel/access.ts'
import { Refusal } from '../../../kernel/commit.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { PasskeyAnswer, SignedIn } from '../contract.ts'
import { CHALLENGE_MS, MOST_PASSKEYS } from '../decide/sessions.ts'
import { detailsOf, secretsOfPerson } from '../store/accounts.ts'
import { clear, giveBack } from '../store/attempts.ts'
import { addChallenge, addPasskey, blockPasskey, dropPasskey, hasPasskey, listPasskeys, markProved, passkeyOf, passkeysOf, spendChallenge, usePasskey } from '../store/ways.ts'
import type { Key } from '../store/ways.ts'
import { api, factorChanged, self, session } from './api.ts'
import type { Needs } from './api.ts'
import { accountKeys, chargeAddress } from './attempts.ts'
import { prove } from './proof.ts'
import { open } from './signin.ts'

/** A passkey belongs to a host by name, over TLS or on this very machine; where the address is a number there are none. */
export function placeOf(address: string): { rpID: string; origin: string } | undefined {
  const { protocol, hostname, origin } = new URL(address)
  const named = !isIP(hostname.replace(/^\[|\]$/g, '')) && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'))
  return named ? { rpID: hostname, origin } : undefined
}
function place(needs: Needs): { rpID: string; origin: string } {
  const found = placeOf(needs.address())
  if (!found) throw new Refusal('PASSKEYS_NOT_HERE')
  return found
}
/** EdDSA, ES256, RS256. What comes after them is an experiment in this Node, and says so on standard error. */
const ALGORITHMS = [-8, -7, -257]
const keyOf = (challenge: string): Buffer => createHash('sha256').update(`passkey ${challenge}`).digest()
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
/** Most processes never see a passkey: its library costs a tenth of a start. */
const webauthn = () => import('@simplewebauthn/server')

const whoseHandle = (personId: string) => new Uint8Array(Buffer.from(personId.replaceAll('-', ''), 'hex'))

async function askFor({ side, at }: Context, needs: Needs): Promise<{ options: Record<string, unknown> }> {
  const { rpID } = place(needs)
  const challenge = randomBytes(32)
  await addChallenge(side, { key: keyOf(challenge.toString('base64url')), kind: 'passkey' }, at)
  return { options: { ...await (await webauthn()).generateAuthenticationOptions({ rpID, challenge: new Uint8Array(challenge), userVerification: 'required', timeout: CHALLENGE_MS.passkey }) } }
}

/** Whose passkey signed the challenge. Whoever holds a copy of it holds an older count: it then opens nothing any more, for either. */
async function signedBy(context: Context, needs: Needs, answer: PasskeyAnswer): Promise<Key> {
  const { read, side, at } = context
  const where = place(needs)
  const key = await passkeyOf(read, bytes(answer.id))
  const handle = answer.response.userHandle
  // Also where no such passkey is known: a challenge is spent by whatever answers it.
  const spent: { yes: boolean } = { yes: false }
  const found = await (await webauthn()).verifyAuthenticationResponse({
    response: { ...answer, response: { ...answer.response, userHandle: handle ?? undefined }, authenticatorAttachment: undefined, clientExtensionResults: {} } as never,
    expectedChallenge: async (challenge) => (spent.yes = (await spendChallenge(side, keyOf(challenge), 'passkey', at)) !== undefined),
    expectedOrigin: where.origin, expectedRPID: where.rpID, requireUserVerification: true,
    // Counted below, once the signature is known to be right: nobody else may block a passkey.
    credential: { id: answer.id, publicKey: new Uint8Array(key?.publicKey ?? Buffer.alloc(0)), counter: -1 },
  }).catch(() => undefined)
  if (!key || !found?.verified || !spent.yes || (handle && !bytes(handle).equals(Buffer.from(whoseHandle(key.personId))))) throw new Refusal('PASSKEY_REFUSED')
  if (key.blocked) throw new Refusal('PASSKEY_BLOCKED')
  const { newCounter, credentialBackedUp } = found.authenticationInfo
  if ((newCounter > 0 || key.counter > 0) && newCounter <= key.counter) {
    await factorChanged({ commit: needs.commitAs?.(SYSTEM, at) ?? context.commit }, key.personId, 'passkey_blocked', key.id, (own) => blockPasskey(own, key.id, at))
    throw new Refusal('PASSKEY_BLOCKED')
  }
  if (!(await usePasskey(side, key, newCounter, credentialBackedUp, at))) throw new Refusal('PASSKEY_REFUSED')
  return key
}

export const passkeyRoutes = (needs: Needs) => ({
  passkeyChallenge: api.passkeyChallenge.handler(({ context }) => askFor(context, needs)),

  signInByPasskey: api.signInByPasskey.handler(async ({ input, context }): Promise<SignedIn> => {
    const { read, side, at } = context
    const address = await chargeAddress(context)
    const key = await signedBy(context, needs, input.answer)
    const secrets = await secretsOfPerson(read, key.personId, at)
    if (!secrets) throw new Refusal('PASSKEY_REFUSED')
    await giveBack(side, [address.key], at)
    if (secrets.account) await clear(side, accountKeys(secrets.account))
    return open(context, needs, { personId: key.personId, by: 'passkey', secondFactor: true, mustSetPassword: false })
  }),

  prove: api.prove.handler(async ({ input, context }) => {
    const { id, via } = session(context)
    const { passkey, ...proof } = input
    if (passkey) {
      if ((await signedBy(context, needs, passkey)).personId !== id) throw new Refusal('PROOF_WRONG')
    } else await prove(context, needs, proof, true)
    await markProved(context.side, via, context.at)
    return {}
  }),

  passkeys: api.passkeys.handler(async ({ context }) => ({ items: await listPasskeys(context.read, self(context).id) })),

  newPasskeyChallenge: api.newPasskeyChallenge.handler(async ({ input, context }) => {
    const { read, side, at } = context
    const { id } = session(context)
    const { rpID } = place(needs)
    const secrets = await prove(context, needs, input, true)
    const [there, details] = [await passkeysOf(read, id), await detailsOf(read, id)]
    if (there.length >= MOST_PASSKEYS) throw new Refusal('PASSKEYS_MANY', { most: MOST_PASSKEYS })
    const challenge = randomBytes(32)
    await addChallenge(side, { key: keyOf(challenge.toString('base64url')), kind: 'new_passkey', personId: id }, at)
    return {
      options: { ...await (await webauthn()).generateRegistrationOptions({
        rpName: 'Sẵn Sàng', rpID, userName: secrets.account ?? id, userDisplayName: details.name ?? secrets.account ?? '', userID: whoseHandle(id), challenge: new Uint8Array(challenge), timeout: CHALLENGE_MS.new_passkey,
        attestationType: 'none', supportedAlgorithmIDs: ALGORITHMS, authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: there.map((key) => ({ id: key.credentialId.toString('base64url'), transports: key.transports })),
      }) },
    }
  }),

  addPasskey: api.addPasskey.handler(async ({ input, context }) => {
    const { read, side, at } = context
    const { id } = session(context)
    const where = place(needs)
    const { answer } = input
    const found = await (await webauthn()).verifyRegistrationResponse({
      response: { ...answer, response: { ...answer.response, transports: answer.response.transports ?? [] }, authenticatorAttachment: undefined, clientExtensionResults: {} } as never,
      expectedChallenge: async (challenge) => (await spendChallenge(side, keyOf(challenge), 'new_passkey', at))?.personId === id,
      expectedOrigin: where.origin, expectedRPID: where.rpID, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS,
    }).catch(() => undefined)
    if (!found?.verified) throw new Refusal('PASSKEY_FAULTY')
    const { credential, credentialBackedUp } = found.registrationInfo
    const key = {
      id: uuidv7(at), personId: id, credentialId: bytes(credential.id), publicKey: Buffer.from(credential.publicKey), counter: credential.counter,
      transports: (answer.response.transports ?? []).slice(0, 10), synced: credentialBackedUp, name: input.name,
    }
    if (await passkeyOf(read, key.credentialId)) throw new Refusal('PASSKEY_KNOWN')
    await factorChanged(context, id, 'passkey_added', key.id, (own) => addPasskey(own, key, at))
    return { id: key.id, name: key.name, createdAt: at.toISOString(), usedAt: null, synced: key.synced, blocked: false }
  }),

  removePasskey: api.removePasskey.handler(async ({ input, context }) => {
    const { id } = session(context)
    await prove(context, needs, input, true)
    if (!(await hasPasskey(context.read, id, input.passkeyId))) throw new Refusal('NOT_FOUND')
    await factorChanged(context, id, 'passkey_removed', input.passkeyId, (own) => dropPasskey(own, id, input.passkeyId))
    return {}
  }),
})
