// The page in a package for whoever has no program: opened in any browser, offline, without a script, in both languages at once.
import { partOf } from '../contract/package.ts'
import type { DirectiveRecord, Manifest, PlanRecord, ReportRecord, TaskRecord, WorkRecord } from '../contract/package.ts'

export type Shown = { directives: DirectiveRecord[]; tasks: TaskRecord[]; work: WorkRecord[]; reports: ReportRecord[]; plans: PlanRecord[] }

const STATES: Record<string, [string, string]> = {
  assigned: ['Đã giao', 'Assigned'], accepted: ['Đã nhận', 'Accepted'], under_way: ['Đang thực hiện', 'Under way'], reported: ['Chờ xác nhận', 'To verify'], verified: ['Hoàn thành', 'Done'], returned: ['Trả lại', 'Returned'], refused: ['Từ chối', 'Refused'], withdrawn: ['Đã thu hồi', 'Withdrawn'],
}
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!)
const both = (vi: string, en: string): string => `${escaped(vi)} <i lang="en">${escaped(en)}</i>`
const cell = (text: string | number | null): string => `<td>${text === null ? '' : escaped(String(text)).replaceAll('\n', '<br>')}</td>`
const heads = (names: [string, string][]): string => `<thead><tr>${names.map(([vi, en]) => `<th scope="col">${both(vi, en)}</th>`).join('')}</tr></thead>`
const table = (names: [string, string][], rows: string[]): string => `<div class="wide"><table>${heads(names)}<tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody></table></div>`
const link = (files: { name: string; sha256: string }[]): string => `<td>${files.map((file) => `<a href="${escaped(partOf(file))}" download="${escaped(file.name)}">${escaped(file.name)}</a>`).join('<br>')}</td>`
/** Day and month as people here write them. */
const day = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/')
export const dayIn = (at: string, zone: string): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date(at))

