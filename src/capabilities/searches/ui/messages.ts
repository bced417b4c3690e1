import { catalogue } from '../../../web/i18n.tsx'

export const searches = catalogue({
  'title': 'Tìm kiếm', 'line': 'Đơn vị, sự kiện, nhiệm vụ, văn bản, báo cáo và lời viết bên trong; chỉ những gì bạn được xem', 'find': 'Tìm', 'hint': 'Gõ không dấu cũng được',
  'of.unit': 'Đơn vị', 'of.task': 'Nhiệm vụ', 'of.directive': 'Văn bản chỉ đạo', 'of.paper': 'Văn bản', 'of.plan': 'Kế hoạch, phương án', 'of.document': 'Kế hoạch, phương án nhận từ nơi khác', 'of.proposal': 'Đề xuất', 'of.report': 'Báo cáo', 'of.body': 'Ban chỉ đạo, tổ công tác', 'of.meeting': 'Phiên họp', 'of.programme': 'Đợt sự kiện', 'of.event': 'Sự kiện', 'of.text': 'Trong nội dung',
  'all': 'Xem thêm {of}', 'back': 'Mọi loại', 'none': 'Không có gì khớp với “{text}”', 'none.text': 'Thử ít từ hơn, hoặc chỉ một phần của tên. Những gì ngoài phạm vi của bạn không hiện ở đây.', 'start': 'Gõ từ cần tìm', 'start.text': 'Tên đơn vị, việc, số văn bản, hoặc một câu đã viết trong trao đổi, biên bản, văn bản.',
  'latest': 'Từ này có ở rất nhiều nơi: bên trong nội dung chỉ tìm ở phần mới nhất. Thêm một từ nữa để tìm hết.', 'gone': 'Không còn tên',
}, {
  'title': 'Search', 'line': 'Units, events, tasks, papers, reports and the words inside; only what you may read', 'find': 'Find', 'hint': 'Also without accents',
  'of.unit': 'Units', 'of.task': 'Tasks', 'of.directive': 'Directives', 'of.paper': 'Papers', 'of.plan': 'Plans', 'of.document': 'Plans received from elsewhere', 'of.proposal': 'Proposals', 'of.report': 'Reports', 'of.body': 'Bodies', 'of.meeting': 'Sessions', 'of.programme': 'Programmes', 'of.event': 'Events', 'of.text': 'Inside',
  'all': 'More: {of}', 'back': 'Every kind', 'none': 'Nothing matches “{text}”', 'none.text': 'Try fewer words, or only a part of the name. What lies outside your reach is not shown.', 'start': 'Type what to look for', 'start.text': 'A unit, a task, the number of a paper, or a sentence written in a comment, minutes or a paper.',
  'latest': 'This word stands in very many places: inside records only the latest were looked through. Add a word to look through all.', 'gone': 'No name any more',
})
