// Who edits is said, heard by who may read, and forgotten.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { call } from '@orpc/server'
import type { Context } from '../../kernel/rpc.ts'
import { editorsRoutes, mayFollowEditors } from './routes.ts'

const [LAN, KHOI, OUTSIDE] = ['0190a000-0000-7000-8000-0000000000a1', '0190a000-0000-7000-8000-0000000000a2', '0190a000-0000-7000-8000-0000000000a3']
const names = new Map([[LAN, 'Nguyễn Thị Lan'], [KHOI, 'Trần Minh Khôi']])
const yes = async (_: unknown, actor: { id: string }, id: string) => actor.id !== OUTSIDE && id === 'congress'
const mayRead = { template: yes, plan: yes, paper: yes, form: yes, task: yes, meeting: yes, report: yes }

function open() {
  const told: string[] = []
  const routes = editorsRoutes({ mayRead, nameOf: async (_, id) => names.get(id), tell: (topic) => { told.push(topic) } })
  const here = async (id: string, second: number, editing = true, of = 'congress') =>
    (await call(routes.here, { kind: 'template', id: of, editing }, { context: { actor: { id, kind: 'person' }, at: new Date(second * 1000), lang: 'vi' } as Context })).others.map((one) => one.name)
  return { told, here }
}

test('the second editor hears of the first by name, the first of the second; saying it again tells nobody anew', async () => {
  const { told, here } = open()
  assert.deepEqual(await here(LAN, 0), [])
  assert.deepEqual(await here(KHOI, 5), ['Nguyễn Thị Lan'])
  assert.deepEqual(await here(LAN, 12), ['Trần Minh Khôi'])
  assert.deepEqual(told, ['template_congress', 'template_congress'])
})

test('who leaves is gone at once, who only falls silent after half a minute', async () => {
  const { told, here } = open()
  await here(LAN, 0)
  await here(KHOI, 1)
  assert.deepEqual(await here(KHOI, 2, false), ['Nguyễn Thị Lan'])
  assert.deepEqual(await here(LAN, 3), [])
  assert.equal(told.length, 3)
  await here(KHOI, 10)
  assert.deepEqual(await here(KHOI, 32), ['Nguyễn Thị Lan'])
  assert.deepEqual(await here(KHOI, 33), [], 'thirty seconds after it was last said')
})

test('who may not read the record neither tells nor hears', async () => {
  const { told, here } = open()
  await here(LAN, 0)
  await assert.rejects(here(OUTSIDE, 1), { code: 'NOT_FOUND' })
  await assert.rejects(here(LAN, 1, true, 'elsewhere'), { code: 'NOT_FOUND' })
  assert.equal(told.length, 1)
  const may = mayFollowEditors(mayRead)
  const topics = ['template_congress', 'template_elsewhere', 'plan_', 'constructor_congress', 'x']
  assert.deepEqual(await may(undefined as never, { id: LAN, kind: 'person' }, topics), ['template_congress'])
  assert.deepEqual(await may(undefined as never, { id: OUTSIDE, kind: 'person' }, topics), [])
})
