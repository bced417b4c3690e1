// Who took over a unit, through any number of changes, and who still holds a role at it.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Heir, Leaving } from '../decide/handover.ts'

export const leavingUnit = async (read: Reader, actor: Actor, unitId: string): Promise<Leaving | undefined> =>
  (await rows(read, sql<Leaving>`select u.id, u.code, u.name, u.kind, u.valid_until as until from units u where u.id = ${unitId} and ${granted(actor, 'unit.hand_over', 'u.id')}`))[0]

/** Only those on which the asker holds the right too: others are no choice of theirs. */
export const heirsOf = (read: Reader, actor: Actor, unitId: string): Promise<Heir[]> =>
  rows(read, sql<Heir>`with recursive heirs(id, "full", chain) as (
      select s.to_id, s.part = 'full', array[s.from_id, s.to_id] from unit_successors s where s.from_id = ${unitId}::uuid and s.to_id <> s.from_id
      union all select s.to_id, h."full" and s.part = 'full', h.chain || s.to_id from heirs h join units g on g.id = h.id and g.valid_until is not null join unit_successors s on s.from_id = h.id and s.to_id <> all(h.chain))
    select u.id, u.code, u.name, u.kind, bool_or(h."full") as "full" from heirs h join units u on u.id = h.id
    where u.valid_until is null and ${granted(actor, 'unit.hand_over', 'u.id')} group by u.id order by u.path`)

/** Roles given at that very unit that are in force. */
export const grantsAt = async (read: Reader, unitId: string, at: Date): Promise<number> =>
  (await rows(read, sql<{ n: number }>`select count(*)::int as n from access_grants where unit_id = ${unitId} and starts_at <= ${at} and (ends_at is null or ends_at > ${at})`))[0]!.n

/** By code in any list, or in the one named: the one that ended last, or the one that stands. */
export const unitByCode = async (read: Reader, code: string, scheme: string | undefined, which: 'ended' | 'standing'): Promise<string | undefined> =>
  (await rows(read, sql<{ id: string }>`select id from units where code = ${code} and ${scheme === undefined ? sql`true` : sql`scheme = ${scheme}`} and ${which === 'ended' ? sql`true` : sql`valid_until is null`}
    order by ${which === 'ended' ? sql`valid_until is null, valid_until desc` : sql`scheme`} limit 1`))[0]?.id

export const namesOf = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows(read, sql<{ id: string; name: string }>`select id, name from units where id = any(${ids}::uuid[])`)).map((row) => [row.id, row.name]))
