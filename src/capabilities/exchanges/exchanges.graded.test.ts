// What bears a grade goes into no package, and none is taken from one that was forged.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { installation, later, register, remade } from '../../../tests/installations.ts'
import type { Installation } from '../../../tests/installations.ts'
import { unzipped, zipEntries } from '../../kernel/blobs/zip.ts'
import { uuidv7 } from '../../kernel/ids.ts'

const WORD = 'khongtuoc' // stands in every graded record of this test and nowhere else
const FORM = 'code: force\nname: { vi: Báo cáo lực lượng, en: Force }\nsections: [{ title: { vi: A, en: A }, fields: [{ code: said, kind: text, label: { vi: Nội dung, en: Words } }, { code: scan, kind: file, label: { vi: Bản quét, en: Scan } }] }]'
const parts = (bytes: Buffer): Map<string, string> => new Map(zipEntries(bytes, bytes.length)!.map((entry) => [entry.name, unzipped(bytes, entry)!.toString('latin1')]))
const utf8 = (text: string) => Buffer.from(text).toString('latin1')

describe('what bears a grade', () => {
  let A: Installation
  let B: Installation
  const scans = new Map<string, string>()
  before(async () => {
    [A, B] = await Promise.all([installation('00000000-0000-8000-8000-00000000000a'), installation('00000000-0000-8000-8000-00000000000b')])
    await sql`insert into settings (ceiling, version) values ('secret', 1)`.execute(A.t.db)
    await register(B, A, '01')
    for (const grade of ['none', 'secret'] as const) {
      const word = grade === 'none' ? 'congkhai' : WORD
      const scan = (what: string) => { const bytes = Buffer.from(`%PDF-1.4 ${what} ${word}`); scans.set(`${what} ${grade}`, bytes.toString('latin1')); return A.upload('commune', bytes, `${what}-${word}.pdf`) }
      const { planId } = await call(A.plans.draft, { orderId: uuidv7(), unitId: A.unit['101']!, template: 'plan', title: `Kế hoạch ${word}`, grade, headId: A.as('commune').context.actor.id }, A.as('commune'))
      const [section] = (await call(A.plans.get, { planId }, A.as('commune'))).sections
      await call(A.plans.write, { orderId: uuidv7(), planId, sectionId: section!.id, expectedVersion: 1, title: section!.title, content: { text: `Nội dung ${word}`, tables: [], actions: [] } }, A.as('commune'))
      await call(A.plans.attach, { orderId: uuidv7(), planId, files: [await scan('ke-hoach')] }, A.as('commune'))
      const { version } = await call(A.plans.get, { planId }, A.as('commune'))
      await call(A.plans.approve, { orderId: uuidv7(), planId, expectedVersion: version, inForceFrom: '2026-03-04', number: `5/${word}` }, A.as('operator'))
      const formId = (await call(A.reports.forms.publish, { orderId: uuidv7(), unitId: A.unit['01']!, text: FORM.replace('code: force', `code: f-${word}`) }, A.as('province'))).formId
      const { collectionId } = await call(A.reports.collections.ask, { orderId: uuidv7(), unitId: A.unit['01']!, formId, title: `Báo cáo ${word}`, grade, schedule: { every: 'week', weekday: 5, hour: '16:00' }, owing: { unitIds: [A.unit['101']!] } }, A.as('province'))
      const [report] = await A.read(sql<{ id: string }>`select id from reports where collection_id = ${collectionId}`)
      await call(A.reports.submit, { orderId: uuidv7(), reportId: report!.id, expectedVersion: 1, values: { said: `Lời ${word}`, scan: [await scan('bao-cao')] } }, A.as('commune', later(1)))
    }
  })
  after(() => { for (const one of [A, B]) rmSync(one.data, { recursive: true, force: true }) })

  test('stands in no package, whoever makes it: neither its title nor its words, its number, its request or its file', async () => {
    // Who wrote it, who asked for it, and whom no right holds.
    for (const who of ['commune', 'province', 'operator'] as const) {
      const bytes = await A.make(who, '101')
      const all = parts(bytes)
      const said = [...all].filter(([name, text]) => name.includes(WORD) || text.includes(utf8(WORD)) || [...scans].some(([scan, of]) => scan.endsWith('secret') && text.includes(of)))
      assert.deepEqual([who, said.map(([name]) => name), bytes.includes(WORD)], [who, [], false])
      // Beside it lies the same without a grade, so that something was looked at.
      for (const [name, word] of [['plans.jsonl', 'Kế hoạch congkhai'], ['reports.jsonl', 'Lời congkhai'], ['xem-read.html', 'congkhai'], ...(who === 'commune' ? [] : [['requests.jsonl', 'Báo cáo congkhai']])]) assert.ok(all.get(name!)?.includes(utf8(word!)), `${who}: ${name}`)
      assert.equal([...all.values()].filter((text) => text === scans.get('ke-hoach none') || text === scans.get('bao-cao none')).length, 2)
      assert.deepEqual([JSON.parse(all.get('manifest.json')!).grade, JSON.parse(all.get('manifest.json')!).counts.plan], ['none', 1])
    }
  })
  test('is refused where a record of a package says it has one, and where the package itself does', async () => {
    const bytes = await A.make('province', '101', {}, later(5))
    const before = await B.lines()
    const graded = (part: string) => remade(bytes, (all) => { all.set(part, Buffer.from(all.get(part)!.toString().replaceAll('"grade":"none"', '"grade":"secret"'))) }, A.signer)
    for (const part of ['plans.jsonl', 'requests.jsonl', 'reports.jsonl']) await assert.rejects(graded(part).then((one) => B.receive('commune', '101', one)), { code: 'PACKAGE_BROKEN' }, part)
    await assert.rejects(remade(bytes, () => {}, A.signer, (m) => ({ ...m, grade: 'secret' })).then((one) => B.receive('commune', '101', one)), { code: 'PACKAGE_BROKEN' })
    assert.equal(await B.lines(), before)
    assert.equal((await B.receive('commune', '101', bytes)).again, false)
  })
})
