// Accounts, grants and delegation between a nation, two provinces and their communes, on a real database.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { OPERATOR, granted, setRoles } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { asReader, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import { openKeys } from '../../kernel/keys.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { ROLES } from './contract.ts'
import type { Role } from './contract.ts'
import { createAccounts, peopleRoutes } from './routes.ts'
import { project } from './store/project.ts'

const routes = peopleRoutes({ address: () => 'https://ready.example.vn', demo: () => false, mails: async () => true, keys: () => openKeys('/nowhere', null) })
const at = new Date()
const days = (n: number): string => new Date(at.getTime() + n * 86_400_000).toISOString()
const NOWHERE = '0190a000-0000-7000-8000-0000000000ff'
const unit = { VN: uuidv7(), A: uuidv7(), B: uuidv7(), A1: uuidv7(), A2: uuidv7(), B1: uuidv7(), OLD: uuidv7() }
const paths = { VN: '1.', A: '1.2.', B: '1.3.', A1: '1.2.4.', A2: '1.2.5.', B1: '1.3.6.', OLD: '1.2.7.' }
let t: TestDb

before(async () => {
  setRoles(ROLES)
  t = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }, { name: 'people', folder: 'src/capabilities/people/schema' }], project)
  for (const [i, key] of (Object.keys(unit) as (keyof typeof unit)[]).entries()) {
    const parent = { VN: null, A: unit.VN, B: unit.VN, A1: unit.A, A2: unit.A, B1: unit.B, OLD: unit.A }[key]
    await sql`insert into units (id, scheme, code, kind, name, fold, number, step, path, parent_id, valid_from, valid_until, version, tree) values (${unit[key]}, 'admin', ${key}, ${key.length === 1 ? 'province' : key === 'VN' ? 'nation' : 'commune'},
      ${`Đơn vị ${key}`}, ${`don vi ${key.toLowerCase()}`}, ${i}, ${paths[key].split('.').at(-2)! + '.'}, ${paths[key]}, ${parent}, '2020-01-01', ${key === 'OLD' ? '2025-07-01' : null}, 1, 1)`.execute(t.db)
  }
})

let serial = 0
async function person(unitKey: keyof typeof unit | null, role?: Role, account = `p${++serial}`): Promise<Actor> {
  const [id] = await createAccounts(t.as(OPERATOR, { at }), [{ account, name: `Người ${account}`, unitId: unitKey && unit[unitKey], ...(role ? { role } : {}) }], new Date(at.getTime() - 1000))
  return { id: id!, kind: 'person', via: uuidv7() }
}
const as = (actor: Actor, when = at) => ({ context: t.as(actor, { at: when }) })
const give = (by: Actor, to: Actor, role: Role, where: keyof typeof unit | null, more: object = {}) => call(routes.give, { orderId: uuidv7(), personId: to.id, role, unitId: where && unit[where], ...more }, as(by))
const may = async (actor: Actor, right: `${string}.${string}`, where: keyof typeof unit): Promise<boolean> =>
  (await rows(asReader(t.db), sql<{ ok: boolean }>`select ${granted(actor, right, 'u.id')} as ok from units u where id = ${unit[where]}`))[0]!.ok
const facts = (id: string) => rows(asReader(t.db), sql<{ type: string; body: string; stream: string }>`select type, body, stream from journal where subject = ${`person:${id}`} order by position`)

