// Apart from the words of plans: other capabilities ask the same, and need no more than these.
import { catalogue } from '../../../web/i18n.tsx'

export const whoseWords = catalogue({
  'whose': 'Ai quyết định', 'way.mine': 'Tôi quyết định', 'way.paper': 'Lãnh đạo đã ký trên giấy, tôi nhập thay', 'way.telephone': 'Lãnh đạo quyết định qua điện thoại, tôi nhập thay', 'way.in_person': 'Lãnh đạo quyết định trực tiếp, tôi nhập thay', 'by': 'Họ tên, chức vụ người quyết định', 'scan': 'Bản chụp trang có chữ ký', 'scan.any': 'Bản chụp (nếu có)', 'scan.missing': 'Ký trên giấy thì phải kèm bản chụp trang có chữ ký.', 'told.by': 'Người báo', 'told.hint': 'Họ tên, chức vụ. Bạn đang nhập thay đơn vị khác.', 'told.how': 'Báo bằng', 'how.paper': 'Văn bản', 'how.telephone': 'Điện thoại', 'how.in_person': 'Trực tiếp', 'missing': 'Cần điền.',
}, {
  'whose': 'Who decides', 'way.mine': 'I decide', 'way.paper': 'Signed on paper, entered by me', 'way.telephone': 'Decided by telephone, entered by me', 'way.in_person': 'Decided in person, entered by me', 'by': 'Name and position of who decided', 'scan': 'Scan of the signed page', 'scan.any': 'A scan, if there is one', 'scan.missing': 'Signed on paper, it needs a scan of the signed page.', 'told.by': 'Who told it', 'told.hint': 'Name and position. You enter this for another unit.', 'told.how': 'How', 'how.paper': 'On paper', 'how.telephone': 'By telephone', 'how.in_person': 'In person', 'missing': 'Needed.',
})
