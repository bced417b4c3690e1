// A template version written out as a file that reads back as the same version, and what one version changes against another.
import { stringify } from 'yaml'
import type { After, Change, Check, Due, TemplateBody } from '../contract.ts'

type Entry = Record<string, unknown>
const kept = (entry: Entry): Entry => Object.fromEntries(Object.entries(entry).filter(([, v]) => v !== null && v !== undefined))
const level = (levels: string[] | null): unknown => (levels === null ? 'all' : levels.length === 1 ? levels[0] : levels)
const dueOf = (due: Due): unknown => ('milestone' in due && Object.keys(due).length === 1 ? due.milestone : due)
const afterOf = (all: readonly After[] | undefined): unknown => { const short = all?.map((one) => ('task' in one && !one.days ? one.task : one)); return short?.length === 1 && typeof short[0] === 'string' ? short[0] : short?.length ? short : null }
function checkOf(check: Check): Entry {
  const { maxAgeDays, ...rest } = check as Entry
  return kept({ ...rest, max_age_days: maxAgeDays, ...(check.kind === 'none' && !check.needs ? { needs: null } : {}) })
}

export function writeTemplate(body: TemplateBody, format: 'yaml' | 'json'): string {
  const file = kept({
    format: 1, code: body.code, name: body.name, country: body.country, zone: body.zone, opens: body.opens, levels: body.levels,
    workstreams: body.workstreams, milestones: body.milestones.map(({ code, name, when }) => ({ code, name, ...when })),
    classes: body.classes.map((c) => kept({ code: c.code, name: c.name, when: c.when, kinds: c.kinds.length ? c.kinds : null, tasks: c.tasks, requirements: c.requirements, milestones: c.milestones.length === body.milestones.length ? null : c.milestones, numbers: Object.keys(c.numbers).length ? c.numbers : null })),
    tasks: body.tasks.map((t) => kept({
      code: t.code, name: t.name, stream: t.workstream, level: level(t.levels), to: t.to, due: dueOf(t.due), after: afterOf(t.after), evidence: t.evidence && (t.evidence.days === undefined ? t.evidence.kind : t.evidence),
      target: t.target, product: t.product, priority: t.priority === 'normal' ? null : t.priority,
    })),
    requirements: body.requirements.map((r) => kept({ code: r.code, name: r.name, by: r.by, level: level(r.levels), holds: r.holds, warn_days: r.warnDays, check: checkOf(r.check) })),
    agenda: body.agenda.length ? body.agenda.map(({ levels, ...part }) => ({ ...part, level: level(levels) })) : null,
  })
  return format === 'json' ? `${JSON.stringify(file, null, 2)}\n` : yamlOf(file)
}
export const yamlOf = (file: Record<string, unknown>): string => stringify(file, { lineWidth: 160, collectionStyle: 'any', aliasDuplicateObjects: false })

const PARTS = [['workstreams', 'workstream'], ['milestones', 'milestone'], ['classes', 'class'], ['tasks', 'task'], ['requirements', 'requirement'], ['agenda', 'agenda']] as const
const same = (a: unknown, b: unknown): boolean => stable(a) === stable(b)
/** JSON with sorted keys: a body read back from the database has lost their order. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1))) : v)) ?? 'null'
}

/** By part and code, in the order of the newer version; what is gone comes last. The order of a list alone is no change. */
export function diffVersions(from: TemplateBody, to: TemplateBody): Change[] {
  const changes: Change[] = []
  const fields = (a: Entry, b: Entry) => [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((k) => k !== 'code' && !same(a[k], b[k])).map((field) => ({ field, from: a[field] ?? null, to: b[field] ?? null }))
  const head = ({ code: _code, workstreams: _w, milestones: _m, classes: _c, tasks: _t, requirements: _r, agenda: _a, ...rest }: TemplateBody): Entry => rest
  const top = fields(head(from), head(to))
  if (top.length > 0) changes.push({ part: 'template', code: to.code, kind: 'changed', name: to.name, fields: top })
  for (const [key, part] of PARTS) {
    const before = new Map<string, Entry>(from[key].map((x) => [x.code, x]))
    const after = new Map<string, Entry>(to[key].map((x) => [x.code, x]))
    for (const [code, b] of after) {
      const a = before.get(code)
      if (!a) changes.push({ part, code, kind: 'added', name: b.name as Change['name'], fields: [] })
      else if (!same(a, b)) changes.push({ part, code, kind: 'changed', name: b.name as Change['name'], fields: fields(a, b) })
    }
    for (const [code, a] of before) if (!after.has(code)) changes.push({ part, code, kind: 'removed', name: a.name as Change['name'], fields: [] })
  }
  return changes
}
