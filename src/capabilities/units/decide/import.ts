// A whole list against the tree as it stands: what opens, closes, changes. The whole list each time, so what is not in it is gone.
import type { Decision } from '../../../kernel/commit.ts'
import { isCity, kindOf } from '../../../pure/kinds.ts'
import { Kind } from '../contract.ts'
import type { ChangedUnit, ImportPreview, NewUnit, UnitRefused, UnitsImported } from '../contract.ts'
import type { List, ListRow } from './list.ts'
import { problem } from './problems.ts'
import type { FileProblem } from './problems.ts'
import { dayRefused, MOST_LEVELS } from './rules.ts'
import type { Standing } from './rules.ts'
import { zerosOf } from './zeros.ts'
import type { Zeros } from './zeros.ts'

/** All units that stand, of every list; and of this list those that an earlier version of it closed on the same day. */
export type TreeNow = { tree: number; nextNumber: number; lastOn: string | null; units: Standing[] }
export type ImportOrder = { scheme: string; asOf: string; today: string; file: string; list: List; newId: (code: string) => string; /** Leading zeros that codes have lost are put back. */ zeros?: boolean | undefined }
export type Plan = { fact: UnitsImported; preview: Omit<ImportPreview, 'seen'> } | { problems: FileProblem[]; /** How many codes seem to have lost theirs, where that may be what is wrong. */ zeros: number }

const SAMPLE = 50

export function importList(now: TreeNow, order: ImportOrder): Decision<UnitsImported, UnitRefused, Omit<ImportPreview, 'seen'>> {
  const badDay = dayRefused(order.scheme, now.lastOn, order.asOf, order.today)
  if (badDay) return badDay
  const plan = planImport(now, order)
  return 'problems' in plan ? { refused: 'FILE_REFUSED', data: plan } : { facts: [plan.fact], answer: plan.preview }
}

type Matched = { row: ListRow; id: string; was: Standing | undefined; parentId: string | null }

export function planImport(now: TreeNow, { scheme, asOf, file, list: given, newId, zeros: restored }: ImportOrder): Plan {
  const standing = now.units.filter((unit) => unit.until === null)
  const own = new Map(standing.filter((unit) => unit.scheme === scheme).map((unit) => [unit.code, unit]))
  const ended = new Map(now.units.filter((unit) => unit.until !== null && unit.scheme === scheme).map((unit) => [unit.code, unit]))
  const problems: FileProblem[] = [...given.problems]
  const named = withKinds(given.rows, now.units, problems)
  const zeros = zerosOf(named, [...own.values()], standing.filter((unit) => unit.scheme !== scheme))
  const list = { rows: restored ? zeros.rows : named }
  twice(list.rows, problems)
  const rows = new Map(list.rows.map((row) => [row.code, row]))
  const ids = new Map(list.rows.map((row) => [row.code, (own.get(row.code) ?? ended.get(row.code))?.id ?? newId(row.code)]))

  // The top of the tree is not a matter of lists: a root stays although a list leaves it out, unless the list is of such units itself.
  const kinds = new Set(list.rows.map((row) => row.kind))
  const gone = [...own.values()].filter((unit) => !rows.has(unit.code))
  const roots = gone.filter((unit) => unit.parentId === null && !kinds.has(unit.kind))
  const closed = gone.filter((unit) => !roots.includes(unit))
  const resolve = parents({ scheme, asOf, ids, roots, others: standing.filter((unit) => unit.scheme !== scheme) })

  const whole = restored ? undefined : new Map(zeros.rows.map((row) => [row.line, row]))
  const matched = list.rows.map((row): Matched => {
    const was = own.get(row.code) ?? ended.get(row.code)
    const parent = resolve(row, was)
    // Lines that could not be read may have been what others name.
    if (given.whole && parent !== null && typeof parent === 'object') {
      const known = whole?.get(row.line)?.parentCode
      problems.push(parent.code === 'PARENT_UNKNOWN' && known !== undefined && known !== row.parentCode ? problem(row.line, 'PARENT_ZEROS', { code: row.parentCode, known }) : parent)
    }
    return { row, id: ids.get(row.code)!, was, parentId: typeof parent === 'string' ? parent : null }
  })
  const lifted = lift(standing, closed, scheme, asOf, problems)
  if (given.whole && rows.size === list.rows.length) problems.push(...shape(standing, closed, matched, lifted))
  if (problems.length > 0) return { problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)), zeros: !restored && problems.some((one) => one.code === 'CODE_TWICE' || one.code === 'PARENT_ZEROS') ? zeros.count : 0 }

  let number = now.nextNumber
  const opened = matched.filter(({ was }) => !was).map(({ row, id, parentId }): NewUnit => ({
    id, number: number++, scheme, code: row.code, name: row.name, ...(row.original === null ? {} : { original: row.original }), kind: row.kind, parentId,
    ...(row.nameEn ? { nameEn: row.nameEn } : {}), ...(typeof row.lat === 'number' && typeof row.lon === 'number' ? { lat: row.lat, lon: row.lon } : {}),
  }))
  const changed = matched.flatMap((one) => (one.was ? difference(one, one.was) : []))
  const fact: UnitsImported = {
    type: 'units.imported.v1', scheme, on: asOf, tree: now.tree + 1, file, opened,
    changed: [...changed, ...lifted.map(({ unit, parentId }): ChangedUnit => ({ id: unit.id, parentId }))], closed: closed.map(({ id }) => id),
  }
  return { fact, preview: preview(now, fact, matched, changed, closed, lifted, own, zeros) }
}

