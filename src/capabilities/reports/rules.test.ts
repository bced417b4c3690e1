// Rules of reports as sentences, without a database: the small language, forms, values, periods, and how figures add up.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { readForm } from './decide/form.ts'
import { EMPTY_FORM, formChanges, formFile, formProblems, formRow, formSheet, formulaRead, formulaShown, typedFields } from './decide/form-sheet.ts'
import { FormulaFault, evaluate, parseFormula } from './decide/formula.ts'
import type { Env } from './decide/formula.ts'
import { askReports, openPeriod, submitReport } from './decide/orders.ts'
import { addDays } from '../../pure/calendar.ts'
import { dueDay, firstPeriod, owedAround, periodAfter } from './decide/periods.ts'
import { add, contradictionsOf, nothing, whole } from './decide/rollup.ts'
import { readSheet, sheetRows } from './decide/sheet.ts'
import { complete, partsOf, wholeOf } from './decide/values.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const YAML = `
code: test
name: { vi: Thử, en: Test }
sections:
  - title: { vi: Phần, en: Part }
    fields:
      - { code: posts, label: { vi: Chốt, en: Posts }, required: true }
      - { code: staffed, label: { vi: Có người, en: Staffed } }
      - { code: share, label: { vi: Tỷ lệ, en: Share }, decimals: 1, up: none, formula: staffed / posts * 100 }
      - { code: minutes, label: { vi: Phút, en: Minutes }, decimals: 1, up: average }
      - { code: stock, label: { vi: Tồn, en: Stock }, up: latest }
      - { code: pace, kind: choice, label: { vi: Tiến độ, en: Pace }, options: [{ code: good, label: { vi: Tốt, en: Good } }, { code: slow, label: { vi: Chậm, en: Slow } }] }
      - { code: said, kind: text, most: 20, label: { vi: Lời, en: Words } }
      - code: sites
        kind: table
        label: { vi: Nơi, en: Sites }
        columns:
          - { code: name, kind: text, label: { vi: Tên, en: Name }, required: true }
          - { code: n, label: { vi: Số, en: Number } }
      - { code: all, label: { vi: Tổng, en: All }, formula: "sum(sites.n) + count(sites)" }
checks:
  - { that: staffed <= posts, severity: error, say: { vi: Nhiều hơn., en: More than there are. } }
  - { that: posts >= before.posts, severity: warning, say: { vi: Giảm., en: Fewer. } }
  - { that: 'pace != "slow" or minutes > 1', severity: warning, say: { vi: Chậm., en: Slow. } }
