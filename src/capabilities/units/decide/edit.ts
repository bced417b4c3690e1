// One unit at a time: forces, agencies and the units inside them are made so.
import type { Decision } from '../../../kernel/commit.ts'
import { cell } from '../../../pure/csv.ts'
import type { ChangedUnit, ChangeUnit, CloseUnit, CreateUnit, LinkUnits, NewUnit, UnitChanged, UnitClosed, UnitOpened, UnitRefused, UnitsLinked, UnitsUnlinked } from '../contract.ts'
import { dayRefused, MOST_LEVELS } from './rules.ts'
import type { Standing } from './rules.ts'

/** A unit as an order on it finds it. `touched`: in which version each field last changed. */
export type UnitNow = Standing & { path: string; version: number; children: number; touched: Record<string, number> }
export type ListNow = { tree: number; nextNumber: number; lastOn: string | null; /** The standing unit that has the wanted code. */ holder: string | undefined }
export type Day = { on: string; today: string }
type Answer = { unitId: string; version: number }

export function createUnit(parent: UnitNow | undefined, list: ListNow, input: CreateUnit, { on, today }: Day, id: string): Decision<UnitOpened, UnitRefused, Answer> {
  if (input.parentId !== null && !parent) return { refused: 'NOT_FOUND' }
  const refused = dayRefused(input.scheme, list.lastOn, on, today) ?? below(parent, on)
  if (refused) return refused
  if (list.holder) return { refused: 'CODE_TAKEN', data: { code: input.code, scheme: input.scheme } }
  const { text, original } = cell(input.name)
  const unit: NewUnit = {
    id, number: list.nextNumber, scheme: input.scheme, code: input.code, name: text, ...(original === undefined ? {} : { original }), kind: input.kind, parentId: input.parentId,
    ...(input.nameEn === undefined ? {} : { nameEn: cell(input.nameEn).text }), ...(input.lat === undefined || input.lon === undefined ? {} : { lat: input.lat, lon: input.lon }),
  }
  return { facts: [{ type: 'unit.opened.v1', on, tree: list.tree + 1, unit }], answer: { unitId: id, version: 1 } }
}

export function changeUnit(unit: UnitNow | undefined, parent: UnitNow | undefined, list: ListNow, input: ChangeUnit, { on, today }: Day): Decision<UnitChanged, UnitRefused, Answer> {
  if (!unit || (input.parentId !== undefined && !parent)) return { refused: 'NOT_FOUND' }
  const refused = standing(unit, input.expectedVersion) ?? dayRefused(unit.scheme, list.lastOn, on, today) ?? (input.parentId === undefined ? undefined : below(parent, on))
  if (refused) return refused
  if (parent?.path.startsWith(unit.path)) return { refused: 'PARENT_BELOW' }
  if (input.code !== undefined && list.holder && list.holder !== unit.id) return { refused: 'CODE_TAKEN', data: { code: input.code, scheme: unit.scheme } }
  const to = wanted(input, unit)
  const changed: ChangedUnit = { id: unit.id }
  for (const key of Object.keys(to) as (keyof typeof to)[]) if (to[key] !== undefined && to[key] !== unit[key]) Object.assign(changed, { [key]: to[key] })
  if (Object.keys(changed).length === 1) return { refused: 'NOTHING_CHANGED' }
  return { facts: [{ type: 'unit.changed.v1', on, tree: list.tree + 1, scheme: unit.scheme, unit: changed }], answer: { unitId: unit.id, version: unit.version + 1 } }
}

export function closeUnit(unit: UnitNow | undefined, successors: UnitNow[], list: ListNow, input: CloseUnit, { on, today }: Day): Decision<UnitClosed, UnitRefused, Answer> {
  if (!unit || successors.length < new Set(input.successors.map(({ unitId }) => unitId)).size) return { refused: 'NOT_FOUND' }
  const refused = standing(unit, input.expectedVersion) ?? dayRefused(unit.scheme, list.lastOn, on, today)
  if (refused) return refused
  if (unit.children > 0) return { refused: 'HAS_CHILDREN', data: { count: unit.children } }
  const ended = successors.find((one) => one.until !== null || one.id === unit.id)
  if (ended) return { refused: 'UNIT_CLOSED', data: { until: ended.until ?? on } }
  const to = [...new Map(input.successors.map((one) => [one.unitId, one.part])).entries()]
  return { facts: [{ type: 'unit.closed.v1', on, tree: list.tree + 1, scheme: unit.scheme, id: unit.id, successors: to }], answer: { unitId: unit.id, version: unit.version + 1 } }
}

export function linkUnits(from: UnitNow | undefined, to: UnitNow | undefined, linked: boolean, input: LinkUnits, on: string, id: string): Decision<UnitsLinked, UnitRefused, { linkId: string }> {
  if (!from || !to) return { refused: 'NOT_FOUND' }
  if (from.id === to.id) return { refused: 'LINK_TO_SELF' }
  const ended = [from, to].find((unit) => unit.until !== null)
  if (ended) return { refused: 'UNIT_CLOSED', data: { until: ended.until } }
  if (linked) return { refused: 'LINK_EXISTS' }
  return { facts: [{ type: 'unit.linked.v1', on, id, kind: input.kind, fromId: from.id, toId: to.id }], answer: { linkId: id } }
}

export function unlinkUnits(link: { id: string; from: string } | undefined, on: string): Decision<UnitsUnlinked, UnitRefused, { linkId: string }> {
  if (!link) return { refused: 'NOT_FOUND' }
  return { facts: [{ type: 'unit.unlinked.v1', on: on < link.from ? link.from : on, id: link.id }], answer: { linkId: link.id } }
}

type Refused = { refused: UnitRefused; data?: Record<string, unknown> }

function standing(unit: UnitNow, expected: number): Refused | undefined {
  if (unit.until !== null) return { refused: 'UNIT_CLOSED', data: { until: unit.until } }
  if (unit.version === expected) return undefined
  return { refused: 'CHANGED', data: { version: unit.version, changed: Object.keys(unit.touched).filter((field) => unit.touched[field]! > expected).sort() } }
}

function below(parent: UnitNow | undefined, on: string): Refused | undefined {
  if (!parent) return undefined
  if (parent.until !== null || parent.from > on) return { refused: 'PARENT_CLOSED', data: { on } }
  return parent.path.split('.').length > MOST_LEVELS ? { refused: 'TREE_TOO_DEEP', data: { most: MOST_LEVELS } } : undefined
}

function wanted(input: ChangeUnit, unit: UnitNow): Partial<Omit<Standing, 'id'>> {
  const name = input.name === undefined ? undefined : cell(input.name)
  return {
    ...(name && name.text !== unit.name ? { name: name.text, original: name.original ?? null } : {}), ...(input.code === undefined ? {} : { code: input.code }), ...(input.kind === undefined ? {} : { kind: input.kind }),
    ...(input.parentId === undefined ? {} : { parentId: input.parentId }), ...(input.nameEn === undefined ? {} : { nameEn: input.nameEn === null ? null : cell(input.nameEn).text }),
    ...(input.lat === undefined ? {} : { lat: input.lat }), ...(input.lon === undefined ? {} : { lon: input.lon }),
  }
}
