import { catalogue } from '../../../web/i18n.tsx'

export const draftMessages = catalogue({
  'title': 'Bản thảo', 'line': 'Văn bản đang soạn, chưa có số. Giữ 180 ngày từ lần lưu cuối.', 'papers': 'Văn bản', 'write': 'Soạn văn bản', 'mine': 'Của tôi', 'all': 'Của các đơn vị tôi được ban hành', 'none': 'Không có bản thảo nào', 'none.text': 'Văn bản đang soạn được lưu ở đây cho đến khi lấy số.', 'col.subject': 'Trích yếu', 'col.saved': 'Lưu lần cuối', 'untitled': 'Chưa có trích yếu', 'drop': 'Bỏ', 'drop.of': 'Bỏ bản thảo {subject}', 'drop.title': 'Bỏ bản thảo này?', 'dropped': 'Đã bỏ bản thảo.',
}, {
  'title': 'Drafts', 'line': 'Papers being written, without a number. Kept for 180 days after the last save.', 'papers': 'Papers', 'write': 'Write a paper', 'mine': 'Mine', 'all': 'Of the units that I issue for', 'none': 'No drafts', 'none.text': 'A paper that is being written is kept here until it has its number.', 'col.subject': 'Subject', 'col.saved': 'Last saved', 'untitled': 'No subject yet', 'drop': 'Drop', 'drop.of': 'Drop the draft {subject}', 'drop.title': 'Drop this draft?', 'dropped': 'The draft was dropped.',
})
