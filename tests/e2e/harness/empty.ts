// The whole program as it is installed: no unit, no programme, and the link of its first administrator.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstAdministratorLink } from '../../../src/capabilities/people/routes.ts'
import { createServer } from '../../../src/app/server.ts'
import { followers, hear, projectors, schemaFolders, wire } from '../../../src/app/wiring.ts'
import { OPERATOR } from '../../../src/kernel/access.ts'
import { follow } from '../../../src/kernel/follow.ts'
import { freshDb } from '../../../src/kernel/testing.ts'

export type Empty = { url: string; link: string; close: () => Promise<void> }

export async function openEmpty(): Promise<Empty> {
  const db = await freshDb(schemaFolders, projectors)
  const data = mkdtempSync(join(tmpdir(), 'sansang-empty-'))
  const operator = db.as(OPERATOR, { at: new Date() })
  const config = { publicUrl: null, trustProxy: null, maxFileMb: 2, log: 'error' as const, smtpUrl: null, mailFrom: null, host: '127.0.0.1', port: 0 }
  const server = await createServer({ installation: { data, connect: db.connect, db: db.db, read: operator.read, side: operator.side, committer: db.committer }, config, wire: (needs) => ({ ...wire(needs, false), cron: {} }) })
  const following = follow(db.pool, db.db, followers, { onFolded: (folded) => hear({ folded }), onError: (name, error) => { throw new Error(`${name}: ${String(error)}`) } })
  db.committer.onCommitted(following.wake)
  const url = await server.listen(0, '127.0.0.1')
  return { url, link: url + (await firstAdministratorLink(operator))!, close: async () => { await server.close(); await following.close(); rmSync(data, { recursive: true, force: true }) } }
}
