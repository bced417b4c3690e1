// The tree of units from the command line: whole lists in, counts and names out.
import { readFile, stat } from 'node:fs/promises'
import { Scheme } from '../../capabilities/units/contract.ts'
import type { HandoverPreview, ImportPreview, Problem, SuccessorPreview } from '../../capabilities/units/contract.ts'
import { applyImport, applySuccessors, previewImport, previewSuccessors } from '../../capabilities/units/routes/orders.ts'
import { handOver, previewHandover } from '../../capabilities/units/routes/handover.ts'
import { unitByCode } from '../../capabilities/units/store/handover.ts'
import { countUnits } from '../../capabilities/units/store/read.ts'
import { openSearch } from '../../capabilities/units/store/search.ts'
import { Refusal } from '../../kernel/commit.ts'
import { Refused } from '../../kernel/config.ts'
import type { Lang } from '../../kernel/contract.ts'
import { sentence } from '../../kernel/contract.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { isDay } from '../../pure/calendar.ts'
import { csvProblems, MAX_CSV, tooBig } from '../../pure/csv.ts'
import type { Call, Command } from '../commands.ts'
import { carriers } from '../wiring.ts'
import { dayHere } from '../../kernel/zone.ts'

const FOUND = 50

/** Too big is said by its size: such a file is not read at all. */
async function fileOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Refused({ vi: `Không có tệp ${path}.`, en: `There is no file ${path}.` })
  if (found.size > MAX_CSV) {
    const { data } = tooBig(found.size)
    throw new Refused({ vi: `${path}: ${sentence(csvProblems.FILE_TOO_BIG, 'vi', data)}`, en: `${path}: ${sentence(csvProblems.FILE_TOO_BIG, 'en', data)}` })
  }
  return readFile(path)
}

function dayOf({ option, at }: Call, name: string): string {
  const day = option(name) ?? dayHere(at)
  if (!isDay(day)) throw new Refused({ vi: `--${name} "${day}" không phải ngày; ghi như 2025-07-01.`, en: `--${name} "${day}" is not a day; write it as 2025-07-01.` })
  return day
}

function schemeOf({ option }: Call): string | undefined {
  const scheme = option('scheme')
  if (scheme !== undefined && !Scheme.safeParse(scheme).success) throw new Refused({ vi: `--scheme "${scheme}" không hợp lệ; dùng chữ thường, như force.`, en: `--scheme "${scheme}" is not valid; use small letters, such as force.` })
  return scheme
}

/** A refused file is told line by line, as many lines as it has up to fifty. */
async function told<T>({ note }: Call, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'FILE_REFUSED') throw error
    const { count, problems } = error.data as { count: number; problems: Problem[] }
    const shown = problems.slice(0, FOUND)
    for (const { message } of shown) note(message)
    if (count > shown.length) note({ vi: `… và ${count - shown.length} lỗi nữa.`, en: `… and ${count - shown.length} more.` })
    throw new Refused({ vi: `Tệp có ${count} lỗi: không nhập dòng nào, không có gì thay đổi.`, en: `Errors in the file: ${count}. No line was imported, nothing has changed.` })
  })
}

function summary({ counts: c, byKind, asOf }: Pick<ImportPreview, 'counts' | 'byKind' | 'asOf'>, lang: Lang): string {
  const kinds = Object.entries(byKind).map(([kind, { before, after }]) => `${kind} ${before} → ${after}`).join(', ')
  return lang === 'vi'
    ? `Theo ngày ${asOf}: ${c.listed} đơn vị trong danh mục; mở ${c.opened}, đóng ${c.closed}, đổi tên ${c.renamed}, chuyển ${c.moved}, đổi loại ${c.rekinded}, sửa khác ${c.other}, giữ nguyên ${c.same}`
      + `${c.lifted ? `, đưa lên cấp trên ${c.lifted} đơn vị của danh mục khác` : ''}. ${kinds}`
    : `As of ${asOf}: ${c.listed} units listed; opens ${c.opened}, closes ${c.closed}, renames ${c.renamed}, moves ${c.moved}, changes the kind of ${c.rekinded}, corrects ${c.other}, keeps ${c.same}`
      + `${c.lifted ? `, lifts ${c.lifted} units of other lists` : ''}. ${kinds}`
}

function successorSummary({ listed, full, partial, skipped }: SuccessorPreview, lang: Lang): string {
  return lang === 'vi'
    ? `${listed} dòng: ${full} chuyển toàn bộ, ${partial} chuyển một phần, bỏ qua ${skipped.length} dòng có mã không biết.`
    : `${listed} lines: ${full} full, ${partial} partial, ${skipped.length} skipped for codes that are not known.`
}

function handoverSummary({ unit, to, counts: c }: Omit<HandoverPreview, 'seen'>, lang: Lang): string {
  return lang === 'vi'
    ? `${unit.name} (${unit.code}) → ${to.name} (${to.code}): ${c.events} sự kiện, ${c.tasks} nhiệm vụ chủ trì, ${c.issued} nhiệm vụ đã giao, ${c.supported} nhiệm vụ phối hợp, ${c.directives} văn bản chỉ đạo, ${c.programmes} đợt, ${c.templates} mẫu, ${c.papers} văn bản trong sổ, ${c.reports} báo cáo, ${c.requests} yêu cầu báo cáo, ${c.forms} biểu mẫu, ${c.plans} kế hoạch, ${c.bodies} ban. `
      + `${c.grants} vai trò tại đơn vị cũ giữ nguyên, không tự chuyển.`
    : `${unit.name} (${unit.code}) → ${to.name} (${to.code}): events ${c.events}, tasks led ${c.tasks}, tasks issued ${c.issued}, tasks supported ${c.supported}, directives ${c.directives}, programmes ${c.programmes}, templates ${c.templates}, papers ${c.papers}, reports ${c.reports}, requests for reports ${c.requests}, report forms ${c.forms}, plans ${c.plans}, bodies ${c.bodies}. `
      + `Roles that stay at the old unit: ${c.grants}.`
}

