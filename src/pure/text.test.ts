import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { exactKey, fold, initials, inOrder, plain, sortKey, wordsOf } from './text.ts'
import { bareKey, longForms } from './words.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const letters = fc.string({ unit: fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƠ ’\'-1̣́̀̉̃'), maxLength: 24 })

describe(`text (seed ${seed})`, () => {
  test('one form to keep: composed, one space, one apostrophe, nothing invisible', () => {
    assert.equal(plain('  Xã Ea  H\'Leo\u00a0 '.normalize('NFD')), 'Xã Ea H’Leo')
    assert.equal(plain('Xã\u200b Cò\t Nòi\ufeff'), 'Xã Cò Nòi')
    fc.assert(fc.property(letters, (text) => plain(plain(text)) === plain(text) && plain(text.normalize('NFD')) === plain(text)), { seed })
  })
  test('the search key has no accents, no case and no đ, however they were typed', () => {
    for (const text of ['Đắk Lắk', 'Ðắk Lắk', 'đắk lắk', 'ĐẮK LẮK', 'Đắk Lắk'.normalize('NFD'), 'dak lak']) assert.equal(fold(text), 'dak lak')
    assert.equal(fold('Thành phố Phan Rang-Tháp Chàm'), 'thanh pho phan rang thap cham')
    assert.equal(fold('Huyện Ia H\' Drai'), fold('huyện ia h’drai'))
    fc.assert(fc.property(letters, (text) => fold(fold(text)) === fold(text) && fold(text) === fold(text.normalize('NFD')) && /^[a-z0-9 ]*$/.test(fold(text))), { seed })
  })
  test('exact spelling counts accents, but not where the tone mark stands', () => {
    for (const [a, b] of [['hoà', 'hòa'], ['thuỷ', 'thủy'], ['Uỷ ban nhân dân', 'Ủy ban nhân dân'], ['HOÀ BÌNH', 'Hòa Bình'], ['khoẻ', 'khỏe']] as const) assert.equal(exactKey(a), exactKey(b))
    for (const [a, b] of [['quý', 'quí'], ['Đông Thanh', 'Đông Thạnh'], ['Đông', 'Dông'], ['ma', 'má']] as const) assert.notEqual(exactKey(a), exactKey(b))
  })
  test('letters and digits are parted, and a number has no leading zero', () => {
    assert.deepEqual(wordsOf('p1 q10').fold, ['p', '1', 'q', '10'])
    assert.deepEqual(wordsOf('Phường 01, Quận 1').fold, ['phuong', '1', 'quan', '1'])
    assert.deepEqual(wordsOf('Khu 0').fold, ['khu', '0'])
  })
  test('the order of a Vietnamese dictionary: letters with their marks, then the tone of the word, then the next word; numbers by size', () => {
    const right = ['1 tháng 5', 'An', 'An Giang', 'Án', 'Ăn', 'Ân', 'Bà Rịa', 'Da', 'Dương Hoà', 'Đà Nẵng', 'Đại Từ', 'Đắk Lắk', 'Em', 'Ê a', 'Hà Nội', 'Hà Nội 2', 'Hả', 'Hã', 'Há', 'Hạ Long', 'O', 'Ô', 'Ơ', 'Phường 2', 'Phường 10', 'Phường 10A', 'Phường Ba', 'U', 'Ư', 'Xã Ea H’leo', 'Y Tý']
    assert.deepEqual(inOrder(right.toReversed(), (name) => name), right)
    assert.deepEqual(inOrder([...right, null], (name) => name, true), [null, ...right.toReversed()])
    fc.assert(fc.property(letters, (text) => sortKey(text) === sortKey(text.normalize('NFD')) && sortKey(text) === sortKey(text.toUpperCase())), { seed })
  })
  test('the proper name stands behind the words for its kind', () => {
    assert.deepEqual(['thanh pho da nang', 'thi xa xa', 'xa xa', 'ha noi', 'ban'].map(bareKey), ['da nang', 'xa', 'xa', 'ha noi', 'ban'])
    assert.deepEqual(longForms.get('tp')!.fold, ['thanh', 'pho'])
    assert.equal(initials('ho chi minh'), 'hcm')
  })
})
