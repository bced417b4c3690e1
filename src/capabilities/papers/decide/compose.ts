// From what an office writes and its profile to the lines of the sheet, in order. DOCX, PDF and the preview draw the same lines, so they look the same.
import { KINDS } from '../contract/kinds.ts'
import type { Block, Letter } from '../contract/letter.ts'
import { formOfKind } from './forms.ts'
import { gradeNames } from '../../../pure/grades.ts'
import type { Grade } from '../../../pure/grades.ts'
import { profileOf } from './layouts.ts'
import type { Profile, StyleName } from './profiles.ts'
import { dateLine, dateWords, numbered, numberLine, roman, symbolOf, upperFirst } from './written.ts'

/** `bold`: so many characters at the beginning stand out; with `bold: 0` none of a bold style does. `rule`: a line below, as a share of the text. */
export type Line = { style: StyleName; text: string; rule?: number; bold?: number; /** Millimetres of a frame around it; `fit`: as wide as its words. */ frame?: [number, number] | 'fit'; /** A second line, this far inside the first. */ inner?: number; /** Begins below the end of these words, which stand in the line of the same style above. */ under?: string }
export type Table = { table: { caption: string; columns: { head: string; width: number; align: 'left' | 'center' }[]; rows: string[][] } }
export type Flow = (Line | Table)[]
/** Rows of two cells. */
export type Pair = [Line[], Line[]]
export type Sheet = {
  profile: Profile; lang: 'vi' | 'en'; title: string; author: string; symbol: string
  head: Pair[]; flow: Flow; /** The first row holds the signature. */ foot: Pair[]; address: Line | null; annexes: { landscape: boolean; flow: Flow }[]
  /** Who reads it and when, across each page: of what is graded. */ mark?: string
}
/** The stamps of Circular 24/2020/TT-BCA: two lines, a millimetre apart. */
const GRADED: Record<Exclude<Grade, 'none'>, [number, number]> = { confidential: [20, 8], secret: [30, 8], top_secret: [40, 8] }
/** What a graded paper bears besides its words. */
export type Marked = { grade: Grade; mark: string | undefined }

const URGENT = { urgent: { vi: 'KHẨN', en: 'URGENT', frame: [20, 8] }, very_urgent: { vi: 'THƯỢNG KHẨN', en: 'VERY URGENT', frame: [40, 8] }, express: { vi: 'HỎA TỐC', en: 'IMMEDIATE', frame: [30, 8] } } as const