/** Kinds as the installation writes them. "Thành phố" below a province is a district. */
function withKinds(rows: readonly ListRow[], units: readonly Standing[], problems: FileProblem[]): ListRow[] {
  const known = new Set(units.map((unit) => unit.kind))
  const read = new Map<string, string>()
  const kind = (written: string): string => { const found = read.get(written) ?? kindOf(written, known); read.set(written, found); return found }
  const of = new Map([...units.map((unit) => [unit.code, unit.kind] as const), ...rows.map((row) => [row.code, kind(row.kind)] as const)])
  return rows.map((row) => {
    const found = isCity(row.kind) && of.get(row.parentCode) === 'province' ? 'district' : kind(row.kind)
    if (!Kind.safeParse(found).success) problems.push(problem(row.line, 'KIND_BAD', { kind: row.kind }))
    return found === row.kind ? row : { ...row, kind: found }
  })
}

function twice(rows: readonly ListRow[], problems: FileProblem[]): void {
  const lines = new Map<string, number>()
  const bad = new Set(problems.filter((one) => one.code === 'CODE_BAD').map((one) => one.line))
  for (const { code, line } of rows) {
    const before = lines.get(code)
    if (before === undefined) lines.set(code, line)
    // What is no code is told as that.
    else if (!bad.has(line)) problems.push(problem(line, 'CODE_TWICE', { code, before }))
  }
}

type Known = { scheme: string; asOf: string; ids: Map<string, string>; roots: Standing[]; others: Standing[] }

/** The parent of a line: in the list, else a root that stays, else a unit of another list (`admin:01` where the code alone is not enough). */
function parents({ scheme, asOf, ids, roots, others }: Known): (row: ListRow, was: Standing | undefined) => string | null | FileProblem {
  const elsewhere = Map.groupBy(others, (unit) => unit.code)
  const staying = new Map(roots.map((unit) => [unit.code, unit.id]))
  return (row, was) => {
    // A list that begins below the one root hangs below it; with several, a unit stays below the one where it is.
    if (row.parentCode === '') return roots.length === 1 ? roots[0]!.id : roots.find((root) => root.id === was?.parentId)?.id ?? null
    const [first, second] = row.parentCode.split(':')
    const code = second ?? first!
    const inList = second === undefined || first === scheme ? ids.get(code) ?? staying.get(code) : undefined
    if (inList) return inList
    const found = (elsewhere.get(code) ?? []).filter((unit) => second === undefined || unit.scheme === first)
    if (found.length === 0) return problem(row.line, 'PARENT_UNKNOWN', { code: row.parentCode })
    if (found.length > 1) return problem(row.line, 'PARENT_AMBIGUOUS', { code, schemes: found.map((unit) => unit.scheme).join(', '), example: `${found[0]!.scheme}:${code}` })
    const [parent] = found
    return parent!.from > asOf ? problem(row.line, 'PARENT_LATER', { code, from: parent!.from }) : parent!.id
  }
}

type Lifted = { unit: Standing; parentId: string | null }

/** Units of other lists below one that closes go up to the next that stays. */
function lift(standing: Standing[], closed: Standing[], scheme: string, asOf: string, problems: FileProblem[]): Lifted[] {
  const closing = new Map(closed.map((unit) => [unit.id, unit]))
  return standing.filter((unit) => unit.scheme !== scheme && unit.parentId !== null && closing.has(unit.parentId)).map((unit) => {
    const parent = closing.get(unit.parentId!)!
    if (unit.spanFrom > asOf) problems.push(problem(null, 'LATE_CHILD', { code: unit.code, scheme: unit.scheme, parent: parent.code, from: unit.spanFrom }))
    let above: string | null = parent.id
    while (above !== null && closing.has(above)) above = closing.get(above)!.parentId
    return { unit, parentId: above }
  })
}

