// Rules as sentences, without a database.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sentence } from '../../kernel/contract.ts'
import { ROLES, allRights, roleNames } from './contract.ts'
import type { Role } from './contract.ts'
import { above, changePerson, erase, leave } from './decide/accounts.ts'
import { ACCOUNT_DELAYS, ADDRESS_DELAYS, FOREVER, place } from './decide/attempts.ts'
import { againGrant } from './decide/again.ts'
import { delegateGrant, endGrant, giveGrant, lacks, moreThanYours } from './decide/grants.ts'
import type { Held } from './decide/grants.ts'
import { judgePassword, lengthOf, pieces } from './decide/passwords.ts'
import { candidates, nameAccounts, slipsCsv, slipsHtml } from './decide/slips.ts'
import { planStaff, staffProblems, takeBack } from './decide/staff.ts'
import type { AccountKnown, Brought } from './decide/staff.ts'
import { isBlocked } from './routes/blocked.ts'
import { base32, codeOf, newSlip, slipAsPrinted, stepOf } from './routes/secrets.ts'

const at = new Date('2026-07-04T12:00:00Z')
const [UNIT, ANA, BINH, GRANT, NEW, ORDER] = ['1', '2', '3', '4', '5', '6'].map((n) => `0190a000-0000-7000-8000-00000000000${n}`) as [string, string, string, string, string, string]
const days = (n: number): string => new Date(at.getTime() + n * 86_400_000).toISOString()

describe('roles', () => {
  test('each role has a part of the rights of the next, so that whoever appoints holds what they hand out', () => {
    const chain: Role[] = ['reader', 'officer', 'head', 'secretariat', 'administrator']
    for (const [i, role] of chain.entries()) if (i > 0) assert.deepEqual(ROLES[chain[i - 1]!].rights.filter((right) => !ROLES[role].rights.includes(right)), [])
  })
  test('every right that a contract asks for is held by a role, and no role holds a right that nobody asks for', () => {
    const folder = join(import.meta.dirname, '..')
    const files = readdirSync(folder).flatMap((name) => ['contract.ts', ...readDir(join(folder, name, 'contract')).map((file) => `contract/${file}`)].map((file) => join(folder, name, file))).filter((file) => !file.endsWith('roles.ts'))
    const text = files.map(readIfThere).join('\n')
    const asked = new Set([...text.matchAll(/'((?:unit|person|template|programme|event|task|readiness|journal|map|installation|body|meeting|paper|plan|proposal|report|custody|exchange)\.[a-z_]+)'/g)].map(([, right]) => right!).filter((right) => !/\.v\d/.test(right)))
    assert.deepEqual([...asked].filter((right) => !(allRights as string[]).includes(right)), [])
    assert.deepEqual(allRights.filter((right) => !asked.has(right)), [])
  })
})
const readDir = (folder: string): string[] => { try { return readdirSync(folder) } catch { return [] } }
const readIfThere = (file: string): string => { try { return readFileSync(file, 'utf8') } catch { return '' } }

