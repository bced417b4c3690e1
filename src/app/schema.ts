// The whole schema as text, read from a migrated database: schema.sql is this text, so that a review sees what a migration did.
import { sql } from 'kysely'
import { rows } from '../kernel/db.ts'
import type { Reader } from '../kernel/db.ts'

/** Tables with columns, constraints, indexes and triggers, views, functions and sequences of `schema`, each part sorted by name. */
export async function schemaText(read: Reader, schema: string): Promise<string> {
  const parts = await rows(read, sql<{ text: string }>`
    with ns as (select oid from pg_namespace where nspname = ${schema}),
    rel as (select c.oid, c.relname, c.relkind from pg_class c where c.relnamespace = (select oid from ns) and c.relname <> 'migrations'),
    parts as (
      select 1 as part, relname as name, '' as sub, format(E'create sequence %I;', relname) as text from rel where relkind = 'S'
      union all
      select 2, rel.relname, '', format(E'create table %I (\n%s\n);', rel.relname, (
        select string_agg('  ' || line, E',\n' order by kind, n, line) from (
          select 1 as kind, a.attnum::int as n, format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
            || case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(co.collname) else '' end
            || case when a.attnotnull then ' not null' else '' end
            || case when a.attidentity <> '' then ' generated always as identity' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end as line
          from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            left join pg_collation co on co.oid = a.attcollation
          where a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
          union all
          select 2, 0, format('constraint %I %s', co.conname, pg_get_constraintdef(co.oid)) from pg_constraint co where co.conrelid = rel.oid and co.contype <> 'n') lines))
      from rel where relkind in ('r', 'p')
      union all
      select 3, t.relname, i.relname, pg_get_indexdef(x.indexrelid) || ';' from pg_index x join rel t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      where not exists (select 1 from pg_constraint co where co.conindid = x.indexrelid and co.contype in ('p', 'u', 'x'))
      union all
      select 4, p.proname, '', pg_get_functiondef(p.oid) || ';' from pg_proc p where p.pronamespace = (select oid from ns) and p.prokind = 'f'
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      union all
      select 5, rel.relname, tg.tgname, pg_get_triggerdef(tg.oid) || ';' from pg_trigger tg join rel on rel.oid = tg.tgrelid where not tg.tgisinternal
      union all
      select 6, relname, '', format(E'create view %I as\n%s', relname, pg_get_viewdef(oid)) from rel where relkind = 'v')
    select text from parts order by part, name collate "C", sub collate "C"`)
  return `-- Generated from the migrations by \`npx sansang schema\`. Never edited: add a numbered file in a schema folder.\n\n${parts.map((p) => p.text.replaceAll(`${schema}.`, '')).join('\n\n')}\n`
}

/** Foreign keys whose columns no index begins with: a delete or a join on them would scan. */
export const foreignKeysWithoutIndex = (read: Reader, schema: string) => rows(read, sql<{ table: string; key: string }>`
  select c.conrelid::regclass::text as table, c.conname as key from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
  where c.contype = 'f' and n.nspname = ${schema} and not exists (
    select 1 from pg_index i where i.indrelid = c.conrelid
      and (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(c.conkey) - 1]) k) = (select array_agg(k order by k) from unnest(c.conkey) k))`)
