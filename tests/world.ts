// A small organisation behind the real server, for the tests that ask every procedure: two provinces alike, so that what is whose is plain.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { StandardBracketNotationSerializer } from '@orpc/openapi-client/standard'
import { OPERATOR } from '../src/kernel/access.ts'
import type { Actor } from '../src/kernel/access.ts'
import { run } from '../src/kernel/http/endpoints.ts'
import type { Endpoint } from '../src/kernel/http/endpoints.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { silent } from '../src/kernel/log.ts'
import type { Logger } from '../src/kernel/log.ts'
import { catchUp, freshDb } from '../src/kernel/testing.ts'
import type { TestDb } from '../src/kernel/testing.ts'
import { createServer } from '../src/app/server.ts'
import type { Server } from '../src/app/server.ts'
import { followers, projectors, schemaFolders, wire } from '../src/app/wiring.ts'
import { roleNames } from '../src/capabilities/people/contract.ts'
import type { Role } from '../src/capabilities/people/contract.ts'
import { exchanging } from '../src/app/exchanging.ts'
import { take } from '../src/capabilities/exchanges/routes/take.ts'
import { keyLine } from '../src/capabilities/exchanges/decide/package.ts'
import { openSigner } from '../src/kernel/signing.ts'
import { packageOf, planRecord } from './package.ts'
import { fairTemplate } from './scene.ts'

/** What there is of each kind in one province. */
export type Place = { unit: string; below: string; event: string; task: string; person: string; grant: string; programme: string; template: string; directive: string; paper: string; activity: string; link: string; body: string; meeting: string; plan: string; proposal: string; collection: string; report: string; custody: string; package: string; key: string; document: string }
export type World = {
  server: Server; url: string; db: TestDb; endpoints: Endpoint[]
  mine: Place; theirs: Place
  /** A person with each role at my province. */
  people: Record<Role, Actor>
  /** The grant that each of them holds. */
  grants: Record<Role, string>
  nation: string
  settle: () => Promise<void>
  ask: (endpoint: Endpoint, input: unknown, as: Actor | undefined) => Promise<{ status: number; text: string; body: { code?: string; trace?: string; issues?: { pointer: string; message: string }[] } & Record<string, unknown> }>
  close: () => Promise<void>
}

const TEMPLATE = (code: string) => fairTemplate({ code, levels: ['province', 'commune'] })

const brackets = new StandardBracketNotationSerializer()

