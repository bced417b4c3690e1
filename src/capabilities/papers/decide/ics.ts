// The ICS forms of FEMA as data: number, title and kind of each block as the form has them, and what of a block is known from an event. Public domain; the form itself is English.
import type { IcsCode } from '../contract/ics.ts'

/** Where a value can come from: the rest is typed. */
export type IcsSource = 'name' | 'fromDay' | 'toDay' | 'fromTime' | 'toTime' | 'unit' | 'organizations' | 'assignments' | 'worksheet' | 'place'
export type IcsField = { key: string; label: string; vi: string; kind?: 'line' | 'text' | 'yesno' | 'check'; from?: IcsSource }
export type IcsColumn = { head: string; vi: string; width: number; n?: number }
export type IcsTable = { columns: IcsColumn[]; /** Fixed words of the first column. */ rows?: string[]; /** Empty rows where nothing is typed. */ blank?: number; from?: IcsSource }
/** `n` is absent where a band heads the blocks below it, or the columns of its table have the numbers. `wide` is in twelfths of the page. */
export type IcsBlock = { n?: number; title: string; vi: string; wide?: number; /** Empty lines to write on. */ tall?: number; band?: true; fields?: IcsField[]; table?: IcsTable }
export type IcsFormData = { code: IcsCode; title: string; vi: string; lies?: true; blocks: IcsBlock[] }

const f = (key: string, label: string, vi: string, more: Partial<IcsField> = {}): IcsField => ({ key, label, vi, ...more })
const c = (head: string, vi: string, width: number, n?: number): IcsColumn => ({ head, vi, width, ...(n ? { n } : {}) })
const check = (key: string, label: string, vi: string): IcsField => f(key, label, vi, { kind: 'check' })
const line = (n: number, title: string, vi: string, wide = 12, from?: IcsSource): IcsBlock => ({ n, title, vi, wide, fields: [f('', '', '', from ? { from } : {})] })
const text = (n: number, title: string, vi: string, tall = 3, from?: IcsSource): IcsBlock => ({ n, title, vi, tall, fields: [f('', '', '', { kind: 'text', ...(from ? { from } : {}) })] })
const grid = (n: number, title: string, vi: string, columns: IcsColumn[], more: Partial<IcsTable> = {}, wide = 12): IcsBlock => ({ n, title, vi, wide, table: { columns, blank: 4, ...more } })
const roles = (n: number, title: string, vi: string, rows: string[], wide = 6): IcsBlock => grid(n, title, vi, [c('Position', 'Vị trí', 0.45), c('Name', 'Họ tên', 0.55)], { rows }, wide)

const incident = line(1, 'Incident Name', 'Tên sự kiện, sự cố', 6, 'name')
const period = (n: number, wide = 6): IcsBlock => ({ n, title: 'Operational Period', vi: 'Thời đoạn hành động', wide, fields: [
  f('fromDay', 'Date From', 'Từ ngày', { from: 'fromDay' }), f('toDay', 'Date To', 'Đến ngày', { from: 'toDay' }), f('fromTime', 'Time From', 'Từ giờ', { from: 'fromTime' }), f('toTime', 'Time To', 'Đến giờ', { from: 'toTime' }),
] })
const NAME = f('name', 'Name', 'Họ tên')
const ROLE = f('role', 'Position/Title', 'Chức vụ')
const SIGNED = f('signature', 'Signature', 'Chữ ký')
const AT = f('at', 'Date/Time', 'Ngày, giờ')
const prepared = (n: number, more = '', vi = ''): IcsBlock => ({ n, title: `Prepared by${more}`, vi: `Người lập${vi}`, fields: more ? [NAME, SIGNED, AT] : [NAME, ROLE, SIGNED, AT] })
const approved = (n: number, who: string, vi: string): IcsBlock => ({ n, title: `Approved by${who}`, vi: `Người phê duyệt${vi}`, fields: [NAME, SIGNED, AT] })
const band = (title: string, vi: string): IcsBlock => ({ title, vi, band: true })

const counts = [c('', '', 0.56), c('A. # This Reporting Period', 'Trong kỳ này', 0.22), c('B. Total # to Date', 'Cộng dồn', 0.22)]
const HOURS = ' in 12-, 24-, 48-, and 72-hour timeframes and beyond'