describe('grants', () => {
  test('a role holds for the unit and all below, and nowhere else', async () => {
    const head = await person('A', 'head')
    assert.deepEqual([await may(head, 'task.verify', 'A'), await may(head, 'task.verify', 'A1'), await may(head, 'task.verify', 'B1'), await may(head, 'task.verify', 'VN')], [true, true, false, false])
    assert.equal(await may(head, 'unit.import', 'A'), false)
  })
  test('a head appoints officers at home and below, but nobody elsewhere, nobody above and nobody with more', async () => {
    const [head, colleague] = [await person('A', 'head'), await person('A')]
    await give(head, colleague, 'officer', 'A1')
    assert.equal(await may(colleague, 'task.report', 'A1'), true)
    await assert.rejects(give(head, colleague, 'officer', 'B1'), { code: 'NOT_FOUND' })
    await assert.rejects(give(head, colleague, 'officer', 'VN'), { code: 'NOT_FOUND' })
    await assert.rejects(give(head, colleague, 'secretariat', 'A1'), { code: 'MORE_THAN_YOURS', data: { role: 'secretariat', right: 'template.import', roleVi: 'Thường trực, tham mưu', roleEn: 'Secretariat' } })
    await assert.rejects(give(head, await person('B1'), 'officer', 'A1'), { code: 'NOT_FOUND' })
    await assert.rejects(give(head, colleague, 'reader', null), { code: 'NOT_FOUND' })
    await assert.rejects(give(await person('A', 'officer'), colleague, 'reader', 'A'), { code: 'NOT_FOUND' })
    assert.deepEqual((await facts(colleague.id)).map((f) => f.type), ['person.added.v1', 'grant.given.v1'], 'a refusal leaves nothing')
  })
  test('who may act at a unit is told with what is held above it, to those who may read people there', async () => {
    const [head, above, everywhere, beside] = [await person('B1', 'officer'), await person('B', 'head'), await person(null, 'head'), await person('A', 'head')]
    const acting = async (by: Actor, where: keyof typeof unit) => (await call(routes.grants, { unitId: unit[where], acts: true, limit: 200 }, as(by))).items.map((one) => one.person.id)
    const found = await acting(head, 'B1')
    assert.deepEqual([head, above, everywhere, beside].map(({ id }) => found.includes(id)), [true, true, true, false])
    assert.deepEqual(await acting(head, 'B'), [], 'nothing about a unit above one’s own')
  })
  test('a grant has a beginning and an end, and the same one is not given twice', async () => {
    const [head, later] = [await person('A', 'head'), await person('A')]
    await give(head, later, 'officer', 'A', { startsAt: days(1), endsAt: days(5) })
    assert.equal(await may(later, 'task.report', 'A'), false)
    await assert.rejects(give(head, later, 'officer', 'A', { startsAt: days(4) }), { code: 'GRANT_EXISTS' })
    await assert.rejects(give(head, later, 'officer', 'A2', { endsAt: days(-1) }), { code: 'GRANT_DATES' })
    const { items } = await call(routes.grants, { personId: later.id }, as(head))
    assert.deepEqual(items.map((g) => [g.role, g.state, g.unit?.code]), [['officer', 'coming', 'A']])
  })
  test('an ended grant ends at once; its reason is a private text that the fact only proves', async () => {
    const [head, officer] = [await person('A', 'head'), await person('A')]
    const { grantId } = await give(head, officer, 'officer', 'A')
    assert.equal(await may(officer, 'task.report', 'A'), true)
    await assert.rejects(call(routes.end, { orderId: uuidv7(), grantId }, as(await person('B', 'secretariat'))), { code: 'NOT_FOUND' })
    await call(routes.end, { orderId: uuidv7(), grantId, reason: 'chuyển công tác' }, as(head))
    assert.equal(await may(officer, 'task.report', 'A'), false)
    const [, , ended] = await facts(officer.id)
    assert.ok(!ended!.body.includes('chuyển'))
    const { id, hash } = (JSON.parse(ended!.body) as { reason: { id: string; hash: string } }).reason
    const [text] = await rows(asReader(t.db), sql<{ ok: boolean; text: string }>`select text, encode(sha256(salt || convert_to(text, 'UTF8')), 'hex') = ${hash} as ok from private_texts where id = ${id}`)
    assert.deepEqual(text, { text: 'chuyển công tác', ok: true })
  })
  test('two administrators who remove each other at the same moment: one stays', async () => {
    const [one, two] = [await person('VN', 'administrator'), await person('VN', 'administrator')]
    const grantOf = async (who: Actor) => (await call(routes.grants, { personId: who.id }, as(who))).items[0]!.id
    const [first, second] = [await grantOf(one), await grantOf(two)]
    const all = await Promise.allSettled([call(routes.end, { orderId: uuidv7(), grantId: second }, as(one)), call(routes.end, { orderId: uuidv7(), grantId: first }, as(two))])
    assert.deepEqual(all.map((r) => r.status).sort(), ['fulfilled', 'rejected'])
    const left = (await may(one, 'unit.import', 'VN')) ? one : two
    await assert.rejects(call(routes.end, { orderId: uuidv7(), grantId: left === one ? first : second }, as(left)), { code: 'LAST_ADMINISTRATOR' })
    await assert.rejects(call(routes.leave, { orderId: uuidv7(), personId: left.id }, as(left)), { code: 'LAST_ADMINISTRATOR' })
  })
})

