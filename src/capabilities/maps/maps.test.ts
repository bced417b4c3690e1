// Boundary files: what is read, what is refused, which codes fit, and that neighbours still fit after points were taken out.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { readFile } from './decide/file.ts'
import { areaOf, read, ringOf, written } from './decide/lines.ts'
import type { Point } from './decide/lines.ts'
import { matchShapes } from './decide/match.ts'
import { drawnShapes, loaded, outlines, storedOf } from './decide/outlines.ts'
import { joined, thinned, topologyOf } from './decide/topology.ts'

const square = (x: number, y: number, size = 1) => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
const feature = (properties: object, ...rings: number[][][]) => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: rings } })
const file = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features })
const areasOf = (text: string) => { const found = readFile(text); assert.ok(!('refused' in found), JSON.stringify(found)); return found.areas }
const refused = (text: string) => { const found = readFile(text); return 'refused' in found ? found.refused : undefined }
const unit = (code: string, kind = 'commune') => ({ code, scheme: 'admin', name: `Xã ${code}`, kind })

describe('a boundary file', () => {
  test('is GeoJSON or TopoJSON; both give the same areas', () => {
    const topology = JSON.stringify({ type: 'Topology', arcs: [[[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]], transform: { scale: [0.1, 0.1], translate: [105, 20] }, objects: { a: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', id: '01', properties: { ma: '01' }, arcs: [[0]] }] } } })
    assert.deepEqual(areasOf(topology)[0]!.polygons, areasOf(file(feature({ ma: '01' }, square(105, 20))))[0]!.polygons)
    assert.deepEqual(areasOf(topology)[0]!.properties, { id: '01', ma: '01' })
  })
  test('may turn its rings either way: outer ones end against the clock, holes with it', () => {
    const [area] = areasOf(file(feature({}, square(0, 0, 4).toReversed(), square(1, 1))))
    assert.ok(areaOf(area!.polygons[0]![0]!) > 0)
    assert.ok(areaOf(area!.polygons[0]![1]!) < 0)
  })
  test('is refused with the reason where it is none', () => {
    assert.equal(refused('{'), 'BOUNDARY_FILE')
    assert.equal(refused('[]'), 'BOUNDARY_FILE')
    assert.equal(refused('{"type":"FeatureCollection"}'), 'BOUNDARY_FILE')
    assert.equal(refused('{"type":"Topology","arcs":[],"objects":{"a":{"type":"Polygon","arcs":[[7]]}}}'), 'BOUNDARY_FILE')
    assert.equal(refused(file()), 'BOUNDARY_EMPTY')
    assert.equal(refused(file({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [1, 2] } })), 'BOUNDARY_EMPTY')
    assert.equal(refused(file(feature({}, square(580_000, 2_300_000)))), 'BOUNDARY_PLACE', 'metres of a projection are no degrees')
    assert.equal(refused(file(feature({}, [[0, 0], [1, null as unknown as number], [1, 1]]))), 'BOUNDARY_PLACE')
    assert.equal(refused(file(...Array.from({ length: 20_001 }, () => feature({}, square(0, 0))))), 'BOUNDARY_LARGE')
  })
  test('never brings the reader down, whatever JSON it holds', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => { readFile(text) }))
    const parts = fc.constantFrom('FeatureCollection', 'Topology', 'Feature', 'Polygon', 'GeometryCollection')
    fc.assert(fc.property(parts, fc.jsonValue(), fc.jsonValue(), (type, a, b) => { readFile(JSON.stringify({ type, features: a, arcs: b, objects: { x: a }, geometry: b, transform: a, coordinates: a, geometries: [{ type, arcs: b }] })) }))
  })
})

