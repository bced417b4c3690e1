// Rows as the outside sees them: titles in the asker's language, names of units, overdue as of a moment.
import { sql } from 'kysely'
import { grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { targetMet } from '../../../pure/numbers.ts'
import type { TaskState } from '../contract/facts.ts'
import type { Task } from '../contract/shapes.ts'

type Row = {
  id: string; directive_id: string | null; programme_id: string | null; programme: Record<string, string> | null; event_id: string | null; parent_id: string | null; item: string | null; title: string | null; words: Record<string, string> | null
  template_version_id: string | null; workstream: string; product: string | null; products: Record<string, string> | null; supporting: Brief[] | null; unit_id: string; code: string; name: string; name_en: string | null; kind: string
  body_id: string | null; body_name: string | null; issuer_id: string | null; issuer_code: string | null; issuer_name: string | null; issuer_name_en: string | null; issuer_kind: string | null
  due_at: Date | null; due_rule: string | null; zone: string; priority: Task['priority']; state: TaskState; open: boolean; target_kind: 'number' | 'percent' | 'all' | null; target_count: number | null
  target_unit: string | null; reached: number | null; base: number | null; parts: number | null; parts_done: number | null; evidence_kind: string | null; extension_until: Date | null; version: number; assigned_at: Date; changed_at: Date
}
type Brief = { id: string; code: string; name: string; name_en: string | null; kind: string }

/** The template that a task's workstream is one of: its own, or what its programme follows now. */
const VERSION = sql`coalesce(t.template_version_id, (select p.template_version_id from public_programmes_programmes p where p.programme_id = t.programme_id))`

/** In the order of `ids`. */
export async function loadTasks(read: Reader, ids: string[], lang: Lang, at: Date): Promise<Task[]> {
  if (ids.length === 0) return []
  const found = await rows<Row>(read, sql`
    select t.id, t.directive_id, t.programme_id, pr.name as programme, t.event_id, t.lineage[1] as parent_id, t.item, t.title, i.name as words, ${VERSION} as template_version_id, t.workstream, t.product, i.product as products, t.unit_id, u.code, u.name, u.name_en, u.kind,
      t.body_id, ib.name as body_name, iu.unit_id as issuer_id, iu.code as issuer_code, iu.name as issuer_name, iu.name_en as issuer_name_en, iu.kind as issuer_kind,
      nullif(t.due_at, 'infinity') as due_at, t.due_rule, t.zone, t.priority, t.state, t.stage = 'open' as open, t.target_kind, t.target_count::float8 as target_count, t.target_unit,
      t.reached::float8 as reached, t.base::float8 as base, t.parts, t.parts_done, t.evidence_kind, t.extension_until, t.version, t.assigned_at, t.changed_at,
      (select json_agg(json_build_object('id', su.unit_id, 'code', su.code, 'name', su.name, 'name_en', su.name_en, 'kind', su.kind) order by su.place) from task_supports s join public_units_tree su on su.unit_id = s.unit_id where s.task_id = t.id) as supporting
    from unnest(${ids}::uuid[]) with ordinality k(id, n) join tasks t using (id) join public_units_tree u on u.unit_id = t.unit_id
      left join public_units_tree iu on iu.unit_id = coalesce(t.issuer_unit_id, u.parent_id)
      left join public_bodies_bodies ib on ib.body_id = t.body_id
      left join public_programmes_programmes pr on pr.programme_id = t.programme_id
      left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item
    order by k.n`)
  const streamOf = await workstreamsOf(read, [...new Set(found.flatMap((row) => row.template_version_id ?? []))])
  return found.map((row) => taskOf(row, streamOf(row.template_version_id, row.workstream)?.[lang] ?? null, lang, at))
}

/** By template version and code. A version never changes, so what was read once is kept; reading it takes the whole template apart. */
const streams = new Map<string, Map<string, Record<string, string>>>()
async function workstreamsOf(read: Reader, versions: string[]): Promise<(version: string | null, workstream: string) => Record<string, string> | undefined> {
  const unknown = versions.filter((version) => !streams.has(version))
  if (unknown.length > 0) {
    const found = await rows<{ version: string; workstream: string; name: Record<string, string> }>(read, sql`select template_version_id as version, workstream, name from public_programmes_workstreams where template_version_id = any(${unknown}::uuid[]) order by n`)
    for (const version of unknown) streams.set(version, new Map(found.filter((row) => row.version === version).map((row) => [row.workstream, row.name])))
  }
  return (version, workstream) => streams.get(version ?? '')?.get(workstream)
}

/** The workstreams that a task can be passed to, in their order; none of a task beside any programme. */
export async function streamsOfTask(read: Reader, taskId: string): Promise<{ code: string; name: Record<string, string> }[]> {
  const [row] = await rows<{ version: string | null }>(read, sql`select ${VERSION} as version from tasks t where t.id = ${taskId}`)
  if (!row?.version) return []
  await workstreamsOf(read, [row.version])
  return [...streams.get(row.version)!].map(([code, name]) => ({ code, name }))
}

/** Of the programmes there are, in their order: what a template asks for is read by every unit that has to do it, so by whoever may read a task anywhere. */
export async function workstreamsThere(read: Reader, actor: Actor, lang: Lang): Promise<{ code: string; name: string }[]> {
  const found = await rows<{ code: string; name: Record<string, string> }>(read, sql`select workstream as code, name from (select distinct on (w.workstream) w.workstream, w.name, w.n from public_programmes_workstreams w
    where w.template_version_id in (select template_version_id from public_programmes_programmes) and exists (select 1 from ${grantedRanges(actor, 'task.read')} r) order by w.workstream, w.template_version_id desc) x order by n, workstream limit 200`)
  return found.map(({ code, name }) => ({ code, name: name[lang] ?? Object.values(name)[0] ?? code }))
}

const named = (name: string, en: string | null, lang: Lang): string => (lang === 'en' && en ? en : name)
function taskOf(r: Row, workstreamName: string | null, lang: Lang, at: Date): Task {
  const target = r.target_kind ? { kind: r.target_kind, count: r.target_count!, unit: r.target_unit! } : null
  return {
    id: r.id, directiveId: r.directive_id, programmeId: r.programme_id, programmeName: r.programme?.[lang] ?? null, eventId: r.event_id, parentId: r.parent_id, item: r.item,
    title: r.title ?? r.words?.[lang] ?? Object.values(r.words ?? {})[0] ?? r.item ?? '', workstream: r.workstream, workstreamName,
    issuerBody: r.body_id ? { id: r.body_id, name: r.body_name ?? '…' } : null,
    issuer: r.issuer_id ? { id: r.issuer_id, code: r.issuer_code!, name: named(r.issuer_name!, r.issuer_name_en, lang), kind: r.issuer_kind! } : null,
    unit: { id: r.unit_id, code: r.code, name: named(r.name, r.name_en, lang), kind: r.kind },
    due: r.due_at ? { at: r.due_at.toISOString(), rule: r.due_rule, zone: r.zone } : null, priority: r.priority, state: r.state, product: r.product ?? r.products?.[lang] ?? null,
    supporting: (r.supporting ?? []).map((unit) => ({ id: unit.id, code: unit.code, name: named(unit.name, unit.name_en, lang), kind: unit.kind })),
    overdue: r.open && r.due_at !== null && r.due_at.getTime() <= at.getTime(), target, reached: r.reached, base: r.base, met: target ? targetMet(target, r.reached, r.base) : null,
    parts: r.parts === null ? null : { total: r.parts, done: r.parts_done ?? 0 }, evidenceKind: r.evidence_kind, extensionAskedUntil: r.extension_until?.toISOString() ?? null,
    version: r.version, assignedAt: r.assigned_at.toISOString(), changedAt: r.changed_at.toISOString(),
  }
}
