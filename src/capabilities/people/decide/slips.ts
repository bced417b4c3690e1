// Accounts of units by the thousand: how they are called, and the paper that opens them.
import { ROLES } from '../contract.ts'
import type { Role, Slip } from '../contract.ts'

/** Names that one unit's account may have, best first: its code, with the role where it is not the head, with a number where that is taken. */
export function candidates(code: string, role: Role): string[] {
  const base = code.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, 28) || 'unit'
  const name = role === 'head' ? base.padEnd(2, '0') : `${base}.${role}`
  return [name, ...Array.from({ length: 8 }, (_, i) => `${name}-${i + 2}`)]
}

/** One free name for each; undefined where all are taken. */
export function nameAccounts(units: { code: string }[], role: Role, taken: ReadonlySet<string>): (string | undefined)[] {
  const gone = new Set(taken)
  return units.map(({ code }) => {
    const free = candidates(code, role).find((name) => !gone.has(name))
    if (free) gone.add(free)
    return free
  })
}

type Lang = 'vi' | 'en'
const words = {
  vi: {
    title: 'Phiếu đăng nhập Sẵn Sàng', unit: 'Đơn vị', name: 'Họ tên', role: 'Vai trò', account: 'Tài khoản', code: 'Mã một lần', until: 'Dùng đến hết', address: 'Địa chỉ',
    how: 'Mở địa chỉ trên, nhập tài khoản, nhập mã này vào ô mật khẩu rồi đặt mật khẩu của riêng mình (từ 15 ký tự, nên là một câu dễ nhớ). Sau đó hủy phiếu này.',
  },
  en: {
    title: 'Sẵn Sàng sign-in slip', unit: 'Unit', name: 'Name', role: 'Role', account: 'Account', code: 'One-time code', until: 'Valid until', address: 'Address',
    how: 'Open the address, enter the account, enter this code as the password, then set a password of your own (15 characters or more; a sentence you remember is best). Then destroy this slip.',
  },
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** Eight to a sheet of A4, cut along the lines. No script, nothing from outside. */
export function slipsHtml(slips: Slip[], address: string, lang: Lang): string {
  const w = words[lang]
  const line = (label: string, value: string, strong = false): string => (value ? `<dt>${label}</dt><dd${strong ? ' class="code"' : ''}>${escape(value)}</dd>` : '')
  const one = (s: Slip): string => `<article><h2>${w.title}</h2><dl>${line(w.unit, [s.unit?.name, ...s.parents].filter(Boolean).join(', '))}${line(w.name, s.name ?? '')}${
    line(w.role, s.role ? ROLES[s.role].name[lang] : '')}${line(w.address, address)}${line(w.account, s.account, true)}${line(w.code, s.code, true)}${line(w.until, s.until.slice(0, 10))}</dl><p>${w.how}</p></article>`
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>${w.title}</title><style>
@page{size:A4;margin:10mm}body{font:11px/1.4 sans-serif;margin:0;display:grid;grid-template-columns:1fr 1fr}article{break-inside:avoid;border:1px dashed #666;padding:4mm;min-height:58mm;box-sizing:border-box}
h2{font-size:13px;margin:0 0 2mm}dl{display:grid;grid-template-columns:auto 1fr;gap:1px 3mm;margin:0}dt{color:#444}dd{margin:0}.code{font:700 14px monospace}p{margin:2mm 0 0}
</style>${slips.map(one).join('\n')}</html>\n`
}

// A cell that begins like a formula would be run by a spreadsheet: an apostrophe keeps it text.
const cell = (text: string): string => { const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe }
export const slipsCsv = (slips: Slip[], address: string): string =>
  `\ufeff${[['unit_code', 'unit', 'parents', 'name', 'role', 'account', 'code', 'until', 'address'],
    ...slips.map((s) => [s.unit?.code ?? '', s.unit?.name ?? '', s.parents.join(', '), s.name ?? '', s.role ?? '', s.account, s.code, s.until, address])].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
