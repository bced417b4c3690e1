// What is made of a graded record, as figures, files, tables or a paper: by being named, wherever one stands; else as if there were none.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openWorld } from '../../../tests/world.ts'
import type { Place, World } from '../../../tests/world.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { run } from '../../kernel/http/endpoints.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Role } from '../people/contract.ts'

const WORD = 'khongtuoc'
const FAR = '2027-06-30'
const FORM = `code: f-kin
name: { vi: Mẫu kín, en: Closed form }
sections: [{ title: { vi: A, en: A }, fields: [{ code: done, label: { vi: Xong, en: Done } }, { code: said, kind: text, label: { vi: Lời, en: Words } }] }]`

describe('what is made of a graded record', () => {
  let world: World
  const endpoint = (name: string) => world.endpoints.find((e) => e.name === name) ?? assert.fail(name)
  const ask = (name: string, input: object, as: Role) => world.ask(endpoint(name), input, world.people[as])
  const say = async <T>(name: string, input: object): Promise<T> => await run(endpoint(name), world.db.as(OPERATOR), { orderId: uuidv7(), ...input }) as T
  /** What may differ from one refusal to the next. */
  const refusal = ({ status, body: { trace: _, instance: __, ...rest } }: Awaited<ReturnType<typeof ask>>) => ({ status, ...rest })
  before(async () => { world = await openWorld() })
  after(() => world.close())

  type Way = { name: string; input: object; missing: object; /** It is for who issues papers at the unit. */ issues?: true; shows?: string }
  /** Made by the operator: nobody is named by having made it. */
  async function ways(place: Place, grade: string): Promise<{ records: string[]; all: Way[] }> {
    const { formId } = await say<{ formId: string }>('reports.forms.publish', { unitId: place.unit, text: FORM.replace('f-kin', `f-${grade.replace('_', '-')}`) })
    const { collectionId, on } = await say<{ collectionId: string; on: string }>('reports.collections.ask', { unitId: place.unit, formId, title: `Báo cáo ${WORD}`, grade, schedule: { every: 'day', hour: '23:00' }, owing: { unitIds: [place.below] } })
    const reportId = (await say<{ items: { id: string; collectionId: string }[] }>('reports.mine', { limit: 50 })).items.find((one) => one.collectionId === collectionId)!.id
    await say('reports.submit', { reportId, expectedVersion: 1, values: { done: 4711, said: `Lời ${WORD}` } })
    const { planId } = await say<{ planId: string }>('plans.draft', { unitId: place.unit, template: 'plan', title: `Phương án ${WORD}`, grade })
    const [section] = (await say<{ sections: { id: string; version: number; title: string }[] }>('plans.get', { planId })).sections
    await say('plans.write', { planId, sectionId: section!.id, expectedVersion: section!.version, title: section!.title, content: { text: `Nội dung ${WORD}`, tables: ['units'], actions: [] } })
    await world.settle()
    const [at, none] = [{ collectionId, unitId: place.unit }, { collectionId: uuidv7(), unitId: place.unit }]
    const sum = (name: string, more: object = { on }, shows?: string): Way => ({ name: `reports.collections.${name}`, input: { ...at, ...more }, missing: { ...none, ...more }, ...(shows ? { shows } : {}) })
    const one = (name: string, id: string, value: string, more: object, shows?: string, issues?: true): Way => ({ name, input: { [id]: value, ...more }, missing: { [id]: uuidv7(), ...more }, ...(shows ? { shows } : {}), ...(issues ? { issues } : {}) })
    return { records: [collectionId, planId], all: [
      sum('overview', {}, '4711'), sum('children', { on }, '4711'), sum('reports', { on, limit: 10 }, WORD), sum('words', { on }, WORD), sum('across', { from: on, until: on }, '4711'), sum('export', { on, format: 'csv' }, WORD), sum('files', { on }, '"files":0'),
      one('reports.get', 'reportId', reportId, {}, WORD), one('reports.blank', 'reportId', reportId, {}),
      one('plans.table', 'planId', planId, { source: 'units' }, 'Xã'), one('plans.compare', 'planId', planId, { from: 1, to: 1 }),
      one('papers.fromPlan', 'planId', planId, {}, WORD, true), one('papers.fromReport', 'reportId', reportId, {}, WORD, true), one('papers.fromReports', 'collectionId', collectionId, { unitId: place.unit, on }, WORD, true),
    ] }
  }

  test('is had by who is named, also from another unit; for who stands above it, and for a stranger, it is not there', async () => {
    const wrong: string[] = []
    for (const where of ['mine', 'theirs'] as const) for (const grade of ['none', 'confidential', 'secret']) {
      const { records, all } = await ways(world[where], grade)
      if (grade !== 'none') for (const recordId of records) await say('custodies.name', { recordId, personId: world.people.secretariat.id, until: FAR, why: 'Tham mưu' })
      await Promise.all((['secretariat', 'administrator'] as const).flatMap((role) => all.map(async ({ name, input, missing, issues, shows }) => {
        const read = grade === 'none' ? where === 'mine' : role === 'secretariat'
        const may = read && (!issues || where === 'mine')
        const what = `${name} of ${grade} of ${where} by ${role}`
        const [answer, nothing] = await Promise.all([ask(name, input, role), ask(name, missing, role)])
        if ((answer.status === 200) !== may || (may && !answer.text.includes(shows ?? ''))) wrong.push(`${what}: ${answer.status} ${may ? answer.text.slice(0, 300) : ''}`)
        else if (!may) {
          if (JSON.stringify(refusal(answer)) !== JSON.stringify(refusal(nothing))) wrong.push(`${what}: ${answer.text} is not ${nothing.text}`)
        } else if (issues && (answer.body as { grade?: string }).grade !== grade) wrong.push(`${what}: the paper does not bear the grade`)
      })))
    }
    assert.deepEqual(wrong, [])
  })
  test('lists say how many are withheld, of one’s own units alone, and nothing of them', async () => {
    const listed = async (name: string, as: Role) => { const { body, text } = await ask(name, { limit: 100 }, as); return [body['withheld'], text.includes('secret"') || text.includes('confidential"')] }
    assert.deepEqual([await listed('reports.collections.list', 'administrator'), await listed('reports.collections.list', 'secretariat')], [[2, false], [0, true]])
    // Besides one plan of the world itself, that is known to the office of the unit.
    assert.deepEqual([await listed('plans.list', 'administrator'), await listed('plans.list', 'secretariat')], [[2, true], [0, true]])
  })
  test('a graded draft of a paper is known to who writes it: not listed, opened, saved over or thrown away by others who issue there', async () => {
    const about = { unitId: world.mine.unit, draftId: uuidv7() }
    const save = (as: Role, expectedVersion: number) => ask('papers.saveDraft', { ...about, expectedVersion, kind: 'letter', grade: 'secret', subject: `Dự thảo ${WORD}`, form: '{}' }, as)
    assert.equal((await save('secretariat', 0)).status, 200)
    const seen = async (as: Role) => [(await ask('papers.drafts', { limit: 50 }, as)).text.includes(about.draftId), (await ask('papers.draft', about, as)).text.includes(about.draftId)]
    const [hidden, nothing] = [await save('head', 1), await ask('papers.saveDraft', { ...about, draftId: uuidv7(), expectedVersion: 1, kind: 'letter', grade: 'none', subject: 'x', form: '{}' }, 'head')]
    assert.deepEqual([hidden.status, refusal(hidden)], [409, refusal(nothing)])
    assert.deepEqual(refusal(await ask('papers.dropDraft', about, 'head')), refusal(await ask('papers.dropDraft', { ...about, draftId: uuidv7() }, 'head')))
    assert.deepEqual([await seen('head'), await seen('administrator'), await seen('secretariat')], [[false, false], [false, false], [true, true]])
    assert.equal((await ask('papers.dropDraft', about, 'secretariat')).status, 200)
    assert.deepEqual(await seen('secretariat'), [false, false])
  })
})