export function compose(letter: Letter, number: number | null, custody?: Marked): Sheet {
  const { head } = letter
  const p = profileOf(head)
  const symbol = symbolOf(letter.kind, head.short, letter.drafter, p.numbering)
  const styled = (style: StyleName, text: string, more: Partial<Line> = {}): Line =>
    ({ style, text: kept(p.styles[style].upper ? text.toLocaleUpperCase('vi') : text, p.styles[style].align === 'center'), ...(p.styles[style].rule && text ? { rule: p.styles[style].rule! } : {}), ...more })
  const some = (style: StyleName, text: string): Line[] => (text ? [styled(style, text)] : [])
  const date = p.dates === 'vi' ? dateLine(head.place, letter.day) : `${upperFirst(head.place)}, ${letter.day ? englishDate(letter.day) : '            '}`
  const kind = KINDS[letter.kind]
  const form = formOfKind(letter.kind)
  const vi = p.dates === 'vi'
  const named = form.subject !== 'beside'
  const top: Pair = [[...some('parent', head.parent), styled('issuer', head.issuer), ...(p.star ? [styled('star', '*')] : [])], [...some('state', p.state), ...some('motto', p.motto)]]
  const second: Pair = [
    [styled('number', numberLine(number, symbol, p.numbering)), ...(named ? [] : [styled('subjectLetter', p.dates === 'vi' ? `V/v ${lowerFirst(letter.subject)}` : `Re: ${letter.subject}`)])],
    form.dated || !vi ? [styled('place', date)] : [],
  ]
  const graded: Line[] = custody && custody.grade !== 'none' ? [styled('urgency', gradeNames[custody.grade][p.dates], { frame: GRADED[custody.grade], inner: 1 })] : []
  const marks: Pair[] = letter.urgency || letter.circulation || graded.length > 0
    ? [[[...graded, ...(letter.urgency ? [styled('urgency', URGENT[letter.urgency][p.dates], { frame: [...URGENT[letter.urgency].frame] })] : [])], letter.circulation ? [styled('circulation', letter.circulation, { frame: 'fit' })] : []]]
    : []
  const authority = vi && form.addressed === 'wire' ? '' : letter.authority || (vi && form.decides ? head.issuer : '')
  const flow: Flow = [
    ...(!named ? [] : form.subject === 'none' && vi ? [styled('kind', kind.vi, { rule: p.styles.subject.rule ?? 0.4 })] : [styled('kind', vi ? kind.vi : kind.en), styled('subject', subjectOf(letter, p))]),
    ...(!vi || form.addressed === 'to' ? addressed(letter.to, p, styled) : form.addressed === 'wire' ? wired(letter, p, styled) : invited(letter, styled)),
    ...(letter.kind === 'introduction' && vi ? [styled('opening', `${head.issuer} trân trọng giới thiệu:`)] : []),
    ...some('authority', authority),
    ...letter.grounds.map((ground, i) => styled('grounds', ended(ground, i === letter.grounds.length - 1 ? '.' : ';'))),
    ...(authority && form.decides ? [styled('authority', vi ? form.decides : 'Decides:')] : []),
    ...blocks(letter.body, p, styled),
  ]
  end(flow, p.words.end)
  const archive = [p.words.archive, letter.drafter].filter(Boolean).join(', ')
  const signed = (signAs: string[], signer: string): Line[] => [...signAs.map((text) => styled('signAs', text)), styled('signer', signer)]
  const recipients = [
    styled('recipientsLabel', p.words.recipients),
    ...letter.recipients.map((text) => styled('recipients', `- ${ended(text, ';')}`)), styled('recipients', `- ${archive}.`),
    ...(letter.copies && letter.drafter ? [styled('drafter', `${letter.drafter}.(${letter.copies})`)] : []),
  ]
  const two = form.two && vi ? form.two : letter.second && (['', ''] as const)
  const own = (signAs: string[], name: string): string[] => (signAs.length > 0 || !name ? signAs : [name])
  const [leftAs, rightAs] = two ? [own(letter.second?.signAs ?? [], two[0]), own(letter.signAs, two[1])] : [[], []]
  /** Both names stand level, whoever's office takes more lines. */
  const level = (signAs: string[]): string[] => [...signAs, ...Array.from({ length: Math.max(leftAs.length, rightAs.length) - signAs.length }, () => '\u00a0')]
  const foot: Pair[] = two
    ? [[signed(level(leftAs), letter.second?.signer ?? ''), signed(level(rightAs), letter.signer)], [recipients, []]]
    : [[recipients, signed(letter.signAs, letter.signer)]]
  if (form.confirm && vi) foot.push([[styled('confirm', form.confirm)], []])
  const full = { kind: p.dates === 'vi' ? kind.vi : kind.en, number: numbered(number, symbol, p.numbering).trimStart() || '…', date: letter.day ? (p.dates === 'vi' ? dateWords(letter.day) : englishDate(letter.day)) : 'ngày     tháng     năm       ', issuer: head.issuer }
  const annexNote = p.words.annexNote.replace('{kind}', full.kind).replace('{number}', number === null ? `      ${full.number}` : full.number).replace('{date}', full.date).replace('{issuer}', full.issuer)
  const annexes = letter.annexes.map(({ title, landscape, body }, i) => ({
    landscape,
    flow: [styled('annex', [p.words.annex, letter.annexes.length > 1 ? roman(i + 1) : ''].filter(Boolean).join(' ')), styled('annexTitle', title), styled('annexNote', annexNote), ...blocks(body, p, styled)],
  }))
  return {
    profile: p, lang: letter.lang, symbol, title: `${named ? `${full.kind} ` : ''}${letter.subject}`, author: head.issuer, head: [top, second, ...marks], flow, foot,
    address: head.address ? styled('address', head.address) : null, annexes, ...(custody?.mark ? { mark: custody.mark } : {}),
  }
}

