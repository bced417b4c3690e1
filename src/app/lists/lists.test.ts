import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readList } from '../../capabilities/units/decide/list.ts'
import { agencies, forces, vietnam } from './vietnam.ts'
import { listCsv } from './list.ts'

const read = (csv: string) => readList(new TextEncoder().encode(csv))
const byKind = (rows: { kind: string }[]) => Object.fromEntries([...Map.groupBy(rows, (row) => row.kind)].map(([kind, all]) => [kind, all.length]))

describe('lists that come with the program', () => {
  test('2025: 34 provinces and 3,321 communes below the nation, every name with its type word and normal', () => {
    const { rows, problems } = read(listCsv(vietnam('2025').units))
    assert.deepEqual(problems, [])
    assert.deepEqual(byKind(rows), { nation: 1, province: 34, commune: 3321 })
    const others = rows.filter((row) => row.kind !== 'nation' && !/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu) [\p{Lu}\d]/u.test(row.name))
    assert.deepEqual(others.map((row) => row.name), [])
    assert.ok(rows.every((row) => row.name === row.name.normalize('NFC')))
    // 32 that were not composed, 5 with the other apostrophe or both; each keeps what the list wrote.
    assert.ok(rows.filter((row) => row.original !== null && row.original.normalize('NFC') !== row.original).length === 32)
  })
  test('2020: 63, 705 and 10,599 below the nation', () => {
    const { rows, problems } = read(listCsv(vietnam('2020').units))
    assert.deepEqual(problems, [])
    assert.deepEqual(byKind(rows), { nation: 1, province: 63, district: 705, commune: 10_599 })
    assert.equal(rows.find((row) => row.original === 'Xã Cò  Nòi')!.name, 'Xã Cò Nòi')
  })
  test('forces and agencies are lists too, and hang below areas of both', () => {
    for (const list of [forces, agencies]) {
      const { rows, problems } = read(listCsv(list))
      assert.deepEqual(problems, [])
      for (const choice of ['2025', '2020'] as const) {
        const codes = new Set([...vietnam(choice).units, ...list].map((unit) => unit.code))
        assert.ok(rows.every((row) => codes.has(row.parentCode.replace('admin:', ''))))
      }
    }
  })
})
