// The demonstration: real units, one event each, and a past half way through. Everything goes through orders and facts, with times of the past,
// so verify and rebuild hold for it as for real work. The same day gives the same demonstration.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { createAccounts, demoLinks } from '../capabilities/people/routes.ts'
import { RulesInput } from '../capabilities/programmes/contract.ts'
import { cascade } from '../capabilities/programmes/routes/cascade.ts'
import { createProgramme } from '../capabilities/programmes/routes/programmes.ts'
import { importTemplate } from '../capabilities/programmes/routes/templates.ts'
import { readinessRoutes } from '../capabilities/readiness/routes.ts'
import { applyImport } from '../capabilities/units/routes/orders.ts'
import { PROGRAM } from '../kernel/config.ts'
import type { Lang, Text } from '../kernel/contract.ts'
import { rows } from '../kernel/db.ts'
import { step } from '../kernel/follow.ts'
import { uuidv7 } from '../kernel/ids.ts'
import type { Context } from '../kernel/rpc.ts'
import { programmesNeeds } from './commands/programmes.ts'
import { accountOf, accountsOf, personOf, ROLES } from './demo/accounts.ts'
import { steering } from './demo/bodies.ts'
import { directive } from './demo/directive.ts'
import { papers } from './demo/papers.ts'
import { phases, recall, runsOf } from './demo/past.ts'
import { plans } from './demo/plans.ts'
import { proposals } from './demo/proposals.ts'
import { weeklyReports } from './demo/reports.ts'
import type { Place } from './demo/past.ts'
import type { Installation } from './installation.ts'
import { listCsv } from './lists/list.ts'
import { agencies, forces, vietnam } from './lists/vietnam.ts'
import type { Choice } from './lists/vietnam.ts'
import { followers, judging } from './wiring.ts'
import { dayHere } from '../kernel/zone.ts'

export type DemoOptions = { choice: string; lang: Lang; at: Date; note: (text: Text | string) => void }

const DAY = 86_400_000
const on = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY)

/** Loads it into an empty installation whose followers do not run yet; they are moved here, day by day, so that past days can be looked at. */
export async function loadDemonstration(installation: Installation, { choice, lang, at, note }: DemoOptions): Promise<void> {
  const began = performance.now()
  const say = (vi: string, en: string) => { const s = ((performance.now() - began) / 1000).toFixed(1); note({ vi: `${vi} (${s} giây)`, en: `${en} (${s} s)` }) }
  const made = on(at, -190)
  const then = installation.context(made, lang)

  const { asOf, units } = vietnam(choice as Choice)
  const bring = (scheme: string, list: typeof units) => applyImport(then, uuidv7(made), { scheme, asOf, bytes: new TextEncoder().encode(listCsv(list)) })
  await bring('admin', units)
  await bring('force', forces)
  await bring('agency', agencies)
  const count = units.length + forces.length + agencies.length
  say(`Đã nhập ${count} đơn vị`, `${count} units imported`)

  const places = await placesOf(installation)
  await createAccounts(then, accountsOf(places, made))
  say('Đã lập tài khoản cho từng đơn vị', 'An account made for each unit')

  const nation = places.find((p) => p.code === 'VN')!
  const { code } = await importTemplate(then, { orderId: uuidv7(made), unitId: nation.id, text: readFileSync(join(PROGRAM, 'templates/congress.yaml'), 'utf8') })
  const span = (from: number, until: number) => ({ from: dayHere(on(at, from)), until: dayHere(on(at, until)) })
  await createProgramme(programmesNeeds(), then, {
    orderId: uuidv7(made), code: 'DH2026', name: { vi: 'Đại hội các cấp', en: 'Congresses at every level' }, unitId: nation.id, template: code, gate: 'open',
    rules: RulesInput.parse({
      spans: { commune: span(-45, 75), district: span(60, 100), province: span(95, 135), nation: span(170, 172) },
      classes: { kinds: { province: 'large', nation: 'large', district: 'medium' }, shares: { commune: { large: 0.04, medium: 0.22 } } },
    }),
  })
  const added = await cascade(programmesNeeds(), then, { orderId: uuidv7(made), code: 'DH2026' }, { chunkMs: 400 })
  say(`Đã triển khai ${added.events} sự kiện, ${added.tasks} nhiệm vụ`, `${added.events} events and ${added.tasks} tasks cascaded`)
  await catchUp(installation, on(at, -15))
  say('Đã tính bảng sẵn sàng ban đầu', 'First boards computed')

  // Two weeks in steps, so that past days and "against a week ago" are real; what is older at once.
  const shown = await shownCommune(installation, on(at, 9))
  await createAccounts(then, ROLES.filter((r) => r.unit === 'commune').map((r) => accountOf(r, shown, made)))
  const lots = await runsOf(installation.read, at, shown)
  const days = (choice === '2020' ? [-7, 0] : [-14, -7, 0]).map((n) => on(at, n))
  for (const [i, day] of days.entries()) {
    const context = installation.context(day, lang)
    await recall(context, lots(i === 0 ? null : days[i - 1]!, day))
    if (i === 0 || i === days.length - 1) await phases(context, day)
    await catchUp(installation, day)
  }
  say('Đã ghi nhận kết quả đến hôm nay', 'Results up to today taken over')

  const now = installation.context(at, lang)
  await directive(now, places)
  await steering(installation.context(on(at, -14), lang), now, places)
  const acting = (days: number, account: string) => installation.context(on(at, days), lang, { id: personOf(account), kind: 'person' })
  await plans(acting, places, await eventOf(installation, '01'))
  await proposals(acting, places)
  await papers(now, places)
  await waivers(now)
  await weeklyReports(installation, lang, at, places, shown)
  say('Đã nạp báo cáo của sáu tuần', 'Reports of six weeks taken over')
  await catchUp(installation, at)
  say('Đã nạp xong', 'Loaded')
}

