// Keys: one's own to show, those of others to register and to revoke.
import { derivedId } from '../../../kernel/ids.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart, yearsLater } from '../../../kernel/texts.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { KeyRegistered, KeyRevoked } from '../contract/facts.ts'
import type { OwnKey } from '../contract.ts'
import { keyLine, readKeyLine } from '../decide/package.ts'
import { accessKey, accessUnit, keyOf, nameHere } from '../store/access.ts'
import type { ExchangesNeeds } from './needs.ts'
import { fingerprintOf } from './open.ts'

const STREAM = 'exchange:keys'
const KEPT_YEARS = 20
export type Register = { orderId: string; unitId: string; line: string; name: string; since?: string | undefined; until: string | null }

export async function ownKey(needs: ExchangesNeeds, { read }: Context): Promise<OwnKey> {
  const [publicKey, installationId] = [needs.signer().publicKey(), await needs.origin()]
  return { name: await nameHere(read), installationId, fingerprint: fingerprintOf(publicKey), line: keyLine(installationId, publicKey.toString('base64url')) }
}

export async function register(needs: ExchangesNeeds, c: Context, { orderId, unitId, line, name, since, until }: Register): Promise<{ keyId: string }> {
  if (!await accessUnit(c.read, c.actor, 'exchange.key', unitId)) throw new Refusal('NOT_FOUND')
  const given = readKeyLine(line)
  const bytes = given && Buffer.from(given.publicKey, 'base64url')
  if (!given || bytes?.toString('base64url') !== given.publicKey) throw new Refusal('KEY_TEXT')
  if (bytes.equals(needs.signer().publicKey()) || given.installationId === await needs.origin()) throw new Refusal('KEY_OWN')
  const keyId = derivedId(new Date(0), 'exchange key', given.publicKey)
  const from = since ?? dayIn(c.at, needs.zone)
  if (until !== null && until < from) throw new Refusal('PERIOD')
  return c.commit<{ keyId: string }>({ id: orderId, kind: 'exchange.register_key.v1', streams: [STREAM], subject: `key:${keyId}`, body: { unitId, line, name, since, until } }, async (read) => {
    if (!await accessUnit(read, c.actor, 'exchange.key', unitId)) return { refused: 'NOT_FOUND' }
    const known = await keyOf(read, given.publicKey)
    if (known) return { refused: 'KEY_KNOWN', data: { name: known.name } }
    const fact: KeyRegistered = { type: 'key.registered.v1', keyId, installationId: given.installationId, publicKey: given.publicKey, fingerprint: fingerprintOf(bytes), name, unitId, since: from, until }
    return { facts: [fact], answer: { keyId } }
  })
}

export function revoke(c: Context, { orderId, keyId, reason }: { orderId: string; keyId: string; reason: string }): Promise<{ keyId: string }> {
  return c.commit<{ keyId: string }>({ id: orderId, kind: 'exchange.revoke_key.v1', streams: [STREAM], subject: `key:${keyId}`, body: { keyId, reason } }, async (read) => {
    const key = await accessKey(read, c.actor, keyId)
    if (!key) return { refused: 'NOT_FOUND' }
    if (key.revokedAt) return { refused: 'KEY_IS_REVOKED' }
    const why = apart(reason, { subject: `key:${keyId}`, purpose: 'revoked', retention: 'record', until: yearsLater(c.at, KEPT_YEARS) }, c.at)
    const fact: KeyRevoked = { type: 'key.revoked.v1', keyId, reason: why.ref }
    return { facts: [fact], answer: { keyId }, private: [why.private] }
  })
}
