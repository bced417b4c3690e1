// Checked by tsc alone: each marked line must be refused, or this file stops compiling.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { FoldWriter, KernelTables, Reader, SideWriter, Writer } from '../src/kernel/db.ts'

type Mine = { incidents: { id: string } }

export function readersCannotWrite(read: Reader, tx: Transaction<KernelTables>) {
  // @ts-expect-error a reader has no insert
  void read.insertInto('journal').values({})
  // @ts-expect-error nor after it is told of my tables
  void read.$extendTables<Mine>().deleteFrom('incidents').execute()
  // @ts-expect-error nor by hand-written SQL
  void sql`delete from journal`.execute(read)
  // @ts-expect-error a table that this capability did not declare does not exist
  void read.$extendTables<Mine>().selectFrom('duty_slots')
  // @ts-expect-error a plain transaction is no Writer: only kernel/commit.ts makes one
  const write: Writer = tx
  return write
}

export function theOtherHandleIsAClosedList(side: SideWriter, db: Kysely<KernelTables>, fold: FoldWriter) {
  void side.insertInto('sessions').values({})
  // @ts-expect-error the journal is not among the tables beside the journal
  void side.insertInto('journal').values({})
  // @ts-expect-error nor is a capability's own table
  void side.updateTable('tasks')
  // @ts-expect-error nor can a table be added to the list from outside
  void side.$extendTables<Mine>()
  // @ts-expect-error nor hand-written SQL
  void sql`delete from journal`.execute(side)
  // @ts-expect-error a follower's handle is no Writer: what it folds is no order
  const write: Writer = fold
  // @ts-expect-error a database is no handle to write aside
  const other: SideWriter = db
  return [write, other]
}
