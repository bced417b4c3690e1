// Programmes from the command line: a template checked and imported, a programme created, cascaded, its dates printed.
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'yaml'
import * as z from 'zod'
import { RulesInput } from '../../capabilities/programmes/contract.ts'
import type { Issue } from '../../capabilities/programmes/contract.ts'
import { cascade, previewCascade } from '../../capabilities/programmes/routes/cascade.ts'
import { datesOf } from '../../capabilities/programmes/routes/events.ts'
import { allProgrammes, createProgramme } from '../../capabilities/programmes/routes/programmes.ts'
import type { Needs } from '../../capabilities/programmes/routes/programmes.ts'
import { checkTemplate, exportVersion, importTemplate } from '../../capabilities/programmes/routes/templates.ts'
import { eventOfUnit } from '../../capabilities/programmes/store/events.ts'
import { accessProgramme, listTemplates, rootUnits } from '../../capabilities/programmes/store/read.ts'
import { tasksOfEvents } from '../../capabilities/tasks/store/events.ts'
import { Refusal } from '../../kernel/commit.ts'
import { Refused } from '../../kernel/config.ts'
import { Text } from '../../kernel/contract.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { counted } from '../../pure/plural.ts'
import type { Call, Command } from '../commands.ts'
import { daysNow } from '../../capabilities/settings/store.ts'
import { countries } from '../countries.ts'

const MOST = 32 * 1024 * 1024
export const programmesNeeds = (): Needs => ({ countries: countries(), ownDays: daysNow, tasksOfEvents })

async function fileOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Refused({ vi: `Không có tệp ${path}.`, en: `There is no file ${path}.` })
  if (found.size > MOST) throw new Refused({ vi: `Tệp ${path} lớn hơn ${MOST / 1048576} MB.`, en: `The file ${path} is larger than ${MOST / 1048576} MB.` })
  return readFile(path)
}
const textOf = async (path: string): Promise<string> => new TextDecoder('utf-8', { fatal: false }).decode(await fileOf(path))

function tell({ note, lang }: Call, path: string, issues: readonly Issue[]): void {
  for (const { line, column, severity, message } of issues.slice(0, 50)) note(`${path}:${line}:${column}: ${severity === 'error' ? '' : lang === 'vi' ? '(nhắc) ' : '(note) '}${message[lang]}`)
  if (issues.length > 50) note({ vi: `… và ${issues.length - 50} điều nữa.`, en: `… and ${issues.length - 50} more.` })
}

/** A refused list or file is told line by line before its sentence. */
async function told<T>(call: Call, path: string, work: () => Promise<T>): Promise<T> {
  try { return await work() } catch (error) {
    const data = error instanceof Refusal ? error.data as { issues?: Issue[]; problems?: { line: number; message?: string; vi?: string; en?: string }[] } | undefined : undefined
    if (data?.issues) tell(call, path, data.issues)
    for (const p of data?.problems ?? []) call.note(`${path}:${p.line}: ${p.message ?? p[call.lang] ?? ''}`)
    throw error
  }
}

/** A programme's file beside a template's: who, which template, which units on which days. */
const ProgrammeFile = z.strictObject({
  code: z.string(), name: Text, template: z.string(), template_version: z.int().optional(), unit: z.string().optional(), zone: z.string().optional(), country: z.string().optional(),
  gate: z.enum(['open', 'pilot']).default('open'),
  units: z.strictObject({ kinds: z.array(z.string()).optional(), scheme: z.string().optional(), under: z.coerce.string().optional(), only: z.array(z.coerce.string()).optional() }).default({}),
  dates: z.record(z.string(), z.strictObject({ from: z.iso.date(), until: z.iso.date() })).default({}),
  classes: z.strictObject({ units: z.record(z.string(), z.string()).optional(), kinds: z.record(z.string(), z.string()).optional(), shares: z.record(z.string(), z.record(z.string(), z.number())).optional() }).default({}),
  pilots: z.array(z.coerce.string()).default([]),
})

async function ownerOf({ read }: Context, code: string | undefined): Promise<string> {
  const roots = await rootUnits(read, code)
  if (roots.length === 1) return roots[0]!.id
  if (code !== undefined) throw new Refused({ vi: `Không có đơn vị “${code}”.`, en: `There is no unit “${code}”.` })
  if (roots.length === 0) throw new Refused({ vi: 'Chưa có đơn vị nào. Nhập danh mục trước: sansang units import FILE.csv --as-of NGÀY.', en: 'There are no units yet. Import a list first: sansang units import FILE.csv --as-of DATE.' })
  throw new Refused({ vi: `Có ${roots.length} đơn vị gốc (${roots.slice(0, 3).map((r) => r.code).join(', ')}…): chọn một bằng --unit MÃ.`, en: `There are ${roots.length} root units (${roots.slice(0, 3).map((r) => r.code).join(', ')}…): choose one with --unit CODE.` })
}

