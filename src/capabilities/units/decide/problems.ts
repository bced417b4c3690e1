// What can be wrong with a list, line by line. The sentences of the file as such are in src/pure/csv.ts.
import { csvProblems } from '../../../pure/csv.ts'
import type { CsvProblem } from '../../../pure/csv.ts'

export const listProblems = {
  CODE_BAD: { vi: 'Dòng {line}: mã "{code}" không hợp lệ (1–40 chữ, số, dấu chấm, gạch nối, gạch dưới, gạch chéo; không có dấu cách).', en: 'Line {line}: the code "{code}" is not valid (1–40 letters, digits, dots, hyphens, underscores, slashes; no space).' },
  NAME_BAD: { vi: 'Dòng {line}: thiếu tên, hoặc tên dài quá 200 ký tự.', en: 'Line {line}: the name is missing, or longer than 200 characters.' },
  KIND_BAD: { vi: 'Dòng {line}: không có loại "{kind}". Ghi trung ương, tỉnh, xã, phường, đặc khu, lực lượng, cơ quan…; loại riêng thì chữ thường không dấu.', en: 'Line {line}: there is no kind "{kind}". Write nation, province, commune, force, agency…; a kind of your own in small letters without accents.' },
  PLACE_BAD: { vi: 'Dòng {line}: tọa độ không hợp lệ; cần cả lat (−90…90) và lon (−180…180), hoặc để trống cả hai.', en: 'Line {line}: the coordinates are not valid; give both lat (−90…90) and lon (−180…180), or neither.' },
  CODE_TWICE: { vi: 'Dòng {line}: mã {code} đã có ở dòng {before}.', en: 'Line {line}: the code {code} already stands on line {before}.' },
  PARENT_UNKNOWN: { vi: 'Dòng {line}: không có đơn vị cấp trên mang mã {code}. Sửa mã, hoặc thêm vào tệp một dòng cho {code}; đơn vị cao nhất cũng phải có dòng của mình, để trống mã cấp trên.', en: 'Line {line}: no unit has the parent code {code}. Correct the code, or add a line for {code} to the file; the top unit needs a line of its own too, with no parent code.' },
  PARENT_ZEROS: { vi: 'Dòng {line}: không có đơn vị cấp trên mang mã {code}, chỉ có {known}: bảng tính có vẻ đã bỏ số 0 ở đầu. Thêm lại số 0, hoặc để chương trình thêm.', en: 'Line {line}: no unit has the parent code {code}, but there is {known}: a spreadsheet seems to have dropped leading zeros. Put them back, or let the program do it.' },
  PARENT_AMBIGUOUS: { vi: 'Dòng {line}: mã cấp trên {code} có trong nhiều danh mục ({schemes}). Ghi rõ, như {example}.', en: 'Line {line}: the parent code {code} stands in several lists ({schemes}). Say which, as in {example}.' },
  PARENT_LATER: { vi: 'Dòng {line}: đơn vị cấp trên {code} chỉ có từ ngày {from}.', en: 'Line {line}: the parent {code} exists only from {from} on.' },
  CIRCLE: { vi: 'Dòng {line}: các đơn vị {codes} nằm dưới nhau thành vòng (các dòng {lines}).', en: 'Line {line}: the units {codes} stand below one another in a circle (lines {lines}).' },
  TOO_DEEP: { vi: 'Dòng {line}: đơn vị {code} nằm sâu quá {most} cấp.', en: 'Line {line}: the unit {code} is more than {most} levels deep.' },
  LAST_LINE: {
    vi: 'Dòng {line}: dòng cuối không có mã cấp trên và không có dấu xuống dòng: tệp có vẻ bị cắt giữa chừng.',
    en: 'Line {line}: the last line has no parent code and no line end: the file looks cut off.',
  },
  LATE_CHILD: {
    vi: 'Đơn vị {code} (danh mục "{scheme}") được đặt dưới {parent} ngày {from}, sau ngày của danh mục này, mà {parent} không còn. Hãy chuyển đơn vị đó trước.',
    en: 'The unit {code} (list "{scheme}") was placed below {parent} on {from}, after the day of this list, in which {parent} is gone. Move that unit first.',
  },
  PART_BAD: { vi: 'Dòng {line}: không rõ phần "{part}"; ghi toàn bộ hoặc một phần.', en: 'Line {line}: part "{part}" is not valid; write full or partial.' },
  PAIR_TWICE: { vi: 'Dòng {line}: cặp {from} → {to} đã có ở dòng {before}.', en: 'Line {line}: the pair {from} → {to} already stands on line {before}.' },
  FROM_UNKNOWN: { vi: 'Dòng {line}: trước ngày {on} không có đơn vị nào mang mã {code}.', en: 'Line {line}: before {on} no unit had the code {code}.' },
  TO_UNKNOWN: { vi: 'Dòng {line}: ngày {on} không có đơn vị nào mang mã {code}.', en: 'Line {line}: on {on} no unit has the code {code}.' },
} as const

export type FileProblem = CsvProblem | { line: number | null; code: keyof typeof listProblems; data?: Record<string, unknown> }

export const sentences: Record<FileProblem['code'], { vi: string; en: string }> = { ...csvProblems, ...listProblems }
export const problem = (line: number | null, code: keyof typeof listProblems, data: Record<string, unknown> = {}): FileProblem => ({ line, code, data: { line, ...data } })
