// The decision that forms a body, or changes who sits in it: its members in an annex, its standing office, its mandate.
import type { Block, Letter, Letterhead } from '../contract/letter.ts'
import { blank, table, wordsFor } from './drafts.ts'

type Unit = { id: string; name: string }
type Role = 'chair' | 'vice_chair' | 'standing' | 'member' | 'secretary'
export type DraftBody = {
  kind: 'steering' | 'subcommittee' | 'helpers' | 'inspection' | 'appraisal'; name: string; /** The standing office. */ office: string; above: string | null; basis: string | null; mandate: string | null; until: string | null
  /** It was formed before: this paper changes it. */ changed: boolean
  members: { unit: Unit; name: string | null; /** What they are there. */ office: string | null; role: Role }[]
}

/** What the seats are called in each kind of body. */
const SEATS: Record<'vi' | 'en', Record<Role, string> & Partial<Record<DraftBody['kind'], Partial<Record<Role, string>>>>> = {
  vi: {
    chair: 'Trưởng ban', vice_chair: 'Phó Trưởng ban', standing: 'Ủy viên Thường trực', member: 'Ủy viên', secretary: 'Thư ký',
    subcommittee: { chair: 'Trưởng Tiểu ban', vice_chair: 'Phó Trưởng Tiểu ban' }, helpers: { chair: 'Tổ trưởng', vice_chair: 'Tổ phó', standing: 'Thành viên Thường trực', member: 'Thành viên' },
    inspection: { chair: 'Trưởng đoàn', vice_chair: 'Phó Trưởng đoàn', standing: 'Thành viên Thường trực', member: 'Thành viên' }, appraisal: { chair: 'Tổ trưởng', vice_chair: 'Tổ phó', standing: 'Thành viên Thường trực', member: 'Thành viên' },
  },
  en: { chair: 'Chair', vice_chair: 'Vice chair', standing: 'Standing member', member: 'Member', secretary: 'Secretary' },
}
const WORDS = {
  vi: {
    subject: (name: string, changed: boolean) => `${changed ? 'Kiện toàn' : 'Thành lập'} ${name}`, grounds: (basis: string) => (/^(căn cứ|theo|xét)\b/iu.test(basis) ? basis : `Căn cứ ${basis}`), proposed: (office: string) => `Theo đề nghị của ${office}`,
    form: (name: string, n: number, changed: boolean) => `${changed ? 'Kiện toàn' : 'Thành lập'} ${name} gồm ${n} thành viên (danh sách tại Phụ lục kèm theo).`,
    does: (name: string, mandate: string | null) => `${name} có nhiệm vụ: ${mandate ?? '…'}`, office: (name: string, office: string) => `${office} là cơ quan thường trực của ${name}, sử dụng bộ máy và con dấu của mình để tổ chức thực hiện.`, above: (name: string) => `Chịu sự chỉ đạo của ${name}.`,
    effect: (until: string | null) => `Quyết định này có hiệu lực kể từ ngày ký${until ? ` đến hết ngày ${until}` : ''}.`, carried: 'Thủ trưởng các cơ quan, đơn vị liên quan và các thành viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.',
    recipients: 'Như Điều 4', annex: (name: string) => `Danh sách thành viên ${name}`, table: 'Thành viên', heads: ['STT', 'Họ và tên', 'Cơ quan, đơn vị', 'Chức danh'], withOffice: 'Chức vụ, cơ quan, đơn vị', lead: 'Điều',
  },
  en: {
    subject: (name: string, changed: boolean) => `${changed ? 'Change of' : 'Formation of'} ${name}`, grounds: (basis: string) => basis, proposed: (office: string) => `On the proposal of ${office}`,
    form: (name: string, n: number, changed: boolean) => `${name} is ${changed ? 'changed; it now has' : 'formed, with'} ${n} members (see the annex).`,
    does: (name: string, mandate: string | null) => `${name} has this mandate: ${mandate ?? '…'}`, office: (name: string, office: string) => `${office} is the standing office of ${name}.`, above: (name: string) => `It works under ${name}.`,
    effect: (until: string | null) => `This decision takes effect on the day of signature${until ? ` and ends on ${until}` : ''}.`, carried: 'The heads of the units and the members named in Article 1 carry out this decision.',
    recipients: 'As in Article 4', annex: (name: string) => `Members of ${name}`, table: 'Members', heads: ['No.', 'Name', 'Unit', 'Office'], withOffice: 'Position, unit', lead: 'Article',
  },
}

export function formationDecision(body: DraftBody, head: Letterhead, day: string | null): Letter {
  const { lang } = wordsFor(head)
  const w = WORDS[lang]
  const seat = (role: Role): string => SEATS[lang][body.kind]?.[role] ?? SEATS[lang][role]
  const articles = [
    w.form(body.name, body.members.length, body.changed),
    [w.does(body.name, body.mandate?.replace(/\.?\s*$/, '.') ?? null), w.office(body.name, body.office), ...(body.above ? [w.above(body.above)] : [])].join(' '),
    w.effect(body.until), w.carried,
  ]
  return {
    ...blank(head), kind: 'decision', subject: w.subject(body.name, body.changed), day, authority: head.issuer, grounds: [...(body.basis ? [w.grounds(body.basis)] : []), w.proposed(body.office)],
    body: articles.map((text, i): Block => ({ type: 'article', lead: `${w.lead} ${i + 1}.`, title: '', text })), recipients: [w.recipients],
    annexes: [{ title: w.annex(body.name), landscape: false, body: [table(w.table, body.members.some(({ office }) => office) ? w.heads.with(2, w.withOffice) : w.heads, [0.08, 0.3, 0.37, 0.25], body.members.map(({ unit, name, office, role }, i) => [String(i + 1), name ?? '', [office, unit.name].filter(Boolean).join(', '), seat(role)]), [0])] }],
  }
}
