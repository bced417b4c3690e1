// A list as an office writes it: heads and kinds in Vietnamese, codes without their zeros, everything that is wrong at once.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sentence } from '../../kernel/contract.ts'
import { planImport } from './decide/import.ts'
import type { TreeNow } from './decide/import.ts'
import { readList } from './decide/list.ts'
import { sentences } from './decide/problems.ts'
import type { Standing } from './decide/rules.ts'
import { readSuccessors } from './decide/successors.ts'

const unit = (code: string, kind: string, parentId: string | null): Standing => ({ id: code, scheme: 'admin', code, kind, name: `Đơn vị ${code}`, original: null, nameEn: null, parentId, lat: null, lon: null, from: '2020-01-01', spanFrom: '2020-01-01', until: null })
const empty: TreeNow = { tree: 1, nextNumber: 1, lastOn: null, units: [] }
const plan = (csv: string, now: TreeNow = empty, zeros = false) => planImport(now, { scheme: 'admin', asOf: '2026-01-01', today: '2026-01-01', file: 'x', list: readList(csv), newId: (code) => code, zeros })
const opened = (csv: string, now?: TreeNow, zeros?: boolean) => { const done = plan(csv, now, zeros); assert.ok('fact' in done, JSON.stringify(done)); return done }
const faults = (csv: string, now?: TreeNow) => { const done = plan(csv, now); assert.ok('problems' in done); return done }

describe('a list of units as an office writes it', () => {
  test('heads and kinds in Vietnamese, with or without accents, in any case', () => {
    const { fact } = opened('Mã;Tên;Loại;Mã cấp trên;Tên tiếng Anh;Vĩ độ;Kinh độ\nVN;Việt Nam;Trung ương;;;;\n01;Thành phố Hà Nội;Thành phố;VN;Ha Noi;21,02;105,85\n02;Tỉnh Hai;TỈNH;VN;;;\n03;Xã Ba;xa;01;;;\n04;Phường Bốn;Phường;01;;;\n05;Đặc khu Năm;cấp xã;02;;;\n06;Quận Sáu;thành phố;02;;;\n')
    assert.deepEqual(fact.opened.map((one) => [one.code, one.kind, one.parentId]), [['VN', 'nation', null], ['01', 'province', 'VN'], ['02', 'province', 'VN'], ['03', 'commune', '01'], ['04', 'commune', '01'], ['05', 'commune', '02'], ['06', 'district', '02']])
    assert.deepEqual([fact.opened[1]!.nameEn, fact.opened[1]!.lat, fact.opened[1]!.lon], ['Ha Noi', 21.02, 105.85])
  })
  test('English heads and machine words stay what they were; a kind that the installation uses is its own word', () => {
    const { fact } = opened('code,name,kind,parent_code\nn,N,country,\np,P,Province,n\nx,X,xa,p\ns,S,police station,p\n', { ...empty, units: [{ ...unit('z', 'xa', null), scheme: 'other' }, { ...unit('y', 'police_station', null), scheme: 'other' }] })
    assert.deepEqual(fact.opened.map((one) => one.kind), ['country', 'province', 'xa', 'police_station'])
  })
  test('successors too are written as a Vietnamese office writes them', () => {
    const { rows, problems } = readSuccessors('Mã cũ,Mã mới,Phần\n1,7,Toàn bộ\n2,7,một phần\n3,7,partial\n4,7,nửa\n')
    assert.deepEqual(rows.map((one) => one.part).slice(0, 3), ['full', 'partial', 'partial'])
    assert.deepEqual(problems.map((one) => [one.line, one.code]), [[5, 'PART_BAD']])
    assert.deepEqual(readSuccessors('from_code,to_code,part\n1,7,full\n').rows, [{ line: 2, from: '1', to: '7', part: 'full' }])
  })
  test('one column under two names is told; a missing one is named as both languages write it', () => {
    const heads = faults('Mã,code,Tên,Ghi chú\n1,1,a,b\n').problems
    assert.deepEqual(heads.map((one) => one.code), ['COLUMN_MISSING', 'COLUMN_MISSING', 'COLUMN_TWICE', 'COLUMN_UNKNOWN'])
    assert.equal(sentence(sentences.COLUMN_MISSING, 'vi', heads[1]!.data), 'Dòng 1: thiếu cột "mã cấp trên (parent_code)".')
    assert.match(sentence(sentences.COLUMN_UNKNOWN, 'vi', heads[3]!.data), /Các cột được nhận: mã, tên, loại, mã cấp trên/)
  })
  test('what is wrong with the form and with the tree is told at once; what may stand on a line that cannot be read is not missed', () => {
    assert.deepEqual(faults('code,name,kind,parent_code\nn,,nation,\np,P,xóm làng,n\nq,Q,province,m\nr,R,province,r\n').problems.map((one) => [one.line, one.code]), [[2, 'NAME_BAD'], [3, 'KIND_BAD'], [4, 'PARENT_UNKNOWN'], [5, 'CIRCLE']])
    assert.deepEqual(faults('code,name,kind,parent_code\nn,N,nation\np,P,province,n\n').problems.map((one) => [one.line, one.code]), [[2, 'FIELDS']])
  })
  test('the refusal of an unknown parent says that the top unit needs a line', () => {
    const [one] = faults('code,name,kind,parent_code\n01,Hà Nội,province,VN\n').problems
    assert.match(sentence(sentences.PARENT_UNKNOWN, 'vi', one!.data), /đơn vị cao nhất cũng phải có dòng của mình/)
  })
  test('units with none above are counted, those of other lists too', () => {
    assert.equal(opened('code,name,kind,parent_code\n01,A,province,\n02,B,province,\n').preview.tops, 2)
    assert.equal(opened('code,name,kind,parent_code\nVN,V,nation,\n01,A,province,VN\n', { ...empty, units: [{ ...unit('f', 'force', null), scheme: 'force' }] }).preview.tops, 2)
    assert.equal(opened('code,name,kind,parent_code\n01,A,province,\n', { ...empty, units: [unit('VN', 'nation', null)] }).preview.tops, 1)
  })
})

