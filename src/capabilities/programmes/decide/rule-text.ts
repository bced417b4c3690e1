// Rules of a template as an officer writes them in a cell, and back: N−30, N+5 lv, 22/05/2026, a milestone's code, `dưới:approved`. Both languages are read; one form is kept, so that two drafts can be compared.

export type Lang = 'vi' | 'en'
type Entry = Record<string, unknown>
const CODE = /^[A-Za-z][\w-]*$/
const number = (text: string): number => Number(text.replace('−', '-').replace(/[a-z]+$/i, ''))
const shift = (of: Entry): string => (of.working !== undefined ? ` ${signed(of.working)}lv` : of.day !== undefined ? ` ${signed(of.day)}` : '')
const signed = (n: unknown): string => (typeof n === 'number' ? (n < 0 ? String(n) : `+${n}`) : String(n))
const days = (n: unknown): string => (n === 0 ? '' : signed(n))

/** The one form that is kept. What is no rule stays as it is written. */
export function ruleText(rule: unknown): string {
  if (typeof rule === 'string') return rule
  if (!rule || typeof rule !== 'object') return rule === undefined || rule === null ? '' : String(rule as number)
  const r = rule as Entry
  const time = r.time === undefined ? '' : ` ${String(r.time as string)}`
  if ('milestone' in r) return `${String(r.milestone)}${shift(r)}${time}`
  if ('child' in r) return `dưới:${String(r.child)}${r.pick === 'first' ? ' đầu' : ''}${shift(r)}${time}`
  if ('on' in r) return `${String(r.on)}${time}`
  if ('working' in r) return `N${days(r.working)}lv${time}`
  if (typeof r.day === 'string') return r.day
  return 'day' in r ? `N${days(r.day)}${r.roll === 'before' ? ' lùi' : r.roll === 'after' ? ' tiến' : ''}${time}` : ''
}

/** Undefined: not understood. `due`: a milestone may be named. */
export function readRule(text: string, due: boolean): Entry | string | undefined {
  const [first = '', ...rest] = text.trim().replaceAll(/([ND])\s*([+−-])\s*(\d)/g, '$1$2$3').replaceAll(/(\d)\s+(lv|wd)\b/gi, '$1$2').split(/\s+/)
  const rule: Entry = {}
  const from = /^[ND]([+−-]\d+)?(lv|wd)?$/i.exec(first)
  const on = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(first)
  const below = /^(?:dưới|duoi|below):(.+)$/i.exec(first)
  if (from && (from[1] || /^[ND]/.test(first))) rule[from[2] ? 'working' : 'day'] = from[1] ? number(from[1]) : 0
  else if (/^\d{4}-\d\d-\d\d$/.test(first)) rule.on = first
  else if (on) rule.on = `${on[3]}-${on[2]!.padStart(2, '0')}-${on[1]!.padStart(2, '0')}`
  else if (below) Object.assign(rule, { child: below[1], pick: 'last' })
  else if (due && CODE.test(first)) rule.milestone = first
  else return undefined
  for (const word of rest) {
    if (/^\d{1,2}:\d\d$/.test(word)) rule.time = word.padStart(5, '0')
    else if (/^(lùi|lui|before)$/i.test(word) && 'day' in rule && !('milestone' in rule)) rule.roll = 'before'
    else if (/^(tiến|tien|after)$/i.test(word) && 'day' in rule && !('milestone' in rule)) rule.roll = 'after'
    else if (/^(đầu|dau|first)$/i.test(word) && 'child' in rule) rule.pick = 'first'
    else if (/^[+−-]\d+(lv|wd)?$/i.test(word) && ('milestone' in rule || 'child' in rule)) rule[/[a-z]$/i.test(word) ? 'working' : 'day'] = number(word)
    else return undefined
  }
  return 'milestone' in rule && Object.keys(rule).length === 1 ? rule.milestone as string : rule
}

/** As the reader writes it. `name`: of a milestone; without it codes stay, to be edited. */
export function shownRule(text: string, lang: Lang, name?: (milestone: string) => string): string {
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  const words = text.replace(/^\d{4}-\d\d-\d\d/, day ? `${day[3]}/${day[2]}/${day[1]}` : '').split(' ').map((word, i) => {
    if (i === 0 && /^N([+-]\d+)?(lv)?$/.test(word)) return lang === 'vi' ? word : word.replace('N', 'D')
    if (i === 0 && word.startsWith('dưới:') && name) { const of = name(word.slice(5)) || word.slice(5); return lang === 'vi' ? `theo mốc “${of}” của cấp dưới` : `by “${of}” of those below` }
    if (name && i === 1 && word === 'đầu' && text.startsWith('dưới:')) return lang === 'vi' ? '(sớm nhất)' : '(the first)'
    if (i === 0 && word.startsWith('dưới:')) return `${lang === 'vi' ? 'dưới:' : 'below:'}${word.slice(5)}`
    return i === 0 && CODE.test(word) ? name?.(word) || word : lang === 'vi' ? word : { 'lùi': 'before', 'tiến': 'after', 'đầu': 'first' }[word] ?? word
  }).join(' ')
  const read = lang === 'vi' ? words : words.replaceAll(/(\d)lv\b/g, '$1wd').replace(/^Dlv/, 'Dwd')
  return name ? read.replaceAll(/([\sND])-(\d)/g, '$1−$2').replaceAll(/(\d)(lv|wd)\b/g, '$1 $2') : read
}

