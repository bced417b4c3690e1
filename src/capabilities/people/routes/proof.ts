// Who is signed in shows again who they are, before what could let somebody else in.
import { Refusal } from '../../../kernel/commit.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Proof } from '../contract.ts'
import { FRESH_MS } from '../decide/sessions.ts'
import { secretsOfPerson } from '../store/accounts.ts'
import type { Secrets } from '../store/accounts.ts'
import { clear } from '../store/attempts.ts'
import { provedAt } from '../store/ways.ts'
import { session } from './api.ts'
import type { Needs } from './api.ts'
import { chargeAccount } from './attempts.ts'
import { isCode } from './second.ts'
import { checkPassword } from './secrets.ts'

/** This session began, or its owner showed who they are, a moment ago. */
export async function isFresh({ read, at }: Context, via: string): Promise<boolean> {
  const proved = await provedAt(read, via)
  return proved !== undefined && at.getTime() - proved.getTime() <= FRESH_MS
}

/**
 * `whole`: the code too where a second factor is on. Who has no password, because the identity provider signs them in, has signed in a moment ago; in the
 * demonstration nobody has one.
 */
export async function prove(context: Context, needs: Needs, proof: Proof, whole: boolean): Promise<Secrets> {
  const { read, side, at } = context
  const { id, via } = session(context)
  const secrets = await secretsOfPerson(read, id, at)
  if (!secrets) throw new Refusal('SIGN_IN')
  if (!secrets.hash) {
    if (!needs.demo() && !(await isFresh(context, via))) throw new Refusal('SIGN_IN_AGAIN')
    return secrets
  }
  const counter = await chargeAccount(context, secrets.account ?? id)
  if (!proof.password || !(await checkPassword(proof.password, secrets.hash)).right) throw new Refusal('PROOF_WRONG')
  if (whole && secrets.second && !(proof.code && await isCode(context, needs.keys(), id, secrets.second, proof.code))) throw new Refusal('PROOF_WRONG')
  await clear(side, [counter.key])
  return secrets
}