describe('passwords', () => {
  const judge = (password: string, secondFactor = false, about: string[] = ['xa-tanlap', 'Nguyễn Thị Hoa', 'Xã Tân Lập']) => judgePassword({ password, secondFactor, about, listed: isBlocked })?.refused
  test('alone it needs 15 characters, with a second factor 8, counted as a person counts them', () => {
    assert.equal(judge('bảy con vịt xanh'), undefined)
    assert.equal(judge('bảy con vịt xa'), 'PASSWORD_SHORT')
    assert.equal(judge('vịt bảy 9', true), undefined)
    assert.equal(judge('vịt bảy', true), 'PASSWORD_SHORT')
    assert.equal(lengthOf('bảy'.normalize('NFD')), 3)
    assert.equal(lengthOf('🦆🦆'), 2)
  })
  test('no kind of character is asked for, and 64 and more may be typed', () => {
    assert.equal(judge('một hai ba con mèo nằm trên mái nhà'), undefined)
    assert.equal(judge('ngồi uống trà dưới gốc đa cuối làng '.repeat(3)), undefined)
    assert.equal(judge(`${'xa xôi lắm '.repeat(30)}`), 'PASSWORD_LONG')
  })
  test('leaked ones are refused, also with digits around, in disguise, in capitals or repeated', () => {
    for (const bad of ['password', 'Football', 'P@ssw0rd', 'football12345', '1234football', 'qwertyuiop', 'iloveyou2026']) assert.equal(judge(bad, true), 'PASSWORD_COMMON', bad)
    assert.equal(judge('monkeymonkeymonkey'), 'PASSWORD_COMMON')
  })
  test('runs and repetitions are refused however long', () => {
    for (const bad of ['123456789012345', 'aaaaaaaaaaaaaaa', 'abcdefghijklmnop', 'qwertyuiopasdfgh', 'abcabcabcabcabc', '111222333444555']) assert.equal(judge(bad), 'PASSWORD_COMMON', bad)
    assert.equal(pieces('aaabbb123'), 2 + 1 - 1)
  })
  test('one made of the account, the name, the unit or the name of this system is refused; one that only mentions them is not', () => {
    for (const bad of ['xa-tanlap2026xa', 'NguyễnThịHoa2026', 'sansang sansang 12', 'matkhausansang1', 'Xã Tân Lập 2026']) assert.equal(judge(bad), 'PASSWORD_NAMES', bad)
    assert.equal(judge('hoa nở bên sông vào tháng ba'), undefined)
  })
})