describe('delegation', () => {
  test('a deputy holds the role while the holder is away, no longer than the holder does, and cannot hand it on', async () => {
    const boss = await person('A', 'secretariat')
    const [head, deputy, third] = [await person('A1'), await person('A1'), await person('A1')]
    const { grantId } = await give(boss, head, 'head', 'A1')
    const lent = await call(routes.delegate, { orderId: uuidv7(), grantId, toPersonId: deputy.id, endsAt: days(7) }, as(head))
    assert.equal(await may(deputy, 'task.verify', 'A1'), true)
    const { items } = await call(routes.grants, { personId: deputy.id }, as(head))
    assert.equal(items[0]!.delegatedBy!.id, head.id)
    await assert.rejects(call(routes.delegate, { orderId: uuidv7(), grantId: lent.grantId, toPersonId: third.id, endsAt: days(1) }, as(deputy)), { code: 'DELEGATE_YOURS' })
    await call(routes.end, { orderId: uuidv7(), grantId }, as(boss))
    assert.equal(await may(deputy, 'task.verify', 'A1'), false, 'with the source it ends')
  })
  test('who delegated takes it back', async () => {
    const [head, deputy] = [await person('A2', 'head'), await person('A2')]
    const own = (await call(routes.grants, { personId: head.id }, as(head))).items[0]!
    const { grantId } = await call(routes.delegate, { orderId: uuidv7(), grantId: own.id, toPersonId: deputy.id, endsAt: days(7) }, as(head))
    await call(routes.end, { orderId: uuidv7(), grantId }, as(head))
    assert.equal(await may(deputy, 'task.verify', 'A2'), false)
  })
})

