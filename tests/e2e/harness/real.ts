// The whole program, server, database and followers, with a small demonstration: a nation, two provinces, a dozen communes, one programme half way
// through. Behind a gate that can be shut, so that a browser sees what a dead server is.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer as createGate } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { createAccounts, demoLinks, operatorLink } from '../../../src/capabilities/people/routes.ts'
import { RulesInput } from '../../../src/capabilities/programmes/contract.ts'
import { cascade } from '../../../src/capabilities/programmes/routes/cascade.ts'
import { createProgramme } from '../../../src/capabilities/programmes/routes/programmes.ts'
import { importTemplate } from '../../../src/capabilities/programmes/routes/templates.ts'
import { tasksRoutes } from '../../../src/capabilities/tasks/routes.ts'
import { applyImport } from '../../../src/capabilities/units/routes/orders.ts'
import { PROGRAM } from '../../../src/kernel/config.ts'
import { OPERATOR } from '../../../src/kernel/access.ts'
import { rows } from '../../../src/kernel/db.ts'
import { follow, step } from '../../../src/kernel/follow.ts'
import { uuidv7 } from '../../../src/kernel/ids.ts'
import { sceneDb } from '../../../src/kernel/testing.ts'
import type { Scene } from '../../../src/kernel/testing.ts'
import { programmesNeeds } from '../../../src/app/commands/programmes.ts'
import { headOf, personOf } from '../../../src/app/demo/accounts.ts'
import { phases, recall, runsOf } from '../../../src/app/demo/past.ts'
import type { Place } from '../../../src/app/demo/past.ts'
import { listCsv } from '../../../src/app/lists/list.ts'
import { vietnam } from '../../../src/app/lists/vietnam.ts'
import { createServer } from '../../../src/app/server.ts'
import { openPage } from './browser.ts'
import type { Look } from './browser.ts'
import { followers, hear, projectors, schemaFolders, wire } from '../../../src/app/wiring.ts'

const DAY = 86_400_000
export const PHRASE = 'một câu dài dễ nhớ'
/** Two alike, one for each language of the script: all in order but one exit, found locked, whose inspection is out of date. */
export const SHOWN = { vi: 'Phường Hoàn Kiếm', en: 'Phường Cửa Nam' } as const
/** What the nation asked of the province, one for each language. */
export const ASKED = { vi: 'Kiểm tra các địa điểm tổ chức sự kiện trên địa bàn', en: 'Inspect the places where events are held' } as const
/** Days from today on which the communes' events are held, in the order of the list; the first two are those shown. */
const DAYS = [9, 9, 21, 35, -6, 52, 14, 28, 41, 75]

type Gate = { url: string; open: (port: number) => void; shut: (yes: boolean) => void; close: () => Promise<void> }

/** Passes bytes on to the server behind it; shut, every connection breaks and none is made. */
async function openGate(): Promise<Gate> {
  let behind = 0
  let closed = false
  const sockets = new Set<Socket>()
  const server = createGate((from) => {
    if (closed) return void from.destroy()
    const to = connect(behind, '127.0.0.1')
    for (const [one, other] of [[from, to], [to, from]] as const) {
      sockets.add(one)
      one.on('error', () => {}).on('close', () => { sockets.delete(one); other.destroy() }).pipe(other)
    }
  })
  server.unref()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const end = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open: (port) => { behind = port },
    shut: (yes) => { closed = yes; if (yes) end() },
    close: () => new Promise((done) => { server.close(() => done()); end() }),
  }
}

/** `enter`: signed in without a screen; the cookie for a one-time link goes into the page's browser. */
export type Real = { url: string; gate: Gate; places: Place[]; event: (unit: string) => Promise<string>; task: (unit: string, item: string) => Promise<string>; /** The operator at a moment, for what one script alone needs in its scene. */ as: (at: Date) => Told; /** The topics that some screen follows live now. */ followed: () => string[]; link: (account: string) => Promise<string>; enter: (page: Page, account: string) => Promise<void>; close: () => Promise<void> }