/** FILE is a programme's file, or a template: then the template is imported and the programme has its code, name and default rules. */
async function create(call: Call): Promise<void> {
  const { words: [path], option, installation, at, lang, print, note, json, flag } = call
  const text = await textOf(path!)
  const context = installation.context(at, lang)
  let parsed: unknown
  try { parsed = parse(text) } catch { /* the template's check says where */ }
  const isProgramme = typeof parsed === 'object' && parsed !== null && 'template' in parsed
  let file: z.infer<typeof ProgrammeFile>
  if (isProgramme) {
    const read = ProgrammeFile.safeParse(parsed)
    if (!read.success) {
      const first = read.error.issues[0]!
      throw new Refused({ vi: `${path}: ${first.path.join('.') || 'tệp'}: không hợp lệ (${first.message}).`, en: `${path}: ${first.path.join('.') || 'the file'}: ${first.message}.` })
    }
    file = read.data
  } else {
    const { issues, ok } = checkTemplate(text)
    tell(call, path!, issues)
    const body = parsed as { code?: string; name?: { vi: string; en: string } } | undefined
    if (ok && body) file = ProgrammeFile.parse({ code: body.code, name: body.name, template: body.code })
    else throw new Refused({ vi: `${path} có lỗi nên chưa lập đợt nào; không có gì thay đổi.`, en: `${path} has errors: no programme was created, nothing has changed.` })
  }
  const unitId = await ownerOf(context, option('unit') ?? file.unit)
  let template = file.template
  let templateVersion = file.template_version
  if (!isProgramme || /[./]/.test(template)) {
    const source = isProgramme ? new URL(template, `file://${path!.startsWith('/') ? path : `${process.cwd()}/${path}`}`).pathname : path!
    const imported = await told(call, source, async () => importTemplate(context, { orderId: uuidv7(at), unitId, text: isProgramme ? await textOf(source) : text }))
    note({ vi: `Mẫu ${imported.code}, phiên bản ${imported.version}${imported.unchanged ? ' (đã có)' : ''}.`, en: `Template ${imported.code}, version ${imported.version}${imported.unchanged ? ' (was there)' : ''}.` })
    template = imported.code
    templateVersion = imported.version
  }
  const rules = RulesInput.parse({
    kinds: file.units.kinds ?? [], scheme: file.units.scheme ?? 'admin', under: file.units.under ?? null, only: file.units.only ?? null, spans: file.dates, pilots: file.pilots,
    classes: { units: file.classes.units ?? {}, kinds: file.classes.kinds ?? {}, shares: file.classes.shares ?? {} },
  })
  const made = await createProgramme(programmesNeeds(), context, { orderId: uuidv7(at), code: option('code') ?? file.code, name: file.name, unitId, template, templateVersion, zone: file.zone, country: file.country, rules, gate: file.gate })
  if (flag('json')) json(made)
  else print(made.code)
}

async function runCascade(call: Call): Promise<void> {
  const { words: [code], option, installation, at, lang, note, json, flag, print } = call
  const context = installation.context(at, lang)
  const lists = { ...(option('units') ? { units: await fileOf(option('units')!) } : {}), ...(option('dates') ? { dates: await fileOf(option('dates')!) } : {}) }
  const path = option('units') ?? option('dates') ?? code!
  const preview = await told(call, path, () => previewCascade(programmesNeeds(), context, { code: code!, ...lists }))
  for (const warning of preview.warnings) note(warning)
  if (flag('dry-run')) {
    json(preview)
    return
  }
  let last = 0
  const done = await told(call, path, () => cascade(programmesNeeds(), context, { orderId: uuidv7(at), code: code!, ...lists }, {
    // Beside a running server chunks stay short; alone, nobody waits.
    chunkMs: installation.joined ? 50 : 400,
    progress: (events, total) => {
      if (performance.now() - last < 1000 && events < total) return
      last = performance.now()
      note({ vi: `${events} / ${total} sự kiện`, en: `${events} of ${counted(total, 'event')}` })
    },
  }))
  if (flag('json')) json(done)
  else print(lang === 'vi' ? `Thêm ${done.events} sự kiện, ${done.tasks} nhiệm vụ; đã có ${done.existing}${done.waiting ? `, chờ thí điểm ${done.waiting}` : ''}.`
    : `Added ${counted(done.events, 'event')}, ${counted(done.tasks, 'task')}; there before: ${done.existing}${done.waiting ? `; waiting for the pilot: ${done.waiting}` : ''}.`)
}

