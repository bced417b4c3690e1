// The commands as they are typed, on a database of their own.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { OPERATOR } from '../../kernel/access.ts'
import { Refused } from '../../kernel/config.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { project } from '../../capabilities/units/store/project.ts'
import type { Call } from '../commands.ts'
import type { Installation } from '../installation.ts'
import { readArguments, readUsage } from '../usage.ts'
import { commands } from './units.ts'

const folder = mkdtempSync(join(tmpdir(), 'sansang-units-'))
const file = (name: string, text: string) => { writeFileSync(join(folder, name), text); return join(folder, name) }
const HEAD = 'code,name,kind,parent_code\n'

describe('sansang units', () => {
  let t: TestDb
  before(async () => { t = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }], Object.fromEntries(Object.entries(project).map(([type, one]) => [type, [one]])) as never) })
  after(() => rmSync(folder, { recursive: true }))

  async function run(line: string, ...paths: string[]): Promise<{ out: string[]; err: string[]; refused: string | undefined }> {
    const typed = [...line.split(' '), ...paths]
    const command = commands.find(({ name }) => name === typed.slice(0, 2).join(' '))!
    const given = readArguments(readUsage(command.usage), typed.slice(2), [])
    if ('wrong' in given) return { out: [], err: [], refused: given.wrong.en }
    const [out, err]: [string[], string[]] = [[], []]
    const at = new Date('2026-03-01T05:00:00Z')
    const refused = await command.run({
      words: given.words, option: (name: string) => given.options[name] as string | undefined, flag: (name: string) => given.options[name] === true, lang: 'en', at, data: folder,
      installation: { context: () => t.as(OPERATOR, { at, lang: 'en' }), read: t.as(OPERATOR).read } as unknown as Installation,
      print: (text: string) => out.push(text), json: (value: unknown) => out.push(JSON.stringify(value)), note: (text: string | { en: string }) => err.push(typeof text === 'string' ? text : text.en),
    } as unknown as Call).then(() => undefined, (error: Error & { code?: string }) => (error instanceof Refused ? error.text.en : error.code ?? error.message))
    return { out, err, refused }
  }

  const list = file('list.csv', `${HEAD}01,Tỉnh Một,province,\n001,Huyện Sông Lô,district,01\n00001,Xã Tân Lập,commune,001\n00004,Xã Hai,commune,001\n`)

  test('a preview with counts changes nothing; then the list is in, and counted', async () => {
    const preview = await run('units import --as-of 2020-06-01 --dry-run', list)
    assert.match(preview.out[0]!, /opens 4, closes 0/)
    assert.deepEqual((await run('units count --at 2020-06-01')).out, ['{}'])
    assert.deepEqual((await run('units import --as-of 2020-06-01', list)).out, ['Imported 4 units.'])
    assert.deepEqual((await run('units count --at 2020-06-01')).out, ['{"province":1,"district":1,"commune":2}'])
    assert.deepEqual((await run('units count --at 2020-05-31')).out, ['{}'])
  })
  test('find answers an array, best first, parents from near to far', async () => {
    assert.deepEqual((await run('units find tan lap song lo --json')).out.map((line) => JSON.parse(line) as unknown), [[{ code: '00001', name: 'Xã Tân Lập', kind: 'commune', parents: ['Huyện Sông Lô', 'Tỉnh Một'] }]])
    assert.deepEqual((await run('units find nothing at all --json')).out, ['[]'])
  })
  test('successors: unknown codes are refused with their lines, or skipped and listed', async () => {
    await run('units import --as-of 2025-07-01', file('two.csv', `${HEAD}01,Tỉnh Một,province,\n00001,Xã Tân Lập,commune,01\n`))
    const links = file('links.csv', 'from_code,to_code,part\n00001,00001,full\n00004,00001,full\n001,00001,partial\n00009,00001,full\n')
    const refused = await run('units successors --on 2025-07-01', links)
    assert.deepEqual([refused.refused, refused.err], ['Errors in the file: 1. No line was imported, nothing has changed.', ['Line 5: before 01/07/2025 no unit had the code 00009.']])
    const done = await run('units successors --on 2025-07-01 --skip-unknown', links)
    assert.deepEqual([done.out, done.err], [['4 lines: 2 full, 1 partial, 1 skipped for codes that are not known.'], ['Skipped line 5: 00009 → 00001']])
  })
  test('what cannot be is said by a sentence', async () => {
    const bad = await run('units import --as-of 2025-08-01', file('bad.csv', `${HEAD}01,Tỉnh Một,province,\nx,Xã,commune,y\ny,Xã,commune,x\nz,Xã,commune,q\n`))
    assert.deepEqual(bad.err, ['Line 3: the units x, y stand below one another in a circle (lines 3, 4).', 'Line 5: no unit has the parent code q. Correct the code, or add a line for q to the file; the top unit needs a line of its own too, with no parent code.'])
    assert.equal((await run('units import --as-of 2020-01-01', list)).refused, 'LIST_TOO_OLD')
    assert.match((await run('units import --as-of 2025-13-01', list)).refused!, /is not a day/)
    assert.match((await run('units import --as-of 2025-08-01', join(folder, 'nowhere.csv'))).refused!, /There is no file/)
    assert.match((await run('units import --as-of 2025-08-01 --scheme Ä', list)).refused!, /--scheme/)
    truncateSync(file('big.csv', HEAD), 200 * 1024 * 1024)
    assert.match((await run('units import --as-of 2025-08-01', join(folder, 'big.csv'))).refused!, /has 200 MB; the most is 32 MB/)
    assert.deepEqual((await run('units count --at 2025-08-01')).out, ['{"province":1,"commune":1}'])
  })
})
