// How facts make up a thing, for whoever compares two moments of one: events and tasks by rules of their own, all others by their columns.
import type { Trace, Traced, Traces, Words } from '../../capabilities/journals/contract.ts'
import { traceOf } from '../../capabilities/journals/decide/fields.ts'
import type { FieldsOf } from '../../capabilities/journals/decide/fields.ts'
import { KINDS as PAPER_KINDS } from '../../capabilities/papers/contract/kinds.ts'
import { eventFields, traceEvent } from '../../capabilities/programmes/decide/trace.ts'
import { readinessFields, traceReadiness } from '../../capabilities/readiness/decide/trace.ts'
import { matchRows, traceName, traceReport } from '../../capabilities/reports/decide/trace.ts'
import { formOfReport, wordsOfReport } from '../../capabilities/reports/store/access.ts'
import { taskFields, traceTask } from '../../capabilities/tasks/decide/trace.ts'
import type { ChangedUnit, NewUnit, UnitFact } from '../../capabilities/units/contract.ts'
import { gradeNames } from '../../pure/grades.ts'
import { keyed } from './keyed.ts'

const [state, passed] = [(say: string) => ({ state: { say } }), { set: { unit: { unit: 'toUnitId' } }, was: { unit: { unit: 'fromUnitId' } } }]
const header = { title: 'title', basis: 'basis', reviewOn: 'reviewOn' }
const body = { name: 'name', kind: { code: 'kind', of: 'body' }, unit: { unit: 'unitId' }, legalBasis: 'legalBasis', mandate: 'mandate', from: 'from', until: 'until', members: { units: 'members', each: 'unitId' }, seats: { count: 'members' }, standing: { count: 'standingItems' } }
const meeting = { title: 'title', startsAt: 'startsAt', place: 'place', link: 'link', agenda: { count: 'agenda' } }
const paper = { number: 'written', subject: 'subject', kind: { code: 'kind', of: 'paper' }, day: 'day', issuer: 'issuer', filing: 'filing', grade: { code: 'grade', of: 'grade' }, links: { count: 'links' } }
const report = { files: { count: 'files' } }

