import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NameIndex, writtenOut } from './search.ts'
import type { Named } from './search.ts'

const named = (code: string, name: string, parentId: string | null = null, more: Partial<Named> = {}): Named =>
  ({ id: code, code, name, nameEn: null, kind: 'place', scheme: 'admin', parentId, from: '2020-01-01', until: null, ...more })

describe('search of names', () => {
  const index = new NameIndex()
  const find = (text: string, at = '2021-01-01', more = {}) => index.find(text, { at, ...more }, 10).found.map(({ entry }) => entry.name)
  for (const one of [
    named('1', 'Tỉnh Vĩnh Phúc'), named('2', 'Thành phố Hồ Chí Minh', null, { nameEn: 'Ho Chi Minh City' }), named('11', 'Huyện Sông Lô', '1'), named('12', 'Huyện Lập Thạch', '1'),
    named('111', 'Xã Tân Lập', '11'), named('121', 'Xã Tân Lập', '12'), named('21', 'Quận 1', '2'), named('22', 'Quận 10', '2'), named('211', 'Phường 1', '21'), named('221', 'Phường 1', '22'),
    named('222', 'Phường 10', '22'), named('112', 'Xã Đông Thạnh', '11'), named('113', 'Xã Đông Thanh', '11'), named('114', 'Xã Ea H’Leo', '11'),
  ]) index.set(one.id, [one])

  test('a name above narrows it down, before or behind', () => {
    assert.deepEqual(index.find('tan lap song lo', { at: '2021-01-01' }, 9).found.map(({ entry, parents }) => [entry.code, parents.map((p) => p.name)]), [['111', ['Huyện Sông Lô', 'Tỉnh Vĩnh Phúc']]])
    assert.deepEqual(index.find('lap thach tan lap', { at: '2021-01-01' }, 9).found[0]!.entry.code, '121')
  })
  test('a number is that number first, and abbreviations are written out', () => {
    assert.deepEqual(index.find('p1 q1', { at: '2021-01-01' }, 9).found[0]!.entry.code, '211')
    assert.deepEqual(find('phuong 1').slice(0, 3), ['Phường 1', 'Phường 1', 'Phường 10'])
    assert.deepEqual(find('phuong 10'), ['Phường 10', 'Phường 1'], 'the ward 1 of district 10 comes after')
    assert.equal(find('tp hcm')[0], 'Thành phố Hồ Chí Minh')
    assert.equal(find('tphcm')[0], 'Thành phố Hồ Chí Minh')
    assert.equal(writtenOut('P.1, Q.1'), 'phuong 1 quan 1')
  })
  test('exact spelling first; without accents all are found', () => {
    assert.deepEqual(find('đông thạnh'), ['Xã Đông Thạnh', 'Xã Đông Thanh'])
    assert.deepEqual(find('đông thanh'), ['Xã Đông Thanh', 'Xã Đông Thạnh'])
    assert.equal(find('dong thanh').length, 2)
  })
  test('by the beginning of its words, by its translation, by its code, by parts around an apostrophe', () => {
    assert.deepEqual([find('vinh ph')[0], find('city')[0], find('114')[0], find('ea h leo')[0], find('ea hleo')[0]], ['Tỉnh Vĩnh Phúc', 'Thành phố Hồ Chí Minh', 'Xã Ea H’Leo', 'Xã Ea H’Leo', 'Xã Ea H’Leo'])
  })
  test('in one word, as foreigners write it; and how else a question may be written', () => {
    assert.deepEqual([find('hochiminh')[0], find('vinhph')[0], find('tanlap songlo').length], ['Thành phố Hồ Chí Minh', 'Tỉnh Vĩnh Phúc', 1])
    assert.deepEqual(['kế hoạch hochiminh', 'ở Vĩnh Phúc', 'song lo', 'khac'].map((text) => index.spellings(text, '2021-01-01')), [['ke hoach ho chi minh'], ['o vinhphuc'], ['songlo'], []])
  })
  test('within a subtree, of a kind', () => {
    assert.equal(index.find('tan lap', { at: '2021-01-01', under: '12' }, 9).total, 1)
    assert.deepEqual([['12'], ['11', '12'], []].map((within) => index.find('tan lap', { at: '2021-01-01', within }, 9).total), [1, 2, 0])
    assert.deepEqual(find('tan lap', '2021-01-01', { kind: 'other' }), [])
    assert.deepEqual(find('tan lap', '2021-01-01', { under: 'nobody' }), [])
  })
  test('as of a day: other names, other parents, and what was gone', () => {
    const index = new NameIndex()
    index.set('a', [named('a', 'Tỉnh Một')])
    index.set('b', [named('b', 'Tỉnh Hai', null, { until: '2022-01-01' })])
    index.set('c', [named('c', 'Xã Cũ', 'b', { until: '2022-01-01' }), named('c', 'Xã Mới', 'a', { from: '2022-01-01' })])
    const find = (text: string, at: string) => index.find(text, { at }, 9).found.map(({ entry, parents }) => [entry.name, ...parents.map((p) => p.name)])
    assert.deepEqual([find('xã', '2021-12-31'), find('xã', '2022-01-01'), find('xã', '2019-12-31')], [[['Xã Cũ', 'Tỉnh Hai']], [['Xã Mới', 'Tỉnh Một']], []])
    index.set('c', [named('c', 'Xã Khác', 'a')])
    assert.deepEqual([find('xã', '2021-12-31'), find('xã', '2022-01-01')], [[['Xã Khác', 'Tỉnh Một']], [['Xã Khác', 'Tỉnh Một']]])
  })
  test('a question of nothing but signs finds nothing, and the longest is no trouble', () => {
    assert.deepEqual([find('---'), find(' '), find('a'.repeat(200))], [[], [], []])
    assert.equal(index.find('xa '.repeat(70), { at: '2021-01-01' }, 9).total, 5)
  })
})
