import { catalogue } from '../../../web/i18n.tsx'

export const inboxes = catalogue({
  'title': 'Tin đến', 'line': '{new} tin mới · những gì liên quan đến bạn và đơn vị của bạn, mới nhất trước', 'line.none': 'Không có tin mới · những gì liên quan đến bạn và đơn vị của bạn', 'kinds': 'Lọc theo loại tin', 'marks': 'Lọc theo đánh dấu',
  'kind.all': 'Tất cả', 'kind.assigned': 'Việc được giao', 'kind.reminder': 'Đôn đốc', 'kind.returned': 'Trả lại', 'kind.done': 'Chờ xác nhận', 'kind.asked': 'Xin gia hạn', 'kind.answer': 'Trả lời', 'kind.mention': 'Nhắc tên', 'kind.watch': 'Theo dõi', 'kind.changed': 'Thay đổi', 'kind.alert': 'Cảnh báo',
  'mark.open': 'Chưa xử lý', 'mark.new': 'Mới', 'mark.read': 'Đã đọc', 'mark.done': 'Đã xử lý', 'what': 'Nội dung', 'when': 'Nhận lúc', 'from': 'Từ', 'due': 'Thời hạn', 'kind': 'Loại', 'count': '{count} mục', 'isNew': 'mới', 'to': 'gửi {unit}',
  'do.read': 'Đánh dấu đã đọc', 'do.done': 'Đánh dấu đã xử lý', 'do.new': 'Đánh dấu là mới', 'do.allRead': 'Đã đọc tất cả', 'marked': 'Đã đánh dấu {count} tin.', 'none': 'Không còn tin nào', 'none.text': 'Khi có việc được giao, đôn đốc hoặc trả lại, tin sẽ hiện ở đây.', 'none.filtered': 'Không có tin nào thuộc loại này',
}, {
  'title': 'Inbox', 'line': '{new} new · what concerns you and your unit, newest first', 'line.none': 'Nothing new · what concerns you and your unit', 'kinds': 'Filter by kind', 'marks': 'Filter by mark',
  'kind.all': 'All', 'kind.assigned': 'Assigned', 'kind.reminder': 'Reminders', 'kind.returned': 'Returned', 'kind.done': 'To verify', 'kind.asked': 'Extensions', 'kind.answer': 'Answers', 'kind.mention': 'Mentions', 'kind.watch': 'Watched', 'kind.changed': 'Changes', 'kind.alert': 'Alerts',
  'mark.open': 'Open', 'mark.new': 'New', 'mark.read': 'Read', 'mark.done': 'Done', 'what': 'What', 'when': 'Came', 'from': 'From', 'due': 'Due', 'kind': 'Kind', 'count': '{count} [count:item|items]', 'isNew': 'new', 'to': 'to {unit}',
  'do.read': 'Mark as read', 'do.done': 'Mark as done', 'do.new': 'Mark as new', 'do.allRead': 'All read', 'marked': '{count} [count:item|items] marked.', 'none': 'Nothing left', 'none.text': 'What is assigned, chased or returned to you will be listed here.', 'none.filtered': 'Nothing of this kind',
})
