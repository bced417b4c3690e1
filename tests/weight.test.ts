// First load at most 300 KiB of script and style, each further part at most 150, as they are sent (gzip). The map is known to be more: docs/decisions.md.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weighFurther, weigh } from './bench/weight.ts'
import { build } from './e2e/harness/build.ts'

test('the first screen weighs at most 300 KiB, and each part that comes later at most 150', async () => {
  await build()
  const { heaviest, first } = weigh()
  const parts = weighFurther().filter(({ part }) => !part.endsWith('/map/canvas.tsx'))
  assert.ok(parts.length > 60)
  assert.ok(heaviest.totalKib <= 300, `${heaviest.screen}: ${heaviest.totalKib} KiB`)
  assert.deepEqual(parts.filter(({ kib }) => kib > 150), [])
  assert.deepEqual(parts.filter(({ kib }) => first + kib > 300), [], 'any of them may be what is opened first')
})
