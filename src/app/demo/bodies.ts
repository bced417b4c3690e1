// The steering committee of the demonstration, its last session two weeks ago (one conclusion done, one late, one still ahead) and the next one.
import { call } from '@orpc/server'
import { bodiesRoutes } from '../../capabilities/bodies/routes.ts'
import { meetingsRoutes } from '../../capabilities/meetings/routes.ts'
import { AssignTask } from '../../capabilities/tasks/contract/shapes.ts'
import { tasksRoutes } from '../../capabilities/tasks/routes.ts'
import { assigning } from '../../capabilities/tasks/routes/assign.ts'
import { withdrawingMany } from '../../capabilities/tasks/routes/orders.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { headOf, personOf } from './accounts.ts'
import type { Place } from './past.ts'
import { dayHere, ZONE } from '../../kernel/zone.ts'
import { instantOf } from '../../pure/calendar.ts'

const DAY = 86_400_000
const CONCLUSIONS = [
  { text: 'Rà soát, khắc phục ngay lối thoát nạn bị khóa, bị che chắn tại các địa điểm tổ chức', days: 10, reported: true },
  { text: 'Báo cáo kết quả diễn tập phương án chữa cháy và cứu nạn, cứu hộ', days: 12, reported: false },
  { text: 'Bổ sung lực lượng y tế trực tại các sự kiện quy mô lớn', days: 30, reported: false },
]

/** `then`: the day of that session. */
export async function steering(then: Context, now: Context, places: readonly Place[]): Promise<void> {
  const nation = places.find((place) => place.code === 'VN')!
  const provinces = places.filter((place) => place.kind === 'province').slice(0, 5)
  const [bodies, tasks] = [bodiesRoutes(), tasksRoutes()]
  const meetings = meetingsRoutes({ standing: async () => ({ rows: [], unseen: 0 }), assigning: (c, task) => assigning(c, AssignTask.parse(task)), withdrawing: withdrawingMany, chase: async () => ({ results: [], units: 0, tasks: 0, left: 0, reports: 0 }), phones: async () => [] })
  const as = (context: Context) => ({ context }) as never
  const id = () => uuidv7(then.at)
  const { bodyId } = await call(bodies.form, {
    orderId: id(), unitId: nation.id, kind: 'steering', name: 'Ban chỉ đạo bảo đảm an toàn đại hội các cấp', legalBasis: 'Quyết định số 12/QĐ-BCĐ', mandate: 'Chỉ đạo, kiểm tra công tác bảo đảm an toàn các sự kiện từ cơ sở đến trung ương.', parentId: null, from: null, until: null, standingItems: ['Tình hình chuẩn bị từ phiên trước', 'Việc cần ý kiến của Trưởng ban'],
    members: [{ unitId: nation.id, personId: personOf(headOf(nation)), role: 'chair' }, ...provinces.map((place) => ({ unitId: place.id, personId: personOf(headOf(place)), role: 'member' as const }))],
  }, as(then))
  const { meetingId } = await call(meetings.plan, {
    orderId: id(), bodyId, title: 'Phiên họp kiểm điểm công tác chuẩn bị', startsAt: instantOf(dayHere(new Date(then.at.getTime() - DAY)), '08:00', ZONE).toISOString(), zone: ZONE, place: 'Trụ sở Ban chỉ đạo', link: null,
    agenda: [{ id: id(), kind: 'other', title: 'Kết quả chuẩn bị của các địa phương', note: null, unitId: null, taskId: null }],
  }, as(then))
  await call(meetings.record, {
    orderId: id(), meetingId, expectedVersion: 1, attendance: [nation, ...provinces].map((place, i) => ({ unitId: place.id, personId: personOf(headOf(place)), presence: i === 3 ? 'represented' as const : 'present' as const })),
    points: [{ agendaId: null, text: 'Một số địa điểm chưa bảo đảm lối thoát nạn.' }, { agendaId: null, text: 'Lực lượng y tế tại sự kiện lớn còn mỏng.' }],
  }, as(then))
  for (const [i, { text, days, reported }] of CONCLUSIONS.entries()) {
    const { taskId } = await call(meetings.conclude, { orderId: id(), meetingId, text, unitId: provinces[i]!.id, supportingUnitIds: [], due: dayHere(new Date(then.at.getTime() + days * DAY)) }, as(then))
    if (reported) await call(tasks.report, { orderId: uuidv7(now.at), taskId, evidence: { label: 'Báo cáo số 86/BC-BCĐ' } } as never, as(now))
  }
  await call(meetings.sign, { orderId: id(), meetingId, expectedVersion: 2 + CONCLUSIONS.length, told: { by: 'Trưởng ban', how: 'in_person' } }, as(then))
  await call(meetings.plan, {
    orderId: uuidv7(now.at), bodyId, title: 'Phiên họp kiểm điểm tiến độ, cho ý kiến phương án các sự kiện lớn', startsAt: instantOf(dayHere(new Date(now.at.getTime() + 9 * DAY)), '08:00', ZONE).toISOString(), zone: ZONE, place: 'Trụ sở Ban chỉ đạo', link: null,
    agenda: [{ id: uuidv7(now.at), kind: 'other', title: 'Kết quả thực hiện kết luận phiên họp trước', note: null, unitId: null, taskId: null }, { id: uuidv7(now.at), kind: 'other', title: 'Phương án bảo đảm an toàn các sự kiện quy mô lớn', note: null, unitId: null, taskId: null }],
  }, as(now))
}