/** Every fact about such a thing is here, also where it sets nothing (comments, reasons, reminders): tests/history.test.ts. */
export const columns: Record<string, FieldsOf> = {
  programme: {
    'programme.created.v1': { set: { code: 'code', name: 'name', unit: { unit: 'unitId' }, version: { version: 'templateVersionId' }, gate: { code: 'gate', of: 'gate' } } },
    'programme.released.v1': { set: { gate: { say: 'gate.open' }, version: { version: 'templateVersionId' } } }, 'programme.retemplated.v1': { set: { version: { version: 'templateVersionId' } } },
    'programme.cascaded.v1': { set: { events: 'done' } }, 'programme.calendar_used.v1': { set: { calendar: 'version' } }, 'programme.lesson_recorded.v1': {}, 'programme.handed_over.v1': passed,
  },
  template: {
    'template.imported.v1': { set: { number: 'version', unit: { unit: 'unitId' }, name: 'body.name', tasks: { count: 'body.tasks' }, requirements: { count: 'body.requirements' }, milestones: { count: 'body.milestones' } } },
    'template.drafted.v1': { set: { draft: { say: 'draft.open' } } }, 'template.draft_ended.v1': { set: { draft: { say: null } } }, 'template.handed_over.v1': passed,
  },
  plan: {
    'plan.drafted.v1': { set: { ...header, ...state('plan.draft'), unit: { unit: 'unitId' }, sections: { count: 'sections' } } }, 'plan.changed.v1': { set: header }, 'plan.section_written.v1': { set: { n: 'n' } }, 'plan.arranged.v1': { set: { n: 'n', sections: { count: 'sections' } } },
    'plan.attached.v1': {}, 'plan.detached.v1': {}, 'plan.consulted.v1': { set: { ...state('plan.consulting'), consulted: { units: 'units' }, consultedBy: 'due' } }, 'plan.answered.v1': {}, 'plan.commented.v1': {}, 'plan.comment_settled.v1': {},
    'plan.appraisal_begun.v1': { set: { ...state('plan.appraising'), appraisal: { unit: 'unitId' } } }, 'plan.point_raised.v1': {}, 'plan.point_settled.v1': {}, 'plan.point_withdrawn.v1': {}, 'plan.point_reopened.v1': {}, 'plan.appraised.v1': { set: { verdict: { code: 'verdict', of: 'plan' } } },
    'plan.approved.v1': { set: { ...state('plan.approved'), n: 'n', number: 'number', inForce: 'inForceFrom', decidedOn: 'approvedOn', tasks: { count: 'made' } } }, 'plan.replaced.v1': { set: state('plan.replaced') }, 'plan.withdrawn.v1': { set: state('plan.withdrawn') },
    'plan.version_begun.v1': { set: { ...state('plan.draft'), n: 'n' }, was: { n: 'from' } }, 'plan.handed_over.v1': { ...passed, if: 'own' },
  },
  proposal: {
    'proposal.sent.v1': { set: { ...state('proposal.sent'), subject: 'subject', unit: { unit: 'unitId' }, to: { unit: 'toUnitId' }, due: 'due', files: { count: 'files' } } },
    'proposal.sent_again.v1': { set: { ...state('proposal.sent'), subject: 'subject', due: 'due', files: { count: 'files' } } },
    'proposal.decided.v1': { set: { state: { code: 'verdict', of: 'proposal' }, decidedOn: 'decidedOn', tasks: { count: 'tasks' } } }, 'proposal.withdrawn.v1': { set: state('proposal.withdrawn') },
  },
  paper: {
    'paper.issued.v1': { set: { ...paper, ...state('paper.issued'), unit: { unit: 'unitId' }, sentTo: { units: 'sentTo' } } }, 'paper.received.v1': { set: { ...paper, ...state('paper.received'), unit: { unit: 'unitId' }, arrival: 'number', receivedOn: 'receivedOn', files: { count: 'files' } } },
    'paper.withdrawn.v1': { set: state('paper.withdrawn') }, 'paper.acknowledged.v1': { set: { acknowledged: { unit: 'unitId' } } }, 'paper.reminded.v1': {}, 'paper.linked.v1': { set: { linked: { count: 'links' } } }, 'paper.attached.v1': { set: { attached: { count: 'files' } } },
  },
  report: {
    'report.submitted.v1': { set: { ...report, ...state('report.submitted') } }, 'report.corrected.v1': { set: { ...report, ...state('report.corrected') } },
    'report.returned.v1': { set: state('report.returned') }, 'report.signed.v1': { set: state('report.signed') }, 'report.excused.v1': { set: state('report.excused') }, 'report.chased.v1': {},
  },
  body: { 'body.formed.v1': { set: body }, 'body.changed.v1': { set: body }, 'body.ended.v1': { set: { ended: 'on' } }, 'body.handed_over.v1': { ...passed, if: 'office' } },
  meeting: {
    'meeting.planned.v1': { set: { ...meeting, ...state('meeting.planned'), number: 'number' } }, 'meeting.changed.v1': { set: meeting }, 'meeting.recorded.v1': { set: { ...state('meeting.recorded'), attendance: { count: 'attendance' }, points: { count: 'points' } } },
    'meeting.concluded.v1': { set: { conclusion: 'text' } }, 'meeting.conclusion_withdrawn.v1': {}, 'meeting.signed.v1': { set: state('meeting.signed') }, 'meeting.reopened.v1': { set: state('meeting.recorded') }, 'meeting.cancelled.v1': { set: state('meeting.cancelled') },
  },
}

