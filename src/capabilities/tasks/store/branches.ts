// A unit that moves in the tree takes its tasks to another branch of it (schema/015): in the same transaction, since lists are read by branch.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { ChangedUnit, UnitChanged, UnitsImported } from '../../units/contract.ts'

const moves = (unit: ChangedUnit): boolean => unit.parentId !== undefined || unit.again === true

/** After the units' own projector, which gave all that it moved the new version of the tree, or a later one. */
async function follow(write: Writer, trees: number[]): Promise<void> {
  if (trees.length === 0) return
  await sql`update tasks t set branch = task_branch(u.path) from public_units_tree u where u.tree >= ${Math.min(...trees)} and t.unit_id = u.unit_id and t.branch <> task_branch(u.path)`.execute(write)
}

export const projectTree = {
  'units.imported.v1': (write: Writer, facts: Recorded<UnitsImported>[]) => follow(write, facts.filter(({ fact }) => fact.changed.some(moves)).map(({ fact }) => fact.tree)),
  'unit.changed.v1': (write: Writer, facts: Recorded<UnitChanged>[]) => follow(write, facts.filter(({ fact }) => moves(fact.unit)).map(({ fact }) => fact.tree)),
}
