import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FileReader } from './written.ts'

test('a file that is no YAML is told so in words of ours, in both languages, once a line', () => {
  for (const broken of ['a: 1\n  b: 2', 'a:\n\t- 1', 'a: "x', 'a: {b: 1', 'a: { b: Thử: x }', 'a: @x', 'a: *b', 'a: "\\q"', '- 1\nb: 2', 'a: b: c', 'a: ]']) {
    const { issues, ok } = new FileReader(broken)
    assert.equal(ok, false, broken)
    for (const { message } of issues) {
      assert.match(message.vi, /^Sai cú pháp: [\p{Ll}]/u, broken)
      assert.doesNotMatch(message.vi, /\b(at|the|with|and|must|unexpected|end)\b/i, broken)
      assert.match(message.en, /^Syntax: /, broken)
    }
    assert.equal(new Set(issues.map((one) => `${one.line} ${one.message.vi}`)).size, issues.length, broken)
  }
})
test('text with a colon is told to need quotation marks', () => assert.match(new FileReader('a: { b: Thử: x }').issues[0]!.message.vi, /ngoặc kép/))
test('text that is empty is told as empty, not as too long; one that is missing as missing', () => {
  const f = new FileReader('a: " "\nb: 1')
  for (const key of ['a', 'b', 'c']) f.string(f.get(f.top, key))
  assert.deepEqual(f.issues.map((one) => one.message.en), ['a is empty and must be filled in.', 'b should be text of at most 400 letters.', 'c is missing.'])
})