/** Units come and change in lists of many, too. */
function traceUnit(type: string, given: never, id: string): Traced | undefined {
  const fact = given as UnitFact
  const fields = (unit: NewUnit | ChangedUnit | undefined): Traced | undefined => unit && {
    set: Object.fromEntries(([['code', unit.code], ['name', unit.name], ['nameEn', unit.nameEn], ['kind', unit.kind && (`unit.${unit.kind}` in traceWords ? `unit.${unit.kind}` : unit.kind)], ['parent', unit.parentId ? { unit: unit.parentId } : unit.parentId]] as [string, Trace | undefined][]).filter((one): one is [string, Trace] => one[1] !== undefined)),
  }
  switch (fact.type) {
    case 'unit.opened.v1': case 'unit.changed.v1': return fact.unit.id === id ? fields(fact.unit) : undefined
    case 'units.imported.v1': return fact.closed.includes(id) ? { set: { closed: fact.on } } : fields(fact.opened.find((unit) => unit.id === id) ?? fact.changed.find((unit) => unit.id === id))
    case 'unit.closed.v1': return fact.id === id ? { set: { closed: fact.on } } : undefined
    default: return undefined
  }
}

const of = (vi: string, en: string) => ({ vi, en })
const fields = {
  state: of('Tình trạng', 'State'), unit: of('Đơn vị', 'Unit'), name: of('Tên', 'Name'), code: of('Mã', 'Code'), title: of('Tên gọi', 'Title'), number: of('Số', 'Number'), figure: of('Nội dung', 'Field'), subject: of('Về việc', 'Subject'), kind: of('Loại', 'Kind'), files: of('Số tệp kèm theo', 'Files'), tasks: of('Số nhiệm vụ', 'Tasks'),
  version: of('Phiên bản mẫu', 'Template version'), gate: of('Triển khai', 'Rollout'), events: of('Số sự kiện đã lập', 'Events made'), calendar: of('Lần sửa ngày nghỉ đã dùng', 'Days off used, edition'),
  draft: of('Bản nháp', 'Draft'), requirements: of('Số điều kiện sẵn sàng', 'Requirements'), milestones: of('Số mốc thời gian', 'Milestones'),
  basis: of('Căn cứ', 'Basis'), reviewOn: of('Ngày rà soát lại', 'Review on'), sections: of('Số phần', 'Sections'), n: of('Bản', 'Version'), consulted: of('Lấy ý kiến', 'Consulted'), consultedBy: of('Hạn cho ý kiến', 'Opinions due'), appraisal: of('Đơn vị thẩm định', 'Appraised by'), verdict: of('Kết luận thẩm định', 'Appraisal'), inForce: of('Có hiệu lực từ', 'In force from'), decidedOn: of('Ngày quyết định', 'Decided on'),
  to: of('Trình', 'Sent to'), due: of('Hạn cho ý kiến', 'Answer due'), day: of('Ngày văn bản', 'Date of the paper'), issuer: of('Cơ quan ban hành', 'Issuer'), filing: of('Nơi lưu', 'Filed at'), grade: of('Độ mật', 'Grade'), links: of('Văn bản, nhiệm vụ liên quan', 'Links'), linked: of('Liên quan thêm', 'Links added'), attached: of('Tệp quét thêm', 'Scans added'), sentTo: of('Nơi nhận', 'Sent to'), arrival: of('Số đến', 'Number of arrival'), receivedOn: of('Ngày đến', 'Received on'), acknowledged: of('Xác nhận gần nhất', 'Last to acknowledge'),
  legalBasis: of('Căn cứ thành lập', 'Legal basis'), mandate: of('Nhiệm vụ, quyền hạn', 'Mandate'), from: of('Từ ngày', 'From'), until: of('Đến ngày', 'Until'), members: of('Đơn vị thành viên', 'Members’ units'), seats: of('Số thành viên', 'Members'), standing: of('Nội dung thường kỳ', 'Standing items'), ended: of('Kết thúc', 'Ended'),
  startsAt: of('Thời gian', 'Time'), place: of('Địa điểm', 'Place'), link: of('Đường họp trực tuyến', 'Link'), agenda: of('Số nội dung chương trình', 'Items of the agenda'), attendance: of('Thành phần dự họp', 'Attendance'), points: of('Số ý kiến ghi lại', 'Points'), conclusion: of('Kết luận gần nhất', 'Last conclusion'),
  nameEn: of('Tên tiếng Anh', 'English name'), parent: of('Trực thuộc', 'Under'), closed: of('Thôi hoạt động từ', 'Closed from'),
}

