// What does not add up as a figure: how often an option was chosen, and what the rows of tables come to. Asked when somebody looks.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

type Asked = { collectionId: string; unitId: string; on: string; level: string }
type Column = { field: string; column: string }
const sent = ({ collectionId, unitId, on, level }: Asked): RawBuilder<unknown> => sql`r.collection_id = ${collectionId} and r.on_day = ${on} and r.level = ${level} and ${unitId}::uuid = any(r.above) and r.state in ('submitted', 'signed')`
const cells = (columns: readonly Column[]): RawBuilder<unknown> => sql`reports r cross join unnest(${columns.map((one) => one.field)}::text[], ${columns.map((one) => one.column)}::text[]) k(field, col)
  cross join lateral jsonb_array_elements(case when jsonb_typeof(r.rest -> k.field) = 'array' then r.rest -> k.field else '[]' end) x`

export const optionsChosen = (read: Reader, asked: Asked, fields: readonly string[]) => rows(read, sql<{ field: string; option: string; units: number }>`
  select k.field, r.rest ->> k.field as option, count(*)::int as units from reports r cross join unnest(${fields}::text[]) k(field) where ${sent(asked)} and jsonb_typeof(r.rest -> k.field) = 'string' group by 1, 2`)
export const tablesGiven = (read: Reader, asked: Asked, fields: readonly string[]) => rows(read, sql<{ field: string; units: number; rows: number }>`
  select k.field, count(*)::int as units, sum(jsonb_array_length(r.rest -> k.field))::int as rows from reports r cross join unnest(${fields}::text[]) k(field) where ${sent(asked)} and jsonb_typeof(r.rest -> k.field) = 'array' group by 1`)
export const columnSums = (read: Reader, asked: Asked, columns: readonly Column[]) => rows(read, sql<Column & { sum: number; given: number }>`
  select k.field, k.col as column, sum((x ->> k.col)::numeric)::float8 as sum, count(*)::int as given from ${cells(columns)} where ${sent(asked)} and jsonb_typeof(x -> k.col) = 'number' group by 1, 2`)
export const columnOptions = (read: Reader, asked: Asked, columns: readonly Column[]) => rows(read, sql<Column & { option: string; rows: number }>`
  select k.field, k.col as column, x ->> k.col as option, count(*)::int as rows from ${cells(columns)} where ${sent(asked)} and jsonb_typeof(x -> k.col) = 'string' group by 1, 2, 3`)
