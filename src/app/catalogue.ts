// What stands in a schema of the database, read from its catalogue: backup, restore and rebuild work on all tables alike.
import type pg from 'pg'

export type Table = { name: string; columns: string[]; key: string[] }

/** Tables by name, with the columns that can be written and those of the primary key. */
export async function tablesOf(client: pg.ClientBase, schema: string): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select a.attname::text from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k(n, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n
        where i.indrelid = c.oid and i.indisprimary order by k.at) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r' order by c.relname collate "C"`, [schema])
  return rows
}

export async function sequencesOf(client: pg.ClientBase, schema: string): Promise<{ name: string; last: string | null }[]> {
  const { rows } = await client.query<{ name: string; last: string | null }>('select sequencename::text as name, last_value::text as last from pg_sequences where schemaname = $1 order by 1', [schema])
  return rows
}

/** Takes foreign keys, plain indexes and triggers off, so that rows can be loaded in any order and fast; `back` puts them on again and checks every row. */
export async function bareTables(client: pg.ClientBase, schema: string, what: { indexes: boolean }): Promise<{ back: () => Promise<void> }> {
  const { rows: keys } = await client.query<{ table: string; name: string; body: string }>(`
    select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as body from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
    where c.contype = 'f' and n.nspname = $1 order by 1, 2`, [schema])
  const { rows: indexes } = await client.query<{ name: string; body: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as body from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = $1 and t.relkind = 'r' and not i.indisunique and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid) order by 1`, [schema])
  const { rows: triggers } = await client.query<{ table: string; name: string; state: string }>(`
    select g.tgrelid::regclass::text as table, quote_ident(g.tgname) as name, g.tgenabled as state from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = $1 and not g.tgisinternal and g.tgenabled = 'O' order by 1, 2`, [schema])
  for (const { table, name } of triggers) await client.query(`alter table ${table} disable trigger ${name}`)
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  if (what.indexes) for (const { name } of indexes) await client.query(`drop index ${name}`)
  return {
    back: async () => {
      if (what.indexes) for (const { body } of indexes) await client.query(body)
      for (const { table, name, body } of keys) await client.query(`alter table ${table} add constraint ${name} ${body}`)
      for (const { table, name } of triggers) await client.query(`alter table ${table} enable trigger ${name}`)
    },
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const list = (names: string[]): string => names.map((name) => quoted(name)).join(', ')