export const traces: Traces = keyed({
  event: { read: [traceEvent, traceReadiness], fields: { ...eventFields, ...readinessFields }, codes: { prefix: 'milestone', view: 'public_programmes_milestones', column: 'milestone' } },
  task: { read: [traceTask], fields: taskFields, names: { view: 'public_programmes_workstreams', column: 'workstream' }, about: { view: 'public_tasks_evidence', id: 'task_id', columns: ['event_id', 'item'] } },
  unit: { read: [traceUnit], fields },
  ...Object.fromEntries(Object.entries(columns).map(([kind, facts]) => [kind, { read: [traceOf(facts)], fields }])),
  report: {
    read: [traceOf(columns['report']!), traceReport], fields, match: matchRows,
    own: async (read, id) => { const form = await formOfReport(read, id); return form && { known: { form: JSON.stringify(form), ...await wordsOfReport(read, id) }, name: (code) => traceName(form, code) } },
  },
})

/** Words of the codes above; the rest are their capabilities' own. */
export const traceWords: Words = {
  'gate.open': of('cho mọi đơn vị', 'open to all units'), 'gate.pilot': of('thí điểm trước', 'pilot first'), 'draft.open': of('đang soạn', 'being written'),
  'plan.draft': of('đang soạn', 'being drafted'), 'plan.consulting': of('đang lấy ý kiến', 'units are asked'), 'plan.appraising': of('đang thẩm định', 'being appraised'), 'plan.pass': of('đạt', 'pass'), 'plan.return': of('trả lại để sửa', 'returned'), 'plan.approved': of('đã phê duyệt', 'approved'), 'plan.replaced': of('đã được thay thế', 'replaced'), 'plan.withdrawn': of('đã hủy bỏ', 'withdrawn'),
  'proposal.sent': of('chờ ý kiến', 'waiting'), 'proposal.agreed': of('đồng ý', 'agreed'), 'proposal.otherwise': of('có ý kiến khác', 'decided otherwise'), 'proposal.returned': of('trả lại', 'returned'), 'proposal.withdrawn': of('đã rút', 'withdrawn'),
  'paper.issued': of('đã ban hành', 'issued'), 'paper.received': of('đã vào sổ', 'registered'), 'paper.withdrawn': of('đã thu hồi', 'withdrawn'),
  'report.submitted': of('đã nộp', 'submitted'), 'report.corrected': of('đã đính chính', 'corrected'), 'report.returned': of('trả lại', 'returned'), 'report.signed': of('đã ký duyệt', 'signed off'), 'report.excused': of('được miễn', 'excused'),
  'meeting.planned': of('đang chuẩn bị', 'being prepared'), 'meeting.recorded': of('đã họp', 'held'), 'meeting.signed': of('đã thông qua biên bản', 'minutes signed'), 'meeting.cancelled': of('đã hủy', 'cancelled'),
  'body.steering': of('ban chỉ đạo', 'steering committee'), 'body.subcommittee': of('tiểu ban', 'sub-committee'), 'body.helpers': of('tổ giúp việc', 'helper group'), 'body.inspection': of('đoàn kiểm tra', 'inspection delegation'), 'body.appraisal': of('tổ thẩm định', 'appraisal team'),
  'unit.nation': of('quốc gia', 'nation'), 'unit.province': of('cấp tỉnh', 'province'), 'unit.district': of('cấp huyện', 'district'), 'unit.commune': of('cấp xã', 'commune'), 'unit.agency': of('cơ quan', 'agency'), 'unit.police': of('công an', 'police'), 'unit.force': of('lực lượng', 'force'),
  ...Object.fromEntries(Object.entries(gradeNames).map(([code, name]) => [`grade.${code}`, name])), ...Object.fromEntries(Object.entries(PAPER_KINDS).map(([code, { vi, en }]) => [`paper.${code}`, { vi, en }])),
}
