// An attempt to guess is charged before it is looked at.
import { Refusal } from '../../../kernel/commit.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { ACCOUNT_DELAYS, ADDRESS_DELAYS, ADDRESS_FORGETS_S, FOREVER, place } from '../decide/attempts.ts'
import { charge, knownPlace } from '../store/attempts.ts'
import type { Counter } from '../store/attempts.ts'
import { digest } from './secrets.ts'

export const placeHash = (context: Context): Buffer => digest(`place:${place(context.peer?.address ?? 'here')}`)

/** Charges an attempt on the address that it comes from. */
export async function chargeAddress(context: Context): Promise<Counter> {
  const counter = { key: digest(`address:${place(context.peer?.address ?? 'here')}`), delays: ADDRESS_DELAYS, forgets: ADDRESS_FORGETS_S }
  const wait = await charge(context.side, counter, context.at)
  if (wait !== undefined) throw new Refusal('TOO_MANY_ATTEMPTS', { seconds: wait })
  return counter
}

/** A stranger's wrong attempts do not lock out whoever signs in from where they did before: those are counted apart. */
export const accountKeys = (account: string): Buffer[] => [digest(`account:${account}`), digest(`account:${account}@known`)]

/** Charges an attempt on the account, and refuses it while it has to wait. */
export async function chargeAccount(context: Context, account: string): Promise<Counter> {
  const [stranger, known] = accountKeys(account)
  const counter = { key: (await knownPlace(context.read, account, placeHash(context))) ? known! : stranger!, delays: ACCOUNT_DELAYS }
  const wait = await charge(context.side, counter, context.at)
  if (wait !== undefined) throw wait > FOREVER / 2 ? new Refusal('ACCOUNT_BLOCKED') : new Refusal('TOO_MANY_ATTEMPTS', { seconds: wait })
  return counter
}
