// A plan that rests on papers of the register: withdrawn or replaced, they make it stale; and who is told on the first screen and in the morning.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { followers, projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { liveTables } from '../../app/wiring/live-tables.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import type { papersRoutes } from '../papers/routes.ts'
import { digestSource } from './reacts/digest.ts'
import type { plansRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { head: ['01', 'head'], officer: ['101', 'officer'], other: ['02', 'head'], appraiser: ['03', 'head'] } as const
const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n03,Tỉnh Ba,province,VN\n101,Xã Tân Lập,commune,01\n'

describe('a plan that rests on papers', () => {
  const person = idsOf(HOLDERS, NOW)
  const id = () => uuidv7(NOW)
  let t: TestDb
  let unit: Record<string, string>
  let plans: ReturnType<typeof plansRoutes>
  let papers: ReturnType<typeof papersRoutes>
  const paper: Record<string, string> = {}
  let planId: string
  const as = (who: keyof typeof HOLDERS = 'head', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const receive = async (code: string, written: string, subject: string, who: keyof typeof HOLDERS = 'head', links: object[] = []) => (await call(papers.receive, { orderId: id(), unitId: unit[code]!, issuer: 'Bộ', written, kind: 'plan', subject, day: '2026-02-27', links } as never, as(who))).paperId
  const get = (who: keyof typeof HOLDERS = 'head', which = planId) => call(plans.get, { planId: which }, as(who))
  const why = async () => (await get()).stale.map(({ reason, name, now }) => [reason, name, now])
  const owed = async (who: keyof typeof HOLDERS) => (await call(plans.home, undefined, as(who))).items.map((one) => [one.what, one.title, one.for.name])
  const morning = async (code: string) => (await digestSource(new Map(Object.entries(liveTables))).tell(t.as(OPERATOR).read as never, [unit[code]!], NOW)).map(({ section, count, right, lines }) => [section, count, right, lines.map((line) => line.text.vi)])
  const approve = async () => call(plans.approve, { orderId: id(), planId, expectedVersion: (await get()).version, inForceFrom: '2026-03-04' }, as())

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, UNITS, NOW, HOLDERS, person)
    ;({ plans, papers } = wire({ read: t.as(OPERATOR).read, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never).router as never)
    paper['basis'] = await receive('01', '12/KH-BCA', 'Bảo vệ đại hội')
    paper['old'] = await receive('01', '9/KH-BCA', 'Phòng cháy')
    await receive('01', '15/KH-BCA', 'Phòng cháy, bản mới', 'head', [{ relation: 'replaces', paperId: paper['old'] }])
    paper['foreign'] = await receive('02', '3/KH', 'Của tỉnh khác', 'other')
    const letter = { kind: 'plan', subject: 'Chỉ thị của tỉnh', day: '2026-03-03', drafter: 'VP', head: { profile: 'state', parent: '', issuer: 'UBND tỉnh Một', short: 'UBND', place: 'Tỉnh Một' }, body: [{ type: 'text', text: 'Một' }], signAs: ['CHỦ TỊCH'], signer: 'Nguyễn Văn A', recipients: ['Như trên'] }
    paper['own'] = (await call(papers.issue, { orderId: id(), unitId: unit['01']!, letter } as never, as())).paperId
    const draft = (of: string[]) => call(plans.draft, { orderId: id(), unitId: unit['01']!, template: 'plan', title: 'Kế hoạch bảo vệ', headId: person['head']!, papers: of } as never, as())
    await assert.rejects(draft([paper['foreign']]), { code: 'PAPER_UNKNOWN' }, 'one that the asker may not see')
    await assert.rejects(draft([uuidv7()]), { code: 'PAPER_UNKNOWN' })
    ;({ planId } = await draft([paper['basis'], paper['old'], paper['own']]))
    const [section] = (await get()).sections
    await call(plans.write, { orderId: id(), planId, sectionId: section!.id, expectedVersion: section!.version, title: section!.title, content: { text: 'Mục đích', tables: [], actions: [] } }, as())
  })

  test('names them, also one that is replaced already; who may not read one is told its number alone', async () => {
    assert.deepEqual((await get()).papers.map(({ name, state, may }) => [name, state, may]), [['01/KH-UBND, Chỉ thị của tỉnh', 'in_force', true], ['12/KH-BCA, Bảo vệ đại hội', 'in_force', true], ['9/KH-BCA, Phòng cháy', 'replaced', true]])
    await call(plans.consult, { orderId: id(), planId, unitIds: [unit['02']!], due: '2026-03-06' }, as())
    assert.deepEqual((await get('other')).papers.map(({ name, may }) => [name, may]), [['01/KH-UBND', false], ['12/KH-BCA', false], ['9/KH-BCA', false]])
  })
  test('who waits for what: an opinion of the unit asked, on the first screen and in its morning', async () => {
    assert.deepEqual([await owed('other'), await owed('head')], [[['answer', 'Kế hoạch bảo vệ', 'Tỉnh Hai']], []])
    assert.deepEqual(await morning('02'), [['plans_asked', 1, 'plan.edit', ['“Kế hoạch bảo vệ” · Tỉnh Một · trước hết ngày 06/03/2026']]])
  })
  test('approved, it is not stale by what was replaced before', async () => {
    await approve()
    assert.deepEqual([await why(), await owed('head'), await morning('01')], [[], [], []])
  })
  test('replaced by another paper, and withdrawn: it is stale, says which, and is told once each', async () => {
    await receive('01', '20/KH-BCA', 'Bảo vệ đại hội, thay thế', 'head', [{ relation: 'replaces', paperId: paper['basis'] }])
    assert.deepEqual(await why(), [['paper_replaced', '12/KH-BCA', '20/KH-BCA']])
    await call(papers.withdraw, { orderId: id(), paperId: paper['own']!, reason: 'Nhầm' }, as())
    assert.deepEqual((await why()).toSorted(), [['paper_replaced', '12/KH-BCA', '20/KH-BCA'], ['paper_withdrawn', '01/KH-UBND', null]])
    await catchUp(t, followers, NOW, true)
    await catchUp(t, followers, NOW, true)
    const told = await rows<{ code: string; n: number; name: string; now: string }>(t.as(OPERATOR).read, sql`select code, count(*)::int as n, min(params ->> 'name') as name, min(params ->> 'now') as now from inbox_items where about_kind = 'plan' and code like 'plans.stale%' group by 1 order by 1`)
    assert.deepEqual(told, [{ code: 'plans.stale_paper_replaced', n: 1, name: '12/KH-BCA', now: '20/KH-BCA' }, { code: 'plans.stale_paper_withdrawn', n: 1, name: '01/KH-UBND', now: '…' }])
  })
  test('stale, it stands on the first screen of its unit and of who answers for it, and in the morning of the unit; of nobody else, with why', async () => {
    const words = ['văn bản 12/KH-BCA đã được thay bằng 20/KH-BCA', 'văn bản 01/KH-UBND đã bị thu hồi']
    assert.deepEqual([await owed('head'), await owed('officer'), (await owed('other')).map(([what]) => what)], [[['review', 'Kế hoạch bảo vệ', 'Tỉnh Một']], [], []])
    assert.deepEqual([await morning('01'), await morning('101')], [[['plans_stale', 1, 'plan.edit', [`“Kế hoạch bảo vệ” · Tỉnh Một: ${words.join('; ')}`]]], []])
    assert.deepEqual((await call(plans.home, undefined, as())).items.map((one) => one.why), [words])
  })
  test('who answers for it without a role at its unit has it in their own morning, as far as they read it; who has one there, by their unit alone', async () => {
    const mine = async (who: keyof typeof HOLDERS) => {
      await sql`update plans set head_id = ${person[who]!} where id = ${planId}`.execute(t.db)
      return (await digestSource(new Map(Object.entries(liveTables))).tell(t.as(OPERATOR).read as never, [], NOW, Object.values(person))).map(({ unitId, personId, section, count, lines }) => [unitId, Object.keys(person).find((one) => person[one] === personId), section, count, lines.length])
    }
    assert.deepEqual([await mine('other'), await mine('officer'), await mine('head')], [[[null, 'other', 'plans_stale', 1, 1]], [], []])
  })
  test('a paper that bears a grade is not named to who is not named for it, nor where it stands by itself or in place of another', async () => {
    const grade = (paperId: string) => sql`insert into custodies (record_id, kind, grade, here, version, graded_at, graded_by) values (${paperId}, 'paper', 'secret', true, 1, now(), ${person['head']!})`.execute(t.db)
    const [next] = await rows<{ id: string }>(t.as(OPERATOR).read, sql`select id from papers where written = '20/KH-BCA'`)
    await grade(paper['own']!)
    await grade(next!.id)
    assert.deepEqual((await why()).toSorted(), [['paper_replaced', '12/KH-BCA', null], ['paper_withdrawn', null, null]])
    assert.deepEqual((await get()).papers.map(({ name, may }) => [name, may]).toSorted(), [['12/KH-BCA, Bảo vệ đại hội', true], ['9/KH-BCA, Phòng cháy', true], ['…', false]])
    await sql`delete from custodies`.execute(t.db)
  })
  test('the next version leaves them out, or keeps one that its editor may not read; approved, it is stale no more', async () => {
    await call(plans.begin, { orderId: id(), planId }, as())
    const { title, headVersion } = { title: 'Kế hoạch bảo vệ', headVersion: (await get()).headerVersion }
    const change = (more: object, version: number) => call(plans.change, { orderId: id(), planId, expectedVersion: version, title, headId: person['head']!, ...more } as never, as())
    await change({ papers: [paper['old']] }, headVersion)
    await sql`update papers set keeper_id = ${unit['03']!} where id = ${paper['old']!}`.execute(t.db)
    await change({ papers: [paper['old']], basis: 'Luật' }, (await get()).headerVersion)
    assert.deepEqual((await get()).papers.map(({ name, may }) => [name, may]), [['9/KH-BCA', false]])
    await change({ basis: 'Luật' }, (await get()).headerVersion)
    assert.deepEqual((await get()).papers, [])
    await approve()
    assert.deepEqual([await why(), await owed('head')], [[], []])
  })
})
