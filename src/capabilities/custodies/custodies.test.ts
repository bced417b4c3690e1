// Who sees what is graded: role × named or not × grade × paper, plan, report and file; by every way by which a record can be seen.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { opened } from '../../../tests/paper-files.ts'
import { openWorld } from '../../../tests/world.ts'
import type { World } from '../../../tests/world.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { roleNames } from '../people/contract.ts'
import type { Role } from '../people/contract.ts'
import { missingAt } from '../reports/store/missing.ts'

const GRADED = ['none', 'confidential', 'secret'] as const
type Grade = (typeof GRADED)[number] | 'top_secret'
const WORD = 'khongtuoc' // stands in every record of this test and nowhere else
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>')
const FAR = '2027-06-30'

describe('what is graded', () => {
  let world: World
  let formId: string
  const ask = (name: string, input: object, as: Role) => world.ask(world.endpoints.find((e) => e.name === name) ?? assert.fail(name), input, world.people[as])
  const give = async <T = { paperId: string; planId: string; collectionId: string; readerId: string }>(name: string, input: object, as: Role = 'head'): Promise<T> => {
    const answer = await ask(name, { orderId: uuidv7(), ...input }, as)
    assert.equal(answer.status, 200, `${name} ${answer.text}`)
    return answer.body as T
  }
  const code = async (name: string, input: object, as: Role = 'head') => { const { status, body } = await ask(name, { orderId: uuidv7(), ...input }, as); return status === 200 ? 'taken' : body.code }
  const upload = async (name: string, bytes: Buffer, as: Role = 'head') =>
    (await (await fetch(`${world.url}/api/v1/files`, { method: 'POST', body: new Uint8Array(bytes), headers: { authorization: `Bearer ${as}`, 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="${name}"` } })).json() as { id: string }).id
  const download = (id: string, as: Role) => fetch(`${world.url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${as}` } })

  type Made = { record: string; title: string; subject: string; kind: 'paper' | 'plan' | 'collection'; get: [string, object]; list: [string, object]; order: [string, object]; file?: string }
  const letter = (subject: string) => ({ kind: 'letter', subject, head: { profile: 'state', issuer: 'Ủy ban', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: `Nội dung ${WORD}.` }] })
  const make: Record<'paper' | 'plan' | 'report', (grade: Grade) => Promise<Made>> = {
    paper: async (grade) => {
      const { paperId } = await give('papers.issue', { unitId: world.mine.unit, letter: letter(`Trích yếu ${WORD} ${grade}`), grade })
      const file = await upload('quet.pdf', PDF)
      await give('papers.attach', { paperId, files: [file] })
      return { record: paperId, title: `Trích yếu ${WORD} ${grade}`, subject: `paper:${paperId}`, kind: 'paper', get: ['papers.get', { paperId }], list: ['papers.list', { limit: 100 }], order: ['papers.link', { paperId, links: [{ relation: 'basis', text: 'Luật' }] }], file }
    },
    plan: async (grade) => {
      const { planId } = await give('plans.draft', { unitId: world.mine.unit, template: 'plan', title: `Phương án ${WORD} ${grade}`, grade })
      return { record: planId, title: `Phương án ${WORD} ${grade}`, subject: `plan:${planId}`, kind: 'plan', get: ['plans.get', { planId }], list: ['plans.list', { limit: 100 }], order: ['plans.attach', { planId, files: [uuidv7()] }] }
    },
    report: async (grade) => {
      const { collectionId } = await give('reports.collections.ask', { unitId: world.mine.unit, formId, title: `Báo cáo ${WORD} ${grade}`, grade, schedule: { every: 'day', hour: '23:00' }, owing: { unitIds: [world.mine.below] } })
      const { rows: [one] } = await sql<{ id: string }>`select id from reports where collection_id = ${collectionId}`.execute(world.db.db)
      return { record: collectionId, title: `Báo cáo ${WORD} ${grade}`, subject: `report:${one!.id}`, kind: 'collection', get: ['reports.get', { reportId: one!.id }], list: ['reports.collections.list', { limit: 100 }], order: ['reports.giveBack', { reportId: one!.id, expectedVersion: 1, reason: 'Thiếu' }] }
    },
  }
  before(async () => {
    world = await openWorld()
    formId = (await give<{ items: { id: string; code: string }[] }>('reports.forms.list', { limit: 50 })).items.find((form) => form.code === 'f-mot')!.id
  })
  after(() => world.close())

  /** By every way: the record, its list, the search, its history, the journal of the unit, the export of the journal, its file. */
  async function ways(made: Made, as: Role, brief: boolean): Promise<Record<string, boolean>> {
    const shows = async (name: string, input: object, what = made.record) => { const answer = await ask(name, input, as); return answer.status === 200 && answer.text.includes(what) }
    const asked: Record<string, Promise<boolean>> = {
      get: ask(...made.get, as).then(({ status }) => status === 200), list: shows(...made.list),
      // A report's name is its request's: nothing of its own is found or journaled before it is filled in.
      ...(made.kind === 'collection' ? { missing: missingAt(world.db.as(OPERATOR).read, world.people[as], 'report.read', [world.mine.unit], new Date(Date.now() + 2 * 86_400_000)).then((all) => all.some((one) => one.collectionId === made.record)) } : {}),
      ...(made.kind === 'collection' || brief ? {} : {
        search: shows('searches.find', { q: WORD, limit: 50 }), history: ask('journals.history', { subject: made.subject, limit: 5 }, as).then(({ status }) => status === 200),
        journal: shows('journals.activity', { limit: 100 }, made.title), export: shows('journals.export', { subject: made.subject }, made.title),
      }),
      ...(made.file ? { file: download(made.file, as).then(({ status }) => status === 200) } : {}),
    }
    return Object.fromEntries(await Promise.all(Object.entries(asked).map(async ([way, is]) => [way, await is])))
  }
  const JOURNAL = new Set<Role>(['administrator', 'secretariat', 'head'])

  test('is seen by whoever is named for it and by nobody else, whatever their role; what is not, by the tree as before', async () => {
    const wrong: string[] = []
    for (const kind of ['paper', 'plan', 'report'] as const) for (const grade of GRADED) {
      const made = await make[kind](grade)
      if (grade !== 'none') await give('custodies.name', { recordId: made.record, personId: world.people.officer.id, until: FAR, why: 'Tham mưu' })
      await Promise.all(roleNames.map(async (role) => {
        const may = grade === 'none' || role === 'head' || role === 'officer' // who wrote it, and who is named
        const seen = await ways(made, role, grade === 'confidential')
        for (const [way, is] of Object.entries(seen)) {
          const expected = may && (way === 'journal' ? JOURNAL.has(role) : way === 'export' ? role === 'administrator' || role === 'secretariat' : true)
          if (is !== expected) wrong.push(`${kind} ${grade}: ${role} ${is ? 'sees' : 'does not see'} it by ${way}`)
        }
        const acted = await ask(made.order[0], { orderId: uuidv7(), ...made.order[1] }, role)
        if (!may && acted.status !== 404) wrong.push(`${kind} ${grade}: ${role} may act (${acted.status})`)
      }))
    }
    assert.deepEqual(wrong, [])
  })
  test('above the ceiling is refused with a sentence, and nothing stays; a paper is registered by its number alone', async () => {
    const [first] = (await sql<{ n: number }>`select count(*)::int as n from journal`.execute(world.db.db)).rows
    const received = { unitId: world.mine.unit, issuer: 'Bộ', written: '9/TB', kind: 'letter', day: '2026-01-05', grade: 'top_secret' }
    assert.deepEqual([
      await code('papers.issue', { unitId: world.mine.unit, letter: letter('x'), grade: 'top_secret' }), await code('plans.draft', { unitId: world.mine.unit, template: 'plan', title: 'x', grade: 'top_secret' }),
      await code('reports.collections.ask', { unitId: world.mine.unit, formId, title: 'x', grade: 'top_secret', schedule: { every: 'day', hour: '23:00' }, owing: { unitIds: [world.mine.below] } }), await code('papers.receive', { ...received, subject: 'Kín' }),
    ], ['GRADE_ABOVE', 'GRADE_ABOVE', 'GRADE_ABOVE', 'GRADE_ABOVE'])
    assert.equal((await sql<{ n: number }>`select count(*)::int as n from journal`.execute(world.db.db)).rows[0]!.n, first!.n)
    const { paperId } = await give('papers.receive', received)
    const paper = await give<{ byNumber: boolean; grade: string; subject: string }>('papers.get', { paperId }, 'reader')
    assert.deepEqual([paper.byNumber, paper.grade, paper.subject], [true, 'top_secret', ''])
    assert.equal((await give<{ n: number }>('custodies.give', { recordId: paperId, unitId: world.mine.below })).n, 1, 'its copies are numbered all the same')
  })
  test('a unit is named as its own office: who stands above it does not see by that; what is sent to a unit names its office', async () => {
    const { paperId } = await give('papers.issue', { unitId: world.mine.unit, letter: letter(`Gửi ${WORD}`), grade: 'confidential', sentTo: [world.mine.below] }, 'secretariat')
    assert.equal((await ask('papers.get', { paperId }, 'head')).status, 404)
    const custody = await give<{ named: { way: string; unit: { id: string } | null }[]; name: string }>('custodies.get', { recordId: paperId })
    assert.deepEqual(custody.named.map((one) => [one.way, one.unit?.id ?? null]), [['author', null], ['recipient', world.mine.below]])
    await give('custodies.name', { recordId: paperId, unitId: world.mine.unit, until: FAR, why: 'Chỉ đạo' })
    assert.equal((await ask('papers.get', { paperId }, 'reader')).status, 200)
    await world.settle()
    const { rows: sent } = await sql<{ params: string }>`select params::text from inbox_items where about_id = ${paperId}`.execute(world.db.db)
    assert.ok(sent.length > 0 && sent.every(({ params }) => !params.includes(WORD)), 'no inbox holds its subject')
  })
  test('what one may not know of a register is counted, not shown; an end ends it; custody shows its keeper nothing of what it says', async () => {
    const plan = await make.plan('secret')
    const listed = async (as: Role) => (await give<{ withheld: number; items: { id: string }[] }>('plans.list', { limit: 100 }, as))
    assert.ok((await listed('secretariat')).withheld > 0)
    const shown = await ask('custodies.get', { recordId: plan.record }, 'secretariat')
    assert.deepEqual([shown.status, shown.body['name'], shown.text.includes(WORD)], [200, null, false])
    const { readerId } = await give('custodies.name', { recordId: plan.record, personId: world.people.secretariat.id, until: FAR, why: 'Thẩm định' }, 'secretariat')
    assert.equal((await ask(...plan.get, 'secretariat')).status, 200)
    await give('custodies.unname', { recordId: plan.record, readerId })
    assert.equal((await ask(...plan.get, 'secretariat')).status, 404)
    assert.deepEqual([await code('custodies.name', { recordId: plan.record, personId: world.people.officer.id, until: '2020-01-01', why: 'x' }), await code('custodies.name', { recordId: plan.record, until: FAR, why: 'x' })], ['READER_UNTIL', 'READER_UNKNOWN'])
  })
  test('each reading is written down before it leaves; a file leaves as a PDF with its reader on it; printing is an order', async () => {
    const paper = await make.paper('secret')
    const paperId = paper.record
    const seen = await give<{ mark: string }>('papers.get', { paperId })
    assert.match(seen.mark, /^TỐI MẬT · Vai head · /)
    const scan = await download(paper.file!, 'head')
    const bytes = Buffer.from(await scan.arrayBuffer())
    assert.deepEqual([scan.headers.get('content-type'), (await opened(new Uint8Array(bytes))).pages.map(({ texts }) => texts.filter(({ text }) => /^TỐI MẬT · Vai head · .*\d\d[:/]\d\d/.test(text)).length)], ['application/pdf', [3, 3, 3]])
    assert.equal(await code('papers.file', { paperId, format: 'docx' }), 'PRINT_NEEDED')
    const { printId, n } = await give<{ printId: string; n: number }>('custodies.print', { recordId: paperId, copies: 2, why: 'Phục vụ họp' })
    assert.deepEqual([n, await code('papers.file', { paperId, format: 'pdf', printId }), await code('papers.file', { paperId, format: 'docx', printId })], [1, 'taken', 'taken'])
    await give('custodies.name', { recordId: paperId, personId: world.people.officer.id, until: FAR, why: 'Đọc' })
    assert.equal(await code('papers.file', { paperId, format: 'pdf', printId }, 'officer'), 'PRINT_NEEDED', 'another\'s order is no order')
    const log = await give<{ items: { how: string; by: { name: string }; subject: string }[] }>('custodies.reads', { recordId: paperId, limit: 50 })
    assert.deepEqual(log.items.map((one) => `${one.by.name} ${one.how} ${one.subject.split(':')[0]}`).sort(), ['Vai head file file', 'Vai head print paper', 'Vai head read paper'])
    assert.equal((await give<{ prints: number }>('custodies.get', { recordId: paperId })).prints, 2)
    assert.equal((await ask('custodies.reads', { recordId: paperId, limit: 5 }, 'officer')).status, 404)
    const broken = await upload('hong.pdf', Buffer.from('%PDF-1.4 hong'))
    await give('papers.attach', { paperId, files: [broken] })
    assert.deepEqual(await download(broken, 'head').then(async (answer) => [answer.status, (await answer.json() as { code: string }).code]), [422, 'FILE_UNMARKABLE'])
    const higher = await upload('cao.pdf', PDF)
    const docx = await upload('ghi.txt', Buffer.from('ghi'))
    assert.deepEqual([await code('papers.attach', { paperId, files: [higher], filesGrade: 'top_secret' }), await code('papers.attach', { paperId, files: [docx] })], ['FILE_GRADE', 'FILE_UNMARKED'])
    await give('papers.attach', { paperId, files: [higher], filesGrade: 'secret' })
    const filed = async () => (await give<{ files: { id: string; grade: string }[] }>('papers.get', { paperId })).files.filter(({ id }) => id === higher || id === paper.file).map(({ grade }) => grade)
    assert.deepEqual(await filed(), ['none', 'secret'])
    const custody = await give<{ version: number }>('custodies.get', { recordId: paperId })
    await give('custodies.grade', { recordId: paperId, kind: 'paper', expectedVersion: custody.version, grade: 'confidential', reason: 'Đã hết mức', basis: '16/QĐ-UB' })
    assert.deepEqual(await filed(), ['none', 'confidential'], 'never above its paper')
    const plan = await make.plan('confidential')
    await give('plans.attach', { planId: plan.record, files: [await upload('so-do.pdf', PDF)], filesGrade: 'confidential' })
    assert.deepEqual((await give<{ files: { grade: string }[] }>(...plan.get)).files.map(({ grade }) => grade), ['confidential'])
  })
  test('a grade raised hides, a grade lifted by a paper shows again; copies go on with their numbers; the ceiling stays above what lies here', async () => {
    const plan = await make.plan('none')
    const graded = await give<{ version: number }>('custodies.grade', { recordId: plan.record, kind: 'plan', expectedVersion: 0, grade: 'confidential', reason: 'Có số liệu lực lượng' })
    assert.deepEqual([(await ask(...plan.get, 'reader')).status, (await ask(...plan.get, 'head')).status], [404, 200])
    const give_ = () => give<{ n: number }>('custodies.give', { recordId: plan.record, unitId: world.mine.below })
    assert.deepEqual([(await give_()).n, (await give_()).n], [1, 2])
    await give('custodies.takeBack', { recordId: plan.record, n: 1 })
    await give('custodies.destroy', { recordId: plan.record, n: 1, paper: 'BB 03/2026' })
    assert.deepEqual([await code('custodies.destroy', { recordId: plan.record, n: 1, paper: 'x' }), await code('custodies.takeBack', { recordId: plan.record, n: 7 }), (await give_()).n], ['COPY_GONE', 'COPY_UNKNOWN', 3])
    assert.equal(await code('custodies.grade', { recordId: plan.record, kind: 'plan', expectedVersion: graded.version, grade: 'none', reason: 'Hết hạn' }), 'GRADE_BASIS')
    await give('custodies.grade', { recordId: plan.record, kind: 'plan', expectedVersion: graded.version, grade: 'none', reason: 'Hết hạn', basis: '15/QĐ-UB' })
    assert.equal((await ask(...plan.get, 'reader')).status, 200)
    const { rows: bodies } = await sql<{ body: string }>`select body from journal where stream = ${`custody:${plan.record}`}`.execute(world.db.db)
    assert.ok(bodies.length === 8 && bodies.every(({ body }) => !body.includes(WORD) && !body.includes('lực lượng')), 'custody keeps no words in clear')
    const system = await world.ask(world.endpoints.find((e) => e.name === 'settings.setCeiling')!, { orderId: uuidv7(), ceiling: 'none', expectedVersion: 1 }, world.people.administrator)
    assert.ok(system.status === 403, system.text)
    assert.deepEqual((await checkRebuild({ connect: world.db.connect, data: '', origin: '' } as never)).differing, {})
  })
})
