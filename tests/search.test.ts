// One search over everything: what is found, within whose rights, and that the database folds words as the program does.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { rows } from '../src/kernel/db.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import type { Actor } from '../src/kernel/access.ts'
import { run } from '../src/kernel/http/endpoints.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { asked, line, wordsIn } from '../src/capabilities/searches/decide.ts'
import type { Group } from '../src/capabilities/searches/contract.ts'
import { readCsv } from '../src/pure/csv.ts'
import { fold } from '../src/pure/text.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

const VECTORS = join(import.meta.dirname, '../../shared/data/text/vn-search-vectors.csv')

test('a line shows where the words stand, whole words marked, a little before and after', () => {
  assert.deepEqual(line('Lối thoát số 2 bị khóa, quá hạn 3 ngày', asked('loi thoat')), ['', 'Lối', ' ', 'thoát', ' số 2 bị khóa, quá hạn 3 ngày'])
  assert.deepEqual(line('Không có gì', asked('khac')), ['Không có gì'])
  const long = line(`${'chữ '.repeat(100)}khẩn cấp ${'chữ '.repeat(100)}`, asked('khan'))
  assert.equal(long[1], 'khẩn')
  assert.ok(long[0]!.startsWith('… ') && long.at(-1)!.endsWith(' …') && long.join('').length < 260)
})
test('of a text kept as JSON the words are found, not the names of its fields', () => {
  assert.equal(wordsIn('{"kind":"letter","day":"2026-11-23","unit":"01a208a6-ee61-7d50-be3c-5a548d9b5eae","body":[{"type":"text","text":"Đề nghị báo cáo."}]}'), 'Đề nghị báo cáo.', 'no word of the program’s own')
  assert.deepEqual(line('Đà Nẵng: lối thoát nạn', asked('thoat nan')), ['Đà Nẵng: lối ', 'thoát', ' ', 'nạn', ''], 'whole words first')
  assert.equal(wordsIn('{ chưa xong'), '{ chưa xong')
})

