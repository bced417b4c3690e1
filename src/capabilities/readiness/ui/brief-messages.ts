import { catalogue } from '../../../web/i18n.tsx'

export const brief = catalogue({
  'title': 'Tóm tắt cho lãnh đạo', 'board': 'Bảng đầy đủ', 'red': 'Chưa sẵn sàng ở đâu', 'red.none': 'Không có sự kiện nào chưa đạt.', 'red.all': 'Xem cả {n}', 'red.over': '{n} sự kiện chưa đạt đã qua ngày tổ chức hoặc đã kết thúc.', 'owner': '{name} chịu trách nhiệm', 'owner.unit': '{unit} chịu trách nhiệm', 'by': 'trước {at}', 'held': 'tổ chức {day}', 'more': 'và {n} điều kiện khác',
  'next': 'Sắp phải kết luận', 'next.none': 'Không có sự kiện nào sắp tới.', 'go': 'đủ điều kiện', 'no_go': 'chưa đủ điều kiện', 'undecided': 'chưa kết luận được', 'concluded.go': 'đã kết luận: sẵn sàng', 'concluded.no_go': 'đã kết luận: chưa sẵn sàng', 'week.up': 'chưa đạt tăng {n} trong 7 ngày', 'week.down': 'chưa đạt giảm {n} trong 7 ngày', 'week.same': 'chưa đạt như 7 ngày trước', 'noDay': 'chưa định ngày',
}, {
  'title': 'Leader’s page', 'board': 'Full board', 'red': 'Where we are not ready', 'red.none': 'No event is unmet.', 'red.all': 'Show all {n}', 'red.over': '{n} unmet [n:event is|events are] past their day or closed.', 'owner': '{name} answers for it', 'owner.unit': '{unit} answers for it', 'by': 'by {at}', 'held': 'held {day}', 'more': 'and {n} more',
  'next': 'To be decided next', 'next.none': 'No event lies ahead.', 'go': 'go', 'no_go': 'no-go', 'undecided': 'cannot be concluded yet', 'concluded.go': 'concluded: go', 'concluded.no_go': 'concluded: no-go', 'week.up': '{n} more unmet in 7 days', 'week.down': '{n} fewer unmet in 7 days', 'week.same': 'unmet as 7 days ago', 'noDay': 'no day yet',
})