`
const form = readForm(YAML).form!
const codes = (text: string) => readForm(text).issues.map((i) => [i.line, i.path])

describe('the small language', () => {
  const env: Env = { value: (name) => new Map<string, number | string>([['a', 6], ['b', 4], ['zero', 0], ['word', 'x']]).get(name) ?? null, column: () => [1, null, 2.5], rows: () => 3 }
  const value = (text: string) => evaluate(parseFormula(text), env)
  test('multiplies before it adds, from the left, with parentheses', () => {
    assert.deepEqual(['a + b * 2', '(a + b) * 2', 'a - b - 1', 'a / b / 2', '-a + 10', '2 * -b', '0.1 + 0.2'].map(value), [14, 20, 1, 0.75, 4, -8, 0.3])
  })
  test('knows sums of columns, the least, the most, and what holds', () => {
    assert.deepEqual(['sum(t.n)', 'count(t.n)', 'count(t)', 'min(a, b, 9)', 'max(a, b)', 'if(a > b, 1, 2)', 'abs(b - a)', 'round(a / b)', 'word = "x" and not (a = b)'].map(value), [3.5, 2, 3, 4, 6, 1, 2, 2, true])
  })
  test('what is not known stays unknown, and nothing is divided by nothing', () => {
    assert.deepEqual(['a + gone', 'a / zero', 'gone > 1', 'gone > 1 or a > 1', 'gone > 1 and a < 1', 'if(gone > 1, 1, 2)', 'max(a, gone)'].map(value), [null, null, null, true, false, null, null])
  })
  test('what it does not understand it refuses with the place, and never runs', () => {
    for (const [text, at] of [['a +', 4], ['a b', 3], ['constructor(1)', 1], ['a; b', 2], ['(a', 3], ['max(a)', 1], ['toString', 0], [`${'('.repeat(60)}a`, 42], ['1'.repeat(501), 501]] as const) {
      if (at === 0) { assert.equal(value(text), null); continue }
      assert.throws(() => parseFormula(text), (error) => error instanceof FormulaFault && error.at === at, text)
    }
  })
})

describe('a form', () => {
  test('the shipped ones are whole, and have no field about persons or opinions', () => {
    const files = readdirSync('templates/reports')
    assert.equal(files.length, 3)
    for (const file of files) {
      const text = readFileSync(`templates/reports/${file}`, 'utf8')
      assert.deepEqual(readForm(text).issues, [], file)
      assert.doesNotMatch(text, /họ tên|họ và tên|tôn giáo|dân tộc|dư luận|quan điểm|thái độ|tư tưởng|đối tượng|full name|religio|ethnic|opinion|attitude/i)
    }
  })
  test('says what is wrong at its line', () => {
    const line = (from: string, to: string) => codes(YAML.replace(from, to))
    assert.deepEqual(line('formula: staffed / posts * 100', 'formula: staffed / post'), [[9, 'sections[1].fields[3].formula']])
    assert.deepEqual(line('formula: staffed / posts * 100', 'formula: staffed = posts'), [[9, 'sections[1].fields[3].formula']])
    assert.deepEqual(line('formula: staffed / posts * 100', 'formula: share + 1'), [[9, 'sections[1].fields[3].formula']])
    assert.deepEqual(line('that: staffed <= posts', 'that: staffed <= sites.n'), [[22, 'checks[1].that']])
    assert.deepEqual(line('that: staffed <= posts', 'that: staffed <= before.nothing'), [[22, 'checks[1].that']])
    assert.deepEqual(line('code: staffed,', 'code: posts,')[0], [8, 'sections[1].fields[2].code'])
    assert.deepEqual(line('up: average', 'up: mean'), [[10, 'sections[1].fields[4].up']])
    assert.equal(readForm('[').form, undefined)
  })
})

describe('what is filled in', () => {
  const faults = (values: object, before: object | null = null) => complete(form, values as never, before as never).problems.map((p) => [p.field, p.severity])
  test('formulas are computed, whatever the sender says, and unknown stays empty', () => {
    const { values, problems } = complete(form, { posts: 8, staffed: 6, share: 99, sites: [{ name: 'A', n: 2 }, { name: null, n: null }, { name: 'B', n: null }] }, null)
    assert.deepEqual([values['share'], values['all'], (values['sites'] as unknown[]).length, problems], [75, 4, 2, []])
    assert.equal('share' in complete(form, { posts: 0, staffed: 0 }, null).values, false)
  })
  test('errors stop it, warnings do not, and the period before is held against it', () => {
    assert.deepEqual(faults({}), [['posts', 'error']])
    assert.deepEqual(faults({ posts: 2, staffed: 3 }), [['staffed', 'error']])
    assert.deepEqual(faults({ posts: 2 }, { posts: 3 }), [['posts', 'warning']])
    assert.deepEqual(faults({ posts: 1.5, pace: 'other', said: 'x'.repeat(21), minutes: 1.25, gone: 1, sites: [{ name: null, n: 1 }] }), [['gone', 'error'], ['posts', 'error'], ['minutes', 'error'], ['pace', 'error'], ['said', 'error'], ['sites', 'error']])
    assert.deepEqual(faults({ posts: 1, pace: 'slow', minutes: 1 }), [['pace', 'warning']])
    assert.deepEqual(faults({ posts: -1 }), [['posts', 'error']])
    assert.deepEqual(complete(form, { posts: 1, sites: [{ name: null, n: null }, { name: 'A', n: 'mười' }] }, null).problems.map((p) => [p.field, p.row, p.column]), [['sites', 1, 'n']], 'the row as it was typed')
  })
  test('goes into a fact without its words, and together again with them', () => {
    const { values } = complete(form, { posts: 3, minutes: 1.5, pace: 'good', said: 'ổn', sites: [{ name: 'A', n: 2 }] }, null)
    const parts = partsOf(form, values)
    assert.deepEqual(parts, { numbers: [3000, null, null, 1500, null, 3000], rest: { pace: 'good', sites: [{ n: 2 }] }, words: { said: 'ổn', sites: [{ name: 'A' }] } })
    assert.deepEqual(wholeOf(form, parts.numbers, parts.rest, parts.words), values)
    assert.deepEqual(wholeOf(form, parts.numbers, parts.rest, null), { posts: 3, minutes: 1.5, all: 3, pace: 'good', sites: [{ n: 2 }] })
  })
  test('goes into a spreadsheet and comes back, in either way of writing numbers; a file of another report is told', () => {
    const { values } = complete(form, { posts: 1200, minutes: 1.5, pace: 'good', said: 'ổn', sites: [{ name: 'A', n: 2 }] }, null)
    const rows = sheetRows(form, { id: 'r1', title: 'T' }, values, { posts: 9 }, 'vi').map((cells, i) => ({ line: i + 2, cells: cells.map((c) => c ?? '') }))
    assert.deepEqual(complete(form, readSheet(form, 'r1', rows).values, null).values, values)
    assert.deepEqual(readSheet(form, 'r2', rows).problems.map((p) => p.code), ['OTHER_REPORT'])
    assert.deepEqual(readSheet(form, 'r1', [{ line: 3, cells: ['posts', '', '', '', '1.200'] }, { line: 4, cells: ['minutes', '', '', '', 'nhiều'] }, { line: 5, cells: ['pace', '', '', '', 'CHAM'] }]),
      { values: { posts: 1200, minutes: 'nhiều', pace: 'slow' }, problems: [{ line: 4, code: 'NOT_A_NUMBER', data: { line: 4, text: 'nhiều' } }] })
    assert.deepEqual(readSheet(form, 'r1', [{ line: 1, cells: ['x'] }]).problems.map((p) => p.code), ['NO_CODES'])
  })
})

describe('periods', () => {
  const at = new Date('2026-03-04T02:00:00Z') // Wednesday, 09:00 in Hà Nội
  const week = { every: 'week', weekday: 5, hour: '16:00' } as const
  test('a week is due on its day and hour; the next one opens the morning after', () => {
    const first = firstPeriod(week, '2026-03-04', null, ZONE, at)!
    assert.deepEqual([first.on, first.dueAt.toISOString(), first.opensAt], ['2026-03-06', '2026-03-06T09:00:00.000Z', at])
    const next = periodAfter(week, first.on, '2026-03-31', ZONE)!
    assert.deepEqual([next.on, next.opensAt.toISOString()], ['2026-03-13', '2026-03-06T17:00:00.000Z'])
    assert.equal(periodAfter(week, '2026-03-27', '2026-03-31', ZONE), undefined)
  })
  test('by 17:00 today is one day; asked at 18:00 there is none left', () => {
    const today = { every: 'days', days: ['2026-03-04'], hour: '17:00' } as const
    assert.equal(firstPeriod({ ...today, days: [...today.days] }, '2026-03-04', null, ZONE, at)!.dueAt.toISOString(), '2026-03-04T10:00:00.000Z')
    assert.equal(firstPeriod({ ...today, days: [...today.days] }, '2026-03-04', null, ZONE, new Date('2026-03-04T11:00:00Z')), undefined)
  })
  test('the 31st is the last day of a shorter month', () => {
    assert.deepEqual(['2026-02-01', '2026-03-01', '2026-12-31'].map((day) => dueDay({ every: 'month', day: 31, hour: '08:00' }, day)), ['2026-02-28', '2026-03-31', '2026-12-31'])
    assert.equal(dueDay({ every: 'month', day: 5, hour: '08:00' }, '2026-12-06'), '2027-01-05')
  })
  test('around milestones each unit owes before its own events, once a day; what is done, over or past its hour is left out, and nothing else', () => {
    const around = { before: [7, 1], hour: '17:00' }
    const events = [{ unitId: 'b', day: '2026-03-11' }, { unitId: 'a', day: '2026-03-11' }, { unitId: 'a', day: '2026-03-05' }, { unitId: 'c', day: '2026-03-12', done: ['2026-03-05'] }]
    assert.deepEqual(owedAround(around, events, '2026-03-04', null, ZONE, at), [{ on: '2026-03-04', hosts: ['a', 'b'] }, { on: '2026-03-10', hosts: ['a', 'b'] }, { on: '2026-03-11', hosts: ['c'] }])
    assert.deepEqual(owedAround(around, events, '2026-03-04', '2026-03-10', ZONE, new Date('2026-03-04T10:00:00Z')).map((one) => one.on), ['2026-03-10'])
    const many = Array.from({ length: 400 }, (_, n) => ({ unitId: `u${n}`, day: addDays('2026-04-01', n) }))
    assert.equal(owedAround({ before: [1], hour: '17:00' }, many, '2026-03-04', null, ZONE, at).length, 400)
  })
  test('a request from a later day opens then; one from a day that is over begins today', () => {
    const asked = (from: string) => askReports({ id: 'u' }, { versionId: 'v' }, { levels: ['commune'], tree: 1 }, 'c', { title: 't', schedule: week, owing: { kinds: ['commune'] }, zone: ZONE, from, until: null }, at)
    const facts = (d: ReturnType<typeof asked>) => ('facts' in d ? d.facts.map((f) => [f.type, f.next?.on]) : d.refused)
    assert.deepEqual(facts(asked('2026-03-04')), [['collection.asked.v1', undefined], ['collection.opened.v1', '2026-03-13']])
    assert.deepEqual(facts(asked('2026-03-10')), [['collection.asked.v1', '2026-03-13']])
  })
  test('a period is opened once: asked again, there is nothing to do', () => {
    const row = { id: 'c', unitId: 'u', schedule: week, owing: { kinds: ['commune'] }, zone: ZONE, until: null, endedAt: null, next: { on: '2026-03-13', opensAt: at } }
    assert.deepEqual([openPeriod(row, '2026-03-13', 1), openPeriod(row, '2026-03-06', 1), openPeriod({ ...row, endedAt: at }, '2026-03-13', 1)].map((d) => ('facts' in d ? d.facts.length : 0)), [1, 0, 0])
  })
})

describe('adding up', () => {
  const [posts, staffed, share, minutes, stock] = form.sections[0]!.fields as never as Parameters<typeof whole>[0]
  const fields = [posts!, minutes!, stock!, share!]
  test('what is returned counts no more, what is corrected counts once, who is excused owes no more', () => {
    const total = { ...nothing(), owes: 3 }
    const one = (state: string, n: number | null, late = false) => ({ state: state as 'owed', late, numbers: [n] })
    add(total, one('submitted', 5000), 1)
    add(total, one('submitted', 5000), -1); add(total, one('submitted', 7000), 1) // corrected
    add(total, one('signed', null, true), 1)
    add(total, one('returned', 9000), 1)
    add(total, one('excused', null), 1)
    assert.deepEqual(total, { owes: 2, reported: 2, late: 1, signed: 1, returned: 1, excused: 1, sums: [7000], counts: [1] })
  })
  test('over periods sums are added, averages are over all reports, of a stock the last one counts', () => {
    assert.deepEqual(whole([stock!], [{ sums: [40], counts: [2] }, { sums: [3], counts: [1], open: true }]), [40], 'one that is still coming in is not the last')
    assert.deepEqual(whole(fields, [{ sums: [10, 6, 40, 1], counts: [2, 3, 2, 2] }, { sums: [5, 4, 30, 1], counts: [1, 1, 1, 1] }, { sums: [1, 0, 0, 0], counts: [1, 0, 0, 0] }]), [16, 2.5, 30, null])
  })
  test('a sum below that differs from the unit\'s own number is said when all have reported, or when it is already more', () => {
    const below = (owes: number, reported: number, sum: number) => ({ ...nothing(), owes, reported, sums: [sum], counts: [reported] })
    const of = (own: number, b: ReturnType<typeof below>) => contradictionsOf([staffed!], [{ reportId: 'r', unit: { id: 'u', name: 'U' }, own: [own], below: b }]).map((c) => [c.own, c.below, c.partial])
    assert.deepEqual([of(10, below(3, 3, 10)), of(10, below(3, 3, 9)), of(10, below(3, 2, 9)), of(10, below(3, 2, 11))], [[], [[10, 9, false]], [], [[10, 11, true]]])
  })
})

describe('orders', () => {
  const row = (state: string) => ({ id: 'r', collectionId: 'c', on: '2026-03-06', unitId: 'u', state: state as 'owed', version: 2, dueAt: new Date('2026-03-06T09:00:00Z'), formVersionId: 'f', graded: false })
  const checked = { parts: { numbers: [], rest: {}, words: {} }, warnings: [] }
  const after = (state: string, reason: boolean, version = 2, at = '2026-03-06T08:00:00Z') => {
    const d = submitReport(row(state), version, checked, null, reason ? { id: 'x', hash: 'y' } : null, [], new Date(at))
    return 'refused' in d ? d.refused : [d.facts[0]!.type, d.facts[0]!.late]
  }
  test('it is submitted once, again after a return, and corrected with a reason after that; after its hour it is late', () => {
    assert.deepEqual([after('owed', false), after('returned', false), after('submitted', false), after('signed', true), after('excused', false), after('owed', false, 1), after('owed', false, 2, '2026-03-06T09:00:01Z')],
      [['report.submitted.v1', false], ['report.submitted.v1', false], 'REASON_NEEDED', ['report.corrected.v1', false], 'REPORT_EXCUSED', 'CHANGED', ['report.submitted.v1', true]])
  })
})

describe('a form as a table', () => {
  const read = (sheet: ReturnType<typeof formSheet>) => readForm(JSON.stringify(formFile(sheet)))
  const put = (sheet: ReturnType<typeof formSheet>, code: string, cells: Record<string, string>) => typedFields(sheet, sheet.fields.map((row) => (row.cells.code === code ? { ...row, cells: { ...row.cells, ...cells } } : row)))
  test('every shipped form, and the empty one, comes back as it was', () => {
    const dir = new URL('../../../templates/reports/', import.meta.url)
    const shipped = readdirSync(dir).map((name) => readForm(readFileSync(new URL(name, dir), 'utf8')).form!)
    for (const one of [form, EMPTY_FORM, ...shipped]) { const { form: back, issues } = read(formSheet(one)); assert.deepEqual(issues, [], one.code); assert.deepEqual(back, one) }
  })
  test('a usual period is read, and a wrong one is said', () => {
    const due = (text: string) => readForm(YAML.replace('sections:', `due: ${text}\nsections:`))
    assert.deepEqual(due('{ every: week, weekday: 5, hour: "17:00" }').form?.due, { every: 'week', weekday: 5, hour: '17:00' })
    assert.deepEqual(['{ every: week, hour: "17:00" }', '{ every: day, hour: "25:00" }', '{ every: year, hour: "17:00" }'].map((text) => due(text).issues[0]?.path), ['due.weekday', 'due.hour', 'due.every'])
  })
  test('a fault is told at its cell, also where a row stands where it cannot', () => {
    const sheet = put(put(formSheet(form), 'share', { formula: 'staffed / gone' }), 'n', { decimals: '9' })
    const at = (one: typeof sheet) => formProblems(one, read(one).issues).map(({ part, row, column, severity }) => [part, one.fields.find((r) => r.id === row)?.cells.code ?? one.checks.find((r) => r.id === row)?.cells.that, column, severity])
    assert.deepEqual(at(sheet), [['fields', 'n', 'decimals', 'error']])
    assert.deepEqual(at(put(formSheet(form), 'share', { formula: 'staffed / gone' })), [['fields', 'share', 'formula', 'error']])
    const [first, ...rest] = formSheet(form).fields
    const lost = { ...formSheet(form), fields: [formRow({ kind: 'option', code: 'lost', 'label.vi': 'Lạc' }), first!, formRow({ kind: 'column.number', code: 'col', 'label.vi': 'Cột' }), ...rest] }
    assert.deepEqual(at(lost), [['fields', 'lost', 'kind', 'error'], ['fields', 'col', 'kind', 'error']])
    assert.deepEqual(at(put(formSheet(form), 'said', { kind: 'Chữ' })).filter(([, , column]) => column === 'kind'), [['fields', 'said', 'kind', 'error']], 'what is no kind is not taken for a number in silence')
    assert.deepEqual(at({ ...formSheet(form), head: { code: 'test', 'name.vi': '' }, checks: [formRow({ that: 'posts', severity: 'error', 'say.vi': 'x' })] }), [['head', undefined, 'name.vi', 'error']])
    assert.deepEqual(at({ ...formSheet(form), checks: [formRow({ that: 'posts', severity: 'error', 'say.vi': 'x' })] }), [['checks', 'posts', 'that', 'error']])
  })
  test('a code is made from the label, and a changed one is followed in formulas and checks', () => {
    const sheet = formSheet(form)
    const more = typedFields(sheet, [...sheet.fields, formRow({ kind: 'number', 'label.vi': 'Số chốt đặc biệt' }), formRow({ kind: 'number', 'label.vi': 'Chốt, posts' }), formRow({ kind: 'number', 'label.vi': 'Số chốt đặc biệt' })])
    assert.deepEqual(more.fields.slice(-3).map((row) => row.cells.code), ['so_chot_dac_biet', 'chot_posts', 'so_chot_dac_biet_2'])
    const renamed = put(put(sheet, 'posts', { code: 'guard_posts' }), 'sites', { code: 'places' })
    const back = read(renamed)
    assert.deepEqual(back.issues, [])
    assert.deepEqual(back.form!.sections[0]!.fields.flatMap((field) => (field.kind === 'number' && field.formula ? [field.formula] : [])), ['staffed / guard_posts * 100', 'sum(places.n) + count(places)'])
    assert.deepEqual(back.form!.checks.map((check) => check.that), ['staffed <= guard_posts', 'guard_posts >= before.guard_posts', 'pace != "slow" or minutes > 1'])
  })
  test('a formula is shown with names and may be typed with them', () => {
    const sheet = formSheet(form)
    for (const text of ['staffed / posts * 100', 'posts >= before.posts', 'pace != "slow" or minutes > 1', 'sum(sites.n) + count(sites)']) for (const lang of ['vi', 'en'] as const) assert.equal(formulaRead(sheet, formulaShown(sheet, text, lang)), text)
    assert.equal(formulaShown(sheet, 'posts >= before.posts', 'vi'), '[Chốt] >= [Kỳ trước: Chốt]')
    assert.equal(formulaRead(sheet, '[co nguoi] / [CHỐT] + [không có]'), 'staffed / posts + [không có]')
  })
  test('what is changed against another version is named row by row', () => {
    const sheet = formSheet(form)
    const [head, posts, staffed, ...rest] = sheet.fields
    const next = { ...put({ ...sheet, fields: [head!, staffed!, posts!, ...rest.filter((row) => row.cells.code !== 'stock'), formRow({ kind: 'file', code: 'proof', 'label.vi': 'Ảnh' })] }, 'minutes', { up: 'sum' }), head: { ...sheet.head, 'name.vi': 'Khác' } }
    assert.deepEqual(formChanges(sheet, next).map((one) => [one.kind, one.id, ...one.cells.map((cell) => `${cell.column} ${cell.from}>${cell.to}`)]), [['changed', 'head', 'name.vi Thử>Khác'], ['moved', 'fields posts'], ['changed', 'fields minutes', 'up average>sum'], ['added', 'fields proof'], ['removed', 'fields stock']])
    assert.deepEqual(formChanges(sheet, formSheet(form)), [])
  })
})
