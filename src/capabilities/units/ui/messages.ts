import { KINDS as kinds } from '../../../pure/kinds.ts'
import { catalogue, useLang } from '../../../web/i18n.tsx'

export const units = catalogue({
  'title': 'Đơn vị', 'line': '{counts} · cây đơn vị ngày {day}', 'find': 'Tìm đơn vị', 'find.hint': 'Gõ không dấu, viết tắt (tp, tt, p., q., x.), mã, hoặc kèm tên cấp trên: “tan lap song lo”.', 'at': 'Tại ngày', 'at.now': 'Về hôm nay', 'tree': 'Cây đơn vị', 'found': 'Kết quả tìm', 'none': 'Không có đơn vị nào khớp với “{text}”', 'none.text': 'Thử bớt từ, bỏ loại đơn vị, hoặc xem vào một ngày khác.', 'empty': 'Chưa có đơn vị nào', 'empty.text': 'Nhập danh mục từ tệp CSV hoặc Excel: mã, tên, loại, mã cấp trên.', 'empty.wait': 'Người quản trị chưa nhập danh mục đơn vị.', 'import': 'Nhập danh mục',
  'name': 'Tên', 'kind': 'Loại', 'code': 'Mã', 'parents': 'Thuộc', 'below': '{count} đơn vị trực thuộc', 'below.title': 'Đơn vị trực thuộc', 'more': 'Xem thêm {name}', 'open': 'Mở', 'moreRows': 'Tải thêm',
  'tabs': 'Các phần của đơn vị', 'tab.info': 'Thông tin', 'tab.history': 'Quá trình', 'tab.people': 'Phân quyền', 'tab.journal': 'Nhật ký', 'parent': 'Đơn vị cấp trên', 'en': 'Tên tiếng Anh', 'original': 'Tên trong danh mục gốc', 'from': 'Có từ ngày', 'until': 'Đến hết', 'scheme': 'Danh mục', 'place': 'Tọa độ', 'ended': 'Đơn vị này đã thôi hoạt động từ ngày {day}. Những gì đã xảy ra vẫn được giữ nguyên.', 'asOf': 'Đang xem đơn vị này tại ngày {day}.', 'links': 'Quan hệ khác', 'link.professional': 'ngành dọc', 'link.works_in': 'địa bàn phụ trách', 'link.neighbour': 'giáp ranh',
  'two': 'So sánh hai ngày', 'two.from': 'Ngày thứ nhất', 'two.until': 'Ngày thứ hai', 'two.same': 'Không có gì khác', 'two.absent': 'Đơn vị không tồn tại vào một trong hai ngày này.', 'two.field': 'Mục',
  'span.now': 'đến nay', 'span.range': '{from} – {until}', 'span.caption': 'Tên, mã, loại và cấp trên qua các thời kỳ', 'span.when': 'Thời gian', 'became': 'Kế thừa và sáp nhập', 'became.from': 'Hình thành từ', 'became.into': 'Chuyển vào', 'became.none': 'Không có thay đổi nào được ghi nhận', 'part.full': 'toàn bộ', 'part.partial': 'một phần', 'on': 'ngày {day}', 'part': 'Mức độ',
  'today': 'hôm nay', 'tasks': 'Xem bảng sẵn sàng',
}, {
  'title': 'Units', 'line': '{counts} · the tree as of {day}', 'find': 'Find a unit', 'find.hint': 'Without accents, abbreviated (tp, tt, p., q., x.), by code, or with the parent’s name: “tan lap song lo”.', 'at': 'As of', 'at.now': 'Back to today', 'tree': 'Tree of units', 'found': 'Found', 'none': 'No unit matches “{text}”', 'none.text': 'Try fewer words, without the kind of unit, or another day.', 'empty': 'No unit yet', 'empty.text': 'Import a list from CSV or Excel: code, name, kind, code of the parent.', 'empty.wait': 'The administrator has not imported the units yet.', 'import': 'Import a list',
  'name': 'Name', 'kind': 'Kind', 'code': 'Code', 'parents': 'In', 'below': '{count} [count:unit|units] directly below', 'below.title': 'Units below', 'more': 'More of {name}', 'open': 'Open', 'moreRows': 'Load more',
  'tabs': 'Parts of the unit', 'tab.info': 'About', 'tab.history': 'History', 'tab.people': 'People and roles', 'tab.journal': 'Journal', 'parent': 'Parent', 'en': 'English name', 'original': 'Name in the list', 'from': 'Since', 'until': 'Until', 'scheme': 'List', 'place': 'Coordinates', 'ended': 'This unit ended on {day}. What happened stays as it was.', 'asOf': 'This is the unit as of {day}.', 'links': 'Other links', 'link.professional': 'professional line', 'link.works_in': 'works in', 'link.neighbour': 'neighbour',
  'two': 'Compare two days', 'two.from': 'First day', 'two.until': 'Second day', 'two.same': 'Nothing differs', 'two.absent': 'The unit did not stand on one of these days.', 'two.field': 'Field',
  'span.now': 'now', 'span.range': '{from} – {until}', 'span.caption': 'Names, codes, kinds and parents over time', 'span.when': 'Time', 'became': 'Successors', 'became.from': 'Made from', 'became.into': 'Went into', 'became.none': 'No change is recorded', 'part.full': 'whole', 'part.partial': 'in part', 'on': 'on {day}', 'part': 'How much',
  'today': 'today', 'tasks': 'Readiness board',
})

