// Which plans go into a package: those in force at or below a unit that bear no grade.
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access.ts'
import { granted, plain } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { ZONE } from '../../../kernel/zone.ts'
import { inForceOn } from './force.ts'

const CAME = sql`greatest(v.approved_at, v.in_force_from::timestamp at time zone ${ZONE})`
/** `from` (excluded) to `until`: when the version in force came into force, which is when it was approved or the midnight of its day after that. */
export const planIdsToSend = async (read: Reader, actor: Actor, { path, programme, from, until }: { path: string; programme: string | null; from: Date | null; until: Date | null }, most: number, today: string): Promise<string[]> => (await rows<{ id: string }>(read, sql`
  select p.id from access_units u join plans p on p.unit_id = u.unit_id join plan_versions v on v.plan_id = p.id and v.n = ${inForceOn('p', today)} where u.path >= ${path} and u.path < left(${path}::text, -1) || '/' and ${granted(actor, 'plan.read', 'u.unit_id')} and ${plain('p.id')}
    ${programme ? sql`and (v.header ->> 'programmeId')::uuid = (select programme_id from public_programmes_programmes where code = ${programme})` : sql``} ${from ? sql`and ${CAME} > ${from}` : sql``} ${until ? sql`and ${CAME} <= ${until}` : sql``}
  order by u.path, p.id limit ${most}`)).map(({ id }) => id)