const all: IcsFormData[] = [
  { code: '202', title: 'Incident Objectives', vi: 'Mục tiêu ứng phó', blocks: [
    incident, period(2), text(3, 'Objective(s)', 'Mục tiêu', 10),
    { n: 4, title: 'Operational Period Command Emphasis', vi: 'Điểm chỉ huy nhấn mạnh trong thời đoạn', tall: 6, fields: [f('', '', '', { kind: 'text' }), f('aware', 'General Situational Awareness', 'Tình hình chung cần biết', { kind: 'text' })] },
    { n: 5, title: 'Site Safety Plan Required?', vi: 'Có cần phương án an toàn tại chỗ?', fields: [f('', '', '', { kind: 'yesno' }), f('at', 'Approved Site Safety Plan(s) Located at', 'Phương án an toàn đã duyệt để ở')] },
    { n: 6, title: 'Incident Action Plan (the items checked below are included in this Incident Action Plan)', vi: 'Kế hoạch hành động gồm các phần đánh dấu', fields: [
      ...['203', '204', '205', '205A', '206', '207', '208'].map((code) => check(code, `ICS ${code}`, '')), check('map', 'Map/Chart', 'Bản đồ, sơ đồ'), check('weather', 'Weather Forecast/Tides/Currents', 'Dự báo thời tiết, thủy triều, dòng chảy'), f('other', 'Other Attachments', 'Phụ lục khác'),
    ] },
    prepared(7), approved(8, ' Incident Commander', ': chỉ huy'),
  ] },
  { code: '203', title: 'Organization Assignment List', vi: 'Danh sách phân công tổ chức', blocks: [
    incident, period(2),
    roles(3, 'Incident Commander(s) and Command Staff', 'Chỉ huy và bộ phận giúp việc', ['IC/UCs', 'Deputy', 'Safety Officer', 'Public Info. Officer', 'Liaison Officer']),
    grid(4, 'Agency/Organization Representatives', 'Đại diện cơ quan, tổ chức', [c('Agency/Organization', 'Cơ quan, tổ chức', 0.55), c('Name', 'Họ tên', 0.45)], { blank: 5, from: 'organizations' }, 6),
    roles(5, 'Planning Section', 'Bộ phận kế hoạch', ['Chief', 'Deputy', 'Resources Unit', 'Situation Unit', 'Documentation Unit', 'Demobilization Unit', 'Technical Specialists']),
    roles(6, 'Logistics Section', 'Bộ phận hậu cần', ['Chief', 'Deputy', 'Support Branch Director', 'Supply Unit', 'Facilities Unit', 'Ground Support Unit', 'Service Branch Director', 'Communications Unit', 'Medical Unit', 'Food Unit']),
    roles(7, 'Operations Section', 'Bộ phận tác chiến', ['Chief', 'Deputy', 'Staging Area', 'Branch Director', 'Branch Deputy', 'Division/Group', 'Division/Group', 'Division/Group', 'Air Operations Branch Director']),
    roles(8, 'Finance/Administration Section', 'Bộ phận tài chính, hành chính', ['Chief', 'Deputy', 'Time Unit', 'Procurement Unit', 'Comp/Claims Unit', 'Cost Unit']), prepared(9),
  ] },
  { code: '204', title: 'Assignment List', vi: 'Phiếu giao nhiệm vụ', blocks: [
    incident, period(2),
    { n: 3, title: 'Branch, Division, Group, Staging Area', vi: 'Nhánh, khu vực, nhóm, điểm tập kết', fields: [f('branch', 'Branch', 'Nhánh'), f('division', 'Division', 'Khu vực'), f('group', 'Group', 'Nhóm', { from: 'unit' }), f('staging', 'Staging Area', 'Điểm tập kết')] },
    grid(4, 'Operations Personnel', 'Người chỉ huy tác chiến', [c('Position', 'Vị trí', 0.34), c('Name', 'Họ tên', 0.33), c('Contact Number(s)', 'Liên lạc', 0.33)], { rows: ['Operations Section Chief', 'Branch Director', 'Division/Group Supervisor'] }),
    grid(5, 'Resources Assigned', 'Lực lượng, phương tiện được giao', [
      c('Resource Identifier', 'Tên lực lượng, phương tiện', 0.22), c('Leader', 'Người phụ trách', 0.16), c('# of Persons', 'Số người', 0.1), c('Contact (e.g., phone, pager, radio frequency, etc.)', 'Liên lạc', 0.2), c('Reporting Location, Special Equipment and Supplies, Remarks, Notes, Information', 'Nơi trình diện, trang bị, ghi chú', 0.32),
    ], { from: 'organizations', blank: 6 }),
    text(6, 'Work Assignments', 'Nhiệm vụ được giao', 6, 'assignments'), text(7, 'Special Instructions', 'Chỉ dẫn riêng', 4),
    grid(8, 'Communications (radio and/or phone contact numbers needed for this assignment)', 'Liên lạc cần cho nhiệm vụ', [c('Name/Function', 'Tên, chức năng', 0.4), c('Primary Contact: indicate cell, pager, or radio (frequency/system/channel)', 'Liên lạc chính', 0.6)]), prepared(9),
  ] },
  { code: '205', title: 'Incident Radio Communications Plan', vi: 'Phương án thông tin vô tuyến', blocks: [
    line(1, 'Incident Name', 'Tên sự kiện, sự cố', 4, 'name'), { n: 2, title: 'Date/Time Prepared', vi: 'Ngày, giờ lập', wide: 3, fields: [f('day', 'Date', 'Ngày'), f('time', 'Time', 'Giờ')] }, period(3, 5),
    grid(4, 'Basic Radio Channel Use', 'Sử dụng kênh vô tuyến', [
      c('Zone Grp.', 'Nhóm vùng', 0.06), c('Ch #', 'Kênh số', 0.05), c('Function', 'Chức năng', 0.11), c('Channel Name/Trunked Radio System Talkgroup', 'Tên kênh, nhóm gọi', 0.13), c('Assignment', 'Giao cho', 0.11), c('RX Freq N or W', 'Tần số thu', 0.08), c('RX Tone/NAC', 'Mã thu', 0.08), c('TX Freq N or W', 'Tần số phát', 0.08),
      c('TX Tone/NAC', 'Mã phát', 0.08), c('Mode (A, D, or M)', 'Chế độ', 0.07), c('Remarks', 'Ghi chú', 0.15),
    ], { blank: 10 }),
    text(5, 'Special Instructions', 'Chỉ dẫn riêng', 5), prepared(6, ' (Communications Unit Leader)', ': phụ trách thông tin liên lạc'),
  ] },
  { code: '206', title: 'Medical Plan', vi: 'Phương án y tế', blocks: [
    incident, period(2),
    grid(3, 'Medical Aid Stations', 'Điểm sơ cứu', [c('Name', 'Tên', 0.28), c('Location', 'Địa điểm', 0.32), c('Contact Number(s)/Frequency', 'Liên lạc, tần số', 0.22), c('Paramedics on Site? (Yes/No)', 'Có nhân viên cấp cứu?', 0.18)]),
    grid(4, 'Transportation (indicate air or ground)', 'Vận chuyển (đường không, đường bộ)', [c('Ambulance Service', 'Đơn vị cấp cứu', 0.28), c('Location', 'Địa điểm', 0.32), c('Contact Number(s)/Frequency', 'Liên lạc, tần số', 0.22), c('Level of Service (ALS/BLS)', 'Mức cấp cứu', 0.18)]),
    grid(5, 'Hospitals', 'Bệnh viện', [
      c('Hospital Name', 'Bệnh viện', 0.16), c('Address, Latitude & Longitude if Helipad', 'Địa chỉ, tọa độ bãi trực thăng', 0.2), c('Contact Number(s)/Frequency', 'Liên lạc, tần số', 0.15), c('Travel Time: Air', 'Đi đường không', 0.09), c('Travel Time: Ground', 'Đi đường bộ', 0.1), c('Trauma Center (Yes, Level)', 'Trung tâm chấn thương', 0.11), c('Burn Center (Yes/No)', 'Khoa bỏng', 0.09), c('Helipad (Yes/No)', 'Bãi trực thăng', 0.1),
    ]),
    { n: 6, title: 'Special Medical Emergency Procedures', vi: 'Quy trình cấp cứu riêng', tall: 6, fields: [f('', '', '', { kind: 'text' }), check('air', 'Check box if aviation assets are utilized for rescue. If assets are used, coordinate with Air Operations.', 'Có dùng máy bay cứu hộ; phối hợp với bộ phận bay')] },
    prepared(7, ' (Medical Unit Leader)', ': phụ trách y tế'), approved(8, ' (Safety Officer)', ': phụ trách an toàn'),
  ] },
  { code: '209', title: 'Incident Status Summary', vi: 'Báo cáo tóm tắt tình hình', blocks: [
    incident, line(2, 'Incident Number', 'Số hiệu sự cố', 6),
    { n: 3, title: 'Report Version (check one box on left)', vi: 'Lần báo cáo', wide: 6, fields: [check('initial', 'Initial', 'Lần đầu'), check('update', 'Update', 'Cập nhật'), check('final', 'Final', 'Lần cuối'), f('number', 'Rpt # (if used)', 'Báo cáo số')] },
    line(4, 'Incident Commander(s) & Agency or Organization', 'Chỉ huy và cơ quan', 6, 'unit'), line(5, 'Incident Management Organization', 'Cấp tổ chức chỉ huy', 6), { n: 6, title: 'Incident Start Date/Time', vi: 'Bắt đầu lúc', wide: 6, fields: [f('day', 'Date', 'Ngày', { from: 'fromDay' }), f('time', 'Time', 'Giờ', { from: 'fromTime' }), f('zone', 'Time Zone', 'Múi giờ')] },
    line(7, 'Current Incident Size or Area Involved (use unit label – e.g., “sq mi,” “city block”)', 'Quy mô, diện tích hiện tại', 6), line(8, 'Percent (%) Contained or Completed', 'Tỷ lệ đã khống chế, hoàn thành', 6),
    line(9, 'Incident Definition', 'Loại sự cố', 4), line(10, 'Incident Complexity Level', 'Mức độ phức tạp', 4), { n: 11, title: 'For Time Period', vi: 'Kỳ báo cáo', wide: 4, fields: [f('from', 'From Date/Time', 'Từ'), f('to', 'To Date/Time', 'Đến')] },
    band('Approval & Routing Information', 'Phê duyệt và nơi gửi'),
    { n: 12, title: 'Prepared By', vi: 'Người lập', wide: 6, fields: [f('name', 'Print Name', 'Họ tên'), f('role', 'ICS Position', 'Vị trí'), f('at', 'Date/Time Prepared', 'Lập lúc')] }, { n: 13, title: 'Date/Time Submitted', vi: 'Gửi lúc', wide: 6, fields: [f('', '', ''), f('zone', 'Time Zone', 'Múi giờ')] },
    { n: 14, title: 'Approved By', vi: 'Người phê duyệt', wide: 6, fields: [f('name', 'Print Name', 'Họ tên'), f('role', 'ICS Position', 'Vị trí'), SIGNED] }, line(15, 'Primary Location, Organization, or Agency Sent To', 'Nơi nhận chính', 6),
    band('Incident Location Information', 'Địa điểm'),
    line(16, 'State', 'Bang, tỉnh', 4), line(17, 'County/Parish/Borough', 'Quận, huyện', 4), line(18, 'City', 'Thành phố', 4), line(19, 'Unit or Other', 'Đơn vị khác', 4, 'unit'), line(20, 'Incident Jurisdiction', 'Cơ quan có thẩm quyền', 4), line(21, 'Incident Location Ownership (if different than jurisdiction)', 'Chủ quản địa điểm (nếu khác)', 4),
    line(22, 'Longitude (indicate format) / Latitude (indicate format)', 'Kinh độ, vĩ độ', 4), line(23, 'US National Grid Reference', 'Lưới tọa độ quốc gia Hoa Kỳ', 4), line(24, 'Legal Description (township, section, range)', 'Mô tả địa chính', 4), line(25, 'Short Location or Area Description (list all affected areas or a reference point)', 'Mô tả ngắn địa điểm', 8, 'place'), line(26, 'UTM Coordinates', 'Tọa độ UTM', 4),
    text(27, 'Note any electronic geospatial data included or attached (indicate data format, content, and collection time information and labels)', 'Dữ liệu bản đồ kèm theo', 1),
    band('Incident Summary', 'Tóm tắt'),
    text(28, 'Significant Events for the Time Period Reported (summarize significant progress made, evacuations, incident growth, etc.)', 'Diễn biến chính trong kỳ', 4), text(29, 'Primary Materials or Hazards Involved (hazardous chemicals, fuel types, infectious agents, radiation, etc.)', 'Chất, mối nguy chính', 2),
    { ...grid(30, 'Damage Assessment Information (summarize damage and/or restriction of use or availability to residential or commercial property, natural resources, critical infrastructure and key resources, etc.)', 'Thiệt hại', [c('A. Structural Summary', 'Công trình', 0.4), c('B. # Threatened (72 hrs)', 'Bị đe dọa (72 giờ)', 0.2), c('C. # Damaged', 'Hư hỏng', 0.2), c('D. # Destroyed', 'Bị phá hủy', 0.2)],
      { rows: ['E. Single Residences', 'F. Nonresidential Commercial Property', 'Other Minor Structures', 'Other'] }), fields: [f('note', '', 'Mô tả', { kind: 'text' })] },
    band('Additional Incident Decision Support Information', 'Thông tin hỗ trợ quyết định'),
    grid(31, 'Public Status Summary', 'Người dân', counts, { rows: ['C. Indicate Number of Civilians (Public) Below:', 'D. Fatalities', 'E. With Injuries/Illness', 'F. Trapped/In Need of Rescue', 'G. Missing', 'H. Evacuated', 'I. Sheltering in Place', 'J. In Temporary Shelters', 'K. Have Received Mass Immunizations', 'L. Require Immunizations', 'M. In Quarantine', 'N. Total # Civilians (Public) Affected'] }, 6),
    grid(32, 'Responder Status Summary', 'Lực lượng ứng phó', counts, { rows: ['C. Indicate Number of Responders Below:', 'D. Fatalities', 'E. With Injuries/Illness', 'F. Trapped/In Need of Rescue', 'G. Missing', 'H. Sheltering in Place', 'I. Have Received Immunizations', 'J. Require Immunizations', 'K. In Quarantine', 'N. Total # Responders Affected'] }, 6),
    text(33, 'Life, Safety, and Health Status/Threat Remarks', 'Ghi chú về tính mạng, an toàn, sức khỏe', 3),
    { n: 34, title: 'Life, Safety, and Health Threat Management', vi: 'Biện pháp bảo vệ (đánh dấu nếu đang áp dụng)', fields: [
      ['A. No Likely Threat', 'Không có mối đe dọa'], ['B. Potential Future Threat', 'Có thể có mối đe dọa'], ['C. Mass Notifications in Progress', 'Đang thông báo rộng'], ['D. Mass Notifications Completed', 'Đã thông báo rộng'], ['E. No Evacuation(s) Imminent', 'Chưa phải sơ tán'], ['F. Planning for Evacuation', 'Chuẩn bị sơ tán'], ['G. Planning for Shelter-in-Place', 'Chuẩn bị trú tại chỗ'],
      ['H. Evacuation(s) in Progress', 'Đang sơ tán'], ['I. Shelter-in-Place in Progress', 'Đang trú tại chỗ'], ['J. Repopulation in Progress', 'Đang đưa dân về'], ['K. Mass Immunization in Progress', 'Đang tiêm chủng rộng'], ['L. Mass Immunization Complete', 'Đã tiêm chủng rộng'], ['M. Quarantine in Progress', 'Đang cách ly'], ['N. Area Restriction in Effect', 'Đang hạn chế vào khu vực'],
    ].map(([label, vi]) => check(label![0]!, label!, vi!)) },
    text(35, 'Weather Concerns (synopsis of current and predicted weather; discuss related factors that may cause concern)', 'Thời tiết', 2), text(36, `Projected Incident Activity, Potential, Movement, Escalation, or Spread and influencing factors during the next operational period and in 12-, 24-, 48-, and 72-hour timeframes`, 'Dự báo diễn biến', 3),
    text(37, 'Strategic Objectives (define planned end-state for incident)', 'Mục tiêu chung (trạng thái kết thúc)', 2), text(38, `Current Incident Threat Summary and Risk Information${HOURS}`, 'Mối đe dọa và rủi ro hiện tại', 3), text(39, `Critical Resource Needs${HOURS} to meet critical incident objectives`, 'Nhu cầu lực lượng, phương tiện cấp thiết', 3),
    text(40, 'Strategic Discussion', 'Nhận định chung', 3), text(41, 'Planned Actions for Next Operational Period', 'Việc sẽ làm trong thời đoạn tới', 3, 'assignments'), line(42, 'Projected Final Incident Size/Area (use unit label – e.g., “sq mi”)', 'Quy mô cuối dự kiến', 6), line(43, 'Anticipated Incident Management Completion Date', 'Ngày dự kiến hoàn thành', 6),
    line(44, 'Projected Significant Resource Demobilization Start Date', 'Ngày dự kiến bắt đầu rút lực lượng', 4), line(45, 'Estimated Incident Costs to Date', 'Chi phí đến nay', 4), line(46, 'Projected Final Incident Cost Estimate', 'Chi phí cuối dự kiến', 4), text(47, 'Remarks (or continuation of any blocks above – list block number in notation)', 'Ghi chú, phần tiếp của các ô trên', 3),
    band('Incident Resource Commitment Summary', 'Lực lượng, phương tiện đã huy động'),
    { title: '', vi: '', table: { columns: [c('Agency or Organization', 'Cơ quan, tổ chức', 0.3, 48), c('Resources (summarize resources by category, kind, and/or type; # of resources and # of personnel)', 'Phương tiện và số người', 0.34, 49), c('Additional Personnel not assigned to a resource', 'Người không theo phương tiện', 0.18, 50), c('Total Personnel', 'Tổng số người', 0.18, 51)], blank: 5, from: 'organizations' } },
    line(52, 'Total Resources', 'Tổng số phương tiện'), text(53, 'Additional Cooperating and Assisting Organizations Not Listed Above', 'Tổ chức phối hợp khác', 2),
  ] },
  { code: '214', title: 'Activity Log', vi: 'Nhật ký hoạt động', blocks: [
    incident, period(2), line(3, 'Name', 'Họ tên', 4), line(4, 'ICS Position', 'Vị trí', 4), line(5, 'Home Agency (and Unit)', 'Cơ quan, đơn vị', 4, 'unit'),
    grid(6, 'Resources Assigned', 'Lực lượng được giao', [c('Name', 'Họ tên', 0.34), c('ICS Position', 'Vị trí', 0.3), c('Home Agency (and Unit)', 'Cơ quan, đơn vị', 0.36)], { blank: 6 }),
    grid(7, 'Activity Log', 'Nhật ký', [c('Date/Time', 'Ngày, giờ', 0.22), c('Notable Activities', 'Hoạt động đáng chú ý', 0.78)], { blank: 16 }), prepared(8),
  ] },
  { code: '215', title: 'Operational Planning Worksheet', vi: 'Bảng lập kế hoạch tác chiến', lies: true, blocks: [
    incident, period(2),
    { title: '', vi: '', table: { columns: [
      c('Branch', 'Nhánh', 0.07, 3), c('Division, Group, or Other', 'Khu vực, nhóm', 0.12, 4), c('Work Assignment & Special Instructions', 'Nhiệm vụ, chỉ dẫn', 0.21, 5), c('Resources', 'Lực lượng, phương tiện', 0.11, 6), c('Req.', 'Cần', 0.05), c('Have', 'Có', 0.05), c('Need', 'Thiếu', 0.05),
      c('Overhead Position(s)', 'Chỉ huy, quản lý', 0.09, 7), c('Special Equipment & Supplies', 'Trang bị riêng', 0.1, 8), c('Reporting Location', 'Nơi trình diện', 0.08, 9), c('Requested Arrival Time', 'Giờ cần có mặt', 0.07, 10),
    ], blank: 8, from: 'worksheet' } },
    line(11, 'Total Resources Required', 'Tổng số cần', 4), line(12, 'Total Resources Have on Hand', 'Tổng số hiện có', 4), line(13, 'Total Resources Need To Order', 'Tổng số phải yêu cầu thêm', 4), prepared(14),
  ] },
]
export const icsForms: Record<IcsCode, IcsFormData> = Object.fromEntries(all.map((one) => [one.code, one])) as Record<IcsCode, IcsFormData>

/** Under what a block's values are kept: its number, that of its table's first column where it has none. */
export const keyOf = (block: IcsBlock, field?: IcsField): string => `${block.n ?? block.table?.columns[0]?.n ?? ''}${field?.key ? `.${field.key}` : ''}`
export const headed = (one: { n?: number }, title: string): string => (one.n ? `${one.n}. ${title}` : title)
