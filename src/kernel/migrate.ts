// Forward only: numbered SQL files of the kernel and of each capability, in order of number, then of wiring. Applied once, checked by hash.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { Refused } from './config.ts'
import { SCHEMA } from './db.ts'

export type SchemaFolder = { name: string; folder: string }
type Migration = { id: string; number: number; sql: string; hash: string }

export function migrations(folders: SchemaFolder[]): Migration[] {
  return folders
    .flatMap(({ name, folder }, at) => (existsSync(folder) ? readdirSync(folder) : []).filter((file) => file.endsWith('.sql')).map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8')
      return { id: `${name}/${file}`, number: Number.parseInt(file, 10), at, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }))
    .sort((a, b) => a.number - b.number || a.at - b.at || (a.id < b.id ? -1 : 1))
}

/** Brings the schema up to date in one transaction; a second process waits. Refuses a database that is newer than the program or was changed by hand. */
export async function migrate(pool: pg.Pool, folders: SchemaFolder[], schema: string = SCHEMA): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtextextended('sansang:migrate', 0))`)
    await client.query(`create schema if not exists ${schema}`)
    await client.query(`set local search_path = ${schema}, public`)
    await client.query('create table if not exists migrations (id text primary key, hash text not null, applied_at timestamptz not null default now())')
    const done = new Map((await client.query<{ id: string; hash: string }>('select id, hash from migrations')).rows.map((row) => [row.id, row.hash]))
    const wanted = migrations(folders)
    const unknown = [...done.keys()].filter((id) => !wanted.some((m) => m.id === id))
    if (unknown.length > 0) {
      throw new Refused({
        vi: `Cơ sở dữ liệu này do phiên bản mới hơn của chương trình tạo ra (${unknown.join(', ')}). Hãy chạy phiên bản đó, hoặc khôi phục bản sao lưu làm trước nó.`,
        en: `The database was made by a newer version of the program (${unknown.join(', ')}). Start that version, or restore a backup made before it.`,
      })
    }
    const fresh = wanted.filter((m) => !done.has(m.id))
    const changed = wanted.find((m) => done.has(m.id) && done.get(m.id) !== m.hash)
    if (changed) {
      throw new Refused({
        vi: `Bước nâng cấp ${changed.id} đã bị sửa sau khi áp dụng vào cơ sở dữ liệu này. Nâng cấp chỉ đi tới: hãy thêm tệp mới.`,
        en: `The migration ${changed.id} was changed after it had been applied to this database. Migrations are forward only: add a new file.`,
      })
    }
    for (const m of fresh) {
      await client.query(m.sql).catch((cause: unknown) => { throw new Error(`The migration ${m.id} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause }) })
      await client.query('insert into migrations (id, hash) values ($1, $2)', [m.id, m.hash])
    }
    await client.query('commit')
    return fresh.map((m) => m.id)
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