/** Why it was refused, until when more time is asked for. */
const said = ({ answer, asking, due }: TaskRecord): string => `${answer?.what === 'refused' && answer.text ? `<br>${escaped(answer.text)}` : ''}${asking ? `<br>${both('Xin gia hạn đến', 'Asks for more time, until')} ${dayIn(asking.until, due?.zone ?? 'Asia/Ho_Chi_Minh')}${asking.text ? `: ${escaped(asking.text)}` : ''}` : ''}`

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;margin:0 auto;max-width:76rem;padding:1.5rem}h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1.05rem;margin:1.5rem 0 .25rem}:is(h1,h2,h3)>i{display:block;font-weight:400;font-size:.8em}:is(h1,h2,h3)>i::before{content:""!important}
i{font-style:normal;opacity:.72}i::before{content:"· "}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1rem 0}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;min-width:38rem;font-size:.92rem}
th,td{border:1px solid #8886;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#8882}th i{display:block}th i::before{content:""}p{white-space:pre-line;max-width:60rem}@media(max-width:40rem){dl{grid-template-columns:1fr}body{padding:1rem}}@media print{body{max-width:none;padding:0}thead{display:table-header-group}tr{break-inside:avoid}}`

export function pageOf(manifest: Omit<Manifest, 'parts'>, fingerprint: string, { directives, tasks, work, reports, plans }: Shown, zone: string): string {
  const head: [string, string, string][] = [
    ['Của', 'Of', manifest.of.name], ['Nơi lập', 'Made by', `${manifest.madeBy.name} (${manifest.installation.name})`], ['Lập lúc', 'Made at', new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(manifest.madeAt))],
    ...(manifest.purpose ? [['Mục đích', 'Purpose', manifest.purpose] as [string, string, string]] : []), ...(manifest.programme ? [['Đợt', 'Programme', manifest.programme] as [string, string, string]] : []),
    ...(manifest.from || manifest.until ? [['Khoảng thời gian', 'Period', `${manifest.from ? day(manifest.from) : '…'} – ${manifest.until ? day(manifest.until) : '…'}`] as [string, string, string]] : []),
    ['Độ mật', 'Grade', manifest.grade === 'none' ? 'Không · None' : manifest.grade], ['Khóa ký', 'Signing key', fingerprint],
  ]
  const open = tasks.filter(({ state }) => ['assigned', 'accepted', 'under_way', 'returned'].includes(state))
  const late = open.filter(({ due }) => due && due.at < manifest.madeAt).length
  const byUnit = [...Map.groupBy(tasks.filter(({ state }) => state !== 'withdrawn'), ({ unit }) => unit.code)].map(([, all]) => [all[0]!.unit.name, all.length, all.filter(({ state }) => state === 'verified').length, all.filter(({ state }) => state === 'reported').length, all.filter((one) => open.includes(one) && one.due && one.due.at < manifest.madeAt).length] as const)
  const parts = [
    `<h1>${both('Gói trao đổi', 'Exchange package')}</h1>`,
    `<dl>${head.map(([vi, en, text]) => `<dt>${both(vi, en)}</dt><dd>${escaped(text)}</dd>`).join('')}</dl>`,
    `<p>${both('Trang này để đọc. Chữ ký chỉ được kiểm tra khi nhập gói vào phần mềm.', 'This page is for reading. The signature is checked only when the package is taken into the program.')}</p>`,
  ]
  if (tasks.length > 0) parts.push(
    `<h2>${both(`Nhiệm vụ: ${tasks.length}, quá hạn ${late}`, `Tasks: ${tasks.length}, overdue ${late}`)}</h2>`,
    table([['Đơn vị chủ trì', 'Lead unit'], ['Nhiệm vụ', 'Tasks'], ['Hoàn thành', 'Done'], ['Chờ xác nhận', 'Reported'], ['Quá hạn', 'Overdue']], byUnit.map((row) => row.map(cell).join(''))),
    `<h3>${both('Từng nhiệm vụ', 'Each task')}</h3>`,
    table([['STT', 'No.'], ['Nội dung', 'Task'], ['Chủ trì', 'Lead unit'], ['Phối hợp', 'Supporting'], ['Thời hạn', 'Due'], ['Sản phẩm', 'Product'], ['Tình trạng', 'State']], tasks.map((t, i) => [
      cell(i + 1), cell(t.title), cell(t.unit.name), cell(t.supporting.map(({ name }) => name).join('; ')), cell(t.due ? dayIn(t.due.at, t.due.zone) : null), cell(t.product), `<td>${both(...(STATES[t.state] ?? [t.state, t.state]))}${open.includes(t) && t.due && t.due.at < manifest.madeAt ? `<br><b>${both('Quá hạn', 'Overdue')}</b>` : ''}${t.target ? `<br>${escaped(`${t.reached ?? 0} / ${t.target.kind === 'number' ? t.target.count : t.base ?? '…'} ${t.target.unit}`)}` : ''}${said(t)}</td>`].join(''))),
  )
  if (work.length > 0) parts.push(`<h2>${both('Kết quả đã báo cáo', 'Work reported')}</h2>`, table([['Ngày', 'Day'], ['Đơn vị', 'Unit'], ['Nhiệm vụ', 'Task'], ['Kết quả', 'Result'], ['Tệp', 'Files']], work.map((w) => [
    cell(dayIn(w.at, zone)), cell(w.unit.name), cell(w.title), `<td>${w.done ? both('Hoàn thành', 'Done') : both('Tiến độ', 'Progress')}${w.reached === null ? '' : `: ${w.reached}`}${w.note ? `<br>${escaped(w.note)}` : ''}${w.evidence.label ? `<br>${escaped(w.evidence.label)}` : ''}</td>`, link(w.files)].join(''))))
  if (directives.length > 0) parts.push(`<h2>${both('Văn bản chỉ đạo', 'Directives')}</h2>`, ...directives.map((d) => `<h3>${escaped([d.number, d.title].filter(Boolean).join(' – '))}</h3><p>${escaped(`${d.issuer.name}, ${day(d.issuedOn)}`)}</p>${d.body ? `<p>${escaped(d.body)}</p>` : ''}`))
  if (reports.length > 0) parts.push(`<h2>${both('Báo cáo', 'Reports')}</h2>`, ...reports.map((r) => `<h3>${escaped(`${r.unit.name}: ${r.title}, ${day(r.on)}`)}</h3>${table([['Mục', 'Field'], ['Nội dung', 'Answer']], r.shown.map(([label, text]) => `<td>${both(label.vi, label.en)}</td>${cell(text)}`))}`))
  for (const plan of plans) parts.push(`<h2>${escaped([plan.number, plan.title].filter(Boolean).join(' – '))}</h2>`, `<p>${escaped(plan.unit.name)}. ${both(`Có hiệu lực từ ${day(plan.inForceFrom)}`, `In force from ${day(plan.inForceFrom)}`)}</p>`, ...(plan.basis ? [`<p>${escaped(plan.basis)}</p>`] : []),
    ...plan.sections.map((s) => `<h3>${escaped(s.title)}</h3>${s.text ? `<p>${escaped(s.text)}</p>` : ''}${s.tables.map((one) => `<p><b>${escaped(one.name)}</b></p><div class="wide"><table><thead><tr>${one.heads.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead><tbody>${one.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table></div>`).join('')}`),
    ...(plan.files.length > 0 ? [`<p>${plan.files.map((file) => `<a href="${escaped(partOf(file))}" download="${escaped(file.name)}">${escaped(file.name)}</a>`).join(' · ')}</p>`] : []))
  return `<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(manifest.of.name)}</title><style>${STYLE}</style></head>\n<body>\n${parts.join('\n')}\n</body></html>\n`
}

export const SHEET = {
  vi: { name: 'Nhiệm vụ', heads: ['STT', 'Nội dung', 'Mã đơn vị', 'Chủ trì', 'Phối hợp', 'Đơn vị giao', 'Thời hạn', 'Sản phẩm', 'Trạng thái', 'Đạt được', 'Đơn vị tính'] },
  en: { name: 'Tasks', heads: ['No.', 'Task', 'Unit code', 'Lead unit', 'Supporting', 'Issued by', 'Due', 'Product', 'State', 'Reached', 'Counted in'] },
} as const
export const sheetRow = (t: TaskRecord, i: number, lang: 'vi' | 'en'): (string | number | null)[] => [
  i + 1, t.title, t.unit.code, t.unit.name, t.supporting.map(({ name }) => name).join('; '), t.issuer.name, t.due ? dayIn(t.due.at, t.due.zone) : '', t.product ?? '', STATES[t.state]?.[lang === 'vi' ? 0 : 1] ?? t.state, t.reached, t.target?.unit ?? '',
]
