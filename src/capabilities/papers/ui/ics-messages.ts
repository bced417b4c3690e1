import { catalogue } from '../../../web/i18n.tsx'

export const icsMessages = catalogue({
  'title': 'Biểu mẫu ICS', 'line': 'Biểu mẫu tiếng Anh dùng ở nước khác; không vào sổ, không lấy số. Họ tên gõ vào chỉ nằm trong bản thảo này.', 'papers': 'Văn bản', 'form': 'Biểu mẫu', 'event': 'Lấy dữ liệu từ sự kiện', 'event.none': 'Không lấy từ sự kiện nào', 'event.hint': 'Chọn sự kiện khác là lập biểu mẫu mới; bản đang soạn vẫn ở Bản thảo.',
  'paper': 'Khổ giấy', 'letter': 'Letter (216 × 279 mm)', 'a4': 'A4', 'pdf': 'Tải PDF', 'docx': 'Tải DOCX', 'drafts': 'Bản thảo', 'row.add': 'Thêm dòng', 'row.add.of': 'Thêm dòng vào ô {block}', 'row.drop': 'Bỏ dòng {row}', 'cell': '{column}, dòng {row}', 'yes': 'Có', 'no': 'Không', 'unit': 'Đơn vị',
}, {
  'title': 'ICS forms', 'line': 'For use in other countries; they enter no register and take no number. Names that you type stay in this draft only.', 'papers': 'Papers', 'form': 'Form', 'event': 'Fill in from an event', 'event.none': 'From no event', 'event.hint': 'Another event begins another form; this one stays among the drafts.',
  'paper': 'Paper size', 'letter': 'Letter (216 × 279 mm)', 'a4': 'A4', 'pdf': 'Download PDF', 'docx': 'Download DOCX', 'drafts': 'Drafts', 'row.add': 'Add a row', 'row.add.of': 'Add a row to {block}', 'row.drop': 'Drop row {row}', 'cell': '{column}, row {row}', 'yes': 'Yes', 'no': 'No', 'unit': 'Unit',
})
