// The first hour of a new installation, from the one-time link to a programme that runs, in a browser alone; then every screen of it, narrow, dark, English.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { PROGRAM } from '../../src/kernel/config.ts'
import { axe, openBrowser, openPage, shot } from './harness/browser.ts'
import { SHEET, broken, xlsx } from './harness/broken.ts'
import { build } from './harness/build.ts'
import { openEmpty } from './harness/empty.ts'
import type { Empty } from './harness/empty.ts'
import { keysOf } from './harness/keys.ts'
import { looked } from './harness/looks.ts'
import { staffPutRight } from './harness/staff.ts'

const PHRASE = 'một câu dài dễ nhớ của tôi'
const communes = Array.from({ length: 24 }, (_, i) => [String(10_001 + i), `Phường Số ${i + 1}`, 'commune', '01'])
const listed = [['VN', 'Việt Nam', 'nation', ''], ['01', 'Thành phố Hà Nội', 'province', 'VN'], ...communes]
const csv = (rows: readonly (readonly string[])[], header = ['code', 'name', 'kind', 'parent_code']) => Buffer.from(`${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`)
/** Made of what others show already: their width is looked at, not each part again. */
const ALIKE = ['successors', 'staff', 'templates', 'template-diff', 'cascade']
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/')

describe('the first hour without a command line', { timeout: 300_000 }, () => {
  let browser: Browser
  let empty: Empty
  let page: Page
  let complaints: string[]
  let session: { name: string; value: string; url: string }
  before(async () => {
    await build()
    ;[empty, browser] = await Promise.all([openEmpty(), openBrowser()])
    ;({ page, complaints } = await openPage(browser, {}))
    page.setDefaultTimeout(15_000)
  })
  after(async () => { await browser?.close(); await empty?.close() })

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const inDialog = (name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name })
  const see = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()
  const give = (name: string, buffer: Buffer, mimeType = 'text/csv') => page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })
  const whole = async (name: string) => { looked(page, name); await page.locator('.skeleton').first().waitFor({ state: 'detached' }); await shot(page, `first-${name}`); assert.deepEqual(await axe(page), [], `${name}: axe`) }
  const refusesBroken = async () => {
    for (const [name, file, says] of await broken(/thiếu cột/)) {
      await give(name, file); await button('Xem trước').click(); await see(says)
      assert.equal(await button(/^Nhập \d/).count(), 0, `${name} can be imported`); await button('Bỏ tệp').click()
    }
  }
  const go = async (path: string) => { await page.goto(empty.url + path); await page.locator('h1').first().waitFor() }

  test('the one-time link, a password, and what to do first', async () => {
    await page.goto(empty.link)
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(PHRASE); await page.getByLabel('Nhập lại mật khẩu mới').fill(PHRASE); await button('Đặt mật khẩu').click()
    await heading('Hệ thống chưa có dữ liệu')
    await page.locator('.steps li').first().waitFor()
    assert.equal(await page.locator('.steps li').count(), 6)
    assert.equal(await page.locator('.steps .done').count(), 0)
    assert.deepEqual(await page.locator('.steps a').allInnerTexts(), ['Nhập danh mục'], 'only the units can be begun with')
    await whole('steps')
    await go('/units')
    await see('Chưa có đơn vị nào')
    await shot(page, 'first-units-empty')
    const [cookie] = await page.context().cookies()
    session = { name: cookie!.name, value: cookie!.value, url: empty.url }
  })

  test('units: errors by line, preview, import, a wrong import undone', async () => {
    await go('/units/import')
    await refusesBroken()
    await give('danh mục.csv', csv([...listed, ['10002', 'Trùng mã', 'commune', '01'], ['x y', 'Sai mã', 'commune', '99']]))
    await button('Xem trước').click()
    await see(/Dòng 28: mã 10002 đã có ở dòng 5/)
    await see(/Dòng 29: mã "x y" không hợp lệ/)
    await whole('units-errors')
    // The same with a spreadsheet, by keyboard alone.
    const keys = keysOf(page)
    await keys.go(button('Bỏ tệp'), 'Shift+Tab')
    const chooser = page.waitForEvent('filechooser')
    await keys.go(button('chọn tệp'))
    await (await chooser).setFiles({ name: 'danh mục.xlsx', mimeType: SHEET, buffer: await xlsx(['code', 'name', 'kind', 'parent_code'], listed) })
    await keys.go(button('Xem trước'))
    await see('Xem trước: chưa có gì thay đổi'); await see('Mở mới: 26 dòng đầu trên 26')
    await keys.held('at the preview')
    await whole('units-preview')
    await keys.go(button('Nhập 26 đơn vị'))
    await see(/Đã nhập 26 đơn vị/)
    await keys.held('after the import')
    await see(/lần nhập đầu/)
    await button('Nhập tệp khác').click()
    await give('sai.csv', csv([...listed.slice(0, -3), ['01', 'x', 'province', 'VN']].filter((row, i, all) => all.findIndex((one) => one[0] === row[0]) === i).map((row) => (row[0] === '10001' ? [row[0], 'Phường Nhầm Tên', 'commune', '01'] : row))))
    await button('Xem trước').click()
    await see('Đóng: 3 dòng đầu trên 3')
    await button(/Đổi tên/).click()
    await see('trước là Phường Số 1')
    await button('Nhập 23 đơn vị').click()
    await inDialog('Nhập và đóng 3 đơn vị').click()
    await see(/Đã nhập 23 đơn vị/)
    await button('Hoàn tác').click()
    await inDialog('Hoàn tác').click()
    await see('Đã trở lại danh mục trước đó.')
    await go('/units')
    await see(/24 cấp xã/)
    await page.getByLabel('Tìm đơn vị').fill('phuong so 1')
    await page.getByRole('link', { name: 'Phường Số 1', exact: true }).waitFor()
    await go('/units/import?tab=successors')
    await page.getByLabel('Ngày sáp nhập, chuyển giao').fill('01/07/2025')
    await refusesBroken()
  })

  test('people: one added, a staff list from Excel, an account and a slip for each unit, a role given and ended', async () => {
    await go('/people')
    await see('Mới có tài khoản của bạn')
    await button('Thêm người').click()
    await page.getByLabel('Họ và tên').fill('Trần Minh Khôi')
    assert.equal(await page.getByRole('dialog').getByLabel('Tài khoản').inputValue(), 'khoi.tran.minh')
    await page.getByRole('dialog').getByRole('combobox', { name: 'Đơn vị', exact: true }).fill('viet nam')
    await page.getByRole('option', { name: 'Việt Nam' }).click()
    await page.getByRole('radio', { name: /Thường trực/ }).check()
    await whole('people-add')
    await inDialog('Thêm').click()
    await page.getByRole('link', { name: 'Trần Minh Khôi' }).waitFor()

    await go('/people/import')
    await refusesBroken()
    const header = ['account', 'name', 'unit_code', 'role']
    await give('cán bộ.csv', csv([['binh', 'Nguyễn Văn Bình', '99999', 'officer'], ['ha', '', '01', 'vua']], header))
    await button('Xem trước').click()
    for (const line of [/Dòng 2: không có đơn vị mã "99999"/, /Dòng 3: không có vai trò "vua"/]) await see(line)
    await whole('staff-errors')
    await staffPutRight(page) // then taken back after the page was left
    await go('/people'); await go('/people/import'); await see(/Danh sách bạn nhập lúc/)
    await button('Thu hồi danh sách này').click(); await inDialog('Thu hồi danh sách này').click(); await see(/Đã xóa 2 tài khoản/); await whole('staff-back')
    const take = async () => {
      await give('cán bộ.xlsx', await xlsx(header, [['binh', 'Nguyễn Văn Bình', '10001', 'officer'], ['ha', 'Lê Thị Hà', '01', 'head']]), SHEET)
      await button('Xem trước').click(); await see(/thêm 2, sửa 0/); await button('Nhập 2 thay đổi').click(); await see('Đã thêm 2 người, sửa 0, giao 2 vai trò.')
    }
    await take()
    await page.getByRole('link', { name: 'Xem danh sách' }).click()
    await page.getByRole('link', { name: 'Nguyễn Văn Bình' }).waitFor()
    await page.getByRole('link', { name: 'Lê Thị Hà' }).click()
    await heading('Lê Thị Hà')
    await button('Giao vai trò').click()
    await page.getByRole('radio', { name: /Cán bộ/ }).check()
    await inDialog('Giao').click()
    await page.getByRole('rowheader', { name: /Cán bộ/ }).waitFor()
    await whole('person')
    for (const undone of [true, false]) {
      await page.getByRole('row').filter({ hasText: 'Cán bộ' }).getByRole('button', { name: 'Kết thúc' }).click()
      await inDialog('Kết thúc vai trò').click()
      await page.getByRole('rowheader', { name: /Cán bộ/ }).waitFor({ state: 'detached' })
      if (undone) await page.getByRole('region', { name: 'Thông báo' }).getByRole('button', { name: 'Hoàn tác' }).click()
    }

    await go('/people')
    await button('Cấp hàng loạt').click()
    await page.getByRole('menuitem', { name: 'Lập tài khoản cho từng đơn vị' }).click()
    await page.getByRole('combobox', { name: 'Từ đơn vị này trở xuống' }).fill('viet nam')
    await page.getByRole('option', { name: 'Việt Nam' }).click()
    await page.getByRole('checkbox', { name: 'cấp xã' }).check()
    await inDialog('Xem số lượng').click(); await inDialog('Lập 24 tài khoản').click()
    await heading('24 phiếu đăng nhập')
    assert.equal(await page.locator('.slip').count(), 24)
    await whole('slips')
    const sheets = await page.pdf({ format: 'A4' })
    assert.equal(sheets.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 24, 'one slip a page')
    await button('Đã in xong, đóng').click()
    await inDialog('Đã in xong, đóng').click()
    await heading('Người và phân quyền')
  })

  test('a template with faults is told by line; the one that comes with the program becomes a programme, cascaded while one looks on', async () => {
    await go('/templates/import')
    await give('mẫu.yaml', Buffer.from('format: 1\ncode: thu\nname: { vi: "Thử", en: "Trial" }\nopens: "25:00"\n'), 'application/yaml')
    await see(/Dòng 4, cột/)
    await whole('template-errors')
    await button('Chọn tệp khác').click()
    await button(/Dùng mẫu này.*Đại hội/).click()
    await see(/Mẫu congress hợp lệ/)
    await button('Nhập mẫu').click()
    await heading(/đại hội các cấp/)
    await shot(page, 'first-template')
    await page.getByRole('link', { name: 'Lập đợt' }).click()
    await page.getByLabel('Tên đợt').fill('Đại hội các cấp')
    await page.getByLabel('Mã đợt').fill('DH2027')
    const level = (name: string) => page.getByRole('group', { name, exact: true })
    for (const [name, from, until] of [['cấp xã', 130, 160], ['cấp tỉnh', 180, 190], ['trung ương', 220, 221]] as const) {
      if (name !== 'cấp xã') { await level(name).getByLabel('Ngày', { exact: true }).fill(day(from)); continue } // one unit: one day
      await level(name).getByLabel('Từ ngày').fill(day(from)); await level(name).getByLabel('Đến ngày').fill(day(until))
    }
    await shot(page, 'first-programme-new')
    await page.getByRole('main').getByRole('button', { name: 'Lập đợt' }).click()
    await heading('Đại hội các cấp')
    await button('Xem trước').click()
    await see('Sự kiện mới')
    await whole('cascade-preview')
    await button('Triển khai 26 sự kiện').click()
    await inDialog('Triển khai 26 sự kiện').click()
    await see(/Đã triển khai 26 sự kiện/)
    await button('Xem trước').click()
    await go('/programmes/DH2027?tab=cascade')
    await button('Xem trước').click()
    await see('Mọi đơn vị đều đã có sự kiện: không có gì để thêm.')
    await go('/manage')
    await see(/\d+ trên 26 đơn vị chưa có tài khoản người đứng đầu/)
    assert.equal(await page.locator('.steps').count(), 0, 'all steps are done, so they are gone')
    await shot(page, 'first-manage'); await page.getByRole('link', { name: 'Lập tài khoản cho đơn vị' }).click(); await page.getByRole('dialog').getByText('Lập tài khoản cho từng đơn vị').waitFor()
    await go('/board')
    await heading('Việt Nam')
    assert.deepEqual(complaints, [])
  })

  test('a newer version of the template: its difference, and every event taken to it; a programme that waits for its pilot', async () => {
    const file = readFileSync(join(PROGRAM, 'templates/congress.yaml'), 'utf8').replace('Xây dựng phương án bảo vệ tổng thể', 'Xây dựng phương án bảo vệ')
    await go('/templates/import')
    await give('congress.yaml', Buffer.from(file), 'application/yaml')
    await button('Nhập mẫu').click()
    await see(/Phiên bản 2 · nhập ngày/)
    await page.getByRole('tab', { name: 'So sánh phiên bản' }).click()
    await see(/bảo vệ tổng thể → Xây dựng phương án bảo vệ/)
    await go('/programmes/DH2027?tab=upgrade')
    await see(/Phiên bản 2: thêm 0 nhiệm vụ/)
    await whole('upgrade')
    await button('Chuyển sang phiên bản 2').click()
    await inDialog('Chuyển sang phiên bản 2').click()
    await see('Đã chuyển sang phiên bản 2.')
    await see('Đợt đang theo phiên bản mới nhất (2).')

    await go('/programmes/new')
    await page.getByLabel('Tên đợt').fill('Hội nghị có thí điểm')
    await page.getByLabel('Mã đợt').fill('TD2027')
    for (const name of ['cấp tỉnh', 'trung ương']) await page.getByRole('group', { name, exact: true }).getByRole('checkbox').uncheck()
    await page.getByRole('group', { name: 'cấp xã', exact: true }).getByLabel('Từ ngày').fill(day(200))
    await page.getByRole('group', { name: 'cấp xã', exact: true }).getByLabel('Đến ngày').fill(day(230))
    await page.getByRole('radio', { name: /Thí điểm trước/ }).check()
    await page.getByRole('combobox', { name: 'Đơn vị thí điểm' }).fill('phuong so 7')
    await page.getByRole('option', { name: 'Phường Số 7' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Lập đợt' }).click()
    await button('Xem trước').click()
    await button('Triển khai 1 sự kiện').click()
    await inDialog('Triển khai 1 sự kiện').click()
    await see(/Đã triển khai 1 sự kiện/)
    await page.getByRole('tab', { name: 'Thí điểm' }).click()
    await see('Ghi ít nhất một bài học trước.')
    await page.getByLabel('Bài học').fill('Khảo sát hội trường cần sớm hơn mười ngày.')
    await button('Ghi bài học').click()
    await see('Khảo sát hội trường cần sớm hơn mười ngày.')
    await whole('pilot')
    await button('Kết thúc thí điểm, cho triển khai rộng').click()
    await inDialog('Kết thúc thí điểm, cho triển khai rộng').click()
    await see('Thí điểm đã kết thúc.')
    await page.getByRole('tab', { name: 'Triển khai' }).click()
    await button('Xem trước').click()
    await button('Triển khai 23 sự kiện').waitFor()
  })

  test('a unit says who may act there, also from above; a person is erased; a token is made and revoked', async () => {
    await go('/units')
    await page.getByRole('link', { name: 'Thành phố Hà Nội' }).click()
    await page.getByRole('tab', { name: 'Phân quyền' }).click()
    await see(/Thường trực, tham mưu · từ cấp trên: Việt Nam/)
    await see(/Người đứng đầu/)
    await whole('unit-people')
    await page.getByRole('link', { name: 'Trần Minh Khôi' }).click()
    await heading('Trần Minh Khôi')
    await button('Thao tác').click()
    await page.getByRole('menuitem', { name: 'Xóa dữ liệu cá nhân' }).click()
    await see(/1 vai trò kết thúc/)
    await inDialog('Xóa dữ liệu cá nhân').click()
    await see('đã xóa dữ liệu')
    await page.getByText('Trần Minh Khôi').first().waitFor({ state: 'detached' })
    await go('/account?tab=tokens')
    await button('Tạo mã').first().click()
    await page.getByLabel('Dùng cho việc gì').fill('Báo cáo tuần')
    await page.getByLabel('Xác nhận bằng mật khẩu').fill(PHRASE)
    await inDialog('Tạo mã').click()
    await see('Mã mới, chỉ hiện một lần')
    await page.keyboard.press('Escape')
    await page.getByRole('row').filter({ hasText: 'Báo cáo tuần' }).getByRole('button', { name: 'Thu hồi' }).click()
    await inDialog('Thu hồi').click()
    await see('Chưa có mã nào')
  })

  test('every screen of it holds on a phone, in the dark, in English', async () => {
    const phone = await openPage(browser, { lang: 'en', theme: 'dark', width: 320, height: 720, session })
    for (const [name, path] of Object.entries({ manage: '/manage', import: '/units/import', successors: '/units/import?tab=successors', people: '/people', staff: '/people/import', programmes: '/programmes', templates: '/programmes?tab=templates', template: '/templates/congress', 'template-diff': '/templates/congress?tab=diff', 'template-import': '/templates/import', new: '/programmes/new', programme: '/programmes/DH2027', cascade: '/programmes/DH2027?tab=cascade', upgrade: '/programmes/DH2027?tab=upgrade', tokens: '/account?tab=tokens' })) {
      await phone.page.goto(empty.url + path)
      await phone.page.locator('h1').first().waitFor()
      await phone.page.locator('.skeleton').first().waitFor({ state: 'detached' })
      await shot(phone.page, `first-${name}-en-dark-320`)
      looked(phone.page, name)
      if (!ALIKE.includes(name)) assert.deepEqual(await axe(phone.page), [], `${name}: axe`)
      assert.ok((await phone.page.evaluate('document.documentElement.scrollWidth')) as number <= 320, `${name} is wider than the window`)
      assert.doesNotMatch(await phone.page.locator('h1').first().innerText(), /Không có|Not here/, name)
    }
    assert.deepEqual(phone.complaints, [])
    await phone.close()
  })
})
