// Every procedure × role × own and foreign unit, from the contract: who holds the right gets in, who does not cannot tell a record from a missing one.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import type * as z from 'zod'
import type { Endpoint } from '../src/kernel/http/endpoints.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { ROLES, roleNames } from '../src/capabilities/people/contract.ts'
import type { Role } from '../src/capabilities/people/contract.ts'
import { arbitraryOf } from './arbitrary.ts'
import { openWorld } from './world.ts'
import type { Place, World } from './world.ts'

/** How a record of a kind is named in an input, and one that does not exist. */
const KINDS: Record<string, { fields: string[]; of: (place: Place) => string; missing: string }> = {
  unit: { fields: ['unitId', 'issuerUnitId', 'parentId', 'unit'], of: (p) => p.unit, missing: uuidv7() },
  event: { fields: ['eventId'], of: (p) => p.event, missing: uuidv7() },
  task: { fields: ['taskId'], of: (p) => p.task, missing: uuidv7() },
  person: { fields: ['personId'], of: (p) => p.person, missing: uuidv7() },
  grant: { fields: ['grantId'], of: (p) => p.grant, missing: uuidv7() },
  body: { fields: ['bodyId'], of: (p) => p.body, missing: uuidv7() },
  meeting: { fields: ['meetingId'], of: (p) => p.meeting, missing: uuidv7() },
  directive: { fields: ['directiveId'], of: (p) => p.directive, missing: uuidv7() },
  paper: { fields: ['paperId'], of: (p) => p.paper, missing: uuidv7() },
  proposal: { fields: ['proposalId'], of: (p) => p.proposal, missing: uuidv7() },
  plan: { fields: ['planId'], of: (p) => p.plan, missing: uuidv7() },
  collection: { fields: ['collectionId'], of: (p) => p.collection, missing: uuidv7() },
  report: { fields: ['reportId'], of: (p) => p.report, missing: uuidv7() },
  custody: { fields: ['recordId'], of: (p) => p.custody, missing: uuidv7() },
  package: { fields: ['packageId'], of: (p) => p.package, missing: uuidv7() },
  key: { fields: ['keyId'], of: (p) => p.key, missing: uuidv7() },
  document: { fields: ['documentId'], of: (p) => p.document, missing: uuidv7() },
  programme: { fields: ['code', 'programme', 'programmeId'], of: (p) => p.programme, missing: 'P-khong-co' },
  template: { fields: ['code'], of: (p) => p.template, missing: 'khong-co' },
}