/** One sign-in link for each role; none where this folder holds no demonstration. */
export async function demonstrationLinks(context: Context): Promise<{ who: Text; path: string }[]> {
  const found = new Set((await rows(context.read, sql<{ id: string }>`select id from people where id = any(${ROLES.map((r) => personOf(r.account))}::uuid[])`)).map((r) => r.id))
  const roles = ROLES.filter((r) => found.has(personOf(r.account)))
  const paths = roles.length > 0 ? await demoLinks(context, roles.map((r) => personOf(r.account))) : []
  return roles.map((r, i) => ({ who: r.who, path: paths[i]! }))
}

const placesOf = (installation: Installation): Promise<Place[]> => rows(installation.read, sql<Place>`
  select unit_id as id, code, scheme, name, kind, path from public_units_tree where valid_until is null order by path`)

/** The commune whose officer signs in, and where the exit is locked: the one below Hà Nội whose event is next after that day. */
const shownCommune = async (installation: Installation, day: Date): Promise<string> => (await rows(installation.read, sql<{ id: string }>`
  select e.unit_id as id from public_programmes_events e join public_units_tree u using (unit_id) join public_units_tree city on city.code = '01' and city.kind = 'province'
  where u.kind = 'commune' and u.path >= city.path and u.path < left(city.path, -1) || '/' and e.opens_at > ${day} order by e.opens_at, u.path limit 1`))[0]!.id

/** The event of a province. */
const eventOf = async (installation: Installation, code: string): Promise<string | null> => (await rows(installation.read, sql<{ id: string }>`
  select e.event_id as id from public_programmes_events e join public_units_tree u using (unit_id) where u.code = ${code} and u.scheme = 'admin' and u.kind = 'province' limit 1`))[0]?.id ?? null

/** Every follower up to what is committed now, by the clock of that day, side by side. */
async function catchUp({ pool }: Installation, day: Date): Promise<void> {
  await Promise.all(followers.map(async (follower) => {
    for (let again = follower.tickEvery !== undefined, going = true; going;) {
      const { passed, more } = await step(pool, follower, day, again)
      again = more
      going = more || passed > 0
    }
  }))
}

type Unmet = { items: { eventId: string; dayOn: string | null; checks: { requirement: string; state: string }[] }[]; next: string | null }
const WHY = ['Hội trường đang sửa chữa, đã bố trí địa điểm thay thế và tổ trực bổ sung.', 'Đã kiểm tra thực tế, chờ văn bản của cơ quan chuyên môn.', 'Lực lượng tăng cường của cấp trên đảm nhận thay.']
const FEW = 24
/** What cannot be had in time and was let pass: a few, with who, why and until when. */
async function waivers(context: Context): Promise<void> {
  const routes = readinessRoutes(judging)
  const asked = { context } as never
  const today = dayHere(context.at)
  let given = 0
  for (let cursor: string | null = ''; cursor !== null && given < FEW;) {
    const unmet: Unmet = await call(routes.events, { state: 'unmet', limit: 200, ...(cursor ? { cursor } : {}) } as never, asked) as Unmet
    cursor = unmet.next
    for (const event of unmet.items.filter((e) => e.dayOn !== null && e.dayOn > today && e.checks.length === 1 && e.checks[0]!.requirement !== 'R14').slice(0, FEW - given)) {
      const until = on(context.at, 10 + (given % 9)).toISOString()
      await call(routes.waive, { orderId: uuidv7(context.at), eventId: event.eventId, requirement: event.checks[0]!.requirement, reason: WHY[given % WHY.length], until } as never, asked)
      given++
    }
  }
}
