// What people bring to an import by mistake: half a download, what Excel calls Unicode text, nothing, another office's list; each with what is said of it.
import { xlsxStream } from '../../../src/pure/rows.ts'

export const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export async function xlsx(header: string[], rows: string[][]): Promise<Buffer> {
  return Buffer.from(await new Response(xlsxStream('Danh sách', header, (async function* () { yield* rows })())).arrayBuffer())
}
export const broken = async (others: RegExp): Promise<[name: string, file: Buffer, says: RegExp][]> => [
  ['nửa chừng.xlsx', (await xlsx(['code', 'name'], [['1', 'Một']])).subarray(0, 200), /Không đọc được/],
  ['unicode.csv', Buffer.from('\uFEFFcode,name,kind\n1,Một,commune\n', 'utf16le'), /không phải UTF-8/],
  ['trống.csv', Buffer.alloc(0), /Tệp trống|Tệp không có dòng nào/],
  ['khác.csv', Buffer.from('họ tên,quê quán\nNguyễn Văn A,Hà Nam\n'), others],
]