/** `T01, T02 +3, mốc:approved`: tasks and milestones that it waits for, and so many days after. */
export function afterText(after: unknown): string {
  return [after ?? []].flat().map((one: unknown) => {
    if (!one || typeof one !== 'object') return String(one as string)
    const { task, milestone, days: lag } = one as Entry
    return `${milestone === undefined ? String(task as string) : `mốc:${String(milestone as string)}`}${lag ? ` +${String(lag as number)}` : ''}`
  }).join(', ')
}
/** What is not understood stays as it is written, so that the check names it. */
export function readAfter(text: string): unknown {
  return text.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean).map((one) => {
    const [, gate, code, lag] = /^(mốc:|moc:|milestone:)?\s*([A-Za-z][\w-]*)(?:\s*\+\s*(\d+))?$/i.exec(one) ?? []
    if (code === undefined) return one
    return gate ? { milestone: code, ...(lag ? { days: Number(lag) } : {}) } : lag ? { task: code, days: Number(lag) } : code
  })
}
/** As the reader writes it, with names instead of codes where they are known. */
export const shownAfter = (text: string, lang: Lang, name?: (part: 'tasks' | 'milestones', code: string) => string): string => text.replaceAll(/(mốc:)?([A-Za-z][\w-]*)/g, (_, gate: string | undefined, code: string) =>
  `${gate ? (lang === 'vi' ? 'mốc:' : 'milestone:') : ''}${name?.(gate ? 'milestones' : 'tasks', code) || code}`)

export function checkText(check: unknown): string {
  if (typeof check === 'string') return check
  if (!check || typeof check !== 'object') return ''
  const { kind, ...c } = check as Entry
  const only = (...keys: string[]) => Object.keys(c).every((key) => keys.includes(key))
  const list = (value: unknown) => (Array.isArray(value) ? value.join(' ') : String(value as string))
  if (kind === 'no_overdue' && only('workstreams')) return c.workstreams === undefined ? 'no_overdue' : `no_overdue ${list(c.workstreams)}`
  if (kind === 'milestone' && only('milestone')) return `milestone ${list(c.milestone)}`
  if (kind === 'evidence' && only('item', 'max_age_days')) return `evidence ${list(c.item)}${c.max_age_days === undefined ? '' : ` ${list(c.max_age_days)}`}`
  if (kind === 'target' && only('item', 'percent')) return `target ${list(c.item)}${c.percent === undefined ? '' : ` ${list(c.percent)}%`}`
  if (kind === 'none' && only('needs')) return c.needs === undefined || c.needs === '' ? 'none' : `none ${list(c.needs)}`
  return JSON.stringify(check)
}
const plainNumber = (text: string): number | string => (/^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text)
export function readCheck(text: string): unknown {
  if (text.startsWith('{')) { try { return JSON.parse(text) } catch { return text } }
  const [kind = '', ...of] = text.trim().split(/[\s,]+/)
  if (kind === 'no_overdue') return of.length > 0 ? { kind, workstreams: of } : kind
  if (kind === 'milestone') return { kind, milestone: of.join(' ') }
  if (kind === 'evidence') return { kind, item: of[0] ?? '', ...(of[1] === undefined ? {} : { max_age_days: plainNumber(of.slice(1).join(' ')) }) }
  if (kind === 'target') return { kind, item: of[0] ?? '', ...(of[1] === undefined ? {} : { percent: plainNumber(of.slice(1).join(' ').replace('%', '')) }) }
  return kind === 'none' ? { kind, ...(of.length > 0 ? { needs: of.join(' ') } : {}) } : text
}

/** `20 patrol`, `all venue`, `80% post`. */
export function targetText(target: unknown): string {
  if (!target || typeof target !== 'object') return typeof target === 'string' ? target : ''
  const { unit, count, as } = target as Entry
  return `${count === undefined ? '' : String(count as number)}${as === 'percent' ? '%' : ''} ${String((unit ?? '') as string)}`.trim()
}
export function readTarget(text: string): unknown {
  const [count = '', ...unit] = text.trim().split(/\s+/)
  const all = /^(all|tất_cả|hết)$/i.test(count)
  return { unit: unit.join(' '), count: all ? 'all' : plainNumber(count.replace('%', '')), as: count.endsWith('%') ? 'percent' : 'number' }
}
/** `inspection` or `inspection 180`: how many days it holds. */
export const evidenceText = (evidence: unknown): string => {
  if (!evidence || typeof evidence !== 'object') return typeof evidence === 'string' ? evidence : ''
  const { kind, days: holds } = evidence as Entry
  return `${String(kind as string)}${holds === undefined ? '' : ` ${String(holds as number)}`}`
}
export function readEvidence(text: string): unknown {
  const [kind = '', ...holds] = text.trim().split(/\s+/)
  return holds.length === 0 ? kind : { kind, days: plainNumber(holds.join(' ')) }
}
