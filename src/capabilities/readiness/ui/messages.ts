import { catalogue } from '../../../web/i18n.tsx'

export const board = catalogue({
  'title': 'Bảng sẵn sàng', 'line.events': '{events} sự kiện', 'line.overdue': '{count} nhiệm vụ quá hạn', 'line.noOverdue': 'không có nhiệm vụ quá hạn', 'line.day': 'số liệu cuối ngày {day}', 'line.tasks': 'đã xong {done}/{total} nhiệm vụ',
  'programme': 'Đợt', 'programme.all': 'Tất cả các đợt', 'level': 'Cấp', 'level.all': 'Mọi cấp', 'stream': 'Mảng công tác', 'stream.all': 'Mọi mảng', 'stream.note': 'Số nhiệm vụ, số quá hạn chỉ tính mảng {name}. Tình trạng sự kiện vẫn tính mọi điều kiện sẵn sàng.', 'day': 'Ngày', 'day.now': 'Hiện nay', 'filters': 'Lọc bảng',
  'tiles': 'Sự kiện theo tình trạng; bấm để lọc danh sách', 'rows.title': 'Nơi chưa sẵn sàng', 'rows.all': 'Các đơn vị', 'rows.side': 'Chưa đạt trước · so với 7 ngày trước', 'rows.caption': 'Các đơn vị dưới {unit}, chưa đạt trước',
  'col.unit': 'Đơn vị', 'col.unmet': 'Chưa đạt', 'col.state': 'Tình trạng sự kiện', 'col.overdue': 'Quá hạn', 'col.done': 'Việc đã xong', 'col.change': '7 ngày', 'col.next': 'Mốc tới',
  'change.up': 'tăng {n} sự kiện chưa đạt so với 7 ngày trước', 'change.down': 'giảm {n} sự kiện chưa đạt so với 7 ngày trước', 'change.same': 'không đổi so với 7 ngày trước',
  'closed': 'đã giải thể', 'own': 'Sự kiện của {unit}', 'own.open': 'Mở sự kiện', 'tasks.open': 'Nhiệm vụ quá hạn', 'noEvents': 'chưa có sự kiện',
  'empty': 'Không có đơn vị nào ở dưới', 'empty.text': 'Đơn vị này không có đơn vị cấp dưới có sự kiện trong đợt đang xem.', 'empty.filter': 'Không có đơn vị nào ở tình trạng này.', 'empty.clear': 'Bỏ lọc',
  'requirements': 'Điều kiện đang vướng', 'requirements.side': 'Trên mọi sự kiện bên dưới', 'requirements.caption': 'Điều kiện sẵn sàng theo tình trạng, nhiều chưa đạt trước', 'requirements.none': 'Chưa có điều kiện nào', 'col.requirement': 'Điều kiện', 'requirements.more': 'Xem đủ {n} điều kiện', 'requirements.less': 'Thu gọn',
  'events.title': 'Sự kiện {state}', 'events.col.state': 'Tình trạng', 'events.col.why': 'Vì sao', 'events.more': 'và {n} điều kiện khác', 'events.show': 'Các sự kiện', 'events.caption': 'Sự kiện theo tình trạng, chưa đạt trước',
  'months': 'Nhiệm vụ hoàn thành theo tháng', 'months.caption': 'Tỷ lệ nhiệm vụ hoàn thành theo tháng đến hạn', 'months.overdue': '{n} quá hạn', 'months.cell': '{month}: xong {done} trên {total}, quá hạn {overdue}', 'months.side': 'Theo tháng đến hạn', 'view': 'Xem', 'view.units': 'Đơn vị', 'view.events': 'Sự kiện', 'view.map': 'Bản đồ và bảng', 'view.months': 'Theo tháng', 'month': 'Th. {month}',
  'print': 'In bảng', 'start': 'Chưa có đợt nào', 'start.text': 'Bảng sẵn sàng hiện khi một đợt đã được triển khai xuống các đơn vị.',
}, {
  'title': 'Readiness board', 'line.events': '{events} [events:event|events]', 'line.overdue': '{count} [count:task|tasks] overdue', 'line.noOverdue': 'no task overdue', 'line.day': 'figures at the end of {day}', 'line.tasks': '{done} of {total} tasks done',
  'programme': 'Programme', 'programme.all': 'All programmes', 'level': 'Level', 'level.all': 'All levels', 'stream': 'Workstream', 'stream.all': 'All workstreams', 'stream.note': 'Tasks and what is overdue are counted for {name} only. The state of an event still counts every requirement.', 'day': 'Day', 'day.now': 'Now', 'filters': 'Filter the board',
  'tiles': 'Events by state; press to filter the list', 'rows.title': 'Where we are not ready', 'rows.all': 'Units', 'rows.side': 'Unmet first · against 7 days ago', 'rows.caption': 'Units below {unit}, unmet first',
  'col.unit': 'Unit', 'col.unmet': 'Unmet', 'col.state': 'Events by state', 'col.overdue': 'Overdue', 'col.done': 'Tasks done', 'col.change': '7 days', 'col.next': 'Next milestone',
  'change.up': '{n} more unmet [n:event|events] than 7 days ago', 'change.down': '{n} fewer unmet [n:event|events] than 7 days ago', 'change.same': 'as 7 days ago',
  'closed': 'dissolved', 'own': 'The event of {unit}', 'own.open': 'Open the event', 'tasks.open': 'Overdue tasks', 'noEvents': 'no event yet',
  'empty': 'No unit below', 'empty.text': 'This unit has no units below with an event in the programme shown.', 'empty.filter': 'No unit is in this state.', 'empty.clear': 'Clear filter',
  'requirements': 'What holds us up', 'requirements.side': 'Over all events below', 'requirements.caption': 'Requirements by state, most unmet first', 'requirements.none': 'No requirement yet', 'col.requirement': 'Requirement', 'requirements.more': 'Show all {n} [n:requirement|requirements]', 'requirements.less': 'Show fewer',
  'events.title': 'Events: {state}', 'events.col.state': 'State', 'events.col.why': 'Why', 'events.more': 'and {n} more', 'events.show': 'Events', 'events.caption': 'Events by state, unmet first',
  'months': 'Tasks done by month', 'months.caption': 'Share of tasks done, by month due', 'months.overdue': '{n} overdue', 'months.cell': '{month}: {done} of {total} done, {overdue} overdue', 'months.side': 'By month due', 'view': 'Show', 'view.units': 'Units', 'view.events': 'Events', 'view.map': 'Map and table', 'view.months': 'By month', 'month': '{month}',
  'print': 'Print board', 'start': 'No programme yet', 'start.text': 'The board appears once a programme has been cascaded to units.',
})
