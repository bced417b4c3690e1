// Real lists, whole: three of them and the links between two; then every question of the search vectors.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { OPERATOR } from '../../kernel/access.ts'
import { asReader, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { readCsv } from '../../pure/csv.ts'
import { writtenOut } from '../../pure/search.ts'
import { exactKey, fold, inOrder, plain, sortKey } from '../../pure/text.ts'
import { unitsRoutes } from './routes.ts'
import { project } from './store/project.ts'

const SHARED = new URL('../../../../shared/data/', import.meta.url)
const skip = existsSync(SHARED) ? false : 'the shared data (../shared/data) is not here'
const FOLDERS = [{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }]
const ODD = ['Da', 'ĐÀ NẴNG', 'Đắk Lắk'.normalize('NFD'), 'Ðắk', 'Phường 02', 'Phường 10A, Quận 1', 'x 00000000000000000000012', '!a%b', '{|}', '', 'Ea H\' Leo', 'Čư̆ M’gar', '中文 3', 'ǅ ß Ø', 'Ơ\u200b Ư', 'áb̀', '12th', 'n−30 (b)/c']
const now = new Date('2026-03-01T05:00:00Z')

type Listed = { level: number; code: string; name: string; parent: string | null }
const csv = (units: Listed[], kinds: string[]) => `code,name,kind,parent_code\n${units.map((u) => `${u.code},${u.name},${kinds[u.level - 1]},${u.parent ?? ''}`).join('\n')}\n`
const admin = (file: string): Listed[] => (JSON.parse(readFileSync(new URL(`admin/${file}`, SHARED), 'utf8')) as { units: Listed[] }).units
type Old = { provinces: Listed[]; districts: (Listed & { province_code: string })[]; wards: (Listed & { district_code: string })[] }
function list2020(): Listed[] {
  const { provinces, districts, wards } = createRequire(import.meta.url)('vietnam-provinces') as Old
  return [
    ...provinces.map(({ code, name }) => ({ level: 1, code, name, parent: null })), ...districts.map(({ code, name, province_code }) => ({ level: 2, code, name, parent: province_code })),
    ...wards.map(({ code, name, district_code }) => ({ level: 3, code, name, parent: district_code })),
  ]
}

describe('the lists of a country', { skip }, () => {
  let t: TestDb
  let routes: ReturnType<typeof unitsRoutes>
  const context = (lang: 'vi' | 'en' = 'en') => ({ context: t.as(OPERATOR, { at: now, lang }) })
  const count = async (at: string) => JSON.stringify((await call(routes.count, { at }, context())).kinds)
  const find = async (q: string, at: string) => (await call(routes.search, { q, at }, context())).items
  const take = (units: Listed[], kinds: string[], asOf: string) => call(routes.import, { orderId: uuidv7(), csv: csv(units, kinds), asOf }, context())
  let links: { from: string; to: string; part: string }[]

  before(async () => {
    t = await freshDb(FOLDERS, Object.fromEntries(Object.entries(project).map(([type, one]) => [type, [one]])) as never)
    routes = unitsRoutes()
    const rows = readCsv(readFileSync(new URL('admin/vn-old2new-2025.csv', SHARED)), { required: ['old_code', 'old_name', 'new_code', 'new_name', 'new_province', 'kind'] }).rows
    links = rows.map(({ values: v }) => ({ from: v.old_code!, to: v.new_code!, part: v.kind! })).filter(({ part }) => part !== 'province-full')
  })

  test('three lists, each as of its day', async () => {
    assert.equal((await take(list2020(), ['province', 'district', 'commune'], '2020-06-01')).counts.opened, 11_367)
    const march = await take(admin('vn-20250301-3level-63-696-10035.json'), ['province', 'district', 'commune'], '2025-03-01')
    assert.equal(march.counts.listed, 10_794)
    const july = await take(admin('vn-20250701-2level-34-3321.json'), ['province', 'commune'], '2025-07-01')
    assert.deepEqual([july.counts.opened, july.counts.closed], [5, 7444])
    const [province] = (await call(routes.roots, { limit: 1, at: '2025-07-02' }, context())).items
    const { kinds } = await call(routes.count, { at: '2025-07-02', under: province!.id }, context())
    assert.deepEqual(kinds, { province: 1, commune: province!.children }, 'a province and what is below it, on that day alone')
  })

  test('the database and the screens have one order of names, and a list goes page by page in it', async () => {
    const kept = await rows(asReader(t.db), sql<{ name: string; place: string }>`select distinct name, place from units union select n, sort_key(n) from unnest(${ODD}::text[]) n`)
    assert.deepEqual(kept.filter((one) => sortKey(one.name) !== one.place), [])
    assert.ok(kept.length > 7000)
    const all: string[] = []
    for (let cursor: string | undefined, more = true; more;) {
      const page = await call(routes.roots, { limit: 7, at: '2025-06-30', ...(cursor ? { cursor } : {}) }, context())
      all.push(...page.items.map((one) => one.name))
      cursor = page.next ?? undefined
      more = cursor !== undefined
    }
    assert.equal(all.length, 63)
    assert.deepEqual(all, inOrder(all, (name) => name))
    assert.ok(all.indexOf('Tỉnh Đắk Lắk') > all.indexOf('Tỉnh Cà Mau') && all.indexOf('Tỉnh Đắk Lắk') < all.indexOf('Tỉnh Gia Lai'))
  })

  test('each day keeps its count', async () => {
    assert.equal(await count('2020-05-31'), '{}')
    assert.equal(await count('2020-06-01'), '{"province":63,"district":705,"commune":10599}')
    assert.equal(await count('2025-02-28'), '{"province":63,"district":705,"commune":10599}')
    assert.equal(await count('2025-03-01'), '{"province":63,"district":696,"commune":10035}')
    assert.equal(await count('2025-06-30'), '{"province":63,"district":696,"commune":10035}')
    assert.equal(await count('2025-07-01'), '{"province":34,"commune":3321}')
    assert.equal(await count('2026-03-01'), '{"province":34,"commune":3321}')
  })

  test('a code goes on under another name, parent and extent', async () => {
    const [before, after] = [(await find('00004', '2025-06-30'))[0]!, (await find('00004', '2025-07-01'))[0]!]
    assert.equal(before.id, after.id)
    assert.deepEqual([before.name, before.parents.map((p) => p.name)], ['Phường Trúc Bạch', ['Quận Ba Đình', 'Thành phố Hà Nội']])
    assert.deepEqual([after.name, after.parents.map((p) => p.name)], ['Phường Ba Đình', ['Thành phố Hà Nội']])
  })

  test('10,604 links: 12 old codes are not in the list of March, so the file is refused whole, or those are skipped and listed', async () => {
    assert.equal(links.length, 10_604)
    const file = `from_code,to_code,part\n${links.map((l) => `${l.from},${l.to},${l.part}`).join('\n')}\n`
    const refused = await call(routes.importSuccessors, { orderId: uuidv7(), csv: file, on: '2025-07-01' }, context())
      .then(() => assert.fail('was not refused'), (e: { code: string; data: { count: number; problems: { line: number; code: string }[] } }) => e)
    assert.deepEqual([refused.code, refused.data.count], ['FILE_REFUSED', 12])
    assert.deepEqual(refused.data.problems.map(({ line, code }) => [links[line - 2]!.from, code]).slice(0, 2), [['07732', 'FROM_UNKNOWN'], ['07744', 'FROM_UNKNOWN']])
    assert.equal((await rows(asReader(t.db), sql`select 1 from unit_successors limit 1`)).length, 0)

    const done = await call(routes.importSuccessors, { orderId: uuidv7(), csv: file, on: '2025-07-01', skipUnknown: true }, context())
    assert.deepEqual([done.full + done.partial, done.skipped.length], [10_592, 12])
    const { into, from } = await call(routes.history, { unitId: (await find('00004', '2025-07-01'))[0]!.id }, context())
    assert.deepEqual(into.map((s) => [s.unit.name, s.part]), [['Phường Ba Đình', 'full']])
    assert.ok(from.length > 3 && from.some((s) => s.unit.name === 'Phường Quán Thánh' && s.part === 'full') && from.some((s) => s.part === 'partial'))
  })

  test('what is gone can still be found, seen, and followed to what it became', async () => {
    const [district] = await find('quận ba đình', '2025-06-30')
    const unit = await call(routes.get, { unitId: district!.id }, context())
    assert.deepEqual([unit.name, unit.at, unit.until, unit.children], ['Quận Ba Đình', '2025-06-30', '2025-07-01', 13])
  })

  test('"tan lap song lo" finds Tân Lập in Sông Lô', async () => {
    const [first] = await find('tan lap song lo', '2021-01-01')
    assert.deepEqual([first!.name, first!.parents.map((p) => p.name)], ['Xã Tân Lập', ['Huyện Sông Lô', 'Tỉnh Vĩnh Phúc']])
    assert.equal((await find('song lo tan lap', '2021-01-01'))[0]!.id, first!.id)
  })
  test('27 communes called Tân Thành are told apart by what is above them', async () => {
    const found = (await call(routes.search, { q: 'xã tân thành', at: '2021-01-01', limit: 100 }, context())).items.filter((u) => u.name === 'Xã Tân Thành')
    assert.deepEqual([found.length, new Set(found.map((u) => u.parents.map((p) => p.name).join())).size], [27, 27])
  })
  test('all 23 and more of "phường 1" come before the first "phường 10"', async () => {
    const names = (await call(routes.search, { q: 'phường 1', at: '2021-01-01', limit: 100 }, context())).items.map((u) => u.name)
    const first = names.indexOf('Phường 10')
    assert.ok(first > 20 && names.slice(0, first).every((name) => /^Phường 0?1$/.test(name)), names.join())
  })

  // A question's answer stands in one of three lists, or is no unit: then the keys must agree.
  const vectors = skip ? [] : readCsv(readFileSync(new URL('text/vn-search-vectors.csv', SHARED)), { required: ['query', 'should_match', 'should_not_rank_first', 'why'] }).rows.map(({ values }) => values)
  for (const { query, should_match: match, should_not_rank_first: not, why } of vectors) {
    test(`"${query}" finds ${match} (${why})`, async () => {
      let lists = 0
      for (const at of ['2025-04-01', '2026-01-01', '2021-01-01']) {
        const [exists] = await rows(asReader(t.db), sql<{ n: number }>`select count(*)::int as n from public_units_spans where name = ${plain(match!)} and from_on <= ${at} and coalesce(until_on, 'infinity') > ${at}`)
        if (exists!.n === 0) continue
        lists++
        const found = await find(query!, at)
        assert.ok(found.some((u) => u.name === plain(match!)), `as of ${at}: ${found.slice(0, 5).map((u) => u.name).join(', ')}`)
        assert.ok(fold(found[0]!.name).endsWith(fold(match!).split(' ').slice(-1)[0]!), `as of ${at} the first is ${found[0]!.name}`)
        if (not) assert.ok(!found[0]!.name.endsWith(not), `as of ${at} the first is ${found[0]!.name}`)
      }
      if (lists > 0) return
      assert.equal(writtenOut(query!), fold(match!))
      if (not) assert.notEqual(exactKey(query!), exactKey(not))
    })
  }
})
