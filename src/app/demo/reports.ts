// Six weeks of a weekly report that the nation asks of its provinces and of some communes of one, and a situation report due today: most in time, some late, missing, returned, one that contradicts itself.
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { custody } from '../../capabilities/custodies/routes.ts'
import { reportsRoutes } from '../../capabilities/reports/routes.ts'
import { openDue } from '../../capabilities/reports/routes/orders.ts'
import type { Actor } from '../../kernel/access.ts'
import type { Lang } from '../../kernel/contract.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { dayIn, weekday } from '../../pure/calendar.ts'
import type { Installation } from '../installation.ts'
import { shippedForms } from '../report-forms.ts'
import { headOf, personOf } from './accounts.ts'
import { chance } from './chance.ts'
import type { Place } from './past.ts'
import { ZONE } from '../../kernel/zone.ts'

const DAY = 86_400_000
const WEEKS = 6
const COMMUNES = 24
const DONE = ['Hoàn thành khảo sát các địa điểm, thống nhất phương án với đơn vị tổ chức.', 'Tập huấn lực lượng tại chỗ, kiểm tra hệ thống chữa cháy.', 'Diễn tập sơ tán tại địa điểm chính; bổ sung biển chỉ dẫn thoát nạn.']
const HARD = ['Thiếu đèn chiếu sáng khẩn cấp tại hai địa điểm.', 'Lực lượng y tế mỏng vào buổi tối.', 'Bãi đỗ xe gần địa điểm chính đang sửa chữa.', 'Chưa có phương án thay thế khi mưa lớn.']
const one = (list: readonly string[], seed: string): string => list[Math.floor(chance(seed) * list.length)]!

type Due = { id: string; unitId: string; on: string; dueAt: Date }
type Figures = Record<string, number>
/** The nearer the events, the more is in place. `sums` of the week's figures are of that week alone. */
function figures(seed: string, size: number, week: number): Figures {
  const roll = (what: string) => chance(`${seed} ${what}`)
  const part = (whole: number, begin: number) => Math.min(whole, Math.round(whole * (begin + 0.07 * week + 0.1 * roll('pace'))))
  const [events, posts] = [size, size * 4]
  const staff = posts * 3
  const findings = Math.round(size * 0.4 * roll(`findings ${week}`))
  return {
    events, events_planned: part(events, 0.45), tasks_done: Math.round(size * 2 * (0.5 + roll(`done ${week}`))), tasks_late: Math.round(size * 0.2 * roll(`late ${week}`)), posts, posts_staffed: part(posts, 0.4), staff, trained: part(staff, 0.3),
    fire_engines: Math.ceil(size / 20), ambulances: Math.ceil(size / 25), inspected: Math.round(size * 0.3 * (0.5 + roll(`seen ${week}`))), findings, findings_closed: Math.floor(findings * 0.7),
  }
}