/** Circles and depth, over the whole tree as it would be. */
function shape(standing: Standing[], closed: Standing[], matched: Matched[], lifted: Lifted[]): FileProblem[] {
  const gone = new Set(closed.map(({ id }) => id))
  const above = new Map(standing.filter(({ id }) => !gone.has(id)).map((unit) => [unit.id, unit.parentId]))
  for (const { id, parentId } of matched) above.set(id, parentId)
  for (const { unit, parentId } of lifted) above.set(unit.id, parentId)
  const rowOf = new Map(matched.map((one) => [one.id, one.row]))
  const level = new Map<string, number>()
  const problems: FileProblem[] = []
  for (const { id, row } of matched) {
    const path: string[] = []
    const here = new Set<string>()
    let up: string | null | undefined = id
    while (typeof up === 'string' && !level.has(up) && !here.has(up)) {
      path.push(up)
      here.add(up)
      up = above.get(up)
    }
    if (typeof up === 'string' && here.has(up)) {
      const circle = path.slice(path.indexOf(up)).map((one) => rowOf.get(one)).filter((one) => one !== undefined).sort((a, b) => a.line - b.line)
      problems.push(problem(circle[0]?.line ?? row.line, 'CIRCLE', { codes: circle.slice(0, 10).map(({ code }) => code).join(', '), lines: circle.slice(0, 10).map(({ line }) => line).join(', ') }))
    }
    let depth = typeof up === 'string' ? level.get(up) ?? 0 : 0
    for (const one of path.reverse()) level.set(one, ++depth)
    if (depth > MOST_LEVELS && path.length > 0) problems.push(problem(row.line, 'TOO_DEEP', { code: row.code, most: MOST_LEVELS }))
  }
  return problems
}

/** What the list says otherwise than the tree. A column that the file lacks changes nothing. */
function difference({ row, id, parentId }: Matched, was: Standing): ChangedUnit[] {
  const to: ChangedUnit = { id }
  if (row.name !== was.name) to.name = row.name
  if (row.original !== was.original) to.original = row.original
  if (row.kind !== was.kind) to.kind = row.kind
  if (parentId !== was.parentId) to.parentId = parentId
  if (row.nameEn !== undefined && row.nameEn !== was.nameEn) to.nameEn = row.nameEn
  if (row.lat !== undefined && row.lon !== undefined && (row.lat !== was.lat || row.lon !== was.lon)) Object.assign(to, { lat: row.lat, lon: row.lon })
  if (was.until !== null) to.again = true
  return Object.keys(to).length > 1 ? [to] : []
}

function preview(now: TreeNow, fact: UnitsImported, matched: Matched[], changed: ChangedUnit[], closed: Standing[], lifted: Lifted[], own: Map<string, Standing>, zeros: Zeros): Omit<ImportPreview, 'seen'> {
  const row = new Map(matched.map((one) => [one.id, one]))
  const only = (key: keyof ChangedUnit) => changed.filter((one) => one[key] !== undefined)
  const shown = (list: ChangedUnit[]) => list.slice(0, SAMPLE).map(({ id }) => ({ code: row.get(id)!.row.code, name: row.get(id)!.row.name, was: row.get(id)!.was!.name }))
  const brief = (list: { code: string; name: string }[]) => list.slice(0, SAMPLE).map(({ code, name }) => ({ code, name }))
  const [renamed, moved, rekinded, again] = [only('name'), only('parentId'), only('kind'), only('again')]
  const counted = new Set([...renamed, ...moved, ...rekinded, ...again])
  const byKind: ImportPreview['byKind'] = {}
  const count = (kind: string, when: 'before' | 'after') => { (byKind[kind] ??= { before: 0, after: 0 })[when]++ }
  const gone = new Set(closed)
  for (const unit of own.values()) {
    count(unit.kind, 'before')
    if (!gone.has(unit) && !row.has(unit.id)) count(unit.kind, 'after')
  }
  for (const one of matched) count(one.row.kind, 'after')
  const [listed, goesUp] = [new Set(matched.map(({ id }) => id)), new Set(lifted.map(({ unit }) => unit.id))]
  const stays = now.units.filter((unit) => unit.until === null && unit.parentId === null && !gone.has(unit) && !listed.has(unit.id) && !goesUp.has(unit.id))
  const tops = stays.length + matched.filter(({ parentId }) => parentId === null).length + lifted.filter(({ parentId }) => parentId === null).length
  return {
    scheme: fact.scheme, asOf: fact.on, lastOn: now.lastOn, byKind, tops, zeros: { count: zeros.count, sample: zeros.sample },
    counts: {
      listed: matched.length, opened: fact.opened.length + again.length, closed: closed.length, renamed: renamed.length, moved: moved.length, rekinded: rekinded.length,
      other: changed.length - counted.size, same: matched.length - fact.opened.length - changed.length, lifted: lifted.length,
    },
    samples: { opened: brief(fact.opened), closed: brief(closed), renamed: shown(renamed), moved: shown(moved), lifted: brief(lifted.map(({ unit }) => unit)) },
  }
}