describe('one-time codes', () => {
  // RFC 6238, appendix B: eight digits at these seconds.
  const seed = (bytes: number) => Buffer.from('1234567890'.repeat(7).slice(0, bytes))
  const vectors: [number, string, string, string][] = [
    [59, '94287082', '46119246', '90693936'], [1111111109, '07081804', '68084774', '25091201'], [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'], [2000000000, '69279037', '90698825', '38618901'], [20000000000, '65353130', '77737706', '47863826'],
  ]
  for (const [seconds, sha1, sha256, sha512] of vectors) {
    test(`at second ${seconds} as the standard says`, () => {
      const step = Math.floor(seconds / 30)
      assert.equal(codeOf(seed(20), step, 8), sha1)
      assert.equal(codeOf(seed(32), step, 8, 'sha256'), sha256)
      assert.equal(codeOf(seed(64), step, 8, 'sha512'), sha512)
    })
  }
  test('a code of the step before or after is taken, one of two steps away is not', () => {
    const step = Math.floor(at.getTime() / 30_000)
    for (const [shift, want] of [[-2, undefined], [-1, step - 1], [0, step], [1, step + 1], [2, undefined]] as const) assert.equal(stepOf(seed(20), codeOf(seed(20), step + shift), at), want)
  })
  test('the secret is shown in base 32 (RFC 4648)', () => {
    assert.equal(base32(Buffer.from('foobar')), 'MZXW6YTBOI')
    assert.equal(base32(Buffer.from('fooba')), 'MZXW6YTB')
  })
  test('a slip is read as printed, whatever the case, spaces, and O for 0', () => {
    const code = newSlip()
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    assert.equal(slipAsPrinted(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')), code)
    assert.equal(slipAsPrinted('mật khẩu của tôi'), undefined)
  })
})

describe('wrong attempts', () => {
  test('five are free, then the wait doubles up to a quarter of an hour, and after 50 the account is closed', () => {
    assert.deepEqual(ACCOUNT_DELAYS.slice(0, 9), [0, 0, 0, 0, 0, 0, 2, 4, 8])
    assert.equal(Math.max(...ACCOUNT_DELAYS.slice(0, 50)), 900)
    assert.equal(ACCOUNT_DELAYS[50], FOREVER)
  })
  test('an address that many share waits only after a hundred, and never for good', () => {
    assert.equal(ADDRESS_DELAYS[100], 0)
    assert.equal(Math.max(...ADDRESS_DELAYS), 900)
  })
  test('an IPv6 subscriber counts as one, an IPv4 address in IPv6 clothes as itself', () => {
    assert.equal(place('2001:db8:1:2:3:4:5:6'), place('2001:db8:1:2::9'))
    assert.notEqual(place('2001:db8:1:2::9'), place('2001:db8:1:3::9'))
    assert.equal(place('::ffff:10.1.2.3'), '10.1.2.3')
  })
})

describe('grants', () => {
  const held = (more: Partial<Held> = {}): Held => ({ id: GRANT, personId: ANA, role: 'head', unitId: UNIT, startsAt: new Date('2026-01-01'), endsAt: null, fromGrantId: null, fromPersonId: null, ...more })
  const give = (order: { role: Role; endsAt?: string; startsAt?: string }, roles: Role[], more: { left?: boolean; already?: Held[]; scopes?: string[] } = {}) =>
    giveGrant({ unitId: UNIT, ...order }, NEW, { id: BINH, left: more.left ?? false }, 'there', { roles, scopes: more.scopes }, more.already ?? [], at)

  test('nobody grants a role with a right that they do not hold there', () => {
    assert.deepEqual(give({ role: 'secretariat' }, ['head']), moreThanYours('secretariat', 'template.import'))
    assert.ok('facts' in give({ role: 'officer' }, ['head']))
    assert.ok('refused' in give({ role: 'reader' }, []))
    assert.equal(lacks({ roles: 'all' }, 'administrator'), undefined)
  })
  test('a token hands out no more than its scopes', () => assert.deepEqual(give({ role: 'reader' }, ['administrator'], { scopes: ['person.grant', 'person.read'] }), moreThanYours('reader', 'template.read')))
  test('the fact holds ids, role and dates', () => assert.deepEqual(give({ role: 'officer', endsAt: days(10) }, ['head']),
    { facts: [{ type: 'grant.given.v1', personId: BINH, grantId: NEW, role: 'officer', unitId: UNIT, startsAt: at.toISOString(), endsAt: days(10) }], answer: { grantId: NEW } }))
  test('not to one who left, not twice for the same time, not with an end before its beginning', () => {
    assert.deepEqual(give({ role: 'officer' }, ['head'], { left: true }), { refused: 'PERSON_LEFT' })
    assert.deepEqual(give({ role: 'head' }, ['head'], { already: [held()] }), { refused: 'GRANT_EXISTS' })
    assert.ok('facts' in give({ role: 'head', startsAt: days(5) }, ['head'], { already: [held({ endsAt: new Date(days(5)) })] }))
    assert.deepEqual(give({ role: 'officer', endsAt: days(-1) }, ['head']), { refused: 'GRANT_DATES' })
  })

  const delegate = (own: Held | undefined, order: { endsAt: string; startsAt?: string }, more: { by?: string; to?: string; already?: Held[] } = {}) =>
    delegateGrant({ orderId: ORDER, grantId: GRANT, toPersonId: BINH, ...order }, NEW, own, more.by ?? ANA, { id: more.to ?? BINH, left: false }, more.already ?? [], at)
  test('a holder delegates their own role for a time', () => assert.deepEqual(delegate(held(), { endsAt: days(7) }), {
    facts: [{ type: 'grant.delegated.v1', personId: BINH, fromGrantId: GRANT, fromPersonId: ANA, grantId: NEW, role: 'head', unitId: UNIT, startsAt: at.toISOString(), endsAt: days(7) }], answer: { grantId: NEW },
  }))
  test('not a role of another, not one delegated to them, not to themselves, not for more than 90 days or longer than the role', () => {
    assert.deepEqual(delegate(held(), { endsAt: days(7) }, { by: BINH }), { refused: 'DELEGATE_YOURS' })
    assert.deepEqual(delegate(held({ fromGrantId: NEW, fromPersonId: BINH }), { endsAt: days(7) }), { refused: 'DELEGATE_YOURS' })
    assert.deepEqual(delegate(held(), { endsAt: days(7) }, { to: ANA }), { refused: 'DELEGATE_TO_SELF' })
    assert.deepEqual(delegate(held(), { endsAt: days(91) }), { refused: 'DELEGATE_LONG', data: { days: 90 } })
    assert.deepEqual(delegate(held({ endsAt: new Date(days(3)) }), { endsAt: days(7) }), { refused: 'DELEGATE_LONG', data: { days: 90 } })
    assert.deepEqual(delegate(held({ endsAt: new Date(days(-3)) }), { endsAt: days(7) }), { refused: 'GRANT_ENDED' })
  })

  const end = (grant: Held | undefined, more: { by?: string; may?: boolean; roles?: Role[]; others?: number; endsAt?: string } = {}) =>
    endGrant({ endsAt: more.endsAt }, grant, more.by ?? BINH, more.may ?? true, { roles: more.roles ?? ['administrator'] }, more.others ?? 1, null, at)
  test('nobody removes the last administrator', () => {
    assert.deepEqual(end(held({ role: 'administrator' }), { others: 0 }), { refused: 'LAST_ADMINISTRATOR' })
    assert.ok('facts' in end(held({ role: 'administrator' }), { others: 1 }))
    assert.ok('facts' in end(held({ role: 'administrator', endsAt: new Date(days(1)) }), { others: 0 }), 'one that ends anyway keeps nothing')
  })
  test('only who could have given it ends a grant; who delegated takes it back at any time', () => {
    assert.deepEqual(end(held({ role: 'secretariat' }), { roles: ['head'] }), moreThanYours('secretariat', 'template.import'))
    assert.deepEqual(end(held(), { may: false }), { refused: 'NOT_FOUND' })
    assert.ok('facts' in end(held({ fromGrantId: NEW, fromPersonId: BINH }), { may: false, roles: [] }))
    assert.deepEqual(end(held({ endsAt: new Date(days(-1)) })), { refused: 'GRANT_ENDED' })
    assert.deepEqual(end(held(), { endsAt: days(-2) }), { refused: 'GRANT_DATES' })
  })

  describe('one that was ended, given back', () => {
    const ended = { person: { id: BINH }, role: 'officer', unit: { id: UNIT }, startsAt: days(-30), endsAt: null, delegatedBy: null, fromGrantId: null, state: 'in_force' } as const
    const given = { personId: BINH, role: 'officer', unitId: UNIT, endsAt: null }
    test('is the same role at the same unit to the same end, from where it ended', () => {
      assert.deepEqual(againGrant(ended, undefined, ANA), { give: given })
      assert.deepEqual(againGrant({ ...ended, endsAt: days(60) }, days(7), ANA), { give: { ...given, startsAt: days(7), endsAt: days(60) } })
      assert.deepEqual(againGrant({ ...ended, unit: null, state: 'coming', startsAt: days(5) }, undefined, ANA), { give: { ...given, unitId: null, startsAt: days(5) } })
      assert.deepEqual(againGrant({ ...ended, state: 'coming', startsAt: days(5) }, days(2), ANA), { give: { ...given, startsAt: days(5) } })
    })
    test('is taken by the rules that took it first: not twice, and no hole is filled that was not made', () => {
      const again = againGrant({ ...ended, endsAt: days(60) }, days(7), ANA)
      assert.ok(again && 'give' in again)
      const give = (until: string) => giveGrant(again.give, NEW, { id: BINH, left: false }, 'there', { roles: ['administrator'] }, [held({ personId: BINH, role: 'officer', unitId: UNIT, startsAt: new Date(days(-30)), endsAt: new Date(until) })], at)
      assert.ok('facts' in give(days(7)))
      assert.deepEqual(give(days(8)), { refused: 'GRANT_EXISTS' })
      assert.equal(againGrant({ ...ended, endsAt: days(7) }, days(7), ANA), undefined)
    })
    test('of a delegation only by who delegated it', () => {
      const lent = { ...ended, fromGrantId: NEW, delegatedBy: { id: ANA }, endsAt: days(20) }
      assert.deepEqual(againGrant(lent, undefined, ANA), { delegate: { grantId: NEW, toPersonId: BINH, endsAt: days(20) } })
      assert.equal(againGrant(lent, undefined, BINH), undefined)
    })
  })
})

describe('accounts', () => {
  const person = { id: BINH, unitId: UNIT, left: false, erased: false, version: 3 }
  const now = { account: 'binh', name: 'Bình', title: null, phone: null, email: null }
  test('a change says which fields, never what they hold', () => assert.deepEqual(changePerson({ expectedVersion: 3, name: 'Trần Bình', phone: '0912' }, person, now, [], 'there', false),
    { facts: [{ type: 'person.changed.v1', personId: BINH, unitId: UNIT, fields: ['name', 'phone'] }], answer: { version: 4 } }))
  test('the second of two editors hears what changed', () =>
    assert.deepEqual(changePerson({ expectedVersion: 2, name: 'Trần Bình' }, person, now, [], 'there', false), { refused: 'CHANGED', data: { version: 3, changed: ['name'] } }))
  test('nobody changes, resets or erases one who holds more', () => {
    const over = [{ role: 'secretariat' as const, standing: { roles: ['head' as const] } }]
    assert.equal(above(over)?.refused, 'MORE_THAN_YOURS')
    assert.equal((leave(person, over, [], () => 1) as { refused: string }).refused, 'MORE_THAN_YOURS')
  })
  test('erasing somebody who is still here makes them leave in the same order', () =>
    assert.deepEqual(erase(person, [], [], () => 1, 'asked'), { facts: [{ type: 'person.left.v1', personId: BINH }, { type: 'person.erased.v1', personId: BINH, why: 'asked' }], answer: {} }))
  test('an account is called by the code of its unit, and has a number where that is taken', () => {
    assert.deepEqual(nameAccounts([{ code: '00004' }, { code: '00004' }, { code: 'CA-HN' }, { code: 'Đội 3' }], 'head', new Set(['00004'])), ['00004-2', '00004-3', 'ca-hn', 'doi-3'])
    assert.equal(candidates('00004', 'officer')[0], '00004.officer')
  })
  test('a slip shows no markup that its data brings, and its table no formula', () => {
    const slip = { personId: BINH, account: 'a', name: '<script>=1+1', role: 'head' as const, unit: { id: UNIT, code: '=cmd', name: 'Xã & Phường', kind: 'commune' }, parents: ['Tỉnh'], code: 'ABCD', until: days(1) }
    assert.doesNotMatch(slipsHtml([slip], 'https://x', 'vi'), /<script>/)
    assert.match(slipsCsv([slip], 'https://x'), /'=cmd/)
  })
})

describe('staff lists', () => {
  test('taken back: what is used, higher than the asker, or the last administrator stays and is counted; with nothing left to take it is refused', () => {
    const grant = (role: Role): Held => ({ id: NEW, personId: BINH, role, unitId: UNIT, startsAt: at, endsAt: null, fromGrantId: null, fromPersonId: null })
    const one = (id: string, more: Partial<Brought['people'][number]> = {}) => ({ id, used: false, over: [], grants: [], ...more })
    const head = { roles: ['head' as const] }
    const back = (people: Brought['people'], grants: Brought['grants'] = [], others = 1) => { const done = takeBack({ people, grants, others: () => others }, at); return 'refused' in done ? done : [done.facts.map(({ type, personId }) => `${type} ${personId === ANA ? 'Ana' : 'Bình'}`), done.answer] }
    assert.deepEqual(back([one(ANA), one(BINH, { used: true })]), [['person.left.v1 Ana', 'person.erased.v1 Ana'], { erased: 1, ended: 0, kept: 1 }])
    assert.deepEqual(back([one(ANA), one(BINH, { over: [{ role: 'administrator', standing: head }] })]), [['person.left.v1 Ana', 'person.erased.v1 Ana'], { erased: 1, ended: 0, kept: 1 }])
    assert.deepEqual(back([one(BINH, { grants: [grant('administrator')] })], [], 0), { refused: 'STAFF_IN_USE', data: { count: 1 } })
    assert.deepEqual(back([], [{ ...grant('officer'), standing: head }, { ...grant('administrator'), standing: head }]), [['grant.ended.v1 Bình'], { erased: 0, ended: 1, kept: 1 }])
    assert.deepEqual(back([]), { refused: 'NOT_FOUND' })
  })
  const unit = { id: UNIT, name: 'Xã Tân Lập', may: true, standing: { roles: ['head' as const] } }
  const known = (accounts: [string, Partial<AccountKnown>][] = []) => ({ units: new Map([['04', unit]]), accounts: new Map(accounts.map(([name, more]) =>
    [name, { id: BINH, may: true, left: false, unitId: UNIT, details: { account: name, name: 'Bình', title: null, phone: null, email: null }, over: [], roles: [], ...more }])) })
  const row = (line: number, values: Record<string, string>) => ({ line, values: { account: 'hoa', name: 'Hoa', unit_code: '04', ...values } })
  test('adds who is new, changes who is there, leaves who is the same', () => {
    const { steps, problems } = planStaff([row(2, { role: 'officer' }), row(3, { account: 'binh', name: 'Trần Bình' }), row(4, { account: 'chi', name: 'Bình' })], known([['binh', {}], ['chi', {}]]), at)
    assert.deepEqual(problems, [])
    assert.deepEqual(steps.map((s) => [s.account, s.does, s.role ?? null, s.changed]), [['hoa', 'add', 'officer', []], ['binh', 'change', null, ['name']], ['chi', 'same', null, []]])
  })
  test('every fault is named by its line', () => {
    const { problems } = planStaff([
      row(2, { account: 'Có dấu' }), row(3, {}), row(4, {}), row(5, { account: 'a1', unit_code: '99' }), row(6, { account: 'a2', role: 'vua' }), row(7, { account: 'a3', role: 'secretariat' }),
      row(8, { account: 'a4', email: 'x' }), row(9, { account: 'a5', until: '2026-02-30' }), row(10, { account: 'elsewhere' }), row(11, { account: 'a6', name: '' }),
    ], known([['elsewhere', { may: false }]]), at)
    assert.deepEqual(problems.map((p) => [p.line, p.code]), [[2, 'ACCOUNT_BAD'], [4, 'ACCOUNT_TWICE'], [5, 'UNIT_UNKNOWN'], [6, 'ROLE_BAD'], [7, 'ROLE_HIGHER'], [8, 'FIELD_BAD'], [9, 'UNTIL_BAD'], [10, 'ACCOUNT_TAKEN'], [11, 'NAME_BAD']])
  })
  test('roles are known by their code and by their names', () => assert.equal(planStaff([row(2, { role: 'Người đứng đầu' })], known(), at).steps[0]!.role, 'head'))
  test('a day is read as an office writes it', () => {
    const ends = (until: string) => planStaff([row(2, { role: 'officer', until })], known(), at).steps[0]?.endsAt?.toISOString() ?? null
    for (const until of ['2099-12-31', '31/12/2099', '31.12.2099']) assert.equal(ends(until), '2100-01-01T00:00:00.000Z', until)
    for (const until of ['31/02/2099', '12/31/2099', '1/1/2001', 'cuối năm']) assert.equal(ends(until), null, until)
  })
  test('roles are told by the names that screens show', () => {
    const said = planStaff([row(2, { role: 'vua' }), row(3, { account: 'a1', role: 'secretariat' })], known(), at).problems.map((p) => sentence(staffProblems[p.code], 'vi', p.data))
    assert.deepEqual(said, ['Dòng 2: không có vai trò "vua" (có: Quản trị; Thường trực, tham mưu; Người đứng đầu; Cán bộ; Lãnh đạo (chỉ xem)).', 'Dòng 3: vai trò "Thường trực, tham mưu" có quyền mà bạn không có ở đơn vị này.'])
  })
  test('a unit code without its zeros is recognised where one unit fits, and taken so when asked', () => {
    const list = [row(2, { unit_code: '4' })]
    assert.deepEqual(planStaff(list, known(), at).problems.map((p) => [p.code, p.data['code']]), [['UNIT_ZEROS', '04']])
    assert.deepEqual(planStaff(list, known(), at, true).steps.map((s) => s.unitId), [UNIT])
    assert.equal(planStaff([row(2, { unit_code: '5' })], known(), at, true).problems[0]!.code, 'UNIT_UNKNOWN')
  })
  test('every sentence is there for every role name', () => assert.equal(roleNames.length, 5))
})
