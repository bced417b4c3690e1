// The templates that come with the program, and that a name in one language is enough.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readTemplate } from './decide/template.ts'

const shipped = (name: string) => readFileSync(new URL(`../../../templates/${name}.yaml`, import.meta.url), 'utf8')

test('every one is in order and complete in both languages; a fair is for any unit of any country', () => {
  for (const name of ['congress', 'fair']) {
    const { body, issues } = readTemplate(shipped(name))
    assert.deepEqual(issues, [], name)
    const named = (['workstreams', 'milestones', 'classes', 'tasks', 'requirements', 'agenda'] as const).flatMap((part) => body![part])
    assert.deepEqual(named.filter((one) => one.name.vi === one.name.en).map((one) => one.code), [], `${name}: the same in both languages`)
    if (name === 'fair') assert.deepEqual([body!.levels, body!.country, body!.tasks.every((one) => one.levels === null && one.to === null)], [[], null, true])
  }
})
test('one language is enough: what has no English name is called the same in English, and the other way round', () => {
  const named = (name: string) => readTemplate(shipped('fair').replace(/^name: .*$/m, `name: ${name}`)).body!.name
  assert.deepEqual(named('{ vi: "Hội chợ" }'), { vi: 'Hội chợ', en: 'Hội chợ' })
  assert.deepEqual(named('{ vi: " ", en: "Fair" }'), { vi: 'Fair', en: 'Fair' })
})
