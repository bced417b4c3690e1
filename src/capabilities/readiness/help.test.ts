// Who can help with what is red: the unit above and the professional line; by name only where the asker may read people.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { helpersOf } from './store/looks.ts'

const NOW = new Date('2026-03-11T05:00:00Z')
const person = idsOf(TASK_ROLES, NOW)
let t: TestDb
let unit: Record<string, string>
before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, NOW, TASK_ROLES, person)
  await sql`insert into contacts (person_id, name, purpose, retention, until) values (${person['head']!}, 'Lê Thị Hoa', 'account', 'account', '2030-01-01') on conflict (person_id) do update set name = excluded.name`.execute(t.db)
  await sql`insert into unit_links (id, kind, from_id, to_id, from_on, until_on) values (gen_random_uuid(), 'professional', ${unit['101']!}, ${unit['02']!}, '2020-01-01', null), (gen_random_uuid(), 'professional', ${unit['101']!}, ${unit['VN']!}, '2020-01-01', '2026-01-01')`.execute(t.db)
})

test('the unit above with its head, and the professional line of today; a head outside one’s rights is not named', async () => {
  const of = async (who: string) => {
    const { read, actor } = t.as(who === 'operator' ? OPERATOR : { id: person[who]!, kind: 'person' }, { at: NOW })
    return (await helpersOf(read, actor, [unit['101']!], NOW, '2026-03-11')).get(unit['101']!)!.map(({ how, unitId, head }) => [how, Object.keys(unit).find((code) => unit[code] === unitId), head])
  }
  assert.deepEqual(await of('head'), [['above', '01', 'Lê Thị Hoa'], ['professional', '02', null]])
  assert.deepEqual(await of('officer'), [['above', '01', null], ['professional', '02', null]])
})