export const commands: Command[] = [
  {
    name: 'units import',
    usage: 'FILE.csv --as-of DATE [--scheme S] [--dry-run] [--json]',
    about: { vi: 'nhập toàn bộ danh mục đơn vị theo một ngày (cột code,name,kind,parent_code[,name_en,lat,lon])', en: 'take over a whole list of units as of a day (columns code,name,kind,parent_code[,name_en,lat,lon])' },
    async run(call) {
      const { words, flag, at, lang, installation, print, json, note } = call
      const order = { scheme: schemeOf(call) ?? 'admin', asOf: dayOf(call, 'as-of'), bytes: await fileOf(words[0]!) }
      const context = installation.context(at, lang)
      const preview = await told(call, previewImport(context, order))
      if (flag('dry-run')) {
        if (flag('json')) return json(preview)
        print(summary(preview, lang))
        return print(lang === 'vi' ? 'Chỉ xem trước: chưa có gì thay đổi.' : 'A preview only: nothing has changed.')
      }
      note(summary(preview, lang))
      const done = await told(call, applyImport(context, uuidv7(at), order, preview.seen))
      if (flag('json')) json(done)
      else print(lang === 'vi' ? `Đã nhập ${done.counts.listed} đơn vị.` : `Imported ${done.counts.listed} units.`)
    },
  },
  {
    name: 'units successors',
    usage: 'FILE.csv --on DATE [--scheme S] [--skip-unknown] [--dry-run] [--json]',
    about: { vi: 'nhập danh sách đơn vị kế thừa (cột mã cũ,mã mới,phần hoặc from_code,to_code,part; phần là toàn bộ/full hoặc một phần/partial)', en: 'take over which units went over into which (columns from_code,to_code,part; part is full or partial)' },
    async run(call) {
      const { words, flag, at, lang, installation, print, json, note } = call
      const order = { scheme: schemeOf(call) ?? 'admin', on: dayOf(call, 'on'), bytes: await fileOf(words[0]!), skipUnknown: flag('skip-unknown') }
      const context = installation.context(at, lang)
      const done = await told(call, flag('dry-run') ? previewSuccessors(context, order) : applySuccessors(context, uuidv7(at), order))
      for (const { line, from, to } of done.skipped) note(lang === 'vi' ? `Bỏ qua dòng ${line}: ${from} → ${to}` : `Skipped line ${line}: ${from} → ${to}`)
      if (flag('json')) json(done)
      else print(successorSummary(done, lang))
    },
  },
  {
    name: 'units handover',
    usage: 'CODE [--to CODE] [--scheme S] [--dry-run] [--json]',
    about: { vi: 'bàn giao sự kiện, nhiệm vụ chưa xong của đơn vị đã thôi hoạt động cho đơn vị kế thừa (--to khi có nhiều đơn vị kế thừa)', en: 'pass the open events and unfinished tasks of a unit that has ended to the one that took over (--to where there are several)' },
    async run(call) {
      const { words, flag, at, lang, installation, option, print, json, note } = call
      const context = installation.context(at, lang)
      const find = async (code: string, which: 'ended' | 'standing') => {
        const id = await unitByCode(installation.read, code, schemeOf(call), which)
        if (!id) throw new Refused({ vi: `Không có đơn vị mang mã ${code}.`, en: `No unit has the code ${code}.` })
        return id
      }
      const to = option('to')
      const order = { unitId: await find(words[0]!, 'ended'), ...(to === undefined ? {} : { toId: await find(to, 'standing') }) }
      const { seen, ...preview } = await previewHandover(context, carriers, order)
      if (flag('dry-run') && flag('json')) return json(preview)
      note(handoverSummary(preview, lang))
      if (flag('dry-run')) return print(lang === 'vi' ? 'Chỉ xem trước: chưa có gì thay đổi.' : 'A preview only: nothing has changed.')
      const done = await handOver(context, carriers, { orderId: uuidv7(at), ...order, seen })
      if (flag('json')) json(done)
      else print(lang === 'vi' ? `Đã bàn giao cho ${done.to.name}.` : `Handed over to ${done.to.name}.`)
    },
  },
  {
    name: 'units count',
    usage: '[--at DATE] [--scheme S]',
    about: { vi: 'đếm đơn vị theo loại vào một ngày, in JSON', en: 'count the units of each kind on a day, as JSON' },
    async run(call) {
      call.json(await countUnits(call.installation.read, dayOf(call, 'at'), schemeOf(call)))
    },
  },
  {
    name: 'units find',
    usage: 'TEXT... [--at DATE] [--scheme S] [--json]',
    about: { vi: 'tìm đơn vị theo tên, không cần dấu, viết tắt được, thêm tên cấp trên được', en: 'find units by name, without accents, shortened, with names above them' },
    async run(call) {
      const { words, flag, installation, print, json } = call
      const { hits } = await openSearch().find(installation.read, words.join(' '), { at: dayOf(call, 'at'), scheme: schemeOf(call) }, FOUND)
      const found = hits.map(({ code, name, kind, parents }) => ({ code, name, kind, parents: parents.map((parent) => parent.name) }))
      if (flag('json')) return json(found)
      for (const { code, name, kind, parents } of found) print(`${code}\t${[name, ...parents].join(', ')}\t${kind}`)
    },
  },
]