describe('codes', () => {
  const shapes = areasOf(file(feature({ ten: 'A', ma: '00004' }, square(0, 0)), feature({ ten: 'B', ma: '8' }, square(1, 0)), feature({ ten: 'C', ma: '99' }, square(2, 0))))
  test('are found in the property that fits most units, also without the noughts in front', () => {
    const { report, codes } = matchShapes(shapes, [unit('00004'), unit('00008'), unit('00070'), unit('01', 'province')], {})
    assert.deepEqual(codes, ['00004', '00008', undefined])
    assert.deepEqual({ property: report.property, matched: report.matched }, { property: 'ma', matched: 2 })
    assert.deepEqual(report.unknown, [{ code: '99', name: 'C' }])
    assert.deepEqual(report.missing, [{ code: '00070', name: 'Xã 00070' }], 'provinces are not missing where none is drawn')
  })
  test('may be asked for in another property, and none may fit', () => assert.equal(matchShapes(shapes, [unit('00004')], { property: 'ten' }).report.matched, 0))
})

describe('lines', () => {
  test('come back from their text', () => fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: -18_000_000, max: 18_000_000 }), fc.integer({ min: -9_000_000, max: 9_000_000 }))), (line) => { assert.deepEqual(read(written(line)), line) })))
  test('that two neighbours share are kept once, and a unit in a hole of another too', () => {
    const areas = areasOf(file(feature({}, square(0, 0)), feature({}, square(1, 0)), feature({}, square(10, 10, 4), square(11, 11)), feature({}, square(11, 11))))
    const { arcs, shapes } = topologyOf(areas.map((one) => one.polygons))
    assert.equal(arcs.length, 3 + 2)
    assert.equal(joined(arcs, shapes.slice(0, 2)).length, 1)
    assert.equal(areaOf(ringOf(arcs, joined(arcs, shapes.slice(0, 2))[0]![0]!)), 2 * 2 * 1e10)
    assert.deepEqual(joined(arcs, shapes.slice(2)).map((rings) => rings.length), [1], 'the hole is filled')
  })
  test('thinned out keep their ends, and a closed one keeps an area', () => fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 })), { minLength: 2, maxLength: 60 }), (line) => {
    const thin = thinned(line as Point[], 300)
    assert.deepEqual([thin[0], thin.at(-1)], [line[0], line.at(-1)])
    assert.ok(line.length < 3 || thin.length >= 3)
  })))
})

const DATA = '../shared/data'
const skip = existsSync(`${DATA}/map`) ? false : 'no ../shared/data/map here: real boundaries are not tested'
test('3,321 real communes: matched, and joined to 34 provinces without a gap', { skip }, () => {
  const all = JSON.parse(readFileSync(`${DATA}/admin/vn-20250701-2level-34-3321.json`, 'utf8')) as { units: { level: number; code: string; name: string; parent: string | null }[] }
  const units = all.units.map((one) => ({ ...unit(one.code, one.level === 1 ? 'province' : 'commune'), unitId: one.code, parent: one.parent }))
  const found = areasOf(readFileSync(`${DATA}/map/vn3321-communes-2025.topo.json`, 'utf8'))
  const { report, codes } = matchShapes(found, units, {})
  assert.ok(report.matched >= 3319, `${report.matched} matched`)
  const { stored, kept } = storedOf(found, codes)
  assert.ok(kept < 100_000 && JSON.stringify(stored).length < 800_000)
  const files = [{ scheme: 'admin', loaded: loaded(stored) }]
  const provinces = outlines(files, units.filter((one) => one.kind === 'province').map((one) => ({ ...one, below: units.filter((child) => child.parent === one.code) })))
  assert.equal(provinces.shapes.length, 34)
  assert.ok(JSON.stringify(provinces).length < 120_000)
  const rings = drawnShapes(provinces).flatMap(({ polygons }) => polygons.flat())
  assert.ok(rings.every((ring) => ring.length >= 4 && ring[0]!.join() === ring.at(-1)!.join()), 'every ring is closed')
  const communes = outlines(files, units.filter((one) => one.kind === 'commune').map((one) => ({ ...one, below: [] })))
  assert.ok(drawnShapes(communes).every(({ polygons }) => polygons.some((part) => areaOf(part[0]!) !== 0)), 'no commune falls flat')
})
