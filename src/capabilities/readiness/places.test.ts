import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { alike, neighbour, stateOf, strengthOf, treemap } from './decide/places.ts'

test('a unit shows the worst state of its events, the stronger the larger its share', () => {
  assert.equal(stateOf([0, 2, 0, 0, 0, 9]), 'at_risk')
  assert.equal(stateOf([0, 0, 0, 0, 0, 0]), null)
  assert.equal(strengthOf([1, 0, 0, 0, 0, 99]), 0.4)
  assert.equal(strengthOf([5, 0, 0, 0, 0, 5]), 1)
})
test('arrows go to the nearest in their direction, and from nowhere to the first', () => {
  const spots = new Map([['a', [0, 0]], ['b', [10, 1]], ['c', [4, 9]], ['d', [30, 0]]] as [string, [number, number]][])
  assert.equal(neighbour(spots, 'a', 'right'), 'b')
  assert.equal(neighbour(spots, 'b', 'right'), 'd')
  assert.equal(neighbour(spots, 'a', 'down'), 'c')
  assert.equal(neighbour(spots, 'a', 'up'), undefined)
  assert.equal(neighbour(spots, undefined, 'up'), 'a')
})
test('a treemap fills its rectangle with areas in proportion, whatever the numbers', () => fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 200 }), (sizes) => {
  const tiles = treemap(sizes.map((size, i) => ({ id: String(i), size })), 640, 400)
  const total = sizes.reduce((a, b) => a + b, 0)
  assert.equal(tiles.length, sizes.length)
  for (const tile of tiles) {
    const size = Math.max(sizes[Number(tile.id)]!, total / sizes.length / 20)
    assert.ok(tile.x >= -1e-6 && tile.y >= -1e-6 && tile.x + tile.w <= 640.001 && tile.y + tile.h <= 400.001)
    assert.ok(Math.abs(tile.w * tile.h - (640 * 400 * size) / sizes.reduce((sum, n) => sum + Math.max(n, total / sizes.length / 20), 0)) < 0.01)
  }
})))
test('names that begin alike lose only the words of their kind: "Tỉnh Lạng Sơn" is never called "Sơn"', () => {
  const short = alike(['Tỉnh Lạng Sơn', 'Tỉnh Quảng Ninh', 'Tỉnh Quảng Trị', 'Tỉnh Quảng Ngãi', 'Thành phố Hà Nội', 'Thành phố Huế', 'Thành phố Hồ Chí Minh', 'Bộ Công an'])
  assert.deepEqual(['Tỉnh Lạng Sơn', 'Tỉnh Quảng Ninh', 'Thành phố Hồ Chí Minh', 'Thành phố Huế', 'Bộ Công an'].map(short), ['Lạng Sơn', 'Quảng Ninh', 'Hồ Chí Minh', 'Huế', 'Bộ Công an'])
  assert.equal(alike(['An Giang', 'An Khê'])('An Giang'), 'An Giang', 'two are not many')
})
