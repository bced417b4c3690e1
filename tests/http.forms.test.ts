// A value of the wrong form is told which signs are taken, from the contract's own pattern.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import { Code, Scheme } from '../src/capabilities/units/contract.ts'
import { Code as TemplateCode, Time } from '../src/capabilities/programmes/contract/template.ts'
import { issueSentence } from '../src/kernel/http/issues.ts'

const said = (schema: z.ZodType, value: unknown, lang: 'vi' | 'en') => issueSentence(schema.safeParse(value).error!.issues[0]! as never, lang)

test('the signs, their number and the first of them', () => {
  assert.equal(said(Code, 'x y', 'vi'), 'Chỉ gồm 1–40 ký tự: chữ, chữ số hoặc các dấu “.” “_” “/” “-”; bắt đầu bằng chữ hoặc chữ số.')
  assert.equal(said(Scheme, 'Lực lượng', 'en'), 'Only 1–32 characters: small letters without accents, digits or the sign “_”, beginning with small letters without accents.')
  assert.equal(said(TemplateCode, '1a', 'vi'), 'Chỉ gồm 1–40 ký tự: chữ không dấu, chữ số hoặc các dấu “_” “-”; bắt đầu bằng chữ không dấu.')
  assert.equal(said(z.string().regex(/^[0-9]{6}$/), 'x', 'vi'), 'Chỉ gồm 6 chữ số.')
  assert.equal(said(Time, '25:00', 'vi'), 'Không phải giờ. Viết như 17:00.')
})
test('of another pattern nothing is made up', () => assert.equal(said(z.string().regex(/^[a-z]+\.[a-z]+$/), 'x', 'en'), 'Not in the right form.'))
