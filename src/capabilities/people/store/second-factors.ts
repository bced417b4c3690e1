// Second factors: the secret of the app, encrypted, and hashes of the codes on paper.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Sealed } from '../../../kernel/keys.ts'
import { ACCOUNT_MS } from '../decide/sessions.ts'
import { SIDE } from './signins.ts'

type Side = Pick<SideWriter, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>

/** `recoveryWith` null: no codes were made. */
export type Second = { sealed: Sealed; recoveryWith: string | null }

export async function startSecondFactor(side: Side, personId: string, sealed: Sealed, at: Date): Promise<boolean> {
  const set = { secret: sealed.bytes, key_id: sealed.keyId, last_step: 0 }
  const row = await side.insertInto('second_factors').values({ person_id: personId, ...set, confirmed_at: null, ...SIDE.secret, until: new Date(at.getTime() + ACCOUNT_MS) })
    .onConflict((on) => on.column('person_id').doUpdateSet(set).where('second_factors.confirmed_at', 'is', null)).returning('person_id').executeTakeFirst()
  return Boolean(row)
}
export const startedSecret = async (read: Reader, personId: string): Promise<{ sealed: Sealed; on: boolean } | undefined> => {
  const [row] = await rows(read, sql<{ secret: Buffer; key_id: string | null; on: boolean }>`select secret, key_id, confirmed_at is not null as on from second_factors where person_id = ${personId}`)
  return row && { sealed: { keyId: row.key_id, bytes: row.secret }, on: row.on }
}
/** False: this code, or a later one, was used before. */
export async function spendStep(side: Side, personId: string, step: number, confirm: Date | undefined): Promise<boolean> {
  const row = await side.updateTable('second_factors').set({ last_step: step, ...(confirm ? { confirmed_at: confirm } : {}) })
    .where('person_id', '=', personId).where('last_step', '<', step).returning('person_id').executeTakeFirst()
  return Boolean(row)
}
export const dropSecondFactor = (side: Side, personIds: string[]) => side.deleteFrom('second_factors').where('person_id', 'in', personIds).execute()

/** The codes of before no longer work. */
export const putRecovery = (side: Side, personId: string, kept: { with: string; hashes: Buffer[] }) =>
  side.updateTable('second_factors').set({ recovery_with: kept.with, recovery_hashes: sql`${kept.hashes}::bytea[]` }).where('person_id', '=', personId).execute()
/** False: no such code is left. Two that come at once are one. */
export async function spendRecovery(side: Side, personId: string, hash: Buffer): Promise<boolean> {
  const row = await side.updateTable('second_factors').set({ recovery_hashes: sql`array_remove(recovery_hashes, ${hash}::bytea)` })
    .where('person_id', '=', personId).where('confirmed_at', 'is not', null).where(sql<boolean>`${hash}::bytea = any(recovery_hashes)`).returning('person_id').executeTakeFirst()
  return Boolean(row)
}
export const recoveryLeft = async (read: Reader, personId: string): Promise<number> =>
  (await rows(read, sql<{ n: number }>`select cardinality(recovery_hashes) as n from second_factors where person_id = ${personId} and confirmed_at is not null`))[0]?.n ?? 0

/** All of them that hold a secret. */
export const sealedSeeds = async (read: Reader): Promise<{ personId: string; sealed: Sealed }[]> =>
  (await rows(read, sql<{ person_id: string; secret: Buffer; key_id: string | null }>`select person_id, secret, key_id from second_factors where secret <> ''`))
    .map((row) => ({ personId: row.person_id, sealed: { keyId: row.key_id, bytes: row.secret } }))
/** Not if it changed meanwhile. */
export const sealSeed = (side: Side, personId: string, before: Sealed, after: Sealed) =>
  side.updateTable('second_factors').set({ secret: after.bytes, key_id: after.keyId }).where('person_id', '=', personId).where('secret', '=', before.bytes).execute()
export const forgetSeeds = (side: Side, personIds: string[]) => side.updateTable('second_factors').set({ secret: Buffer.alloc(0), key_id: null }).where('person_id', 'in', personIds).execute()
/** Ids of the keys without which secrets cannot be read. */
export const keysInUse = async (read: Reader): Promise<string[]> =>
  (await rows(read, sql<{ key_id: string }>`select distinct key_id from second_factors where key_id is not null order by key_id`)).map((row) => row.key_id)
