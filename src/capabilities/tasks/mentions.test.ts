// Where a name is asked for while somebody writes, and where one stands in what was written.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asking, parted } from './ui/mentions.ts'

describe('a mention', () => {
  const at = (text: string, chosen: string[] = []) => asking(text, text.length, chosen)
  test('is asked for by @ and the beginnings of a name, with its spaces and accents', () => {
    assert.deepEqual(at('Nhờ @'), { at: 4, words: '' })
    assert.deepEqual(at('@Nguyễn Vă'), { at: 0, words: 'Nguyễn Vă' })
    assert.deepEqual(at('Xem giúp (@bình'), { at: 10, words: 'bình' })
    assert.deepEqual(asking('Nhờ @Lan xem', 8, []), { at: 4, words: 'Lan' })
  })
  test('is not asked for in an address, behind a chosen name, nor on the next line', () => {
    for (const text of ['a@b', 'lan@tinh.gov.vn', '@ ', '@Lan\nxem', 'Không có gì']) assert.equal(at(text), undefined, text)
    assert.equal(at('@Trần Minh Khôi ', ['Trần Minh Khôi']), undefined)
    assert.equal(at('@Trần Minh Khôi xem', ['Trần Minh Khôi']), undefined)
    assert.deepEqual(at('@Trần Minh Khôi và @L', ['Trần Minh Khôi']), { at: 19, words: 'L' })
  })
  test('stands apart in the words, the longer of two names first', () => {
    assert.deepEqual(parted('@An Bình và @An, thư a@b', ['@An', '@An Bình']), [
      { text: '@An Bình', name: true }, { text: ' và ', name: false }, { text: '@An', name: true }, { text: ', thư a@b', name: false },
    ])
    assert.deepEqual(parted('Không nhắc ai', []), [{ text: 'Không nhắc ai', name: false }])
  })
})
