// The machine under the installation as its administrator sees it: where it lies, what the environment sets, copies made from the app, the queue.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Config } from '../kernel/config.ts'
import { rows } from '../kernel/db.ts'
import type { Connect, Database, Reader } from '../kernel/db.ts'
import type { Following } from '../kernel/follow.ts'
import { queued, retry } from '../kernel/jobs.ts'
import type { SettingsNeeds } from '../capabilities/settings/routes.ts'
import { MANIFEST, backup } from './backup.ts'
import { packed } from './pack.ts'

export type Machine = Pick<SettingsNeeds, 'environment' | 'program' | 'backups' | 'queue' | 'followers' | 'live' | 'sealing'> & { mail: { from: string; server: string } | undefined }
type Installation = { data: string; connect: Connect; db: Database; read: Reader }
type Set = Pick<Config, 'smtpUrl' | 'mailFrom'> & Partial<Pick<Config, 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcAccountClaim' | 'backupDir' | 'databaseUrl'>>
const LISTED = 30

/** A copy made by the command lies where the operator wants it, so it stands in no list; the health page only knows when. */
export const noteBackup = (data: string, at: Date): void => writeFileSync(join(data, NOTED), JSON.stringify({ at: at.toISOString() }))
const NOTED = 'last-backup.json'
function notedBackup(data: string): string | undefined {
  try { return z.object({ at: z.iso.datetime() }).parse(JSON.parse(readFileSync(join(data, NOTED), 'utf8'))).at } catch { return undefined } // none yet
}

export function machineOf(installation: Installation, config: Set, about: { version: string; startedAt: Date }, lag: () => ReturnType<Following['lag']>, live: () => number, sealing: SettingsNeeds['sealing']): Machine {
  const { data, connect, db, read } = installation
  const folder = config.backupDir ?? join(data, 'backups')
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: secret, oidcAccountClaim: claim } = config
  return {
    environment: issuer && clientId ? { issuer, clientId, secret: secret ?? '', scopes: 'openid email profile', match: claim ? 'account' : 'email', claim: claim ?? 'preferred_username', name: null } : null,
    program: { ...about, data, own: !config.databaseUrl },
    mail: config.smtpUrl && config.mailFrom ? { from: config.mailFrom, server: config.smtpUrl.host } : undefined,
    backups: {
      folder,
      byCommand: () => notedBackup(data),
      there: (name) => existsSync(join(folder, name, MANIFEST)),
      open: (name) => packed(join(folder, name), name),
      remove: async (name) => { if (/^sansang-\d{8}T\d{6}Z$/.test(name)) await rm(join(folder, name), { recursive: true, force: true }) },
      make: async (name, at, told) => {
        const to = join(folder, name)
        if (existsSync(to)) throw new Error(`${to} is there already`)
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        let parts = 0
        try {
          const [own] = await rows(read, sql<{ id: string; tables: number }>`select id, (select count(*)::int from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE') as tables from installation limit 1`)
          const most = own?.tables ?? 1
          const made = await backup({ connect, data, origin: own?.id ?? '' }, to, at, () => told(Math.min(++parts, most), most))
          return {
            bytes: [...made.tables, ...made.journal.segments].reduce((sum, { bytes }) => sum + bytes, made.files.bytes), files: made.files.count, lines: made.journal.rows,
            sha256: createHash('sha256').update(readFileSync(join(to, MANIFEST))).digest('hex'),
          }
        } catch (error) {
          rmSync(to, { recursive: true, force: true }) // half a copy is none
          throw error
        }
      },
    },
    queue: { now: () => queued(read, LISTED), retry: (id) => retry(db, id) },
    followers: lag, live, sealing,
  }
}