describe('leading zeros that a spreadsheet dropped', () => {
  const now: TreeNow = { ...empty, units: [unit('VN', 'nation', null), unit('01', 'province', 'VN'), unit('10', 'province', 'VN'), unit('00070', 'commune', '01'), unit('10500', 'commune', '10')] }
  const lost = 'code,name,kind,parent_code\nVN,Đơn vị VN,nation,\n1,Đơn vị 01,province,VN\n10,Đơn vị 10,province,VN\n70,Đơn vị 00070,commune,1\n10500,Đơn vị 10500,commune,10\n1,Xã mới,commune,1\n'
  test('are known by the codes that are there; without them it is refused or a wrong list, put back it is the same list', () => {
    const { problems, zeros } = faults(lost, now)
    assert.deepEqual([problems.map((one) => [one.line, one.code]), zeros], [[[7, 'CODE_TWICE']], 3])
    const { fact, preview } = opened(lost, now, true)
    assert.deepEqual(fact.opened.map((one) => [one.code, one.parentId]), [['00001', '01']])
    assert.deepEqual([preview.counts.closed, preview.counts.same, preview.zeros.sample.map((one) => `${one.from} ${one.to}`)], [0, 5, ['1 01', '70 00070', '1 00001']])
  })
  test('of a first list, by the width of most codes; numbers that kept their zeros, and letters, are left alone', () => {
    const first = (codes: string[]) => `code,name,kind,parent_code\nVN,V,nation,\n${codes.map((code) => `${code},X,province,VN`).join('\n')}\n`
    assert.deepEqual(opened(first(['1', '4', '10', '11', '12'])).preview.zeros, { count: 2, sample: [{ from: '1', to: '01' }, { from: '4', to: '04' }] })
    assert.deepEqual(opened(first(['1', '4', '10', '11', '12']), empty, true).fact.opened.map((one) => one.code), ['VN', '01', '04', '10', '11', '12'])
    for (const codes of [['01', '4', '10', '11'], ['1', '2', '3', '10'], ['1', 'a1', '10', '11']]) assert.equal(opened(first(codes)).preview.zeros.count, 0, codes.join())
  })
  test('a parent named without its zero is told with the code that is there', () => {
    const { problems, zeros } = faults('code,name,kind,parent_code\n01,A,province,\n00070,B,commune,1\n')
    assert.deepEqual([problems.map((one) => [one.line, one.code, one.data!['known']]), zeros], [[[3, 'PARENT_ZEROS', '01']], 1])
  })
})