export async function openWorld(log: Logger = silent): Promise<World> {
  const db = await freshDb(schemaFolders, projectors)
  const data = mkdtempSync(join(tmpdir(), 'sansang-world-'))
  const { read, side } = db.as(OPERATOR)
  const actors = new Map<string, Actor>()
  const server = await createServer({
    installation: { data, connect: db.connect, db: db.db, read, side, committer: db.committer }, log, dist: join(data, 'none'),
    config: { publicUrl: null, trustProxy: null, maxFileMb: 2, log: 'error', smtpUrl: null, mailFrom: null, host: '127.0.0.1', port: 7700 },
    // Signing in is tested by people; here the token says who asks.
    wire: (needs) => ({ ...wire(needs), cron: {}, authenticate: ({ bearer }) => Promise.resolve(bearer && actors.has(bearer) ? { actor: actors.get(bearer)! } : undefined) }),
  })
  const url = await server.listen(0, '127.0.0.1')
  const endpoints = server.endpoints
  const settle = () => catchUp(db, followers, new Date(), true)
  /** As the operator, past HTTP. */
  const say = async <T>(name: string, input: object): Promise<T> => await run(endpoints.find((e) => e.name === name) ?? lost(name), db.as(OPERATOR), { orderId: uuidv7(), ...input }) as T

  const ask: World['ask'] = async (endpoint, input, as) => {
    const { path, query, body, headers } = encode(endpoint, input)
    const token = as && [...actors].find(([, actor]) => actor.id === as.id)?.[0]
    const answer = await fetch(`${url}/api/v1${path}${query}`, { method: endpoint.method, ...(body === undefined ? {} : { body }), headers: { 'accept-language': 'vi', ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) } })
    const text = await answer.text()
    return { status: answer.status, text, body: /^application\/(problem\+)?json\b/.test(answer.headers.get('content-type') ?? '') && text.startsWith('{') ? JSON.parse(text) as never : {} }
  }
  const close = async () => { await server.close(); rmSync(data, { recursive: true, force: true }) }
  try {
    const csv = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n101,Xã Một,commune,01\n201,Xã Bốn,commune,02\n'
    await say('units.import', { asOf: '2020-01-01', csv })
    const unitOf = async (code: string) => (await say<{ items: { id: string; code: string }[] }>('units.search', { q: code, limit: 50 })).items.find((u) => u.code === code)!.id
    const nation = await unitOf('VN')

    await say('settings.setCeiling', { ceiling: 'secret', expectedVersion: 0 })

    const place = async (province: string, commune: string, mark: string): Promise<Place> => {
      const [unit, below] = [await unitOf(province), await unitOf(commune)]
      await say('programmes.templates.import', { unitId: unit, text: TEMPLATE(`fair-${mark}`) })
      await say('programmes.programmes.create', { code: `P-${mark}`, name: { vi: `Đợt ${mark}`, en: `Programme ${mark}` }, unitId: unit, template: `fair-${mark}` })
      await say('programmes.programmes.cascade', { code: `P-${mark}`, units: `unit_code\n${province}\n`, dates: `unit_code,day\n${province},2027-06-01\n` })
      const [event] = (await say<{ items: { id: string }[] }>('programmes.events.list', { programme: `P-${mark}`, limit: 5 })).items
      const { id: activity } = await say<{ id: string }>('programmes.events.addActivity', { eventId: event!.id, name: { vi: 'Khai mạc', en: 'Opening' }, startsAt: '2027-06-01T01:00:00Z', endsAt: '2027-06-01T02:00:00Z' })
      const { linkId: link } = await say<{ linkId: string }>('units.link', { unitId: unit, kind: 'neighbour', toId: nation })
      const person = (await say<{ personId: string }>('people.add', { unitId: unit, account: `can-bo-${mark}`, name: `Nguyễn Văn ${mark.toUpperCase()}`, title: null, phone: '0912345678', email: `${mark}@example.vn`, role: 'officer' })).personId
      const [grant] = (await say<{ items: { id: string }[] }>('people.grants', { personId: person, limit: 5 })).items
      const { directiveId: directive, taskIds } = await say<{ directiveId: string; taskIds: string[] }>('tasks.issueDirective', {
        issuerUnitId: unit, title: `Văn bản ${mark}`, lang: 'vi', tasks: [{ title: `Việc của ${mark}`, due: '2027-05-01', unitIds: [unit], supportingUnitIds: [] }] })
      const { bodyId: body } = await say<{ bodyId: string }>('bodies.form', { unitId: unit, kind: 'steering', name: `Ban chỉ đạo ${mark}`, members: [{ unitId: unit, role: 'chair' }] })
      const { meetingId: meeting } = await say<{ meetingId: string }>('meetings.plan', { bodyId: body, title: 'Phiên thứ nhất', startsAt: '2027-01-05T01:00:00Z', agenda: [] })
      const { paperId: paper } = await say<{ paperId: string }>('papers.issue', {
        unitId: unit, sentTo: [below], letter: { kind: 'letter', subject: `Về việc của ${mark}`, head: { profile: 'state', issuer: `Ủy ban ${mark}`, short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Đề nghị báo cáo.' }] } })
      // Graded, and known to this unit's office alone.
      const { planId: custody } = await say<{ planId: string }>('plans.draft', { unitId: unit, template: 'plan', title: `Phương án kín của ${mark}`, grade: 'confidential' })
      await say('custodies.name', { recordId: custody, unitId: unit, until: '2027-06-30', why: 'Soạn thảo' })
      await say('custodies.give', { recordId: custody, unitId: unit })
      const { planId: plan } = await say<{ planId: string }>('plans.draft', { unitId: unit, template: 'plan', title: `Kế hoạch của ${mark}` })
      const { proposalId: proposal } = await say<{ proposalId: string }>('proposals.propose', { unitId: unit, toUnitId: unit, subject: `Đề xuất của ${mark}`, content: { background: 'Tình hình', proposed: 'Đề nghị' } })
      const { formId } = await say<{ formId: string }>('reports.forms.publish', { unitId: unit, text: `code: f-${mark}\nname: { vi: Mẫu, en: Form }\nsections: [{ title: { vi: A, en: A }, fields: [{ code: done, label: { vi: Xong, en: Done } }] }]` })
      const { collectionId: collection } = await say<{ collectionId: string }>('reports.collections.ask', { unitId: unit, formId, title: `Báo cáo ${mark}`, schedule: { every: 'day', hour: '23:00' }, owing: { unitIds: [below] } })
      const report = (await say<{ items: { id: string; collectionId: string }[] }>('reports.mine', { limit: 50 })).items.find((one) => one.collectionId === collection)!.id
      const [signer, home, ref] = [openSigner(join(data, mark)), uuidv7(), { code: province, scheme: 'admin', name: `Tỉnh ${mark}` }]
      const { keyId: key } = await say<{ keyId: string }>('exchanges.register', { unitId: unit, line: keyLine(home, signer.publicKey().toString('base64url')), name: `Nơi gửi ${mark}` })
      const bytes = await packageOf(signer, { id: home, name: `Nơi gửi ${mark}` }, ref, { plan: [planRecord(home, ref, `Kế hoạch nhận của ${mark}`)] })
      const operator = db.as(OPERATOR)
      const { id: fileId } = await server.needs.blobs.store(operator.read, operator.side, OPERATOR, new Date(), 'goi.sansang.zip', (async function* () { yield bytes })())
      const { packageId } = await say<{ packageId: string }>('exchanges.receive', { unitId: unit, fileId })
      await take({ ...exchanging('Asia/Ho_Chi_Minh'), zone: 'Asia/Ho_Chi_Minh', program: '0', origin: () => Promise.resolve(uuidv7()), signer: () => server.needs.signer, blobs: () => server.needs.blobs }, operator, { orderId: uuidv7(), packageId }, {})
      const document = (await say<{ items: { id: string }[] }>('exchanges.documents', { q: `nhan cua ${mark}`, limit: 5 })).items[0]!.id
      return { custody, package: packageId, key, document, collection, report, unit, below, plan, proposal, paper, event: event!.id, task: taskIds[0]!, person, grant: grant!.id, programme: `P-${mark}`, template: `fair-${mark}`, directive, activity, link, body, meeting }
    }
    const mine = await place('01', '101', 'mot')
    const theirs = await place('02', '201', 'hai')

    const people = {} as Record<Role, Actor>
    const grants = {} as Record<Role, string>
    for (const role of roleNames) {
      const { personId } = await say<{ personId: string }>('people.add', { unitId: mine.unit, account: `vai-${role}`, name: `Vai ${role}`, title: null, phone: null, email: null, role })
      people[role] = { id: personId, kind: 'person', via: uuidv7() }
      actors.set(role, people[role])
      grants[role] = (await say<{ items: { id: string }[] }>('people.grants', { personId, limit: 5 })).items[0]!.id
    }
    await settle()
    return { server, url, db, endpoints, mine, theirs, people, grants, nation, settle, ask, close }
  } catch (error) {
    await close()
    throw error
  }
}

function lost(name: string): never { throw new Error(`there is no procedure ${name}`) }

/** As the browser's client sends it: path, query in brackets for GET, a form where there is a file, else JSON. */
function encode(endpoint: Endpoint, input: unknown): { path: string; query: string; body: BodyInit | undefined; headers: Record<string, string> } {
  const rest: Record<string, unknown> = typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : {}
  const path = endpoint.route.replace(/\{(\w+)\}/g, (_, name: string) => { const value = rest[name]; delete rest[name]; return encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value) ?? 'none') || 'none' })
  const pairs = () => brackets.serialize(rest).filter(([, value]) => value !== undefined && value !== null) as [string, unknown][]
  if (endpoint.method === 'GET') {
    const query = new URLSearchParams(pairs().map(([key, value]) => [key, typeof value === 'string' ? value.toWellFormed() : String(value)]))
    return { path, query: query.size > 0 ? `?${query.toString()}` : '', body: undefined, headers: {} }
  }
  if (JSON.stringify(rest, (_, value: unknown) => (value instanceof File ? '\u0001file' : value))?.includes('\\u0001file')) {
    const form = new FormData()
    for (const [key, value] of pairs()) if (value instanceof File) form.append(key, value); else form.append(key, typeof value === 'string' ? value.toWellFormed() : String(value))
    return { path, query: '', body: form, headers: {} }
  }
  const body = typeof input === 'object' && input !== null && !Array.isArray(input) ? rest : input
  return { path, query: '', body: JSON.stringify(body) ?? '', headers: { 'content-type': 'application/json' } }
}
