// What a paper was made from: said on the paper, and listed where it was made from, to whoever may read both.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { call } from '@orpc/server'
import { paperDrafts } from '../../app/paper-drafts/drafts.ts'
import { projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import type { bodiesRoutes } from '../bodies/routes.ts'
import type { plansRoutes } from '../plans/routes.ts'
import { papersRoutes } from './routes.ts'

const NOW = new Date('2026-03-02T02:00:00Z')
const person = idsOf(TASK_ROLES, NOW)
let t: TestDb
let unit: Record<string, string> = {}
let routes: ReturnType<typeof papersRoutes>
let plans: ReturnType<typeof plansRoutes>
let bodies: ReturnType<typeof bodiesRoutes>
const id = () => uuidv7(NOW)
const as = (who: string) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at: NOW }) })

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, NOW, TASK_ROLES, person)
  ;({ papers: routes, plans, bodies } = wire({ read: t.as(OPERATOR).read, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never).router as never)
})

const issue = async ({ unitId, letter, sentTo, links }: Awaited<ReturnType<typeof made>>) => (await call(routes.issue, { orderId: id(), unitId, letter: { ...letter, signer: 'Nguyễn Văn A' }, sentTo: sentTo.map((one) => one.id), links: links.map(({ label: _, ...link }) => link) } as never, as('head'))).paperId
const made = async (what: 'fromPlan' | 'fromBody', input: object) => (what === 'fromPlan' ? call(routes.fromPlan, input as never, as('head')) : call(routes.fromBody, input as never, as('head')))
const linksOf = async (paperId: string, who: string) => (await call(routes.get, { paperId }, as(who))).links.map(({ relation, about, text }) => [relation, about?.kind, text])
const list = async (from: string, who: string) => (await call(routes.list, { from, limit: 9 }, as(who))).items.map(({ subject }) => subject)

test('a plan’s paper says so; the plan lists it; a reader of the paper who may not read the plan is not told its name', async () => {
  const { planId } = await call(plans.draft, { orderId: id(), unitId: unit['01']!, template: 'plan', title: 'Kế hoạch bảo vệ', headId: null } as never, as('head'))
  const [section] = (await call(plans.get, { planId }, as('head'))).sections
  await call(plans.write, { orderId: id(), planId, sectionId: section!.id, expectedVersion: section!.version, title: section!.title, content: { text: 'Mục đích', tables: [], actions: [] } }, as('head'))
  const draft = await made('fromPlan', { planId })
  assert.deepEqual(draft.links.map(({ relation, about, label }) => [relation, about, label]), [['from', { kind: 'plan', id: planId }, 'Kế hoạch bảo vệ']])
  const paperId = await issue({ ...draft, sentTo: [{ id: unit['101']!, name: '' }] })
  assert.deepEqual(await linksOf(paperId, 'head'), [['from', 'plan', 'Kế hoạch bảo vệ']])
  assert.deepEqual(await linksOf(paperId, 'officer'), [], 'the unit that got it may not read the plan')
  assert.deepEqual([(await list(`plan:${planId}`, 'head')).length, await list(`plan:${uuidv7()}`, 'head'), await list(`body:${planId}`, 'head'), await list(`plan:${planId}`, 'other')], [1, [], [], []])
})

test('the decision on a body leads to it, and from it', async () => {
  const { bodyId } = await call(bodies.form, { orderId: id(), unitId: unit['01']!, kind: 'steering', name: 'Ban Chỉ đạo đại hội', legalBasis: null, mandate: null, parentId: null, from: null, until: null, members: [{ unitId: unit['01']!, role: 'chair' }, { unitId: unit['101']!, role: 'member' }] } as never, as('head'))
  const paperId = await issue(await made('fromBody', { bodyId }))
  assert.deepEqual([await linksOf(paperId, 'head'), await linksOf(paperId, 'officer')], [[['from', 'body', 'Ban Chỉ đạo đại hội']], [['from', 'body', 'Ban Chỉ đạo đại hội']]], 'a member’s unit reads its body')
  assert.deepEqual(await list(`body:${bodyId}`, 'officer'), ['Thành lập Ban Chỉ đạo đại hội'])
})

test('nobody says that a paper was made from what they may not see, or without saying from what', async () => {
  const { planId } = await call(plans.draft, { orderId: id(), unitId: unit['02']!, template: 'plan', title: 'Của tỉnh khác', headId: null } as never, as('other'))
  const draft = await made('fromBody', { bodyId: (await call(bodies.list, { limit: 5 } as never, as('head'))).items[0]!.id })
  const link = (about: object | null, text: string | null = null) => issue({ ...draft, links: [{ relation: 'from', paperId: null, directiveId: null, taskId: null, about, text }] as never })
  await assert.rejects(link({ kind: 'plan', id: planId }), { code: 'PAPER_LINK_UNKNOWN' })
  await assert.rejects(link(null, 'Một kế hoạch'), { code: 'BAD_REQUEST' })
})

test('an open page hears that its paper was replaced, and that its units were reminded', async () => {
  const told: string[] = []
  const live = papersRoutes({ ...paperDrafts('Asia/Ho_Chi_Minh'), tell: (paperId) => told.push(paperId) })
  const letter = { kind: 'letter', subject: 'Về việc trực', head: { profile: 'state', issuer: 'UBND', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Một' }] }
  const issued = async (links: object[] = []) => (await call(live.issue, { orderId: id(), unitId: unit['01']!, letter, sentTo: [unit['101']!], links } as never, as('head'))).paperId
  const old = await issued()
  const remind = await issued()
  await call(live.remind, { orderId: id(), paperId: remind, unitIds: [unit['101']!] }, as('head'))
  assert.deepEqual(told, [remind])
  await issued([{ relation: 'replaces', paperId: old }])
  assert.deepEqual(told.slice(1), [old])
  const another = await issued()
  await call(live.link, { orderId: id(), paperId: another, links: [{ relation: 'replaces', paperId: remind }] } as never, as('head'))
  assert.deepEqual(told.slice(2), [another, remind])
})
