import { catalogue } from '../../../web/i18n.tsx'

export const taskStates = catalogue({
  assigned: 'Đã giao', accepted: 'Đã nhận', under_way: 'Đang thực hiện', reported: 'Chờ xác nhận', verified: 'Hoàn thành', returned: 'Trả lại', refused: 'Từ chối', withdrawn: 'Đã thu hồi', open: 'Chưa xong', late: 'quá hạn',
}, {
  assigned: 'Assigned', accepted: 'Accepted', under_way: 'Under way', reported: 'To verify', verified: 'Done', returned: 'Returned', refused: 'Refused', withdrawn: 'Withdrawn', open: 'Open', late: 'overdue',
})