const SCENE: Scene<Place[]> = {
  name: 'scene_real',
  fill: async (db) => {
    const at = new Date()
    const places = await fill(db.as(OPERATOR, { at: new Date(at.getTime() - 190 * DAY) }), db.as(OPERATOR, { at }))
    for (const follower of followers) {
      for (let again = follower.tickEvery !== undefined, going = true; going;) {
        const { passed, more } = await step(db.pool, follower, at, again)
        again = more
        going = more || passed > 0
      }
    }
    return places
  },
}

/** Accounts: quantri (administrator), thuongtruc (secretariat, with the password PHRASE), lanhdao (reader), dv.<code> (head of each unit), canbo.vi and canbo.en (officers of the two shown). */
export async function openReal(): Promise<Real> {
  const { db, scene: places } = await sceneDb(schemaFolders, projectors, SCENE)
  const data = mkdtempSync(join(tmpdir(), 'sansang-real-'))
  const now = db.as(OPERATOR, { at: new Date() })
  const gate = await openGate()
  const config = { publicUrl: new URL(gate.url), trustProxy: null, maxFileMb: 2, log: 'error' as const, smtpUrl: null, mailFrom: null, host: '127.0.0.1', port: 0 }
  const server = await createServer({ installation: { data, connect: db.connect, db: db.db, read: now.read, side: now.side, committer: db.committer }, config, wire: (needs) => ({ ...wire(needs, true), cron: {} }) })
  const following = follow(db.pool, db.db, followers, { onFolded: (folded) => hear({ folded }), onError: (name, error) => { throw new Error(`${name}: ${String(error)}`) } })
  gate.open(Number(new URL(await server.listen(0, '127.0.0.1')).port))
  await setPassword(gate.url, await operatorLink(now, 'thuongtruc', false))
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await rows(now.read, query))[0]!.id
  const link = async (account: string) => gate.url + (await demoLinks(now, [personOf(account)]))[0]!
  return {
    url: gate.url, gate, places, link,
    enter: async (page, account) => {
      const answer = await page.request.post(`${gate.url}/api/v1/sign-in/link`, { data: { token: (await link(account)).split('=')[1] }, headers: { origin: gate.url } })
      if (!answer.ok()) throw new Error(await answer.text())
    },
    event: (unit) => one(sql`select event_id as id from public_programmes_events join public_units_tree u using (unit_id) where u.name = ${unit}`),
    task: (unit, item) => one(sql`select t.id from tasks t join public_units_tree u using (unit_id) where u.name = ${unit} and t.item = ${item}`),
    as: (at) => db.as(OPERATOR, { at }),
    followed: () => server.hub.followed(),
    close: async () => { await gate.close(); await server.close(); await following.close(); rmSync(data, { recursive: true, force: true }) },
  }
}

/** A page of this account at this address, with the clipboard and downloads at hand; `ready`: what stands when it can be used. */
export async function openAs(browser: Browser, real: Real, account: string, path: string, look: Look = {}, ready = 'h1') {
  const opened = await openPage(browser, look, { permissions: ['clipboard-read', 'clipboard-write'], acceptDownloads: true })
  opened.page.setDefaultTimeout(10_000)
  await real.enter(opened.page, account)
  await opened.page.goto(real.url + path)
  await opened.page.locator(ready).first().waitFor()
  return opened
}