/** What a schema alone cannot say of an input that is to be let in: a second record that must be there too. */
const EXACT: Record<string, (place: Place, world: World, role: Role) => object> = {
  'units.create': () => ({ code: 'X1', kind: 'commune', name: 'Xã Mới', scheme: 'admin' }),
  'units.link': (_, world) => ({ toId: world.nation }),
  'units.unlink': (place) => ({ linkId: place.link }),
  'programmes.templates.get': () => ({ version: 1 }), 'programmes.templates.export': () => ({ version: 1 }), 'programmes.templates.diff': () => ({ from: 1, to: 1 }),
  'programmes.programmes.create': (place) => ({ template: place.template }),
  'programmes.events.changeActivity': (place) => ({ activityId: place.activity }), // Of another version: removed for one role, it would be missing for the next.
  'programmes.events.removeActivity': (place) => ({ activityId: place.activity, expectedVersion: 9999 }),
  'readiness.waive': () => ({ requirement: 'R1' }), 'readiness.withdraw': () => ({ requirement: 'R1' }),
  'bodies.form': (place) => ({ members: [{ unitId: place.unit, role: 'chair' }], parentId: null, from: null, until: null }),
  'bodies.change': (place) => ({ members: [{ unitId: place.unit, role: 'chair' }], parentId: null, from: null, until: null }),
  'meetings.plan': () => ({ agenda: [] }), 'meetings.change': () => ({ agenda: [] }), 'meetings.record': () => ({ attendance: [], points: [] }),
  'papers.issue': () => ({ letter: { kind: 'plan', subject: 'Kế hoạch', head: { profile: 'state', issuer: 'UBND', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Một' }] }, sentTo: [], links: [], firstNumber: undefined, draftId: undefined, bodyId: undefined }),
  'papers.issueEach': (place) => ({ letter: { kind: 'plan', subject: 'Kế hoạch', head: { profile: 'state', issuer: 'UBND', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Một' }] }, unitIds: [place.below], draftId: undefined, bodyId: undefined }),
  'papers.link': () => ({ links: [{ relation: 'basis', text: 'Luật' }] }),
  'papers.receive': () => ({ day: '2026-01-05', receivedOn: '2026-01-06', grade: 'none', subject: 'Về việc phối hợp', files: [], links: [] }), 'papers.acknowledge': (place) => ({ unitId: place.below }), 'papers.attach': () => ({ files: [uuidv7()] }),
  'plans.get': () => ({ n: undefined }), 'plans.table': () => ({ source: 'units', n: undefined, now: undefined }), 'plans.compare': () => ({ from: 1, to: 1 }),
  'plans.draft': () => ({ template: 'plan', headId: null, eventId: null, programmeId: null, restsOn: [] }), 'plans.attach': () => ({ files: [uuidv7()] }),
  'proposals.propose': (_, world) => ({ toUnitId: world.nation, toBodyId: undefined, planId: null, content: { background: 'Tình hình', options: [], proposed: 'Đề nghị', chosen: null } }),
  'proposals.again': () => ({ content: { background: 'Tình hình', options: [], proposed: 'Đề nghị', chosen: null } }), 'proposals.decide': () => ({ optionId: null, tasks: [] }),
  'reports.collections.ask': () => ({ schedule: { every: 'day', hour: '17:00' }, owing: { kinds: ['commune'] }, from: undefined, until: null }), 'reports.submit': () => ({ values: {} }), 'reports.keep': () => ({ values: {} }),
  'custodies.grade': () => ({ kind: 'plan' }), 'custodies.name': (place) => ({ personId: undefined, unitId: place.below, from: undefined }), 'custodies.give': (place) => ({ personId: undefined, unitId: place.below }),
  'exchanges.count': () => ({ from: null, until: null, programme: null }), 'exchanges.make': () => ({ from: null, until: null, programme: null }),
  'people.countAccounts': () => ({ kinds: ['commune'] }),
  'people.give': () => ({ role: 'reader' }),
  'people.delegate': (place, world, role) => ({ toPersonId: place.person, grantId: world.grants[role] }),
}

/** Held on any unit, it is enough: what a template or a programme asks for is read by every unit that has to do it. */
const ANYWHERE = new Set(['template.read', 'programme.read'])

const denied = ({ status }: { status: number }) => status === 401 || status === 403 || status === 404

describe('rights', () => {
  let world: World
  const seed = Number(process.env.SANSANG_TEST_SEED ?? Date.now() % 2 ** 31)
  before(async () => {
    console.log(`seed ${seed} (SANSANG_TEST_SEED=${seed} repeats this run)`)
    world = await openWorld()
  })
  after(() => world.close())

  /** An input that fits the schema and names this record. */
  function inputFor(endpoint: Endpoint, at: Place, record?: string, role: Role = 'reader'): Record<string, unknown> {
    const schema = endpoint.procedure['~orpc'].inputSchema as z.core.$ZodType | undefined
    if (!schema) return {}
    const kind = endpoint.meta.on ? KINDS[endpoint.meta.on] : undefined
    const known = (field: string): unknown[] => {
      for (const one of Object.values(KINDS)) if (one !== KINDS.programme && one !== KINDS.template && one.fields.includes(field)) return [one.of(at)]
      return field === 'unitIds' ? [at.below] : field === 'taskIds' ? [at.task] : []
    }
    const shape = (schema._zod.def as unknown as { shape?: Record<string, unknown> }).shape ?? {}
    const field = kind?.fields.find((name) => name in shape)
    if (kind && !field) throw new Error(`${endpoint.name} counts its right on a ${endpoint.meta.on}, but its input names none (${kind.fields.join(', ')})`)
    let why = ''
    const arbitrary = arbitraryOf(schema, known, true)
    for (let i = 0; i < 100; i++) {
      const [sample] = fc.sample(arbitrary, { seed: seed + i, numRuns: 1 }) as [Record<string, unknown>]
      const input = { ...sample, ...(field ? { [field]: record ?? kind!.of(at) } : {}), ...(record === undefined || endpoint.name === 'people.countAccounts' ? EXACT[endpoint.name]?.(at, world, role) : {}) }
      const fits = (schema as z.ZodType).safeParse(input)
      if (fits.success) return input
      why = fits.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')
    }
    throw new Error(`no input of 100 fits the schema of ${endpoint.name}: ${why}`)
  }
  const fresh = (input: Record<string, unknown>) => ('orderId' in input ? { ...input, orderId: uuidv7() } : input)
  /** Without what differs from one refusal to the next. */
  const seen = ({ status, body }: Awaited<ReturnType<World['ask']>>) => JSON.stringify({ status, ...body, trace: undefined })
  const has = (role: Role, right: string) => (ROLES[role].rights as readonly string[]).includes(right)

  test('every procedure has an expectation, and every right in it belongs to some role', () => {
    assert.ok(world.endpoints.length > 60, `${world.endpoints.length} procedures`)
    for (const { name, meta } of world.endpoints) {
      if (meta.right === 'public' || meta.right === 'self') continue
      assert.ok(roleNames.some((role) => has(role, meta.right)), `${name}: no role holds ${meta.right}`)
      if (meta.on) assert.ok(KINDS[meta.on], `${name}: this test knows no record of kind ${meta.on}`)
    }
  })

  /** All that is wrong at once: one mistake in a rule of rights is seldom alone. */
  async function each(endpoints: Endpoint[], check: (endpoint: Endpoint) => Promise<(string | false | undefined)[]>): Promise<void> {
    const wrong: string[] = []
    for (const endpoint of endpoints) wrong.push(...(await check(endpoint).catch((error: Error) => [error.message])).filter((line) => typeof line === 'string').map((line) => `${endpoint.name}: ${line}`))
    assert.ok(endpoints.length > 0)
    assert.deepEqual(wrong, [])
  }
  const brief = ({ status, text }: { status: number; text: string }) => `${status} ${text.slice(0, 160)}`

  test('nobody gets in without signing in, except by the doors', () => each(world.endpoints, async (endpoint) => {
    const answer = await world.ask(endpoint, inputFor(endpoint, world.mine), undefined)
    if (endpoint.meta.right === 'public') return [answer.status === 403 && brief(answer)]
    return [(answer.status !== 401 || answer.body.code !== 'SIGN_IN') && brief(answer)]
  }))

  const about = (e: Endpoint) => e.meta.on !== undefined
  test('a record outside one\'s rights looks missing, to every role', () => each(world.endpoints.filter((e) => about(e) && !ANYWHERE.has(e.meta.right)), (endpoint) => Promise.all(roleNames.map(async (role) => {
    const { missing, of } = KINDS[endpoint.meta.on!]!
    const absent = await world.ask(endpoint, fresh(inputFor(endpoint, world.theirs, missing)), world.people[role])
    const foreign = await world.ask(endpoint, fresh(inputFor(endpoint, world.theirs, of(world.theirs))), world.people[role])
    return !denied(foreign) ? `${role} gets ${brief(foreign)}` : seen(foreign) !== seen(absent) && `${role} sees a difference: ${seen(foreign)} but ${seen(absent)}`
  }))))

  test('a role without the right is refused on its own unit, and the record looks missing', () => each(world.endpoints.filter(about), (endpoint) => Promise.all(roleNames.filter((r) => !has(r, endpoint.meta.right)).map(async (role) => {
    const own = await world.ask(endpoint, fresh(inputFor(endpoint, world.mine)), world.people[role])
    const absent = await world.ask(endpoint, fresh(inputFor(endpoint, world.mine, KINDS[endpoint.meta.on!]!.missing)), world.people[role])
    return !denied(own) ? `${role} gets ${brief(own)}` : seen(own) !== seen(absent) && `${role} sees a difference: ${seen(own)} but ${seen(absent)}`
  }))))

  test('what is not about one record shows and changes nothing foreign, and nothing at all without the right', () => each(world.endpoints.filter((e) => !about(e) && e.meta.right !== 'public' && e.meta.right !== 'self'), async (endpoint) => {
    const secrets = (place: Place) => [place.event, place.task, place.person, place.grant, place.directive, place.paper, place.plan, place.proposal, place.collection, place.report, place.custody, place.package, place.key, place.document].filter((s) => s !== '')
    const journal = async () => Number((await world.db.db.selectFrom('journal').select(({ fn }) => fn.max('position').as('n')).executeTakeFirstOrThrow()).n)
    const wrong: (string | false)[] = []
    for (const role of roleNames) {
      const mayHere = has(role, endpoint.meta.right)
      const input = fresh(inputFor(endpoint, mayHere ? world.theirs : world.mine))
      const before = await journal()
      const answer = await world.ask(endpoint, input, world.people[role])
      const shown = [...secrets(world.theirs), ...(mayHere ? [] : secrets(world.mine))].filter((secret) => !JSON.stringify(input).includes(secret) && answer.text.includes(secret))
      wrong.push(shown.length > 0 && `${role} is shown ${shown.join()}: ${brief(answer)}`, answer.status >= 500 && brief(answer), await journal() !== before && `${role} changed something: ${brief(answer)}`)
    }
    return wrong
  }))

  // Last: these may change the world. Each is asked on a record that is there, so whoever holds the right hears anything but "missing".
  const order = (e: Endpoint) => (e.method === 'GET' ? 0 : /erase|leave|close|cancel|withdraw|end|release/i.test(e.name) ? 2 : 1)
  test('a role with the right gets in on its own unit', () => each(world.endpoints.filter(about).sort((a, b) => order(a) - order(b)), async (endpoint) => {
    const wrong: (string | false)[] = []
    for (const role of roleNames.filter((r) => has(r, endpoint.meta.right))) {
      const answer = await world.ask(endpoint, fresh(inputFor(endpoint, world.mine, undefined, role)), world.people[role])
      wrong.push((denied(answer) || answer.status >= 500 || answer.body.issues !== undefined) && `${role} gets ${brief(answer)}`)
    }
    return wrong
  }))
})