describe('accounts of others', () => {
  const add = (by: Actor, account: string, where: keyof typeof unit, more: object = {}) =>
    call(routes.add, { orderId: uuidv7(), unitId: unit[where], account, name: 'Lê Thị Mai', phone: '0912 345 678', email: 'mai@example.vn', ...more }, as(by))
  test('names and contacts stand beside the journal; an account name is given once', async () => {
    const head = await person('A', 'head')
    const { personId } = await add(head, 'mai', 'A1', { role: 'officer' })
    const text = (await facts(personId)).map((f) => f.body).join()
    assert.ok(!/Mai|mai@|0912/.test(text))
    await assert.rejects(add(head, 'MAI', 'A2'), { code: 'ACCOUNT_TAKEN' })
    await assert.rejects(add(head, 'mai2', 'B1'), { code: 'NOT_FOUND' })
    await assert.rejects(add(head, 'mai3', 'OLD'), { code: 'UNIT_CLOSED' })
    await assert.rejects(add(head, 'mai4', 'A1', { role: 'administrator' }), { code: 'MORE_THAN_YOURS' })
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => add(head, 'cung-luc', 'A1')))
    assert.equal(all.filter((r) => r.status === 'fulfilled').length, 1)
  })
  test('a reading of contacts is logged, and shown to the person', async () => {
    const [head, officer] = [await person('A', 'head'), await person('A', 'officer')]
    const { personId } = await add(head, 'lien-he', 'A1')
    assert.equal((await call(routes.contact, { personId }, as(head))).phone, '0912 345 678')
    await assert.rejects(call(routes.contact, { personId }, as(officer)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.contact, { personId }, as(await person('B', 'head'))), { code: 'NOT_FOUND' })
    const held = await call(routes.held, undefined, as({ id: personId, kind: 'person', via: uuidv7() }))
    assert.deepEqual(held.readBy.map((r) => [r.person.id, r.what.vi, r.what.en]), [[head.id, 'điện thoại, thư điện tử', 'telephone, mail']])
    assert.equal(held.contact.email, 'mai@example.vn')
    assert.ok(held.contact.until)
    for (const said of [held.contact.purpose, held.contact.retention]) assert.notEqual(said.vi, said.en, 'in both languages')
  })
  test('a list holds neither telephone nor mail, is filtered by right, found without accents, and paged', async () => {
    const [head, elsewhere] = [await person('A', 'head'), await person('B', 'head')]
    for (let i = 0; i < 5; i++) await add(head, `trang-${i}`, 'A2', { name: `Đặng Trang ${i}` })
    const first = await call(routes.list, { q: 'dang trang', limit: 3 }, as(head))
    const rest = await call(routes.list, { q: 'dang trang', limit: 3, cursor: first.next! }, as(head))
    assert.deepEqual([...first.items, ...rest.items].map((p) => p.name), Array.from({ length: 5 }, (_, i) => `Đặng Trang ${i}`))
    assert.equal(first.total, 5)
    assert.equal(rest.next, null)
    assert.ok(!/0912|mai@/.test(JSON.stringify(first)))
    assert.deepEqual((await call(routes.list, { q: 'dang trang' }, as(elsewhere))).items, [])
    assert.ok((await call(routes.list, { unitId: unit.A2 }, as(head))).items.every((p) => p.unit!.code === 'A2'))
    for (const [i, name] of ['Trần Roll Bình', 'Đặng Roll Đức', 'Vũ Roll Ân', 'Bùi Roll Dũng', 'Lê Roll An', 'Đặng Roll An', 'Đinh Roll Án'].entries()) await add(head, `roll-${i}`, 'A2', { name })
    assert.deepEqual((await call(routes.list, { q: 'roll' }, as(head))).items.map((p) => p.name), ['Đặng Roll An', 'Lê Roll An', 'Đinh Roll Án', 'Vũ Roll Ân', 'Trần Roll Bình', 'Bùi Roll Dũng', 'Đặng Roll Đức'], 'by the given name, then by the rest')
    await add(head, '00070.a', 'A2', { name: 'Mã đơn vị' })
    assert.deepEqual((await call(routes.list, { q: '00070' }, as(head))).items.map((p) => p.account), ['00070.a'], 'zeros of an account count')
  })
  test('two editors of one account: the second hears what changed', async () => {
    const head = await person('A', 'head')
    const { personId } = await add(head, 'hai-nguoi', 'A1')
    assert.deepEqual(await call(routes.change, { orderId: uuidv7(), personId, expectedVersion: 1, title: 'Phó trưởng công an' }, as(head)), { version: 2 })
    await assert.rejects(call(routes.change, { orderId: uuidv7(), personId, expectedVersion: 1, name: 'Khác' }, as(head)), { code: 'CHANGED', data: { version: 2, changed: ['name'] } })
    await assert.rejects(call(routes.change, { orderId: uuidv7(), personId, expectedVersion: 2, unitId: unit.B1 }, as(head)), { code: 'NOT_FOUND' })
  })
  test('nobody resets, changes or removes one who holds more, though they sit in the same unit', async () => {
    const [head, secretary] = [await person('A', 'head'), await person('A', 'secretariat')]
    const asked = [
      () => call(routes.issueSlip, { orderId: uuidv7(), personId: secretary.id }, as(head)), () => call(routes.leave, { orderId: uuidv7(), personId: secretary.id }, as(head)),
      () => call(routes.change, { orderId: uuidv7(), personId: secretary.id, expectedVersion: 1, name: 'x' }, as(head)), () => call(routes.endSessions, { orderId: uuidv7(), personId: secretary.id }, as(head)), () => call(routes.countSessions, { personId: secretary.id }, as(head)),
    ]
    for (const ask of asked) await assert.rejects(ask(), { code: 'MORE_THAN_YOURS' })
  })
  test('who leaves holds nothing any more; only an administrator erases', async () => {
    const [head, officer] = [await person('A', 'head'), await person('A', 'officer')]
    await call(routes.leave, { orderId: uuidv7(), personId: officer.id }, as(head))
    assert.equal(await may(officer, 'task.report', 'A'), false)
    assert.equal((await call(routes.get, { personId: officer.id }, as(head))).access, 'left')
    await assert.rejects(give(head, officer, 'officer', 'A'), { code: 'PERSON_LEFT' })
    await assert.rejects(call(routes.erase, { orderId: uuidv7(), personId: officer.id }, as(head)), { code: 'NOT_FOUND' })
    await call(routes.erase, { orderId: uuidv7(), personId: officer.id }, as(await person('VN', 'administrator')))
    assert.deepEqual(await call(routes.get, { personId: officer.id }, as(head)).then((p) => [p.access, p.name, p.account]), ['erased', null, null])
  })
  test('a missing person and one of another province look the same', async () => {
    const head = await person('A', 'head')
    const there = await person('B1', 'officer')
    for (const personId of [there.id, NOWHERE]) {
      for (const ask of [() => call(routes.get, { personId }, as(head)), () => call(routes.leave, { orderId: uuidv7(), personId }, as(head)), () => call(routes.issueSlip, { orderId: uuidv7(), personId }, as(head))]) {
        await assert.rejects(ask(), { code: 'NOT_FOUND' })
      }
    }
  })
})