async function dates(call: Call): Promise<void> {
  const { words: [code], option, installation, at, lang, json, flag, print } = call
  const context = installation.context(at, lang)
  const programme = await accessProgramme(context.read, context.actor, 'programme.read', code!)
  if (!programme) throw new Refused({ vi: `Không có đợt “${code}”.`, en: `There is no programme “${code}”.` })
  const unit = option('event')!
  const id = await eventOfUnit(context.read, programme.id, unit)
  if (!id) throw new Refused({ vi: `Đơn vị “${unit}” không có sự kiện trong đợt ${code}.`, en: `The unit “${unit}” has no event in the programme ${code}.` })
  const found = await datesOf(programmesNeeds(), context, id)
  if (flag('json')) return json(found)
  print(`${found.event.unit.name} · ${found.event.day ?? '–'} · ${found.event.class} · ${found.event.zone}`)
  for (const m of found.milestones) print(`${m.date}  ${m.code.padEnd(12)} ${m.name[lang]}`)
  for (const t of found.tasks) print(`${t.date ?? '–         '}  ${(t.code ?? '').padEnd(12)} ${t.name[lang]}${t.unit && t.unit.id !== found.event.unit.id ? ` (${t.unit.name})` : ''}`)
}

export const commands: Command[] = [
  {
    name: 'template check', usage: 'FILE [--json]', needs: 'nothing', about: { vi: 'kiểm tra một tệp mẫu, nêu từng lỗi theo dòng', en: 'check a template file, each fault with its line' },
    async run(call) {
      const path = call.words[0]!
      const { issues, ok, code, counts } = checkTemplate(await textOf(path))
      if (call.flag('json')) call.json({ ok, code, counts, issues })
      else tell(call, path, issues)
      if (!ok) throw new Refused({ vi: `${path}: mẫu có lỗi.`, en: `${path}: the template has errors.` })
      if (!call.flag('json')) call.print(`${code}: ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(', ')}`)
    },
  },
  {
    name: 'template import', usage: 'FILE [--unit CODE]', about: { vi: 'nhập một tệp mẫu thành phiên bản mới', en: 'import a template file as a new version' },
    async run(call) {
      const path = call.words[0]!
      const context = call.installation.context(call.at, call.lang)
      const unitId = await ownerOf(context, call.option('unit'))
      const { code, version, unchanged, issues } = await told(call, path, async () => importTemplate(context, { orderId: uuidv7(call.at), unitId, text: await textOf(path) }))
      tell(call, path, issues)
      call.print(`${code} ${version}${unchanged ? (call.lang === 'vi' ? ' (không đổi)' : ' (unchanged)') : ''}`)
    },
  },
  {
    name: 'template export', usage: 'CODE [--version N] [--format FORMAT]', about: { vi: 'xuất một phiên bản mẫu thành tệp (yaml hoặc json)', en: 'write a version of a template as a file (yaml or json)' },
    async run({ words: [code], option, installation, at, lang, print }) {
      const context = installation.context(at, lang)
      const newest = (await listTemplates(context.read, context.actor)).find((t) => t.code === code)?.versions[0]?.version
      const version = option('version') ? Number(option('version')) : newest
      if (version === undefined || !Number.isInteger(version)) throw new Refused({ vi: `Không có mẫu “${code}”.`, en: `There is no template “${code}”.` })
      print((await exportVersion(context, code!, version, option('format') === 'json' ? 'json' : 'yaml')).text.trimEnd())
    },
  },
  { name: 'programme create', usage: 'FILE [--unit CODE] [--code CODE] [--json]', about: { vi: 'lập đợt từ tệp đợt hoặc tệp mẫu', en: 'create a programme from its file, or from a template' }, run: create },
  {
    name: 'programme list', usage: '[--json]', about: { vi: 'các đợt và số sự kiện theo giai đoạn', en: 'programmes, and their events by phase' },
    async run({ installation, at, lang, flag, json, print }) {
      const found = await allProgrammes(installation.context(at, lang))
      if (flag('json')) json(found)
      else for (const p of found) print(`${p.code}  ${p.name[lang]}  ${Object.entries(p.events as Record<string, number>).filter(([, n]) => n > 0).map(([phase, n]) => `${phase} ${n}`).join(', ')}`)
    },
  },
  {
    name: 'programme cascade', usage: 'CODE [--units FILE.csv] [--dates FILE.csv] [--dry-run] [--json]',
    about: { vi: 'triển khai đợt xuống các đơn vị: chỉ thêm những gì còn thiếu', en: 'cascade a programme to units: adds only what is missing' }, run: runCascade,
  },
  { name: 'programme dates', usage: 'CODE --event UNIT_CODE [--json]', about: { vi: 'mọi mốc và nhiệm vụ của một sự kiện với ngày của nó', en: 'every milestone and task of an event with its date' }, run: dates },
]
