// The followers of a server in their own thread, over a real installation: what they fold, what they tell, and a clean end.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { followApart } from '../src/app/followers.ts'
import { openInstallation } from '../src/app/installation.ts'
import type { News } from '../src/app/wiring.ts'
import { applyImport } from '../src/capabilities/units/routes/orders.ts'
import { rows } from '../src/kernel/db.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { configOf, newFolder } from './folder.ts'

describe('the followers’ thread', () => {
  test('folds what was committed, tells the server’s screens of it, says how far it is, and ends with its connections closed', async () => {
    const data = newFolder()
    const installation = await openInstallation(configOf(data), 'server')
    const news: News[] = []
    const following = followApart({ connect: installation.connect, connections: 16, onNews: (one) => news.push(one), onError: (name, why) => assert.fail(`${name}: ${JSON.stringify(why)}`) })
    installation.committer.onCommitted(following.wake)
    const bytes = new TextEncoder().encode('code,name,kind,parent_code\nN,Nước,nation,\np1,Tỉnh Một,province,N\n')
    await applyImport(installation.context(new Date(), 'vi'), uuidv7(), { scheme: 'admin', asOf: '2026-01-01', bytes })
    await following.settle()
    const [{ behind }] = await rows(installation.read, sql<{ behind: number }>`select count(*)::int as behind from follower_cursors c where exists (select 1 from journal j where (j.xid, j.position) > (c.xid, c.position))`) as [{ behind: number }]
    assert.equal(behind, 0)
    assert.ok(news.some((one) => 'tree' in one), 'the tree moved')
    assert.deepEqual([...new Set(news.flatMap((one) => ('folded' in one ? [one.folded] : [])))].sort(), ['inboxes.items', 'plans.stale', 'readiness', 'reports.totals', 'tasks.totals', 'webhooks'])
    await following.close()
    const connected = () => rows(installation.read, sql`select 1 from pg_stat_activity where application_name = 'sansang followers'`)
    while ((await connected()).length > 0) await new Promise((go) => setTimeout(go, 10)) // the database notices a moment later
    await installation.close()
    rmSync(data, { recursive: true })
  })
})