describe('in bulk', () => {
  test('one account for each unit that has none, with a slip each; the same order sent again shows no code twice', async () => {
    const secretary = await person('B', 'secretariat')
    const order = { orderId: uuidv7(), unitId: unit.B, kinds: ['commune', 'province'], role: 'head' as const }
    assert.deepEqual(await call(routes.countAccounts, { unitId: unit.B, kinds: ['commune', 'province'], role: 'reader' }, as(secretary)), { units: 2, missing: 2 })
    const { slips } = await call(routes.issueAccounts, { ...order, kinds: ['commune'] }, as(secretary))
    assert.deepEqual(slips.map((s) => [s.account, s.unit!.code, s.parents]), [['b1', 'B1', ['Đơn vị B', 'Đơn vị VN']]])
    await assert.rejects(call(routes.issueAccounts, { ...order, kinds: ['commune'] }, as(secretary)), { code: 'SLIPS_SHOWN' })
    await assert.rejects(call(routes.issueAccounts, { ...order, orderId: uuidv7(), kinds: ['commune'] }, as(secretary)), { code: 'NOBODY' })
    await assert.rejects(call(routes.issueAccounts, { ...order, orderId: uuidv7(), unitId: unit.A }, as(secretary)), { code: 'NOT_FOUND' })
    const stored = await rows(asReader(t.db), sql<{ text: string }>`select coalesce(string_agg(x::text, '|'), '') as text from (select answer as x from journal_orders union all select body from journal union all select p::text from passwords p) all_of_it`)
    assert.ok(!stored[0]!.text.includes(slips[0]!.code))

    const again = await call(routes.issueSlips, { orderId: uuidv7(), unitId: unit.B1, personIds: [slips[0]!.personId] }, as(secretary))
    assert.notEqual(again.slips[0]!.code, slips[0]!.code)
    const rest = await call(routes.issueSlips, { orderId: uuidv7(), unitId: unit.B1 }, as(secretary))
    assert.ok(rest.slips.length > 0 && !rest.slips.some((s) => s.personId === slips[0]!.personId), 'whose slip still opens the account gets no other')
    await assert.rejects(call(routes.issueSlips, { orderId: uuidv7(), unitId: unit.B1 }, as(secretary)), { code: 'NOBODY' })
    const [first] = rest.slips
    await sql`delete from passwords where person_id = ${first!.personId}`.execute(t.db)
    await sql`insert into provider_links (person_id, issuer, subject_hash, linked_at, used_at, purpose, retention, until) values (${first!.personId}, 'https://id.example.vn', 'x', now(), now(), 'x', 'account', now())`.execute(t.db)
    await assert.rejects(call(routes.issueSlips, { orderId: uuidv7(), unitId: unit.B1 }, as(secretary)), { code: 'NOBODY' }, 'whom the identity provider signs in gets no slip in bulk')
  })
  test('a staff list is looked at first, taken over whole, and refused whole when one line is wrong', async () => {
    const secretary = await person('A', 'secretariat')
    const csv = 'account;name;unit_code;role;phone\nds-1;Phạm Văn Một;A1;officer;0901 111 222\nds-2;Phạm Thị Hai;A2;Người đứng đầu;\n'
    const preview = await call(routes.previewStaff, { csv }, as(secretary))
    assert.deepEqual([preview.listed, preview.added, preview.granted, preview.problems], [2, 2, 2, []])
    await assert.rejects(call(routes.importStaff, { orderId: uuidv7(), csv: csv.replace('Một', 'Mốt'), seen: preview.seen }, as(secretary)), { code: 'PREVIEW_STALE' })
    const order = { orderId: uuidv7(), csv, seen: preview.seen }
    const done = { importId: order.orderId, added: 2, changed: 0, granted: 2 }
    assert.deepEqual(await call(routes.importStaff, order, as(secretary)), done)
    assert.deepEqual(await call(routes.importStaff, order, as(secretary)), done, 'sent twice, done once')
    assert.deepEqual(await call(routes.previewStaff, { csv }, as(secretary)).then((p) => [p.added, p.changed, p.same]), [0, 0, 2])

    const bad = `${csv}ds-3;Ba;B1;officer;\nds-1;Trùng;A1;;\n`
    const refused = await call(routes.previewStaff, { csv: bad }, as(secretary))
    assert.deepEqual(refused.problems.map((p) => [p.line, p.code]), [[4, 'UNIT_UNKNOWN'], [5, 'ACCOUNT_TWICE']])
    await assert.rejects(call(routes.importStaff, { orderId: uuidv7(), csv: bad, seen: refused.seen }, as(secretary)), { code: 'FILE_REFUSED' })
    const written = await call(routes.previewStaff, { csv: csv.replace('account;name;unit_code;role;phone', 'Tài khoản;Họ và tên;Mã đơn vị;Vai trò;Điện thoại') }, as(secretary))
    assert.deepEqual([written.same, written.zeros, written.problems], [2, 0, []], 'heads in Vietnamese')
    const changed = await call(routes.previewStaff, { csv: csv.replace('Hai', 'Hải') }, as(secretary))
    assert.deepEqual([changed.changed, changed.same], [1, 1])
  })
  test('a staff list is taken back: accounts that nobody used go with their names, roles that it gave end, what is in use stays and is counted', async () => {
    const secretary = await person('A', 'secretariat')
    const account = 'co-san'
    await person('A1', 'reader', account)
    const csv = `account;name;unit_code;role\nlui-1;Lê Văn Một;A1;officer\nlui-2;Lê Thị Hai;A2;head\nlui-3;Lê Văn Ba;A2;\n${account};Người có sẵn;A1;officer\n`
    const taken = async () => {
      const order = { orderId: uuidv7(), csv, seen: (await call(routes.previewStaff, { csv }, as(secretary))).seen }
      return (await call(routes.importStaff, order, as(secretary))).importId
    }
    const importId = await taken()
    const idOf = async (name: string) => (await rows(asReader(t.db), sql<{ id: string }>`select person_id as id from contacts where account = ${name}`))[0]!.id
    // One signed in meanwhile, as whoever has a password did.
    await sql`insert into passwords (person_id, hash, purpose, retention, until) values (${await idOf('lui-2')}, 'x', 'x', 'account', now())`.execute(t.db)
    await assert.rejects(call(routes.undoStaff, { orderId: uuidv7(), importId }, as(await person('A', 'secretariat'))), { code: 'NOT_FOUND' }, 'a list is its own giver\'s to take back')
    const undo = { orderId: uuidv7(), importId }
    assert.deepEqual([await call(routes.undoStaff, undo, as(secretary)), await call(routes.undoStaff, undo, as(secretary))], [{ erased: 2, ended: 1, kept: 1 }, { erased: 2, ended: 1, kept: 1 }])
    const left = await rows(asReader(t.db), sql<{ account: string; roles: string[] | null }>`select c.account, (select array_agg(g.role order by g.role) from grants g where g.person_id = c.person_id and (g.ends_at is null or g.ends_at > ${at})) as roles from contacts c where c.account like 'lui-%' or c.account = ${account} order by 1`)
    assert.deepEqual(left.map((one) => [one.account, one.roles]), [[account, ['reader']], ['lui-2', ['head']]].sort())
    await assert.rejects(call(routes.undoStaff, { orderId: uuidv7(), importId }, as(secretary)), { code: 'STAFF_IN_USE' })
    // The account names are free for the right list.
    const again = await taken()
    assert.deepEqual(await call(routes.undoStaff, { orderId: uuidv7(), importId: again }, as(secretary)), { erased: 2, ended: 1, kept: 0 })
    // What has been there long counts as used, whatever a new slip has wiped since.
    assert.deepEqual(await call(routes.undoStaff, { orderId: uuidv7(), importId: await taken() }, as(secretary, new Date(days(31)))), { erased: 0, ended: 1, kept: 2 })
  })
  test('eleven thousand accounts at once, for a demonstration', async () => {
    const ids = await createAccounts(t.as(OPERATOR, { at }), Array.from({ length: 11_000 }, (_, i) => ({ account: `demo-${i}`, name: `Người ${i}`, unitId: unit.A1, role: 'head' as const })))
    assert.equal(new Set(ids).size, 11_000)
    assert.equal((await rows(asReader(t.db), sql<{ n: number }>`select count(*)::int as n from grants g join contacts c using (person_id) where c.account like 'demo-%'`))[0]!.n, 11_000)
  })
})
