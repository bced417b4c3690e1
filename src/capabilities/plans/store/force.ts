// What of a plan is in force on a day, from its approvals and the days from which they hold: a midnight changes it without an order.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

/** The plan that was to replace it was withdrawn before its day came. */
const spared = (p: string): RawBuilder<SqlBool> => sql<SqlBool>`exists (select 1 from plans fb where fb.id = ${sql.ref(`${p}.replaced_by`)} and fb.withdrawn_on < ${sql.ref(`${p}.replaced_from`)})`
const replaced = (p: string, today: string): RawBuilder<SqlBool> => sql<SqlBool>`(${sql.ref(`${p}.replaced_from`)} is not null and ${sql.ref(`${p}.replaced_from`)} <= ${today}::date and not ${spared(p)})`
/** Nobody has said yet that another one will replace it. */
export const unreplaced = (p: string): RawBuilder<SqlBool> => sql<SqlBool>`(${sql.ref(`${p}.replaced_from`)} is null or ${spared(p)})`
/** As it is stored, but for what a day has ended. `p`: an alias of plans; so for all here. */
export const phaseOn = <P extends string = string>(p: string, today: string): RawBuilder<P> => sql<P>`case when ${sql.ref(`${p}.phase`)} <> 'withdrawn' and ${replaced(p, today)} then 'replaced' else ${sql.ref(`${p}.phase`)} end`
/** The version in force: the one approved last of those whose day has come. */
export const inForceOn = (p: string, today: string): RawBuilder<number | null> =>
  sql`(select max(fv.n) from plan_versions fv where fv.plan_id = ${sql.ref(`${p}.id`)} and fv.in_force_from <= ${today}::date and ${sql.ref(`${p}.approved_n`)} is not null and not ${replaced(p, today)})`
/** The next version whose day is still to come; one that a later one overtakes has none. */
export const comingOn = (p: string, today: string): RawBuilder<{ n: number; from: string } | null> =>
  sql`(select json_build_object('n', cv.n, 'from', cv.in_force_from) from plan_versions cv where cv.plan_id = ${sql.ref(`${p}.id`)} and cv.in_force_from > ${today}::date and ${sql.ref(`${p}.approved_n`)} is not null and not ${replaced(p, today)}
    and cv.n > coalesce(${inForceOn(p, today)}, 0) order by cv.in_force_from, cv.n desc limit 1)`
/** From which day on another plan holds instead. */
export const replacedFrom = (p: string): RawBuilder<string | null> => sql`case when not ${spared(p)} then ${sql.ref(`${p}.replaced_from`)}::text end`