export function useKind() {
  const { lang } = useLang()
  /** `n`: of how many it is said; English alone tells one from many. */
  return (kind: string, n = 1): string => {
    const name = kinds[kind]?.[lang] ?? kind.replaceAll('_', ' ')
    return lang === 'vi' || n === 1 || !(kind in kinds) ? name : name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
  }
}

export const handover = catalogue({
  'open': 'Bàn giao hồ sơ…', 'title': 'Bàn giao hồ sơ của {name}', 'to': 'Đơn vị nhận bàn giao', 'one': 'Chuyển cho đơn vị kế thừa toàn bộ: {name} ({code}).',
  'papers': 'Văn bản trong sổ', 'events': 'Sự kiện chưa kết thúc', 'tasks': 'Nhiệm vụ đang chủ trì', 'issued': 'Nhiệm vụ đã giao, chưa nghiệm thu', 'supported': 'Nhiệm vụ đang phối hợp', 'directives': 'Văn bản chỉ đạo còn hiệu lực', 'programmes': 'Đợt đang chủ quản', 'templates': 'Mẫu đang chủ quản', 'reports': 'Báo cáo', 'requests': 'Yêu cầu báo cáo', 'forms': 'Biểu mẫu báo cáo', 'plans': 'Kế hoạch, phương án', 'bodies': 'Ban chỉ đạo, tổ có đơn vị tham gia',
  'nothing': 'Không còn gì để bàn giao.', 'stays': '{count} vai trò tại đơn vị cũ không tự chuyển: phân quyền lại ở đơn vị mới. Bàn giao xong không hoàn tác được; lịch sử của từng hồ sơ vẫn giữ nguyên.', 'give': 'Bàn giao cho {name}', 'done': 'Đã bàn giao cho {name}',
}, {
  'open': 'Hand over records…', 'title': 'Hand over the records of {name}', 'to': 'Unit that takes over', 'one': 'They pass to the full successor: {name} ({code}).',
  'papers': 'Papers in the register', 'events': 'Events not over', 'tasks': 'Tasks led', 'issued': 'Tasks issued, not yet verified', 'supported': 'Tasks supported', 'directives': 'Directives with open tasks', 'programmes': 'Programmes owned', 'templates': 'Templates owned', 'reports': 'Reports', 'requests': 'Requests for reports', 'forms': 'Report forms', 'plans': 'Plans', 'bodies': 'Bodies that it is part of',
  'nothing': 'Nothing is left to hand over.', 'stays': '{count} [count:role at the old unit does|roles at the old unit do] not pass: give them anew at the new unit. This cannot be undone; the history of each record stays whole.', 'give': 'Hand over to {name}', 'done': 'Handed over to {name}',
})