describe('search', () => {
  let world: World
  const find = async (q: string, as: Actor | undefined, more: object = {}) => {
    const answer = await world.ask(world.endpoints.find((e) => e.name === 'searches.find')!, { q, ...more }, as)
    return { status: answer.status, groups: (answer.body as unknown as { groups: Group[] }).groups }
  }
  const titles = (groups: Group[], of: Group['of']) => groups.find((group) => group.of === of)?.items.map((one) => one.title) ?? []
  const say = async (name: string, input: object, as: Actor) => {
    const answer = await world.ask(world.endpoints.find((e) => e.name === name)!, { orderId: uuidv7(), ...input }, as)
    assert.equal(answer.status, 200, answer.text)
  }
  before(async () => { world = await openWorld() })
  after(() => world.close())

  test('a unit, a task, a paper and a body are found by their names without accents, each only by who may read it', async () => {
    const mine = (await find('mot', world.people.secretariat)).groups
    assert.deepEqual([titles(mine, 'task'), titles(mine, 'body'), titles(mine, 'unit').sort()], [['Việc của mot', 'Việc một'], ['Ban chỉ đạo mot'], ['Tỉnh Một', 'Xã Một']])
    assert.equal(titles(mine, 'paper').length, 1)
    assert.deepEqual([titles(mine, 'programme'), titles(mine, 'event'), titles(mine, 'report')], [['Đợt mot'], ['Đợt mot, Tỉnh Một'], ['Báo cáo mot']])
    assert.deepEqual(titles((await find('tinh dot mot', world.people.reader)).groups, 'event'), ['Đợt mot, Tỉnh Một'], 'words of the programme and of the unit together')
    const theirs = (await find('hai', world.people.secretariat)).groups
    assert.deepEqual(theirs.map((group) => group.of), ['unit'], 'names of units are seen by every account, nothing else of the other province')
  })
  test('words inside a comment are found, by whoever may read the task and nobody else; who told it is not', async () => {
    await say('tasks.comment', { taskId: world.mine.task, text: 'Đã khảo sát hiện trường, còn thiếu bình chữa cháy ở tầng hai', told: { by: 'Hoàng Thị Bích Ngân', how: 'telephone' } }, world.people.secretariat)
    const [group] = (await find('binh chua chay', world.people.officer)).groups
    assert.equal(group!.of, 'text')
    assert.deepEqual(group!.items.map(({ kind, id, title }) => ({ kind, id, title })), [{ kind: 'task', id: world.mine.task, title: 'Việc của mot' }])
    assert.deepEqual(group!.items[0]!.words!.filter((_, i) => i % 2 === 1), ['bình', 'chữa', 'cháy'])
    assert.deepEqual((await find('bich ngan', world.people.officer)).groups, [])
    const other = (await world.ask(world.endpoints.find((e) => e.name === 'tasks.comment')!, { orderId: uuidv7(), taskId: world.theirs.task, text: 'bình chữa cháy' }, world.people.officer)).status
    assert.equal(other, 404)
  })
  test('a directive is found by its title, its text and its basis, by who may read a task of it', async () => {
    const issue = (issuerUnitId: string, more: object) => run(world.endpoints.find((e) => e.name === 'tasks.issueDirective')!, world.db.as(OPERATOR), { orderId: uuidv7(), issuerUnitId, lang: 'vi', tasks: [{ title: 'Rà soát', due: '2027-05-01', unitIds: [issuerUnitId], supportingUnitIds: [] }], ...more }) as Promise<{ directiveId: string; taskIds: string[] }>
    const said = { title: 'Về công tác hậu cần', body: 'Bố trí (lều bạt) tại quảng trường.', basis: 'Nghị quyết chuyên đề' }
    const { directiveId } = await issue(world.mine.unit, { number: '12/CT', ...said })
    await issue(world.theirs.unit, said)
    for (const q of ['cong tac hau can', 'leu bat quang truong', 'nghi quyet chuyen de']) {
      const found = (await find(q, world.people.reader)).groups.find((group) => group.of === 'directive')?.items
      assert.deepEqual(found?.map((one) => [one.id, one.title]), [[directiveId, '12/CT, Về công tác hậu cần']], q)
    }
  })
  test('words inside the points of a session, the sections of a plan and a proposal are found by who may read it and by nobody else', async () => {
    const tell = async <T>(name: string, input: object) => await run(world.endpoints.find((e) => e.name === name)!, world.db.as(OPERATOR), { orderId: uuidv7(), ...input }) as T
    for (const place of [world.mine, world.theirs]) {
      const { bodyId } = await tell<{ bodyId: string }>('bodies.form', { unitId: place.unit, kind: 'steering', name: 'Tổ công tác', members: [{ unitId: place.unit, role: 'chair' }] })
      const { meetingId } = await tell<{ meetingId: string }>('meetings.plan', { bodyId, title: 'Phiên kín', startsAt: '2026-01-05T01:00:00Z', agenda: [] })
      const { version } = await tell<{ version: number }>('meetings.get', { meetingId })
      await tell('meetings.record', { meetingId, expectedVersion: version, attendance: [], points: [{ text: 'Khảo sát cầu phao dã chiến' }] })
      const [section] = (await tell<{ sections: { id: string; version: number; title: string }[] }>('plans.get', { planId: place.plan })).sections
      await tell('plans.write', { planId: place.plan, sectionId: section!.id, expectedVersion: section!.version, title: section!.title, content: { text: 'Dự phòng cầu phao', tables: [], actions: [] } })
      await tell('proposals.propose', { unitId: place.unit, toUnitId: place.unit, subject: 'Bổ sung phương tiện', content: { background: 'Thiếu', proposed: 'Cấp cầu phao' } })
    }
    const inside = async (as: Actor) => (await find('cau phao', as, { limit: 50 })).groups.find((group) => group.of === 'text')?.items.map((one) => `${one.kind} ${one.title}`).sort() ?? []
    assert.deepEqual(await inside(world.people.reader), ['meeting Phiên kín', 'plan Kế hoạch của mot', 'proposal Bổ sung phương tiện'])
    const theirs = await sql<{ id: string }>`select id from private_texts where text like '%ầu phao%'`.execute(world.db.db)
    assert.equal(theirs.rows.length, 6, 'the other province has as many')
  })
  test('words inside a paper are found by the readers of a unit that it was sent to', async () => {
    const letter = { kind: 'letter', subject: 'Về việc bố trí xe', head: { profile: 'state', issuer: 'UBND', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Bố trí phương tiện đặc chủng tại bến đỗ.' }] }
    const issue = (sentTo: string[]) => run(world.endpoints.find((e) => e.name === 'papers.issue')!, world.db.as(OPERATOR), { orderId: uuidv7(), unitId: world.theirs.unit, letter, sentTo, links: [] })
    await issue([])
    assert.deepEqual(titles((await find('dac chung', world.people.reader)).groups, 'text'), [])
    await issue([world.mine.unit])
    const [group] = (await find('dac chung', world.people.reader)).groups
    assert.deepEqual([group!.of, group!.items.map((one) => [one.kind, one.title])], ['text', [['paper', '03/UB, Về việc bố trí xe']]])
  })
  test('words inside a paper are found; an erased text is not', async () => {
    assert.deepEqual(titles((await find('de nghi bao cao', world.people.reader)).groups, 'text').length, 1)
    await sql`update private_texts set text = null, erased_at = now() where subject = ${`paper:${world.mine.paper}`}`.execute(world.db.db)
    assert.deepEqual(titles((await find('de nghi bao cao', world.people.reader)).groups, 'text'), [])
  })
  test('a place is found in one word and in several, in names and inside texts', async () => {
    await say('tasks.comment', { taskId: world.mine.task, text: 'Khách mời của Đoàn Việt Nam' }, world.people.secretariat)
    await say('tasks.comment', { taskId: world.mine.task, text: 'Biển hiệu ghi “Welcome to Vietnam”' }, world.people.secretariat)
    for (const [q, marked] of [['vietnam', [['Vietnam'], ['Việt', 'Nam']]], ['Viet Nam', [['Vietnam'], ['Việt', 'Nam']]], ['doan vietnam', [['Đoàn', 'Việt', 'Nam']]]] as const) {
      const found = (await find(q, world.people.officer)).groups
      assert.deepEqual(found.find((group) => group.of === 'text')?.items.map((one) => one.words!.filter((_, i) => i % 2 === 1)), marked, q)
      if (q !== 'doan vietnam') assert.deepEqual(titles(found, 'unit')[0], 'Việt Nam', q)
    }
  })
  test('the program’s own words inside a stored paper are not found, what people wrote in it is; by the index over that alone', async () => {
    for (const q of ['letter', 'profile', 'state', 'subject']) assert.deepEqual((await find(q, world.people.secretariat)).groups, [], q)
    const texts = ['{"kind":"letter","body":[{"type":"text","text":"Đề nghị\\nbáo cáo","unit":"01a208a6-ee61-7d50-be3c-5a548d9b5eae","n":3}]}', '{ chưa xong', '[1,2]', 'kind', '{"a":"\\u0000 xin","b":"\\ud83d"}', '{"a":"😀 vui"}']
    const written = await rows(world.db.as(OPERATOR).read, sql<{ one: string }>`select written(t) as one from unnest(${texts}::text[]) with ordinality x(t, n) order by n`)
    assert.deepEqual(written.map(({ one }) => one), ['Đề nghị\nbáo cáo', '{ chưa xong', '', 'kind', texts[4], '😀 vui'])
    await world.db.db.transaction().execute(async (db) => {
      await sql`set local enable_seqscan = off`.execute(db)
      const plan = await sql<Record<string, string>>`explain select id from private_texts p where p.text is not null and to_tsvector('pg_catalog.simple', folded(written(p.text))) @@ to_tsquery('pg_catalog.simple', '(''vietnam'':*) | (''viet'':* & ''nam'':*)')`.execute(db)
      assert.match(plan.rows.map((row) => Object.values(row)[0]).join('\n'), /private_texts_by_words/)
    })
  })
  test('a word in very many texts: whoever reads few units finds it in all of theirs, however old; others in the latest, which is said', async () => {
    const add = (subject: string, from: number, to: number, text: string) => sql`insert into private_texts (id, subject, purpose, retention, until, salt, text)
      select (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000')::uuid, ${subject}, 'comment', 'record', timestamptz '2046-01-01', '\\x00', ${text}::text || n from generate_series(${from}::int, ${to}::int) n`.execute(world.db.db)
    await add(`task:${world.mine.task}`, 1, 1, 'Rào chắn cũ ')
    await add(`task:${world.mine.task}`, 2, 2, 'Hàng rào ')
    await add(`task:${world.theirs.task}`, 0x10000000, 0x10000000 + 20_099, 'Rào chắn ')
    const mine = await run(world.endpoints.find((e) => e.name === 'searches.find')!, world.db.as(world.people.officer), { q: 'rao chan', limit: 50 }) as { groups: Group[]; latest: boolean }
    assert.deepEqual([mine.latest, mine.groups.flatMap((group) => group.items.map((one) => one.words!.join('')))], [false, ['Rào chắn cũ 1']])
    const all = await run(world.endpoints.find((e) => e.name === 'searches.find')!, world.db.as(OPERATOR), { q: 'rao chan', limit: 3, of: 'text' }) as { groups: Group[]; latest: boolean }
    assert.deepEqual([all.latest, all.groups.map((group) => [group.more, group.items.map((one) => one.words!.join(''))])], [true, [[true, [20_099, 20_098, 20_097].map((n) => `Rào chắn ${0x10000000 + n}`)]]])
  })
  test('one kind alone is asked for with more of it; without signing in nothing is', async () => {
    assert.deepEqual((await find('mot', world.people.secretariat, { of: 'task', limit: 50 })).groups.map((group) => group.of), ['task'])
    assert.equal((await find('mot', undefined)).status, 401)
    assert.deepEqual((await find('!!!', world.people.secretariat)).groups, [])
  })
  test('the database folds as the program does', { skip: existsSync(VECTORS) ? false : 'shared data are not here' }, async () => {
    const read = world.db.as(OPERATOR).read
    const texts = [...readCsv(readFileSync(VECTORS), { required: ['query', 'should_match', 'should_not_rank_first', 'why'] }).rows.flatMap(({ values }) => [values['query']!, values['should_match']!]), 'Phường 01, H’Leo', 'Số 05/KH-UBND ngày 3/2', 'thuỷ = thủy', 'Ðà Nẵng'].filter(Boolean)
    const found = await rows(read, sql<{ given: string; folded: string }>`select given, folded(given) from unnest(${texts}::text[]) given`)
    assert.ok(found.length > 20)
    assert.deepEqual(found.map((one) => one.folded.trim()), found.map((one) => fold(one.given)))
  })
})
