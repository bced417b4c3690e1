// A staff list that was refused, put right by keyboard alone: heads and roles as an office writes them, a unit code without its zero.
import type { Page } from 'playwright-core'
import { SHEET, xlsx } from './broken.ts'
import { keysOf } from './keys.ts'

export async function staffPutRight(page: Page): Promise<void> {
  const keys = keysOf(page)
  const button = (name: string) => page.getByRole('button', { name })
  const see = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()
  await keys.go(button('Bỏ tệp'), 'Shift+Tab')
  const chooser = page.waitForEvent('filechooser')
  await keys.go(button('chọn tệp'))
  await (await chooser).setFiles({ name: 'cán bộ.xlsx', mimeType: SHEET, buffer: await xlsx(['Tài khoản', 'Họ tên', 'Mã đơn vị', 'Vai trò', 'Đến hết ngày'], [['binh', 'Nguyễn Văn Bình', '10001', 'Cán bộ', '31/12/2099'], ['ha', 'Lê Thị Hà', '1', 'Người đứng đầu', '']]) })
  await keys.go(button('Xem trước'))
  await see(/Dòng 3: không có đơn vị mã "1", chỉ có "01"/)
  await keys.go(button('Thêm lại số 0'))
  await see(/thêm 2, sửa 0/)
  await keys.go(button('Nhập 2 thay đổi'))
  await see('Đã thêm 2 người, sửa 0, giao 2 vai trò.')
  await keys.held('after the staff import')
}
