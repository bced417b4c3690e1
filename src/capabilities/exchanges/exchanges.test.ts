// Packages between two installations that share nothing but the codes of their units: down, up, twice, changed, tampered, by a key that may not.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { FORM, installation, later, register, remade } from '../../../tests/installations.ts'
import type { Installation } from '../../../tests/installations.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { refusals } from '../../app/wiring.ts'
import { zipEntries } from '../../kernel/blobs/zip.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { PreviewLine } from './contract.ts'
import { openPackage } from './routes/open.ts'
import { takeNow } from './routes/take.ts'
import { packageSeen } from './store/read.ts'

const brief = (items: PreviewLine[]) => items.map(({ kind, verdict }) => `${kind} ${verdict}`)

describe('two installations', () => {
  let A: Installation
  let B: Installation
  before(async () => { [A, B] = await Promise.all([installation('00000000-0000-8000-8000-00000000000a'), installation('00000000-0000-8000-8000-00000000000b')]) })
  after(() => { for (const one of [A, B]) rmSync(one.data, { recursive: true, force: true }) })
  let down: Buffer
  let [taskId, collectionId] = ['', '']

  test('a package of an unregistered key is refused, with the fingerprint and what to do', async () => {
    const given = await call(A.tasks.issueDirective, { orderId: uuidv7(), issuerUnitId: A.unit['01']!, number: '12/KH', title: 'Bảo đảm an toàn hội chợ', body: 'Các xã thực hiện.', tasks: [
      { title: 'Rà soát địa điểm', due: '2026-03-05', product: 'Biên bản', unitIds: [A.unit['101']!], supportingUnitIds: [A.unit['102']!] }, { title: 'Kiểm tra trụ nước', target: { kind: 'number', count: 4, unit: 'trụ' }, unitIds: [A.unit['101']!, A.unit['102']!] }] }, A.as('province'))
    taskId = given.taskIds[0]!
    const { formId } = await call(A.reports.forms.publish, { orderId: uuidv7(), unitId: A.unit['01']!, text: FORM }, A.as('province'))
    ;({ collectionId } = await call(A.reports.collections.ask, { orderId: uuidv7(), unitId: A.unit['01']!, formId, title: 'Báo cáo tuần', schedule: { every: 'week', weekday: 5, hour: '16:00' }, owing: { unitIds: [A.unit['101']!] } }, A.as('province')))
    assert.deepEqual(await call(A.exchanges.count, { unitId: A.unit['101']!, choices: ['tasks', 'reports', 'plans'] }, A.as('province')), { tasks: 2, reports: 0, plans: 0, most: 20_000, over: false })
    down = await A.make('province', '101', { purpose: 'Giao việc quý hai' })
    const before = await B.lines()
    const { fingerprint } = await call(A.exchanges.ownKey, undefined, A.as('province'))
    await assert.rejects(B.receive('commune', '101', down), (error: { code: string; data: object }) => { assert.deepEqual([error.code, error.data], ['KEY_UNKNOWN', { name: 'Việt Nam', fingerprint }]); return true })
    assert.match(fingerprint, /^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    assert.equal(await B.lines(), before)
  })

  test('what the superior without the program reads stands in the package: a page without script, a spreadsheet', () => {
    const { manifest, part } = openPackage(down)
    const page = part('xem-read.html').toString()
    assert.deepEqual([manifest.counts.task, manifest.of.code, manifest.grade, manifest.parts.some(({ name }) => name.endsWith('.xlsx'))], [2, '101', 'none', true])
    assert.ok(page.includes('Rà soát địa điểm') && page.includes('12/KH') && !/<script|https?:|src=/i.test(page))
  })

  test('a directive comes down: its tasks are tasks of the unit here, by the authority of its issuer, past due or not; twice is once', async () => {
    await register(B, A, '01')
    const { packageId, again } = await B.receive('commune', '101', down)
    const seen = await B.preview('commune', packageId)
    assert.deepEqual([again, seen.counts, brief(seen.items)], [false, { new: 4, changed: 0, here: 0, refused: 0 }, ['directive new', 'task new', 'task new', 'request new']])
    // The medium lay in a drawer: what is overdue by now comes all the same.
    assert.deepEqual(await B.take('commune', packageId, new Date('2026-03-06T02:00:00Z')), [])
    const { items } = await call(B.tasks.list, { sort: 'due' }, B.as('officer'))
    assert.deepEqual(items.map((task) => [task.title, task.issuer?.code, task.unit.code, task.state]), [['Rà soát địa điểm', '01', '101', 'assigned'], ['Kiểm tra trụ nước', '01', '101', 'assigned']])
    const detail = await call(B.tasks.get, { taskId: items[0]!.id }, B.as('officer'))
    const { origin } = await call(B.exchanges.origin, { localId: items[0]!.id }, B.as('officer'))
    assert.deepEqual([detail.directive?.number, detail.supporting.map(({ code }) => code), detail.due?.at, origin?.from, origin?.packageId], ['12/KH', ['102'], '2026-03-05T16:59:59.999Z', 'Nơi gửi 01 (Việt Nam)', packageId])
    assert.equal((await call(B.exchanges.origin, { localId: items[0]!.id }, B.as('other'))).origin, null)

    const before = await B.lines()
    assert.deepEqual([await B.receive('commune', '101', down), (await B.preview('commune', packageId)).counts], [{ packageId, again: true }, { new: 0, changed: 0, here: 4, refused: 0 }])
    assert.deepEqual(await B.take('commune', packageId), [])
    // Another package with the same records, made later, brings nothing new either.
    const second = await B.receive('commune', '101', await A.make('province', '101', {}, later(5)))
    assert.deepEqual([second.again, (await B.preview('commune', second.packageId)).counts.here, await B.take('commune', second.packageId)], [false, 4, []])
    assert.deepEqual((await B.read(sql<{ type: string }>`select type from journal order by position offset ${before}`)).map(({ type }) => type), ['package.taken.v1', 'package.received.v1', 'package.taken.v1'])
  })

  let up: Buffer
  test('work is reported below with a file; upwards it lands on the superior\'s task, and so does the report of the week', async () => {
    const [task, counted] = (await call(B.tasks.list, { sort: 'due' }, B.as('officer'))).items
    const file = await B.upload('officer', Buffer.from('%PDF-1.4 biên bản'), 'bien-ban.pdf')
    await call(B.tasks.report, { orderId: uuidv7(), taskId: task!.id, note: 'Đã rà soát xong', files: [file] }, B.as('officer', later(10)))
    await call(B.tasks.report, { orderId: uuidv7(), taskId: counted!.id, done: false, number: 3 }, B.as('officer', later(11)))
    const [owed] = (await call(B.reports.mine, { limit: 5 }, B.as('officer'))).items
    await call(B.reports.submit, { orderId: uuidv7(), reportId: owed!.id, expectedVersion: 1, values: { done: 7, said: 'Thiếu xe' } }, B.as('officer', later(12)))
    await call(B.tasks.assign, { orderId: uuidv7(), issuerUnitId: B.unit['101']!, unitId: B.unit['101']!, title: 'Việc riêng của xã' }, B.as('commune', later(13)))
    up = await B.make('commune', '101', {}, later(20))
    await register(A, B, '101')
    const { packageId } = await A.receive('province', '01', up)
    const seen = await A.preview('province', packageId)
    assert.deepEqual(brief(seen.items.filter(({ verdict }) => verdict === 'new')).toSorted(), ['report new', 'task new', 'work new', 'work new'])
    assert.equal(seen.counts.refused, 0)
    assert.deepEqual(await A.take('province', packageId, later(30)), [])
    const there = await call(A.tasks.get, { taskId }, A.as('province'))
    assert.deepEqual([there.state, there.reports[0]?.text, there.reports[0]?.toldBy, there.reports[0]?.files.map(({ name }) => name)], ['reported', 'Đã rà soát xong', 'Nơi gửi 101 (Việt Nam)', ['bien-ban.pdf']])
    const mine = (await call(A.tasks.list, { unit: A.unit['101']!, sort: 'due' }, A.as('province'))).items
    assert.deepEqual(mine.map(({ title, state, reached }) => [title, state, reached]).toSorted(), [['Kiểm tra trụ nước', 'under_way', 3], ['Rà soát địa điểm', 'reported', null], ['Việc riêng của xã', 'assigned', null]])
    const [report] = await A.read(sql<{ id: string }>`select id from reports where collection_id = ${collectionId} and unit_id = ${A.unit['101']!} and state = 'submitted'`)
    assert.deepEqual((await call(A.reports.get, { reportId: report!.id }, A.as('province'))).values, { done: 7, said: 'Thiếu xe' })
    const lines = await A.lines()
    assert.deepEqual([await A.take('province', packageId), (await A.preview('province', packageId)).counts.new, await A.lines() - lines], [[], 0, 1])
  })

  test('the superior\'s verdict and a changed date go down; an older package changes nothing back', async () => {
    await call(A.tasks.verify, { orderId: uuidv7(), taskId }, A.as('chief', later(40)))
    const [, counted] = (await call(A.tasks.list, { unit: A.unit['101']!, directive: (await call(A.tasks.get, { taskId }, A.as('province'))).directive!.id, sort: 'due' }, A.as('province'))).items
    await call(A.tasks.edit, { orderId: uuidv7(), taskId: counted!.id, expectedVersion: 1, title: 'Kiểm tra trụ nước, bể nước', due: '2026-05-01' }, A.as('province', later(41)))
    const { packageId } = await B.receive('commune', '101', await A.make('province', '101', {}, later(45)))
    assert.deepEqual(brief((await B.preview('commune', packageId)).items.filter(({ verdict }) => verdict !== 'here')), ['task changed', 'act new'])
    assert.deepEqual(await B.take('commune', packageId, later(46)), [])
    const old = await B.receive('commune', '101', down)
    assert.deepEqual([(await B.preview('commune', old.packageId)).counts, await B.take('commune', old.packageId, later(47))], [{ new: 0, changed: 0, here: 4, refused: 0 }, []])
    assert.deepEqual((await call(B.tasks.list, { part: 'lead', unit: B.unit['101']!, sort: 'due' }, B.as('officer'))).items.map(({ title, state }) => [title, state]).toSorted(), [['Kiểm tra trụ nước, bể nước', 'under_way'], ['Rà soát địa điểm', 'verified'], ['Việc riêng của xã', 'assigned']])
  })

  test('stopped between two records, it goes on with what is missing', async () => {
    await call(A.tasks.issueDirective, { orderId: uuidv7(), issuerUnitId: A.unit['01']!, title: 'Đợt hai', tasks: [{ title: 'Trực ban', unitIds: [A.unit['101']!] }] }, A.as('province', later(48)))
    const { packageId } = await B.receive('commune', '101', await A.make('province', '101', { choices: ['tasks'] }, later(49)))
    let told = 0
    const job = { signal: { get aborted() { return told > 0 } } as AbortSignal, progress: () => { told++ }, results: () => {} }
    await assert.rejects(takeNow(B.needs, () => B.as('commune').context, packageId, refusals, job), /stopped/)
    assert.ok(told > 0 && (await B.preview('commune', packageId)).counts.new > 0)
    assert.deepEqual([await B.take('commune', packageId), (await B.preview('commune', packageId)).counts.new], [[], 0])
    assert.equal((await call(B.tasks.list, { q: 'truc ban', sort: 'due' }, B.as('officer'))).items.length, 1)
  })

  test('a plan in force lands as a document: read, searched for, marked, not to be edited', async () => {
    const { planId } = await call(B.plans.draft, { orderId: uuidv7(), unitId: B.unit['101']!, template: 'plan', title: 'Kế hoạch của xã', headId: (await B.read(sql<{ id: string }>`select person_id as id from grants join people on people.id = person_id where role = 'officer' limit 1`))[0]!.id }, B.as('operator'))
    const { sections: [section], version } = await call(B.plans.get, { planId }, B.as('operator'))
    await call(B.plans.write, { orderId: uuidv7(), planId, sectionId: section!.id, expectedVersion: 1, title: section!.title, content: { text: 'Trực hai mươi bốn giờ' } }, B.as('operator'))
    await call(B.plans.approve, { orderId: uuidv7(), planId, expectedVersion: version + 1, number: '5/KH', inForceFrom: '2026-03-04' }, B.as('operator', later(50)))
    const { packageId } = await A.receive('province', '01', await B.make('commune', '101', { choices: ['plans'] }, later(51)))
    assert.deepEqual([brief((await A.preview('province', packageId)).items), await A.take('province', packageId, later(52))], [['plan new'], []])
    const [line] = (await call(A.exchanges.documents, { q: 'ke hoach cua xa' }, A.as('province'))).items
    const document = await call(A.exchanges.document, { documentId: line!.id }, A.as('province'))
    assert.deepEqual([line!.of.name, line!.from, document.sections![0]!.text, document.number], ['Xã Tân Lập', 'Nơi gửi 101 (Việt Nam)', 'Trực hai mươi bốn giờ', '5/KH'])
    await assert.rejects(call(A.exchanges.document, { documentId: line!.id }, A.as('other')), { code: 'NOT_FOUND' })
    // On to the next level it keeps its own name: where it came to be it is known again.
    const onward = openPackage(await A.make('province', '01', { choices: ['plans'] }, later(53)))
    const { home, id, sections: [first] } = JSON.parse(onward.part('plans.jsonl').toString()) as { home: string; id: string; sections: { text: string }[] }
    assert.deepEqual([home, id, first!.text], ['00000000-0000-8000-8000-00000000000b', planId, 'Trực hai mươi bốn giờ'])
    await assert.rejects(call(A.plans.get, { planId: line!.id }, A.as('province')), { code: 'NOT_FOUND' })
  })

  test('any byte changed in any part, a part taken out or put in, a cut or empty file: refused whole, and nothing changes', async () => {
    const before = await A.lines()
    const refuse = async (bytes: Buffer, ...codes: string[]) => assert.rejects(A.receive('province', '01', bytes), (error: { code: string }) => { assert.ok(codes.includes(error.code), error.code); return true })
    const names = zipEntries(up, up.length)!.map(({ name }) => name)
    assert.ok(names.length >= 8 && names.some((name) => name.startsWith('files/')), names.join())
    for (const name of names) {
      const flipped = (at: number) => remade(up, (parts) => { const part = parts.get(name)!; part[Math.min(at, part.length - 1)]! ^= 1 })
      for (const at of [0, 17, 1e9]) await refuse(await flipped(at), 'PACKAGE_TAMPERED')
      await refuse(await remade(up, (parts) => parts.delete(name)), 'PACKAGE_TAMPERED', 'FILE_TYPE')
    }
    await refuse(await remade(up, (parts) => parts.set('more.txt', Buffer.from('x'))), 'PACKAGE_TAMPERED')
    for (const share of [0.3, 0.7, 0.99]) await refuse(up.subarray(0, Math.floor(up.length * share)), 'FILE_TYPE', 'PACKAGE_BROKEN')
    await refuse(Buffer.alloc(0), 'FILE_EMPTY')
    await refuse(Buffer.alloc(21 * 1048576, 'PK\x03\x04'), 'FILE_LARGE')
    // What the zip's own list says is held against what is there: a bomb unpacks to no more than it said.
    const lying = Buffer.from(up)
    lying.writeUInt32LE(0x7fffffff, lying.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24)
    await refuse(lying, 'FILE_BOMB', 'PACKAGE_BROKEN')
    assert.equal(await A.lines(), before)
    assert.equal((await A.read(sql`select from exchange_packages where hash is null`)).length, 0)
  })

  test('an older format is brought up to today\'s; a newer one, another installation\'s name and an own package are refused', async () => {
    const old = await remade(up, (parts) => {
      for (const name of ['tasks.jsonl', 'work.jsonl', 'reports.jsonl']) parts.set(name, Buffer.from(parts.get(name)!.toString().split('\n').filter(Boolean).map((line) => {
        const { home: _, ...record } = JSON.parse(line) as Record<string, { id?: string }>
        return `${JSON.stringify({ ...record, ...Object.fromEntries(['directive', 'task', 'request'].flatMap((field) => (record[field]?.id ? [[field, record[field].id]] : []))) })}\n`
      }).join('')))
      parts.delete('directives.jsonl')
      parts.delete('requests.jsonl')
    }, B.signer, (m) => ({ ...m, format: 1 }))
    const { packageId } = await A.receive('province', '01', old)
    const seen = (await A.preview('province', packageId)).items
    // In format 1 all was the sender's own: its own task is known again, the others' are new names for it.
    assert.ok(seen.some(({ kind, title, verdict }) => kind === 'task' && title === 'Việc riêng của xã' && verdict === 'here'))
    const refuse = async (change: (m: Record<string, unknown>) => Record<string, unknown>, code: string) => assert.rejects(remade(up, () => {}, B.signer, change).then((bytes) => A.receive('province', '01', bytes)), { code })
    await refuse((m) => ({ ...m, format: 3, counts: 'otherwise' }), 'PACKAGE_NEWER')
    await refuse((m) => ({ ...m, counts: 'otherwise' }), 'PACKAGE_BROKEN')
    await refuse((m) => ({ ...m, installation: { id: '00000000-0000-8000-8000-00000000000c', name: 'Việt Nam' } }), 'KEY_OTHER_INSTALLATION')
    await refuse((m) => ({ ...m, madeAt: '2026-03-01T02:00:00Z' }), 'KEY_NOT_THEN')
    await assert.rejects(B.receive('commune', '101', up), { code: 'PACKAGE_OWN' })
  })

  test('a key speaks for its own unit alone, and what is taken in stays at the unit that takes it', async () => {
    const forged = await remade(up, (parts) => {
      const lines = parts.get('tasks.jsonl')!.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line) as { title: string; home: string; id: string; issuer: { code: string }; unit: { code: string } })
      const own = lines.find(({ title }) => title === 'Việc riêng của xã')!
      const as = (issuer: string, unit: string) => ({ ...own, id: uuidv7(), issuer: { ...own.issuer, code: issuer }, unit: { ...own.unit, code: unit } })
      parts.set('tasks.jsonl', Buffer.from([as('01', '101'), as('101', '102'), as('101', '201'), as('101', '999')].map((one) => `${JSON.stringify(one)}\n`).join('')))
      const [work] = parts.get('work.jsonl')!.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line) as object)
      parts.set('work.jsonl', Buffer.from(`${JSON.stringify({ ...work, id: uuidv7(), task: { home: '00000000-0000-8000-8000-00000000000a', id: otherTask } })}\n`))
    }, B.signer)
    const { packageId } = await A.receive('province', '01', forged)
    const seen = (await A.preview('province', packageId)).items.filter(({ kind }) => kind === 'task' || kind === 'work')
    assert.deepEqual(seen.map(({ verdict, why }) => [verdict, why?.split(' ').slice(0, 3).join(' ') ?? null]), [
      ['refused', 'Khóa của bên'], ['new', null], ['refused', 'Xã Thuỷ Xuân'], ['refused', 'Ở đây không'], ['refused', 'Khóa của bên']])
    const results = await A.take('province', packageId)
    assert.equal(results.filter(({ code }) => code === 'NOT_THEIRS').length, 2)
    assert.equal((await call(A.tasks.get, { taskId: otherTask }, A.as('other'))).reports.length, 0)
  })
  let otherTask = ''
  before(async () => { ({ taskId: otherTask } = await call(A.tasks.assign, { orderId: uuidv7(), issuerUnitId: A.unit['02']!, unitId: A.unit['02']!, title: 'Việc của tỉnh khác' }, A.as('other'))) })

  test('who has not the right sees no package, makes none, takes none in', async () => {
    const [line] = (await call(B.exchanges.list, {}, B.as('commune'))).items
    for (const who of ['officer', 'other'] as const) {
      await assert.rejects(B.make(who, '101'), { code: 'NOT_FOUND' })
      await assert.rejects(B.receive(who, '101', down), { code: 'NOT_FOUND' })
      await assert.rejects(call(B.exchanges.take, { orderId: uuidv7(), packageId: line!.id }, B.as(who)), { code: 'NOT_FOUND' })
      assert.deepEqual([(await call(B.exchanges.list, {}, B.as(who))).items, await packageSeen(B.as(who).context.read, B.as(who).context.actor, line!.id)], [[], false])
    }
    await assert.rejects(call(B.exchanges.register, { orderId: uuidv7(), unitId: B.unit['101']!, line: 'x', name: 'x' }, B.as('commune')), { code: 'NOT_FOUND' })
  })

  test('a revoked key opens nothing, also what it signed before and what was looked at; the registered key is one', async () => {
    const fresh = await A.make('province', '101', {}, later(90))
    const { packageId } = await B.receive('commune', '101', fresh)
    const [key] = (await call(B.exchanges.keys, undefined, B.as('operator'))).items
    await assert.rejects(register(B, A, '01'), { code: 'KEY_KNOWN' })
    await call(B.exchanges.revoke, { orderId: uuidv7(), keyId: key!.id, reason: 'Mất máy' }, B.as('operator'))
    await assert.rejects(B.receive('commune', '101', down), { code: 'KEY_REVOKED' })
    await assert.rejects(B.take('commune', packageId), { code: 'KEY_REVOKED' })
    assert.equal((await call(B.exchanges.keys, undefined, B.as('operator'))).items[0]!.revoked?.reason, 'Mất máy')
  })

  test('a rebuild makes the same rows', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: A.t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
