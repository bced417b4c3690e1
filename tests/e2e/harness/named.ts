// The whole program as it is installed for real use: under a name and a path prefix, with an identity provider of the organisation beside it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as listener } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstAdministratorLink } from '../../../src/capabilities/people/routes.ts'
import { createServer } from '../../../src/app/server.ts'
import { followers, hear, projectors, schemaFolders, wire } from '../../../src/app/wiring.ts'
import { OPERATOR } from '../../../src/kernel/access.ts'
import { follow } from '../../../src/kernel/follow.ts'
import { freshDb } from '../../../src/kernel/testing.ts'
import { openIdentity } from '../../identity.ts'
import type { Identity } from '../../identity.ts'

export type Named = { url: string; link: string; identity: Identity; data: string; close: () => Promise<void> }

/** The address is known before there is a server: it stands in passkeys, and the provider must know it. */
const freePort = () => new Promise<number>((done) => { const one = listener().listen(0, '127.0.0.1', () => { const { port } = one.address() as AddressInfo; one.close(() => done(port)) }) })

export async function openNamed(): Promise<Named> {
  const db = await freshDb(schemaFolders, projectors)
  const data = mkdtempSync(join(tmpdir(), 'sansang-named-'))
  const operator = db.as(OPERATOR, { at: new Date() })
  const port = await freePort()
  const url = `http://localhost:${port}/an-toan`
  const identity = await openIdentity([`${url}/sign-in/provider`], { 'p-quan-tri': { preferred_username: 'quantri' }, 'p-la': { preferred_username: 'khong-co' } })
  const config = { publicUrl: new URL(url), trustProxy: null, maxFileMb: 2, log: 'error' as const, smtpUrl: null, mailFrom: null, host: '127.0.0.1', port }
  const server = await createServer({ installation: { data, connect: db.connect, db: db.db, read: operator.read, side: operator.side, committer: db.committer }, config, following: () => following, wire: (needs) => ({ ...wire(needs, false), cron: {} }) })
  const following = follow(db.pool, db.db, followers, { onFolded: (folded) => hear({ folded }), onError: (name, error) => { throw new Error(`${name}: ${String(error)}`) } })
  db.committer.onCommitted(following.wake)
  await server.listen(port, '127.0.0.1')
  return {
    url, identity, data, link: url + (await firstAdministratorLink(operator))!,
    close: async () => { await server.close(); await following.close(); await identity.close(); rmSync(data, { recursive: true, force: true }) },
  }
}