type Styled = (style: StyleName, text: string, more?: Partial<Line>) => Line

/** One: on the same line. Several: each on its own, with a dash, the last ends with a full stop. */
function addressed(to: string[], p: Profile, styled: Styled): Line[] {
  if (to.length === 0) return []
  if (to.length === 1) return [styled('to', `${p.words.to} ${to[0]!.replace(/[.;]$/, '')}`)]
  return [styled('to', p.words.to), ...to.map((text, i) => styled('toItem', `- ${ended(text, i === to.length - 1 ? '.' : ';')}`, { under: p.words.to.replace(/:$/, '') }))]
}

/** "… điện:" in the middle, the addressees below it (sample 1.6). */
function wired({ to, authority, head }: Letter, p: Profile, styled: Styled): Line[] {
  if (to.length === 0) return []
  return [styled('opening', `${authority || head.issuer} điện:`), ...to.map((text, i) => styled('toItem', `- ${ended(text, i === to.length - 1 ? '.' : ';')}`, { under: p.words.to.replace(/:$/, '') }))]
}
/** Sample 1.7. */
function invited({ to, head }: Letter, styled: Styled): Line[] {
  const words = `${head.issuer} trân trọng kính mời:`
  if (to.length <= 1) return to.map((text) => styled('text', `${words} ${text.replace(/[.;]$/, '')}`))
  return [styled('text', words), ...to.map((text, i) => styled('text', `- ${ended(text, i === to.length - 1 ? '.' : ';')}`))]
}

function blocks(body: Block[], p: Profile, styled: Styled): Flow {
  return body.flatMap((block): Flow => {
    switch (block.type) {
      case 'text': return block.text.split(/\n+/).filter(Boolean).map((text) => styled('text', text))
      case 'part': return [styled('part', block.label), styled('partTitle', block.title)]
      case 'heading': return [styled('heading', block.text)]
      case 'article': {
        const lead = [block.lead, block.title].filter(Boolean).join(' ')
        return [styled('article', [lead, block.text].filter(Boolean).join(' '), { bold: lead.length })]
      }
      case 'table': return [{ table: { caption: block.caption, columns: block.columns, rows: block.rows.map((row) => block.columns.map((_, i) => row[i] ?? '')) } }]
    }
  })
}

/** A decision is about something ("Về việc …"), or issues or approves it (Appendix III, 1.2 and 1.3). */
const subjectOf = ({ kind, subject }: Letter, p: Profile): string =>
  (kind === 'decision' && p.dates === 'vi' && !/^(về|ban hành|phê duyệt)(\s|$)/iu.test(subject) ? `Về việc ${lowerFirst(subject)}` : upperFirst(subject))

/** The last sentence of the paper ends with "./.". */
function end(flow: Flow, mark: string): void {
  const last = flow.at(-1)
  if (mark && last && 'style' in last && !last.text.endsWith(mark)) last.text = last.text.replace(/[.;]?\s*$/, '') + mark
}
/** The last two syllables of a centred line stay together: none stands alone below. */
const kept = (text: string, centred: boolean): string => (centred ? text.replace(/ (?=[^ ]+$)/, '\u00a0') : text)
const ended = (text: string, mark: string): string => text.trim().replace(/[.;,]+$/, '') + mark
/** After "V/v" in the middle of a line; a name keeps its capital: two capitals, or a second word with one, is a name. */
const lowerFirst = (text: string): string => {
  const [first = '', second = ''] = text.split(/\s+/, 2)
  const isName = first.slice(1) !== first.slice(1).toLocaleLowerCase('vi') || (second !== '' && second !== second.toLocaleLowerCase('vi'))
  return isName ? text : text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
}
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const englishDate = (day: string): string => { const [y, m, d] = day.split('-').map(Number) as [number, number, number]; return `${d} ${MONTHS[m - 1]} ${y}` }
