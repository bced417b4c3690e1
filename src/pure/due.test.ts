// Each line: as an office writes a due date in a table, and the day at whose end it is due. Today is 2 March 2026.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readDue } from './due.ts'

const said: [string, string | null | undefined][] = [
  ['31/05/2026', '2026-05-31'], ['31-5-2026', '2026-05-31'], ['31.05.2026', '2026-05-31'], ['15/3/26', '2026-03-15'], ['2026-05-31', '2026-05-31'], ['2026-05-31 17:00', '2026-05-31'],
  ['15/3', '2026-03-15'], ['15/2', '2027-02-15'], ['02/3', '2026-03-02'], ['ngày 15 tháng 3 năm 2026', '2026-03-15'], ['15 tháng 4', '2026-04-15'], ['Ngày 15/3/2026.', '2026-03-15'],
  ['trước 15/3', '2026-03-14'], ['Trước ngày 15/3/2026', '2026-03-14'], ['xong trước ngày 01/4/2026', '2026-03-31'], ['Trước 17h00 ngày 15/3/2026', '2026-03-15'], ['trước 17 giờ ngày 15/3', '2026-03-15'],
  ['Chậm nhất ngày 20/3/2026', '2026-03-20'], ['Hoàn thành trước tháng 6/2026', '2026-05-31'], ['đến hết ngày 30/6/2026', '2026-06-30'], ['Hạn: 20/4/2026', '2026-04-20'],
  ['tháng 5/2026', '2026-05-31'], ['Tháng 5 năm 2026', '2026-05-31'], ['trong tháng 5', '2026-05-31'], ['tháng 02', '2027-02-28'], ['05/2026', '2026-05-31'], ['cuối tháng 4/2026', '2026-04-30'],
  ['Quý II/2026', '2026-06-30'], ['quý 4 năm 2026', '2026-12-31'], ['Quý I', '2026-03-31'], ['6 tháng đầu năm 2026', '2026-06-30'], ['9 tháng đầu năm', '2026-09-30'], ['năm 2026', '2026-12-31'], ['Trong năm 2026', '2026-12-31'],
  ['từ 01/3 đến 15/3/2026', '2026-03-15'], ['01/4 - 15/4/2026', '2026-04-15'], ['15-20/3/2026', '2026-03-20'], ['15–20/3', '2026-03-20'],
  ['Thường xuyên', null], ['hằng tháng', null], ['Hàng tuần', null], ['theo tiến độ', null],
  ['by 15 March 2026', '2026-03-15'], ['March 15, 2026', '2026-03-15'], ['May 2026', '2026-05-31'], ['end of May', '2026-05-31'], ['before 15 March 2026', '2026-03-14'], ['Q2 2026', '2026-06-30'],
  ['31/02/2026', undefined], ['32/1', undefined], ['tháng 13/2026', undefined], ['sớm nhất có thể', undefined], ['đầu tháng 5', undefined], ['15', undefined], ['Sở Y tế', undefined],
]

describe('a due date as it is written', () => {
  for (const [text, day] of said) {
    test(`“${text}” is ${day === undefined ? 'not understood, and asked' : day === null ? 'work without a due date' : `due at the end of ${day}`}`, () => assert.deepEqual(readDue(text, '2026-03-02'), day === undefined ? undefined : { day }))
  }
})
