// The rules of packages as sentences, without a database.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSigner, signedBy, signingFile } from '../../kernel/signing.ts'
import type { Shapes } from './contract/package.ts'
import { partOf } from './contract/package.ts'
import { judge } from './decide/judge.ts'
import type { Here, Item } from './decide/judge.ts'
import { contentOf, grouped, keyLine, readKeyLine, readManifest, readRecords } from './decide/package.ts'
import { pageOf } from './decide/page.ts'

const [A, B] = ['00000000-0000-8000-8000-00000000000a', '00000000-0000-8000-8000-00000000000b']
const unit = (code: string) => ({ code, scheme: 'admin', name: `Xã ${code}` })
const task = (more: Partial<Shapes['task']> = {}): Shapes['task'] => ({
  home: A, id: '00000000-0000-8000-8000-000000000001', grade: 'none', at: '2026-03-04T02:00:00.000Z', directive: null, programme: null, title: 'Việc', lang: 'vi', product: null, workstream: 'command', issuer: unit('01'), unit: unit('101'), supporting: [], due: null,
  priority: 'normal', target: null, evidenceKind: null, givenAt: '2026-03-01T02:00:00.000Z', state: 'assigned', reached: null, base: null, act: null, answer: null, asking: null, extended: null, ...more,
})
const place = (code: string, path: string) => [`admin ${code}`, { id: code, path, name: `Xã ${code}` }] as const
const here = (more: Partial<Here> = {}): Here => ({ origin: B, units: new Map([place('01', '1.'), place('101', '1.2.'), place('02', '3.')]), keyPath: '1.', ourPath: '1.2.', known: new Map(), tasks: new Map(), reports: new Map(), ...more })
const item = (record: Shapes['task'], hash = 'h'): Item => ({ kind: 'task', record, hash })
const said = (one: Item, at: Here) => { const v = judge(one, at, new Set()); return v.verdict === 'refused' ? v.why : v.verdict }

test('a task is taken where its issuer is the sender\'s and its lead unit is ours', () => {
  assert.deepEqual([
    said(item(task()), here()), said(item(task({ issuer: unit('02') })), here()), said(item(task({ unit: unit('01') })), here()), said(item(task({ unit: unit('9') })), here()), said(item(task({ home: B })), here()),
    said(item(task({ act: { what: 'withdrawn', at: '2026-03-04T02:00:00.000Z', text: null } })), here()),
  ], ['new', 'NOT_THEIRS', 'UNIT_NOT_OURS', 'UNIT_NOT_HERE', 'here', 'WITHDRAWN'])
})
test('what is known with the same content, or from a later moment, is here; changed later at home it is changed, by its own issuer alone', () => {
  const known = (hash: string, changedAt: string) => new Map([[`task ${A} ${task().id}`, { localId: 'l', hash, changedAt }]])
  const tasks = (issuerPath: string) => new Map([['l', { unitId: '101', unitPath: '1.2.', issuerPath, version: 1, state: 'assigned', returnedAt: null, dueAt: null, extension: null }]])
  assert.deepEqual([
    said(item(task()), here({ known: known('h', '2026-03-01T00:00:00Z') })), said(item(task(), 'new'), here({ known: known('h', '2026-03-05T00:00:00Z') })),
    said(item(task(), 'new'), here({ known: known('h', '2026-03-01T00:00:00Z'), tasks: tasks('1.') })), said(item(task(), 'new'), here({ known: known('h', '2026-03-01T00:00:00Z'), tasks: tasks('3.') })),
  ], ['here', 'here', 'changed', 'NOT_THEIRS'])
})
test('how far a task is does not change what is asked', () => {
  assert.equal(contentOf('task', task()), contentOf('task', task({ state: 'reported', reached: 3, at: '2026-04-01T00:00:00.000Z' })))
  assert.notEqual(contentOf('task', task()), contentOf('task', task({ title: 'Việc khác' })))
})
test('a key line that was copied badly is none, and reads back as it was written', () => {
  const line = keyLine(A, 'x'.repeat(43))
  assert.deepEqual([readKeyLine(` ${line}\n`), readKeyLine(line.slice(1)), readKeyLine(`${line}x`)], [{ installationId: A, publicKey: 'x'.repeat(43) }, undefined, undefined])
  assert.equal(grouped('0123456789abcdef'.repeat(4)), '0123 4567 89ab cdef 0123 4567 89ab cdef')
})
test('a manifest that is none, or of a later format, is refused by name; a record too much or too long as well', () => {
  const code = (x: object) => ('refused' in x ? x.refused : 'read')
  assert.deepEqual(['', '[]', '{}', '{"format":"2"}', '{"format":99,"x":1}', '{"format":2}'].map((text) => code(readManifest(text))), ['PACKAGE_BROKEN', 'PACKAGE_BROKEN', 'PACKAGE_BROKEN', 'PACKAGE_BROKEN', 'PACKAGE_NEWER', 'PACKAGE_BROKEN'])
  const of = { format: 2, installation: { id: A, name: 'A' } }
  assert.deepEqual([code(readRecords('task', `${JSON.stringify(task())}\n`, of)), code(readRecords('task', JSON.stringify(task({ title: 'x'.repeat(501) })), of)), code(readRecords('task', '{"home":', of)), code(readRecords('task', 'x\n'.repeat(20_001), of))], ['read', 'PACKAGE_BROKEN', 'PACKAGE_BROKEN', 'PACKAGE_MANY'])
})
test('nothing that somebody wrote becomes markup on the page, and a file keeps its ending and no path', () => {
  const of = { format: 2, program: '0', installation: { id: A, name: '<b>' }, madeAt: '2026-03-04T02:00:00.000Z', madeBy: unit('01'), of: unit('01'), programme: null, from: null, until: null, choices: ['tasks' as const], purpose: '"><img src=x onerror=alert(1)>', grade: 'none' as const, counts: { directive: 0, task: 1, request: 0, work: 0, report: 0, plan: 0, files: 0 } }
  const page = pageOf(of, 'f', { directives: [], tasks: [task({ title: '<script>alert(1)</script>' })], work: [], reports: [], plans: [] }, 'Asia/Ho_Chi_Minh')
  assert.ok(!page.includes('<script') && !page.includes('<img') && page.includes('&lt;script&gt;') && page.includes("default-src 'none'"))
  assert.deepEqual([partOf({ name: 'Biên bản.PDF', sha256: 'a' }), partOf({ name: '../../x', sha256: 'a' }), partOf({ name: 'a.b/c', sha256: 'a' })], ['files/a.pdf', 'files/a', 'files/a'])
})
test('a signing key is made once, readable by its owner alone; another key\'s signature, or of other bytes, is none', () => {
  const data = mkdtempSync(join(tmpdir(), 'sansang-signing-'))
  try {
    const [one, again] = [openSigner(data), openSigner(data)]
    const signature = one.sign(Buffer.from('x'))
    assert.deepEqual([one.publicKey().equals(again.publicKey()), statSync(signingFile(data)).mode & 0o777, signedBy(again.publicKey(), Buffer.from('x'), signature), signedBy(again.publicKey(), Buffer.from('y'), signature), signedBy(Buffer.alloc(32), Buffer.from('x'), signature), signedBy(Buffer.alloc(3), Buffer.from('x'), signature)], [true, 0o600, true, false, false, false])
  } finally { rmSync(data, { recursive: true, force: true }) }
})