export async function weeklyReports(installation: Installation, lang: Lang, at: Date, places: readonly Place[], shown: string): Promise<void> {
  const as = (place: Place, then: Date): Context => {
    const actor: Actor = { id: personOf(headOf(place)), kind: 'person', via: 'demonstration' }
    return { ...installation.context(then, lang), actor, commit: (order, decide) => installation.committer.commit(order, actor, then, decide) }
  }
  const routes = reportsRoutes({ shipped: shippedForms, zone: ZONE, custody: custody(ZONE) })
  const [nation, city] = [places.find((p) => p.code === 'VN')!, places.find((p) => p.code === '01' && p.kind === 'province')!]
  const provinces = places.filter((p) => p.kind === 'province')
  const below = places.filter((p) => p.kind === 'commune' && p.path.startsWith(city.path))
  const some = [...below.filter((p) => p.id === shown), ...below.filter((p) => p.id !== shown).slice(0, COMMUNES - 1)]
  const byId = new Map(places.map((p) => [p.id, p]))
  const began = new Date(at.getTime() - (WEEKS * 7 - 1) * DAY)
  const form = (code: string) => call(routes.forms.publish, { orderId: uuidv7(began), unitId: nation.id, text: shippedForms().find((f) => f.code === code)!.text } as never, { context: installation.context(began, lang) } as never)
  const forms = { week: await form('weekly-preparation'), day: await form('situation') }
  await form('final')

  const { collectionId } = await call(routes.collections.ask, {
    orderId: uuidv7(began), unitId: nation.id, formId: forms.week.formId, title: 'Báo cáo tuần công tác chuẩn bị', schedule: { every: 'week', weekday: weekday(dayIn(new Date(at.getTime() + 2 * DAY), ZONE)), hour: '16:00' }, owing: { unitIds: [...provinces, ...some].map((p) => p.id) },
  } as never, { context: as(nation, began) } as never)
  for (let week = 1; week <= WEEKS; week++) await openDue(installation.context(new Date(began.getTime() + (week * 7 + 1) * DAY), lang))
  const due = await rows(installation.read, sql<Due>`select report_id as id, unit_id as "unitId", on_day as "on", due_at as "dueAt" from public_reports_due where collection_id = ${collectionId} order by on_day, unit_id`)
  const days = [...new Set(due.map((d) => d.on))]
  const last = days.at(-2)!
  const submit = (row: Due, values: object, then: Date) => call(routes.submit, { orderId: uuidv7(then), reportId: row.id, expectedVersion: 1, values } as never, { context: as(byId.get(row.unitId)!, then) } as never)
  const send = (row: Due, week: number, numbers: Figures, hours: number) => {
    const place = byId.get(row.unitId)!
    const seed = `${place.code} ${row.on}`
    return submit(row, {
      ...numbers, ...(place.kind === 'province' && place.code === '01' ? {} : { drills: chance(`${seed} drill`) < 0.4 ? 1 : 0 }), response_minutes: Math.round(60 + 40 * chance(`${seed} minutes`)) / 10, pace: numbers['tasks_late']! > 0 && chance(`${seed} pace`) < 0.15 ? 'behind' : 'on_time', done: one(DONE, `${seed} done`),
      ...(chance(`${seed} hard`) < 0.4 ? { difficulties: one(HARD, `${seed} which`) } : {}), ...(week === WEEKS - 1 && chance(`${seed} ask`) < 0.15 ? { requests: 'Đề nghị bổ sung xe cứu thương cho ngày chính.' } : {}),
    }, new Date(Math.min(at.getTime() - 600_000, row.dueAt.getTime() + hours * 3_600_000)))
  }
  for (const [week, on] of days.entries()) {
    const open = on === days.at(-1)
    const sending = due.filter((d) => d.on === on).flatMap((row) => {
      const place = byId.get(row.unitId)!
      const roll = chance(`${place.code} ${on} sent`)
      if (open ? roll > 0.2 : roll > 0.985 && place.id !== city.id && place.id !== shown) return []
      const hours = !open && roll > 0.93 ? 3 + 30 * chance(`${place.code} ${on} late`) : -1 - 40 * roll
      // The city adds up what its communes say; in the last week its posts do not fit.
      const own = place.id !== city.id ? figures(place.code, place.kind === 'commune' ? 1 + Math.floor(3 * chance(place.code)) : 60 + Math.floor(90 * chance(place.code)), week)
        : some.map((p) => figures(p.code, 1 + Math.floor(3 * chance(p.code)), week)).reduce((a, b) => Object.fromEntries(Object.keys(a).map((k) => [k, a[k]! + b[k]!])))
      return [() => send(row, week, place.id === city.id && on === last ? { ...own, posts_staffed: own['posts_staffed']! - 12 } : own, hours)]
    })
    await Promise.all(sending.map((go) => go()))
  }
  const [back] = await rows(installation.read, sql<{ id: string }>`select r.report_id as id from public_reports_due r where r.collection_id = ${collectionId} and r.on_day = ${last} and r.unit_id = ${provinces[5]!.id} and r.state = 'submitted'`)
  if (back) await call(routes.giveBack, { orderId: uuidv7(at), reportId: back.id, expectedVersion: 2, reason: 'Số chốt đã có người chưa khớp với lịch trực đã duyệt. Đề nghị rà soát lại.' } as never, { context: as(nation, new Date(at.getTime() - DAY)) } as never)

  const morning = new Date(at.getTime() - 3_600_000)
  const today = dayIn(at, ZONE)
  const { collectionId: situation } = await call(routes.collections.ask, {
    orderId: uuidv7(morning), unitId: city.id, formId: forms.day.formId, title: 'Báo cáo nhanh trong ngày', schedule: { every: 'day', hour: '23:45' }, owing: { kinds: ['commune'] }, from: today,
  } as never, { context: as(city, morning) } as never)
  const now = await rows(installation.read, sql<Due>`select report_id as id, unit_id as "unitId", on_day as "on", due_at as "dueAt" from public_reports_due where collection_id = ${situation} and unit_id <> ${shown} order by unit_id limit 40`)
  await Promise.all(now.map((row) => {
    const n = chance(row.unitId)
    return submit(row, { events_today: n < 0.3 ? 1 : 0, events_over: 0, delegates: n < 0.3 ? 150 + Math.round(300 * n) : 0, on_duty: 6 + Math.floor(10 * n), posts_open: 2 + Math.floor(4 * n), posts_short: n > 0.9 ? 1 : 0, fires: 0, medical: n > 0.95 ? 1 : 0, traffic: n > 0.85 ? 1 : 0, technical: 0, other: 0, settled: n > 0.85 ? 1 : 0, state: n > 0.9 ? 'strained' : 'calm' }, new Date(at.getTime() - 1_800_000))
  }))
}
