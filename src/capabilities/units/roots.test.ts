// Who may open a unit that stands below none.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { OPERATOR, setRoles } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { unitsRoutes } from './routes.ts'
import { project } from './store/project.ts'

const at = new Date('2026-03-01T05:00:00Z')
const NATION = 'code,name,kind,parent_code\nn,Nation,nation,\np1,Tỉnh Một,province,n\n'
const FORCE = { csv: 'code,name,kind,parent_code\nf1,Lực lượng Một,force,\n', scheme: 'force', asOf: '2026-03-01' }
const [ANA, BINH] = ['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002'].map((id): Actor => ({ id, kind: 'person' })) as [Actor, Actor]

let t: TestDb
const routes = unitsRoutes()
const as = (actor: Actor) => ({ context: t.as(actor, { at, lang: 'en' }) })
before(async () => {
  setRoles({ administrator: { rights: ['unit.edit', 'unit.import'] } })
  t = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }], Object.fromEntries(Object.entries(project).map(([type, one]) => [type, [one]])) as never)
  await sql`create table access_grants (person_id uuid, role text, unit_id uuid, starts_at timestamptz default '2020-01-01', ends_at timestamptz)`.execute(t.db)
  await call(routes.import, { orderId: uuidv7(), csv: NATION, asOf: '2026-01-01' }, as(OPERATOR))
  // As the view of people gives it: a right everywhere is one on each root too.
  await sql`insert into access_grants (person_id, role, unit_id) select p::uuid, 'administrator', id from units, unnest(${[ANA.id, BINH.id]}::text[]) p where parent_id is null`.execute(t.db)
  await sql`insert into access_grants (person_id, role, unit_id) values (${BINH.id}, 'administrator', null)`.execute(t.db)
})

test('who administers one root opens no other: with it the right to import would be gone', async () => {
  const create = { scheme: 'force', code: 'f1', name: 'Lực lượng Một', kind: 'force', parentId: null }
  for (const ask of [() => call(routes.previewImport, FORCE, as(ANA)), () => call(routes.import, { orderId: uuidv7(), ...FORCE }, as(ANA)), () => call(routes.create, { orderId: uuidv7(), ...create }, as(ANA))]) {
    await assert.rejects(ask, (error: { code: string; data: { name: string } }) => { assert.deepEqual([error.code, error.data.name], ['ROOT_ABOVE', 'Lực lượng Một']); return true })
  }
  assert.equal((await call(routes.previewImport, { csv: NATION, asOf: '2026-03-01' }, as(ANA))).counts.listed, 2, 'a list of their own root they may')
})
test('below that root they may open what they like', async () => {
  const list = { ...FORCE, csv: `${NATION}f1,Lực lượng Một,force,n\n`, scheme: 'admin' }
  assert.equal((await call(routes.previewImport, list, as(ANA))).counts.opened, 1)
})
test('who administers the whole system opens another root', async () => {
  assert.equal((await call(routes.import, { orderId: uuidv7(), ...FORCE }, as(BINH))).counts.opened, 1)
})