async function setPassword(url: string, link: string): Promise<void> {
  const ask = (path: string, body: object, cookie?: string) => fetch(`${url}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', origin: url, ...(cookie ? { cookie } : {}) } })
  const signed = await ask('/sign-in/link', { token: link.split('=')[1] })
  const set = await ask('/me/password', { next: PHRASE }, signed.headers.get('set-cookie')!.split(';')[0])
  if (!set.ok) throw new Error(await set.text())
}

type Told = Parameters<typeof cascade>[1]

async function fill(then: Told, now: Told): Promise<Place[]> {
  const all = vietnam('2025')
  const communes = Map.groupBy(all.units.filter((u) => u.kind === 'commune'), (u) => u.parentCode)
  const hanoi = communes.get('01')!
  const chosen = [...Object.values(SHOWN).map((name) => hanoi.find((u) => u.name === name)!), ...hanoi.filter((u) => !(Object.values(SHOWN) as string[]).includes(u.name)).slice(0, 4), ...communes.get('04')!.slice(0, 4)]
  const units = [...all.units.filter((u) => u.kind === 'nation' || (u.kind === 'province' && ['01', '04'].includes(u.code))), ...chosen]
  await applyImport(then, uuidv7(then.at), { scheme: 'admin', asOf: all.asOf, bytes: new TextEncoder().encode(listCsv(units)) })
  const places = await rows(then.read, sql<Place>`select unit_id as id, code, scheme, name, kind, path from public_units_tree order by path`)
  const id = (code: string) => places.find((p) => p.code === code)!.id

  const account = (name: string, person: string, unitId: string, role: 'administrator' | 'secretariat' | 'reader' | 'officer' | 'head') => ({ id: personOf(name), account: name, name: person, unitId, role, startsAt: then.at })
  await createAccounts(then, [
    account('quantri', 'Phạm Thị Mai', id('VN'), 'administrator'), account('thuongtruc', 'Trần Minh Khôi', id('VN'), 'secretariat'), account('lanhdao', 'Hoàng Đức An', id('VN'), 'reader'),
    account('canbo.vi', 'Nguyễn Văn Bình', id(chosen[0]!.code), 'officer'), account('canbo.en', 'Lý Thu Hương', id(chosen[1]!.code), 'officer'),
    ...places.map((p) => account(headOf(p), p.code === '01' ? 'Lê Thị Thanh Hà' : `Người đứng đầu ${p.name}`, p.id, 'head')),
  ])
  const { code } = await importTemplate(then, { orderId: uuidv7(then.at), unitId: id('VN'), text: readFileSync(join(PROGRAM, 'templates/congress.yaml'), 'utf8') })
  await createProgramme(programmesNeeds(), then, { orderId: uuidv7(then.at), code: 'DH2026', name: { vi: 'Đại hội các cấp', en: 'Congresses at every level' }, unitId: id('VN'), template: code, gate: 'open', rules: RulesInput.parse({}) })
  const day = (days: number) => new Date(now.at.getTime() + days * DAY).toISOString().slice(0, 10)
  const dates = [['VN', 170], ['01', 110], ['04', 120], ...chosen.map((u, i) => [u.code, DAYS[i]!])].map(([unit, days]) => `${unit},${day(Number(days))}`)
  await cascade(programmesNeeds(), then, { orderId: uuidv7(then.at), code: 'DH2026', units: `unit_code\n${units.map((u) => u.code).join('\n')}\n`, dates: `unit_code,day\n${dates.join('\n')}\n` } as never)

  const shown = chosen.slice(0, 2).map((u) => id(u.code))
  for (const one of shown) {
    for (const lot of (await runsOf(now.read, now.at, one))(null, now.at)) {
      const entries = lot.entries.filter(({ row }) => row.unitId === one || (one === shown[0] && !shown.includes(row.unitId)))
      if (entries.length > 0) await recall(now, [{ ...lot, entries }])
    }
  }
  await phases(now, now.at)
  await call(tasksRoutes().issueDirective, {
    orderId: uuidv7(now.at), issuerUnitId: id('VN'), number: '118/KH-BCĐ', title: 'Kế hoạch phối hợp bảo đảm an toàn các sự kiện',
    tasks: Object.values(ASKED).map((title, i) => ({ title, due: day(6 + i), unitIds: [id('01')], supportingUnitIds: [], product: 'Biên bản kiểm tra từng địa điểm', target: { kind: 'number', count: 20, unit: 'địa điểm' } })),
  } as never, { context: now } as never)
  return places
}
