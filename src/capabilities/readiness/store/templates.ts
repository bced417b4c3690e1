// A version of a template never changes, so what was read of it once stays right: requirements, and the names that sentences need.
import { sql } from 'kysely'
import type { Text } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Requirement } from '../decide/states.ts'

export type Item = { name: Text; workstream: string; milestone: string | null }
/** `asked`: the items whose state a requirement looks at, by name or by milestone. */
export type Template = { requirements: Requirement[]; milestones: Map<string, Text>; items: Map<string, Item>; asked: string[]; workstreams: { code: string; name: Text }[] }
const NONE: Template = { requirements: [], milestones: new Map(), items: new Map(), asked: [], workstreams: [] }
const known = new Map<string, Template>()

export async function templatesOf(read: Reader, versionIds: Iterable<string>): Promise<(versionId: string) => Template> {
  const missing = [...new Set(versionIds)].filter((id) => !known.has(id))
  if (missing.length > 0) {
    const found = await rows(read, sql<{ template_version_id: string; requirements: Requirement[]; milestones: { code: string; name: Text }[]; items: ({ item: string } & Item)[]; workstreams: Template['workstreams'] }>`
      select t.template_version_id, t.requirements, t.milestones,
        (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'name', i.name, 'workstream', i.workstream, 'milestone', i.milestone)), '[]') from public_programmes_items i where i.template_version_id = t.template_version_id) as items,
        (select coalesce(jsonb_agg(jsonb_build_object('code', w.workstream, 'name', w.name) order by w.n), '[]') from public_programmes_workstreams w where w.template_version_id = t.template_version_id) as workstreams
      from public_programmes_templates t where t.template_version_id = any(${missing}::uuid[])`)
    for (const row of found) {
      known.set(row.template_version_id, {
        requirements: row.requirements, workstreams: row.workstreams, milestones: new Map(row.milestones.map((m) => [m.code, m.name])), items: new Map(row.items.map((i) => [i.item, i])),
        asked: row.items.filter((i) => row.requirements.some(({ check }) => check.item === i.item || (i.milestone !== null && check.milestone === i.milestone))).map((i) => i.item),
      })
    }
  }
  return (id) => known.get(id) ?? NONE
}

/** The version that new events of the programme follow. */
export async function programmeTemplate(read: Reader, programmeId: string): Promise<string | undefined> {
  const [found] = await rows(read, sql<{ template_version_id: string }>`select template_version_id from public_programmes_programmes where programme_id = ${programmeId}`)
  return found?.template_version_id
}
