// Bodies and their sessions: prepared from how things stand, held, concluded into tasks, signed; and what the next session finds.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { checkRebuild } from '../../app/rebuild.ts'
import { followers, projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import { bodiesRoutes } from '../bodies/routes.ts'
import { changeBody, formBody } from '../bodies/decide.ts'
import type { calendarsRoutes } from '../calendars/routes.ts'
import { feedMeetings, whereOf } from '../calendars/store/range.ts'
import type { journalsRoutes } from '../journals/routes.ts'
import type { reportsRoutes } from '../reports/routes.ts'
import type { searchesRoutes } from '../searches/routes.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { overdueBelow } from '../tasks/store/overdue.ts'
import { proposeAgenda, signMinutes, toChase, withdrawConclusion } from './decide.ts'
import type { meetingsRoutes } from './routes.ts'
import { findMeetings } from './store.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { secretariat: ['VN', 'secretariat'], head: ['01', 'head'], other: ['02', 'head'], reader: ['01', 'reader'], outside: ['101', 'head'] } as const

describe('the rules', () => {
  const known = { missing: new Set<number>(), parents: undefined, lastDay: '2031-03-04' }
  const body = (members: object[]) => ({ kind: 'steering', name: 'Ban chỉ đạo', parentId: null, legalBasis: null, mandate: null, from: null, until: null, members }) as never
  const refused = (x: object) => ('refused' in x ? x.refused : 'taken')
  test('a body has one chair, nobody twice, and no body above that stands below it', () => {
    const [chair, member] = [{ unitId: 'a', personId: null, role: 'chair' }, { unitId: 'b', personId: null, role: 'member' }]
    assert.deepEqual([
      formBody(true, 'x', 'u', body([chair, member]), known), formBody(true, 'x', 'u', body([member]), known), formBody(true, 'x', 'u', body([chair, member, member]), known), formBody(false, 'x', 'u', body([chair]), known),
      formBody(true, 'x', 'u', body([chair, member]), { ...known, missing: new Set([1]) }),
      changeBody({ id: 'x', unitId: 'u', name: 'n', version: 1, endedOn: null, fields: body([chair]) }, 1, { ...(body([chair]) as object), parentId: 'p' } as never, { ...known, parents: ['p', 'x'] }),
    ].map(refused), ['taken', 'ONE_CHAIR', 'MEMBER_TWICE', 'NOT_FOUND', 'MEMBER_UNKNOWN', 'BODY_PARENT'])
  })
  test('an agenda is proposed with what every session deals with, then what is left over, then the reddest, then the most overdue, then who has not reported, each unit once', () => {
    const say = { carried: (t: string) => `c ${t}`, red: (u: string, n: number) => `r ${u} ${n}`, overdue: (u: string, n: number) => `o ${u} ${n}`, unreported: (u: string, n: number) => `m ${u} ${n}`, also: (n: number) => ` + ${n}` }
    const unit = (name: string) => ({ id: name, name })
    const standing = [['A', 1, 9, 4], ['B', 3, 0, 0], ['C', 0, 2, 0], ['D', 0, 0, 0], ['E', 0, 0, 1], ['F', 0, 0, 6]].map(([name, unmet, overdue, unreported]) => ({ unit: unit(String(name)), unmet: Number(unmet), overdue: Number(overdue), unreported: Number(unreported) })).map((one) => ({ ...one, all: one }))
    const { items, cut } = proposeAgenda(['Đánh giá tình hình'], [{ taskId: 't1', text: 'một', unit: unit('A'), overdue: false }, { taskId: 't2', text: 'hai', unit: unit('B'), overdue: true }],
      standing, say)
    assert.deepEqual(items.map((item) => item.title), ['Đánh giá tình hình', 'c hai', 'c một', 'r B 3', 'r A 1 + 4', 'o C 2', 'm F 6', 'm E 1'])
    assert.deepEqual(cut, [])
    // More than an agenda takes: how many there are is told.
    const many = Array.from({ length: 23 }, (_, i) => ({ unit: unit(`U${i}`), unmet: i < 12 ? 1 : 0, overdue: 1, unreported: 0 })).map((one) => ({ ...one, all: one }))
    const long = proposeAgenda([], [], many, say)
    assert.deepEqual([long.items.length, long.cut], [20, [{ kind: 'red', shown: 10, of: 12 }, { kind: 'overdue', shown: 10, of: 13 }]])
    assert.deepEqual(toChase(standing).map((one) => one.unit.name), ['A', 'C', 'F', 'E'])
  })
  test('minutes are signed once, only of a session that was held, not before its hour, and on paper with a scan', () => {
    const of = (phase: string, startsAt = NOW, files: never[] | undefined = [], how?: 'paper' | 'telephone') => signMinutes({ id: 'm', bodyId: 'b', unitId: 'u', phase, version: 2, plan: { startsAt: startsAt.toISOString(), zone: 'Asia/Ho_Chi_Minh' } } as never, 2, NOW, files, how)
    assert.deepEqual(['planned', 'held', 'signed', 'cancelled'].map((phase) => refused(of(phase))), ['NOT_HELD', 'taken', 'MEETING_CLOSED', 'MEETING_CLOSED'])
    assert.deepEqual([of('held', new Date(NOW.getTime() + 60_000)), ...[of('held', NOW, [], 'paper'), of('held', NOW, [], 'telephone'), of('held', NOW, [{ id: 'f' } as never], 'paper')].map(refused)], [{ refused: 'MEETING_NOT_YET', data: { at: '09:01 04/03/2026' } }, 'SCAN_MISSING', 'taken', 'taken'])
  })
  test('a conclusion is withdrawn once, whatever became of the session', () => {
    const of = (phase: string, conclusion: object | undefined) => withdrawConclusion({ id: 'm', bodyId: 'b', unitId: 'u', phase, version: 2, plan: {} } as never, conclusion as never, { id: 'r', hash: 'h' })
    const one = { id: 'c', text: 'Rà soát', taskId: 't', withdrawn: false, going: true }
    assert.deepEqual(['planned', 'held', 'signed', 'cancelled'].map((phase) => refused(of(phase, one))), ['taken', 'taken', 'taken', 'taken'])
    assert.deepEqual([refused(of('held', undefined)), refused(of('held', { ...one, withdrawn: true })), refused(withdrawConclusion(undefined, one, { id: 'r', hash: 'h' }))], ['CONCLUSION_UNKNOWN', 'CONCLUSION_WITHDRAWN', 'NOT_FOUND'])
  })
})

describe('a body meets', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const person = idsOf(HOLDERS, NOW)
  const [bodies, tasks] = [bodiesRoutes(), tasksRoutes()]
  let meetings: ReturnType<typeof meetingsRoutes>
  let reports: ReturnType<typeof reportsRoutes>
  let calendars: ReturnType<typeof calendarsRoutes>
  let searches: ReturnType<typeof searchesRoutes>
  let journals: ReturnType<typeof journalsRoutes>
  const id = () => uuidv7(NOW)
  const as = (who: keyof typeof HOLDERS = 'secretariat', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const settle = () => catchUp(t, followers, NOW, true)
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows<T>(t.as(OPERATOR).read, query)
  let bodyId = ''
  const plan = (title = 'Phiên họp') => ({ orderId: id(), bodyId, title, startsAt: '2026-03-04T01:00:00Z', agenda: [] })

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
    const { read: reader } = t.as(OPERATOR)
    // As wiring hands them in, without a server around.
    const { router } = wire({ read: reader, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never)
    meetings = router['meetings'] as unknown as ReturnType<typeof meetingsRoutes>
    reports = router['reports'] as unknown as ReturnType<typeof reportsRoutes>
    calendars = router['calendars'] as unknown as ReturnType<typeof calendarsRoutes>
    searches = router['searches'] as unknown as ReturnType<typeof searchesRoutes>
    journals = router['journals'] as unknown as ReturnType<typeof journalsRoutes>
    for (const [to, due] of [['101', '2026-03-06'], ['102', '2026-03-05'], ['201', '2026-03-06']] as const) {
      await call(tasks.assign, { orderId: id(), issuerUnitId: unit['VN']!, unitId: unit[to]!, title: `Việc của ${to}`, due }, as())
    }
    const { bodyId: made } = await call(bodies.form, {
      orderId: id(), unitId: unit['VN']!, kind: 'steering', name: 'Ban chỉ đạo trung ương', legalBasis: 'Quyết định 12/QĐ', standingItems: ['Đánh giá tình hình'],
      members: [{ unitId: unit['VN']!, personId: person['secretariat']!, role: 'chair' }, { unitId: unit['01']!, role: 'member' }, { unitId: unit['02']!, role: 'member' }],
    }, as())
    bodyId = made
  })

  test('is found without accents, shows its chair, and looks missing to who may not read it', async () => {
    // By its name, and by what it rests on: word beginnings, in any order.
    for (const q of ['chi dao', 'quyet dinh 12', 'trung uong qd']) assert.deepEqual((await call(bodies.list, { q }, as())).items.map((one) => [one.name, one.members]), [['Ban chỉ đạo trung ương', 3]], q)
    await assert.rejects(call(bodies.get, { bodyId }, as('outside')), { code: 'NOT_FOUND' })
    assert.deepEqual((await call(bodies.list, {}, as('outside'))).items, [])
    await assert.rejects(call(meetings.plan, plan(), as('head')), { code: 'NOT_FOUND' })
  })
  test('bodies go in the order of a Vietnamese dictionary, page by page', async () => {
    for (const name of ['Đoàn kiểm tra', 'Ban an ninh', 'Dự án', 'Bàn giao', 'Ân']) await call(bodies.form, { orderId: id(), unitId: unit['101']!, kind: 'helpers', name, members: [{ unitId: unit['101']!, role: 'chair' }] } as never, as('outside'))
    const [first, names] = [await call(bodies.list, { limit: 2 }, as('outside')), (page: { items: { name: string }[] }) => page.items.map((one) => one.name)]
    assert.deepEqual([...names(first), ...names(await call(bodies.list, { limit: 9, cursor: first.next! }, as('outside')))], ['Ân', 'Ban an ninh', 'Bàn giao', 'Dự án', 'Đoàn kiểm tra'])
  })
  test('two who prepare at once get numbers without gap or double', async () => {
    const done = await Promise.all(Array.from({ length: 6 }, (_, i) => call(meetings.plan, plan(`Phiên ${i}`), as())))
    assert.deepEqual(done.map((one) => one.number).sort(), [1, 2, 3, 4, 5, 6])
  })
  test('a conclusion is a task at once, in the same order; refused, there is neither', async () => {
    const { meetingId } = await call(meetings.plan, plan('Kết luận'), as())
    const lines = await read(sql<{ n: number }>`select count(*)::int as n from journal`)
    await assert.rejects(call(meetings.conclude, { orderId: id(), meetingId, text: 'Quá hạn rồi', unitId: unit['101']!, due: '2026-03-01' }, as()), { code: 'DUE_PAST' })
    assert.deepEqual(await read(sql`select count(*)::int as n from journal`), lines)
    const order = { orderId: id(), meetingId, text: 'Rà soát lối thoát', unitId: unit['101']!, supportingUnitIds: [unit['102']!], due: '2026-03-10' }
    const done = await call(meetings.conclude, order, as())
    assert.deepEqual(await call(meetings.conclude, order, as()), done, 'sent twice, done once')
    const task = await call(tasks.get, { taskId: done.taskId }, as('head'))
    assert.deepEqual([task.title, task.unit.code, task.supporting.map((u) => u.code), task.due!.at.slice(0, 10)], ['Rà soát lối thoát', '101', ['102'], '2026-03-10'])
    assert.deepEqual([task.issuerBody, task.issuer?.code], [{ id: bodyId, name: 'Ban chỉ đạo trung ương' }, 'VN'], 'the body gave it, through its office')
    const shown = await call(meetings.get, { meetingId }, as())
    assert.deepEqual(shown.conclusions.map((one) => [one.n, one.text, one.task?.state]), [[1, 'Rà soát lối thoát', 'assigned']])
  })
  test('a body issues a directive in its own name, through its standing office alone; its chair may where the office is another’s', async () => {
    const made = async (unitId: string, chair: string) => (await call(bodies.form, { orderId: id(), unitId, kind: 'steering', name: 'Tiểu ban hậu cần', members: [{ unitId: chair, role: 'chair' }] } as never, as())).bodyId
    const own = await made(unit['01']!, unit['02']!)
    const issue = (who: keyof typeof HOLDERS, issuer: string, of: string) => call(tasks.issueDirective, { orderId: id(), issuerUnitId: unit[issuer]!, bodyId: of, title: 'Chỉ đạo của tiểu ban', tasks: [{ title: 'Bố trí xe', unitIds: [unit['101']!] }] } as never, as(who))
    const { directiveId, taskIds } = await issue('head', '01', own)
    const [shown, task] = [await call(tasks.directive, { directiveId }, as('head')), await call(tasks.get, { taskId: taskIds[0]! }, as('head'))]
    assert.deepEqual([shown.issuerBody?.name, shown.issuer.code, task.issuerBody?.id], ['Tiểu ban hậu cần', '01', own])
    assert.ok((await issue('other', '01', own)).directiveId, 'who may act for the chair’s unit')
    await assert.rejects(issue('secretariat', 'VN', own), { code: 'BODY_NOT_OFFICE' })
    await assert.rejects(issue('other', '01', bodyId), { code: 'NOT_FOUND' }, 'no chair of that body')
    await call(bodies.end, { orderId: id(), bodyId: own, expectedVersion: 1, on: '2026-03-04' } as never, as())
    await assert.rejects(issue('head', '01', own), { code: 'BODY_NOT_OFFICE' })
  })
  test('who was there and what was said is recorded, by members only; then the minutes are signed and nothing changes any more', async () => {
    const { meetingId } = await call(meetings.plan, plan('Biên bản'), as())
    const attendance = [{ unitId: unit['VN']!, personId: person['secretariat']!, presence: 'present' as const }, { unitId: unit['01']!, presence: 'represented' as const }]
    await assert.rejects(call(meetings.record, { orderId: id(), meetingId, expectedVersion: 1, attendance: [{ unitId: unit['101']!, presence: 'present' }], points: [] }, as()), { code: 'NO_MEMBER' })
    await call(meetings.record, { orderId: id(), meetingId, expectedVersion: 1, attendance, points: [{ text: 'Đề nghị bổ sung lực lượng' }] }, as())
    await assert.rejects(call(meetings.record, { orderId: id(), meetingId, expectedVersion: 1, attendance, points: [] }, as()), { code: 'CHANGED' })
    const scan = id(); await sql`insert into file_blobs (id, sha256, name, type, size, salt, uploaded_at, uploaded_by) values (${scan}, ${Buffer.alloc(32)}, 'bien-ban.pdf', 'application/pdf', 9, 'salt', ${NOW}, ${person['secretariat']!})`.execute(t.db)
    await call(meetings.sign, { orderId: id(), meetingId, expectedVersion: 2, files: [scan], told: { by: 'Phó Trưởng ban', how: 'paper' } }, as())
    const shown = await call(meetings.get, { meetingId }, as())
    assert.deepEqual([shown.signed!.how, shown.signed!.files, shown.phase, shown.signed!.toldBy, shown.points.map((one) => one.text), shown.attendance.map((one) => one.presence)], ['paper', [{ id: scan, name: 'bien-ban.pdf' }], 'signed', 'Phó Trưởng ban', ['Đề nghị bổ sung lực lượng'], ['present', 'represented', null]])
    await assert.rejects(call(meetings.conclude, { orderId: id(), meetingId, text: 'Thêm', unitId: unit['101']! }, as()), { code: 'MEETING_CLOSED' })
    assert.ok(!JSON.stringify(await read(sql`select body from journal where type = 'meeting.recorded.v1'`)).includes('bổ sung'), 'what was said is in no fact')
  })
  test('the next session is proposed from what is left over and what stands badly, and chases all that is overdue below', async () => {
    const late = new Date('2026-03-12T02:00:00Z')
    const { formId } = await call(reports.forms.publish, { orderId: id(), unitId: unit['VN']!, text: 'code: week\nname: { vi: Báo cáo, en: Report }\nsections: [{ title: { vi: Số liệu, en: Figures }, fields: [{ code: done, label: { vi: Xong, en: Done } }] }]\n' }, as())
    await call(reports.collections.ask, { orderId: id(), unitId: unit['VN']!, formId, title: 'Báo cáo tuần', schedule: { every: 'days', days: ['2026-03-11'], hour: '16:00' }, owing: { kinds: ['commune'] } } as never, as())
    await settle()
    await catchUp(t, followers, late, true)
    const proposal = await call(meetings.propose, { bodyId }, as('secretariat', late))
    assert.deepEqual(proposal.items.map((item) => [item.kind, item.title]), [
      ['standing', 'Đánh giá tình hình'], ['carried', 'Việc còn lại từ phiên trước: Rà soát lối thoát'], ['overdue', 'Tỉnh Một: 3 nhiệm vụ quá hạn, còn thiếu 3 báo cáo, tính cả cấp dưới'], ['overdue', 'Tỉnh Hai: 1 nhiệm vụ quá hạn, còn thiếu 1 báo cáo, tính cả cấp dưới'],
    ])
    const { meetingId, number } = await call(meetings.plan, { ...plan('Phiên sau'), agenda: proposal.items.map(({ unit: _, ...item }) => item) }, as('secretariat', late))
    const shown = await call(meetings.get, { meetingId }, as('secretariat', late))
    assert.deepEqual(shown.before.map((one) => [one.meetingNumber < number, one.text, one.task?.overdue]), [[true, 'Rà soát lối thoát', true]])
    const chased = await call(meetings.chase, { orderId: id(), meetingId, unitIds: proposal.chase.map((one) => one.unit.id), text: 'Báo cáo trước phiên họp' }, as('secretariat', late))
    assert.deepEqual([chased.units, chased.tasks, chased.left, chased.reports], [2, 4, 0, 4])
    await settle()
    assert.deepEqual(await read(sql`select code, count(*)::int as n from inbox_items where code like '%reminded' group by 1 order by 1`), [{ code: 'reports.reminded', n: 4 }, { code: 'tasks.reminded', n: 4 }])
    // However many one unit has, the other is told too.
    const two = await overdueBelow(t.as(OPERATOR).read, OPERATOR, [unit['01']!, unit['02']!], late, 2)
    assert.deepEqual([two.total, two.items.flatMap((one) => one.units).toSorted()], [4, [unit['01']!, unit['02']!].toSorted()])
  })
  test('readers at a member’s unit read their body and its sessions, find them and their history, and change nothing; others see nothing', async () => {
    const { meetingId } = await call(meetings.plan, { ...plan('Phiên của thành viên'), agenda: [{ id: id(), kind: 'other', title: 'Bố trí trạm cấp nước', note: 'cả ban đêm' }] }, as())
    await call(meetings.record, { orderId: id(), meetingId, expectedVersion: 1, attendance: [], points: [{ text: 'Thiếu xe cứu hỏa' }] }, as())
    const found = async (who: keyof typeof HOLDERS) => {
      const is = (work: Promise<unknown>) => work.then((answer) => JSON.stringify(answer).includes(meetingId), () => false)
      return [
        await is(call(meetings.get, { meetingId }, as(who))), await is(call(meetings.list, { bodyId }, as(who))), (await findMeetings(as(who).context.read, as(who).context.actor, 'phien cua thanh vien', 5)).length === 1 && (await findMeetings(as(who).context.read, as(who).context.actor, 'cap nuoc ban dem', 5)).length === 1,
        await is(call(searches.find, { q: 'cuu hoa' }, as(who))), await call(journals.history, { subject: `meeting:${meetingId}` }, as(who)).then(({ items }) => items.length === 2, () => false),
        await call(bodies.get, { bodyId }, as(who)).then(() => true, () => false), await call(journals.history, { subject: `body:${bodyId}` }, as(who)).then(({ items }) => items.length > 0, () => false),
      ]
    }
    for (const who of ['secretariat', 'head', 'reader', 'other'] as const) assert.deepEqual(await found(who), Array(7).fill(true), who)
    assert.deepEqual(await found('outside'), Array(7).fill(false))
    assert.deepEqual([(await call(meetings.get, { meetingId }, as('head'))).mayEdit, (await call(meetings.get, { meetingId }, as())).mayEdit, (await call(bodies.get, { bodyId }, as('head'))).mayEdit], [false, true, false])
    const version = 2
    await Promise.all([
      call(meetings.sign, { orderId: id(), meetingId, expectedVersion: version }, as('head')), call(meetings.record, { orderId: id(), meetingId, expectedVersion: version, attendance: [], points: [] }, as('head')),
      call(meetings.conclude, { orderId: id(), meetingId, text: 'x', unitId: unit['101']! }, as('head')), call(meetings.cancel, { orderId: id(), meetingId, reason: 'x' }, as('head')), call(meetings.propose, { bodyId }, as('head')),
      call(bodies.end, { orderId: id(), bodyId, on: '2026-03-05' }, as('head')),
    ].map((work) => assert.rejects(work, { code: 'NOT_FOUND' })))
  })
  test('every member’s unit hears that a session is prepared, moved, cancelled and open again; another title alone moves nothing', async () => {
    await settle()
    const heard = async () => (await settle(), (await read(sql<{ code: string; n: number }>`select i.code, count(*)::int as n from inbox_items i where i.about_id = ${meetingId} group by 1 order by 1`)).map((row) => [row.code, row.n]))
    const { meetingId } = await call(meetings.plan, plan('Nghe'), as())
    const { orderId: _, bodyId: __, ...fields } = plan('Nghe')
    await call(meetings.change, { orderId: id(), meetingId, expectedVersion: 1, ...fields, title: 'Nghe rõ', zone: 'Asia/Ho_Chi_Minh' }, as())
    assert.deepEqual(await heard(), [['meetings.planned', 3]])
    await call(meetings.change, { orderId: id(), meetingId, expectedVersion: 2, ...fields, title: 'Nghe rõ', place: 'Hội trường' }, as())
    assert.deepEqual(await heard(), [['meetings.moved', 3], ['meetings.planned', 3]])
    await call(meetings.cancel, { orderId: id(), meetingId, reason: 'Hoãn' }, as())
    assert.deepEqual(await heard(), [['meetings.cancelled', 3], ['meetings.moved', 3], ['meetings.planned', 3]])
  })
  test('a signature is withdrawn with the reason, told to members, and the minutes are signed anew; guests stand by their unit', async () => {
    const { meetingId } = await call(meetings.plan, plan('Ký lại'), as())
    const guest = (code: string) => ({ unitId: unit[code]!, presence: 'present' as const, guest: true })
    const record = (attendance: object[], expectedVersion = 1) => call(meetings.record, { orderId: id(), meetingId, expectedVersion, attendance, points: [] } as never, as())
    await assert.rejects(record([guest('101'), guest('101')]), { code: 'GUEST_WRONG' })
    await assert.rejects(record([{ ...guest('101'), personId: person['head'] }]), { code: 'GUEST_WRONG' })
    await assert.rejects(record([{ ...guest('101'), unitId: id() }]), { code: 'UNIT_UNKNOWN' })
    await record([{ unitId: unit['01']!, presence: 'represented' }, guest('101')])
    await assert.rejects(call(meetings.reopen, { orderId: id(), meetingId, expectedVersion: 2, reason: 'x' }, as()), { code: 'NOT_SIGNED' })
    await call(meetings.sign, { orderId: id(), meetingId, expectedVersion: 2 }, as())
    await assert.rejects(call(meetings.reopen, { orderId: id(), meetingId, expectedVersion: 3, reason: 'x' }, as('head')), { code: 'NOT_FOUND' })
    await call(meetings.reopen, { orderId: id(), meetingId, expectedVersion: 3, reason: 'Ghi sót kết luận' }, as())
    const shown = await call(meetings.get, { meetingId }, as('head'))
    assert.deepEqual([shown.phase, shown.signed, shown.reopened?.reason], ['held', null, 'Ghi sót kết luận'])
    assert.deepEqual(shown.attendance.map((one) => [one.unit.name, one.guest, one.presence]), [['Việt Nam', false, null], ['Tỉnh Một', false, 'represented'], ['Tỉnh Hai', false, null], ['Xã Tân Lập', true, 'present']])
    await settle()
    assert.equal((await read(sql`select 1 from inbox_items where code = 'meetings.reopened'`)).length, 3)
    assert.ok(!JSON.stringify(await read(sql`select body from journal where type = 'meeting.reopened.v1'`)).includes('sót'))
    await call(meetings.sign, { orderId: id(), meetingId, expectedVersion: 4 }, as())
  })
  test('a conclusion is withdrawn with the reason and its task goes with it, also after the minutes are signed; what is done stays done', async () => {
    const { meetingId } = await call(meetings.plan, plan('Rút kết luận'), as())
    const conclude = (text: string) => call(meetings.conclude, { orderId: id(), meetingId, text, unitId: unit['101']! }, as())
    const made = [await conclude('Nhầm đơn vị'), await conclude('Đã xong'), await conclude('Rút sau khi ký'), await conclude('Thu hồi ở nơi khác')] as const
    const withdraw = (i: number, who: keyof typeof HOLDERS = 'secretariat', reason = `Lý do ${i}`) => call(meetings.withdrawConclusion, { orderId: id(), meetingId, conclusionId: made[i]!.conclusionId, reason }, as(who))
    const lead = as('outside')
    for (const state of ['accept', 'report', 'verify'] as const) await call(tasks[state] as never, { orderId: id(), taskId: made[1].taskId, ...(state === 'report' ? { done: true, files: [] } : {}) } as never, state === 'verify' ? as() : lead)
    await Promise.all(['head', 'other', 'outside'].map((who) => assert.rejects(withdraw(0, who as 'head'), { code: 'NOT_FOUND' })))
    assert.equal((await withdraw(0)).tasks, 1)
    await assert.rejects(withdraw(0), { code: 'CONCLUSION_WITHDRAWN' })
    await assert.rejects(call(meetings.withdrawConclusion, { orderId: id(), meetingId, conclusionId: id(), reason: 'x' }, as()), { code: 'CONCLUSION_UNKNOWN' })
    assert.equal((await withdraw(1)).tasks, 0)
    await call(tasks.withdraw, { orderId: id(), taskId: made[3].taskId, reason: 'Trùng' }, as())
    assert.equal((await settle(), await read(sql`select 1 from inbox_items where code = 'meetings.conclusion_withdrawn'`)).length, 0, 'nobody had the minutes yet')
    const held = await call(meetings.record, { orderId: id(), meetingId, expectedVersion: (await call(meetings.get, { meetingId }, as())).version, attendance: [], points: [] }, as())
    await call(meetings.sign, { orderId: id(), meetingId, expectedVersion: held.version }, as())
    assert.equal((await withdraw(2)).tasks, 1)
    const shown = await call(meetings.get, { meetingId }, as('head'))
    assert.deepEqual(shown.conclusions.map((one) => [one.text, one.task?.state, one.withdrawn?.reason, one.inForce]), [
      ['Nhầm đơn vị', 'withdrawn', 'Lý do 0', false], ['Đã xong', 'verified', 'Lý do 1', false], ['Rút sau khi ký', 'withdrawn', 'Lý do 2', false], ['Thu hồi ở nơi khác', 'withdrawn', undefined, false],
    ])
    assert.deepEqual((await call(tasks.get, { taskId: made[0].taskId }, as())).reasons.map((one) => one.text), ['Lý do 0'], 'the task says why as well')
    assert.deepEqual((await call(meetings.list, { bodyId }, as())).items.filter((one) => one.id === meetingId).map((one) => [one.phase, one.conclusions, one.open]), [['signed', 0, 0]])
    await settle()
    assert.deepEqual(await read(sql`select params ->> 'text' as text, count(*)::int as n from inbox_items where code = 'meetings.conclusion_withdrawn' group by 1`), [{ text: 'Rút sau khi ký', n: 3 }])
    assert.ok(!JSON.stringify(await read(sql`select body from journal where type = 'meeting.conclusion_withdrawn.v1'`)).includes('Lý do'), 'why is in no fact')
    assert.ok(JSON.stringify(await call(journals.history, { subject: `meeting:${meetingId}` }, as())).includes('Rút kết luận: Nhầm đơn vị'))
  })
  test('sessions stand in the calendar, on the first screen and in the feed of whoever has a seat, by their hour; cancelled ones do not', async () => {
    const day = (startsAt: string, title: string) => call(meetings.plan, { ...plan(title), orderId: id(), startsAt }, as())
    await day('2026-04-02T07:00:00Z', 'Chiều'); await day('2026-04-02T01:00:00Z', 'Sáng'); await day('2026-04-10T01:00:00Z', 'Tuần sau')
    const { meetingId } = await day('2026-04-03T01:00:00Z', 'Hủy')
    await call(meetings.cancel, { orderId: id(), meetingId, reason: 'Hoãn' }, as())
    const at = new Date('2026-04-02T00:00:00Z')
    const seen = async (who: keyof typeof HOLDERS, scope: 'mine' | 'below' = 'mine') => (await call(calendars.range, { from: '2026-04-01', until: '2026-04-30', scope }, as(who, at))).items.filter((one) => one.kind === 'meeting').map((one) => `${one.day} ${one.name.vi}`).toSorted()
    const all = ['2026-04-02 08:00 Sáng', '2026-04-02 14:00 Chiều', '2026-04-10 08:00 Tuần sau']
    assert.deepEqual([await seen('secretariat'), await seen('reader'), await seen('secretariat', 'below'), await seen('outside')], [all, all, all, []])
    const coming = async (who: keyof typeof HOLDERS) => (await call(meetings.coming, {}, as(who, at))).items.map((one) => one.title)
    assert.deepEqual([await coming('head'), await coming('outside')], [['Sáng', 'Chiều'], []])
    for (let i = 0; i < 9; i++) await day('2026-04-20T01:00:00Z', `Phiên số ${i}`)
    assert.deepEqual((await seen('head')).at(-1), '2026-04-20 Phiên họp')
    const feed = await feedMeetings(as('head').context.read, as('head').context.actor, (await whereOf(as('head').context.read, as('head').context.actor, 'mine', undefined))!, '2026-04-01')
    assert.deepEqual(feed.slice(0, 2).map((one) => [one.title, one.body]), [['Sáng', 'Ban chỉ đạo trung ương'], ['Chiều', 'Ban chỉ đạo trung ương']])
  })
  test('a visit is a meeting at a place, numbered with the sessions; without a place it is refused', async () => {
    const visit = { ...plan('Đoàn kiểm tra làm việc tại Tỉnh Một'), kind: 'visit' as const }
    await assert.rejects(call(meetings.plan, visit, as()), { code: 'VISIT_PLACE' })
    const { meetingId } = await call(meetings.plan, { ...visit, orderId: id(), place: 'Tỉnh Một' }, as())
    const shown = await call(meetings.get, { meetingId }, as())
    assert.deepEqual([shown.kind, shown.place], ['visit', 'Tỉnh Một'])
    assert.equal((await call(meetings.conclude, { orderId: id(), meetingId, text: 'Bổ sung lực lượng', unitId: unit['101']!, due: '2026-03-20' }, as())).meetingId, meetingId)
  })
  test('whom to call comes with the number only where contacts may be seen, and each reading is logged', async () => {
    await sql`insert into contacts (person_id, name, fold, phone, purpose, retention, until) values (${person['head']!}, 'Trần Văn Đầu', 'tran van dau', '0912 345 678', 'account', 'account', now() + interval '1 year')`.execute(t.db)
    const { items } = await call(meetings.phones, { bodyId, unitIds: [unit['01']!, unit['101']!] }, as())
    assert.deepEqual(items.map((one) => [one.unit.name, one.name, one.phone]), [['Tỉnh Một', 'Trần Văn Đầu', '0912 345 678'], ['Xã Tân Lập', null, null]])
    assert.deepEqual(await read(sql`select person_id, reader_id, what from access_log`), [{ person_id: person['head'], reader_id: person['secretariat'], what: 'contact' }])
    await assert.rejects(call(meetings.phones, { bodyId, unitIds: [unit['01']!] }, as('reader')), { code: 'NOT_FOUND' })
  })
  test('the journal alone gives the same tables', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
