// The units above a unit, from the root down to itself. Kept in memory between batches: the tree changes a few times a year, and its facts say so.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

export type Ancestors = { of: (read: Reader, unitIds: string[]) => Promise<(unitId: string) => string[]>; forget: () => void }

const prefixes = (path: string): string[] => {
  const steps = path.split('.').slice(0, -1)
  return steps.map((_, i) => `${steps.slice(0, i + 1).join('.')}.`)
}

export function openAncestors(): Ancestors {
  const paths = new Map<string, string>() // unit → path
  const units = new Map<string, string>() // path → unit
  const keep = (found: { unit_id: string; path: string }[]): void => {
    for (const { unit_id, path } of found) {
      paths.set(unit_id, path)
      units.set(path, unit_id)
    }
  }
  return {
    async of(read, unitIds) {
      const unknown = [...new Set(unitIds)].filter((id) => !paths.has(id))
      if (unknown.length > 0) keep(await rows(read, sql<{ unit_id: string; path: string }>`select unit_id, path from access_units where unit_id = any(${unknown}::uuid[])`))
      const above = [...new Set(unknown.flatMap((id) => prefixes(paths.get(id) ?? '')))].filter((path) => !units.has(path))
      if (above.length > 0) keep(await rows(read, sql<{ unit_id: string; path: string }>`select unit_id, path from access_units where path = any(${above}::text[])`))
      return (unitId) => prefixes(paths.get(unitId) ?? '').flatMap((path) => units.get(path) ?? [])
    },
    forget() {
      paths.clear()
      units.clear()
    },
  }
}
