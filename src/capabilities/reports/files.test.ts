// All files of a period in one zip: a folder for each unit, by the rule of each file's own download.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { opened, unpacked } from '../../../tests/paper-files.ts'
import { openWorld } from '../../../tests/world.ts'
import type { World } from '../../../tests/world.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { run } from '../../kernel/http/endpoints.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Role } from '../people/contract.ts'
import { fits } from './routes/zip.ts'

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>')
const FORM = 'code: f-tep\nname: { vi: Có tệp, en: With files }\nsections: [{ title: { vi: A, en: A }, fields: [{ code: proof, kind: file, label: { vi: Ảnh, en: Pictures } }, { code: n, label: { vi: Số, en: Number } }] }]'

describe('the files of a period', () => {
  let world: World
  let formId: string
  let second: string
  const ask = (name: string, input: object, as: Role) => world.ask(world.endpoints.find((e) => e.name === name) ?? assert.fail(name), input, world.people[as])
  const give = async <T>(name: string, input: object, as: Role = 'head'): Promise<T> => {
    const answer = await ask(name, { orderId: uuidv7(), ...input }, as)
    assert.equal(answer.status, 200, `${name} ${answer.text}`)
    return answer.body as T
  }
  const upload = async (name: string, bytes: Buffer) =>
    (await (await fetch(`${world.url}/api/v1/files`, { method: 'POST', body: new Uint8Array(bytes), headers: { authorization: 'Bearer head', 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` } })).json() as { id: string }).id
  const asked = async (grade: string) => {
    const { collectionId, on } = await give<{ collectionId: string; on: string }>('reports.collections.ask', { unitId: world.mine.unit, formId, title: `Báo cáo ${grade}`, grade, schedule: { every: 'day', hour: '23:00' }, owing: { kinds: ['commune'] } })
    const reports = (await sql<{ id: string; unitId: string }>`select id, unit_id as "unitId" from reports where collection_id = ${collectionId}`.execute(world.db.db)).rows
    const send = (unitId: string, proof: string[], more: object = { expectedVersion: 1 }) => give('reports.submit', { reportId: reports.find((one) => one.unitId === unitId)!.id, values: { proof, n: 1 }, ...more })
    return { at: { collectionId, unitId: world.mine.unit, on }, send }
  }
  const zip = (at: { collectionId: string; unitId: string; on: string }, as: Role) => fetch(`${world.url}/api/v1/report-collections/${at.collectionId}/units/${at.unitId}/files.zip?on=${at.on}`, { headers: { authorization: `Bearer ${as}`, 'accept-language': 'vi' } })
  const inside = async (answer: Response) => { assert.equal(answer.status, 200); return unpacked(new Uint8Array(await answer.arrayBuffer())) }
  before(async () => {
    world = await openWorld()
    await run(world.endpoints.find((e) => e.name === 'units.import')!, world.db.as(OPERATOR), { orderId: uuidv7(), asOf: '2020-01-02', csv: 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n101,Xã Một,commune,01\n102,Xã A/B: Hai.,commune,01\n201,Xã Bốn,commune,02\n' })
    second = (await sql<{ id: string }>`select unit_id as id from public_units_tree where code = '102'`.execute(world.db.db)).rows[0]!.id
    formId = (await give<{ formId: string }>('reports.forms.publish', { unitId: world.mine.unit, text: FORM }, 'administrator')).formId
  })
  after(() => world.close())

  test('leave as one zip: a folder a unit, each name once; what a correction took away and what is not submitted stays out; what cannot be had is named', async () => {
    const { at, send } = await asked('none')
    const count = (as: Role = 'head') => give<{ files: number; units: number; bytes: number; fits: boolean }>('reports.collections.files', at, as)
    await world.settle()
    assert.deepEqual([await count(), await zip(at, 'head').then(async (answer) => [answer.status, (await answer.json() as { code: string }).code])], [{ files: 0, units: 0, bytes: 0, fits: true }, [409, 'NO_FILES']])
    const [one, two, erased] = [await upload('Ảnh chốt.pdf', PDF), await upload('ảnh chốt.pdf', Buffer.concat([PDF, Buffer.from('\n')])), await upload('cũ.pdf', PDF)]
    await send(world.mine.below, [one, two, erased])
    const wrong = await upload('nhầm.txt', Buffer.from('nhầm'))
    await send(second, [wrong])
    await send(second, [await upload('Danh sách.txt', Buffer.from('danh sách'))], { expectedVersion: 2, reason: 'Nhầm tệp' })
    await sql`update file_blobs set sha256 = null, salt = null, name = null, erased_at = now() where id = ${erased}`.execute(world.db.db)
    await world.settle()
    const { files, units } = await count()
    assert.deepEqual([files, units], [3, 2])
    const found = await inside(await zip(at, 'head'))
    assert.deepEqual([...found.keys()], ['101 Xã Một/Ảnh chốt.pdf', '101 Xã Một/ảnh chốt (2).pdf', '102 Xã A-B- Hai/Danh sách.txt', 'Tệp không kèm được.txt'])
    assert.deepEqual([found.get('102 Xã A-B- Hai/Danh sách.txt')!.toString(), found.get('101 Xã Một/Ảnh chốt.pdf')!.equals(PDF)], ['danh sách', true])
    assert.match(found.get('Tệp không kèm được.txt')!.toString(), /101 Xã Một · Ảnh · tệp đã xóa\r/)
    assert.equal((await zip({ ...at, unitId: world.theirs.unit }, 'head')).status, 404)
  })
  test('of a graded request each bears its reader and is written down first; for who is not named there is nothing', async () => {
    const { at, send } = await asked('secret')
    await send(world.mine.below, [await upload('Sơ đồ.pdf', PDF), await upload('hỏng.pdf', Buffer.from('%PDF-1.4 hong'))])
    await world.settle()
    assert.equal((await zip(at, 'secretariat')).status, 404)
    const found = await inside(await zip(at, 'head'))
    assert.deepEqual([...found.keys()], ['101 Xã Một/Sơ đồ.pdf', 'Tệp không kèm được.txt'])
    assert.match(found.get('Tệp không kèm được.txt')!.toString(), /hỏng\.pdf: Không đánh dấu được người đọc/)
    const { pages } = await opened(new Uint8Array(found.get('101 Xã Một/Sơ đồ.pdf')!))
    assert.ok(pages[0]!.texts.some(({ text }) => /^TỐI MẬT · Vai head · /.test(text)))
    const { items } = await give<{ items: { how: string }[] }>('custodies.reads', { recordId: at.collectionId, limit: 50 })
    assert.equal(items.filter(({ how }) => how === 'file').length, 2)
  })
  test('what is too much for one zip is said before it begins', () => {
    assert.deepEqual([fits({ files: 10_000, bytes: 2 ** 31 }), fits({ files: 10_001, bytes: 1 }), fits({ files: 1, bytes: 2 ** 31 + 1 })], [true, false, false])
  })
})
