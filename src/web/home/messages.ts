import { catalogue } from '../i18n.tsx'

export const home = catalogue({
  'title': 'Trang chính', 'line': '{day} · {units}', 'jump': 'Bốn con số của hôm nay',
  'tile.overdue': 'quá hạn', 'tile.today': 'đến hạn hôm nay', 'tile.waiting': 'chờ bạn trả lời', 'tile.waiting.unit': 'chờ đơn vị trả lời', 'verify.unit': 'Chờ đơn vị xác nhận hoàn thành', 'extension.unit': 'Xin gia hạn, chờ đơn vị trả lời', 'tile.red': 'sự kiện chưa đạt',
  'owed': 'Việc phải làm', 'owed.all': 'Mở danh sách việc', 'overdue': 'Quá hạn', 'today': 'Hôm nay', 'week': 'Trong tuần này', 'later': 'Sau tuần này',
  'overdue.none': 'Không có việc nào quá hạn', 'owed.none': 'Không còn việc nào phải làm', 'owed.none.text': 'Việc giao cho đơn vị sẽ hiện ở đây, theo thời hạn.', 'noUnit': 'Tài khoản chưa gắn với đơn vị nào', 'noUnit.text': 'Việc được giao cho đơn vị. Quản trị gắn tài khoản với đơn vị ở mục Quản trị.',
  'more': 'Còn {n} việc nữa', 'noDue': 'không có thời hạn',
  'waiting': 'Đang chờ', 'verify': 'Chờ bạn xác nhận hoàn thành', 'extension': 'Xin gia hạn, chờ bạn trả lời', 'asked': 'Đã giao xuống, chưa xong', 'reported': 'Đã báo cáo, chờ cấp trên xác nhận', 'asking': 'Đã xin gia hạn, chờ cấp trên trả lời',
  'asked.late': '{n} quá hạn', 'until': 'xin đến {day}', 'waiting.none': 'Không chờ ai và không ai chờ bạn', 'waiting.none.text': 'Báo cáo cần xác nhận, xin gia hạn và việc đã giao xuống sẽ hiện ở đây.',
  'red': 'Chưa đạt, ở đơn vị và cấp dưới', 'red.none': 'Không có sự kiện nào chưa đạt', 'red.all': 'Cả {n} sự kiện', 'red.more': 'và {n} điều kiện khác', 'ask.own': 'Hỏi:', 'ask.above': 'cấp trên:', 'ask.professional': 'ngành dọc:', 'ask.head': '{name}, {unit}', 'red.day': 'ngày {day}', 'red.noDay': 'chưa có ngày', 'counts': 'Sự kiện theo tình trạng',
  'sessions': 'Phiên họp hôm nay và 7 ngày tới', 'sessions.all': 'Mở lịch', 'next': 'Sắp phải quyết định', 'next.none': 'Chưa có sự kiện nào sắp đến ngày', 'go': 'đủ điều kiện', 'no_go': 'chưa đủ điều kiện', 'undecided': 'chưa kết luận được', 'concluded.go': 'đã kết luận: sẵn sàng', 'concluded.no_go': 'đã kết luận: chưa sẵn sàng',
  'reports': 'Báo cáo', 'reports.all': 'Mở báo cáo', 'reports.owed': 'Phải nộp', 'reports.late': 'Cấp dưới quá hạn chưa nộp', 'reports.period': 'kỳ {on}', 'reports.draft': 'có bản nháp', 'reports.missing': '{n} đơn vị', 'reports.returned': '{n} bị trả lại', 'reports.more': 'Còn {n} báo cáo nữa',
  'plans': 'Kế hoạch, phương án', 'plans.all': 'Mở kế hoạch, phương án', 'plans.owed': 'Chờ đơn vị trả lời', 'plans.answer': 'Cho ý kiến', 'plans.appraise': 'Thẩm định', 'plans.more': 'Còn {n} kế hoạch, phương án nữa',
  'news': 'Mới từ lần xem trước', 'news.since': 'từ {at}', 'news.first': '7 ngày qua', 'news.none': 'Không có gì mới từ lần xem trước', 'news.none.first': 'Không có tin nào trong 7 ngày qua', 'news.all': 'Tất cả tin đến', 'news.kinds': 'Tin mới theo loại',
}, {
  'title': 'Home', 'line': '{day} · {units}', 'jump': 'Four figures of today',
  'tile.overdue': 'overdue', 'tile.today': 'due today', 'tile.waiting': 'wait for your answer', 'tile.waiting.unit': 'wait for the unit’s answer', 'verify.unit': 'For the unit to verify', 'extension.unit': 'More time asked of the unit', 'tile.red': 'events unmet',
  'owed': 'What we owe', 'owed.all': 'Open the task list', 'overdue': 'Overdue', 'today': 'Today', 'week': 'This week', 'later': 'After this week',
  'overdue.none': 'Nothing is overdue', 'owed.none': 'Nothing left to do', 'owed.none.text': 'What is assigned to your unit will be listed here by due date.', 'noUnit': 'This account belongs to no unit yet', 'noUnit.text': 'Tasks go to units. An administrator gives the account a unit under Administration.',
  'more': '{n} more', 'noDue': 'no due date',
  'waiting': 'Waiting', 'verify': 'For you to verify', 'extension': 'More time asked of you', 'asked': 'Assigned below, still open', 'reported': 'Reported, waiting for the level above', 'asking': 'More time asked of the level above',
  'asked.late': '{n} overdue', 'until': 'until {day}', 'waiting.none': 'Nobody waits for you, and you wait for nobody', 'waiting.none.text': 'Reports to verify, asks for more time and what you assigned below will be listed here.',
  'red': 'Unmet here and below', 'red.none': 'No event is unmet', 'red.all': 'All {n} events', 'red.more': 'and {n} more', 'ask.own': 'Ask:', 'ask.above': 'unit above:', 'ask.professional': 'professional line:', 'ask.head': '{name}, {unit}', 'red.day': 'on {day}', 'red.noDay': 'no day yet', 'counts': 'Events by state',
  'sessions': 'Sessions today and in the next 7 days', 'sessions.all': 'Open the calendar', 'next': 'To be decided next', 'next.none': 'No event comes up soon', 'go': 'ready to go', 'no_go': 'not ready', 'undecided': 'cannot be concluded yet', 'concluded.go': 'concluded: go', 'concluded.no_go': 'concluded: no-go',
  'reports': 'Reports', 'reports.all': 'Open reports', 'reports.owed': 'Due', 'reports.late': 'Late below', 'reports.period': '{on}', 'reports.draft': 'with a draft', 'reports.missing': '{n} [n:unit|units]', 'reports.returned': '{n} returned', 'reports.more': '{n} more',
  'plans': 'Plans', 'plans.all': 'Open plans', 'plans.owed': 'Waiting for your unit', 'plans.answer': 'Give an opinion', 'plans.appraise': 'Appraise', 'plans.more': '{n} more',
  'news': 'New since you last looked', 'news.since': 'since {at}', 'news.first': 'the last 7 days', 'news.none': 'Nothing new since you last looked', 'news.none.first': 'Nothing came in the last 7 days', 'news.all': 'The whole inbox', 'news.kinds': 'New by kind',
})
