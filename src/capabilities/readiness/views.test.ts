// Views that one keeps: one's own, and those that colleagues of the same unit share.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import type { Actor } from '../../kernel/access.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { drop, keep, ownViews } from './routes/looks.ts'

const [ANA, BINH, CHI] = [4, 5, 6].map((n) => `0190a000-0000-7000-8000-00000000000${n}`) as [string, string, string]
const [ONE, OTHER] = ['0190a000-0000-7000-8000-0000000000a1', '0190a000-0000-7000-8000-0000000000a2']
let t: TestDb
const as = (id: string) => t.as({ id, kind: 'person' } as Actor, { at: new Date('2026-03-11T05:00:00Z') })
const names = async (id: string) => (await ownViews(as(id) as never)).items.map((view) => `${view.name}${view.by === null ? '' : ' (shared)'}`)
before(async () => {
  t = await freshDb(schemaFolders, projectors)
  await sql`insert into people (id, unit_id, added_at, version) values (${ANA}, ${ONE}, '2020-01-01', 1), (${BINH}, ${ONE}, '2020-01-01', 1), (${CHI}, ${OTHER}, '2020-01-01', 1)`.execute(t.db)
})

test('a view is its keeper’s alone until it is shared, and then its unit’s', async () => {
  await keep(as(ANA) as never, { name: 'Của tôi', search: { on: '/tasks' }, shared: false })
  const { viewId } = await keep(as(ANA) as never, { name: 'Của phòng', search: { on: '/tasks', state: 'overdue' }, shared: true })
  assert.deepEqual([await names(ANA), await names(BINH), await names(CHI)], [['Của phòng', 'Của tôi'], ['Của phòng (shared)'], []])
  await keep(as(BINH) as never, { name: 'Của phòng', search: { on: '/tasks' }, shared: false })
  assert.deepEqual(await names(BINH), ['Của phòng', 'Của phòng (shared)'])
  await assert.rejects(drop(as(BINH) as never, viewId), { code: 'NOT_FOUND' })
  await drop(as(ANA) as never, viewId)
  assert.deepEqual(await names(BINH), ['Của phòng'])
})
