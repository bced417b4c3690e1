// The main work of an office, from signing in to the last verification, by keyboard alone, on the whole program; the same script in Vietnamese on a desk and in English on a telephone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { keysOf } from './harness/keys.ts'
import type { Keys } from './harness/keys.ts'
import { ASKED, openReal, PHRASE, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const vi = {
  board: 'Bảng sẵn sàng', nation: 'Việt Nam', requirement: 'Lối thoát nạn và phòng cháy, chữa cháy an toàn', locked: 'Lối thoát số 2 bị khóa, quá hạn 3 ngày.', waive: 'Duyệt ngoại lệ', reason: 'Lý do', until: 'Có hiệu lực đến hết ngày', waived: 'Ngoại lệ được duyệt', withdraw: 'Thu hồi ngoại lệ',
  unmet: 'Chưa đạt', tasks: 'Nhiệm vụ', fire: 'Kiểm tra an toàn phòng cháy, chữa cháy, lối thoát nạn, phương tiện chữa cháy', act: 'Điều chỉnh', move: 'Chuyển ngày', day: 'Ngày mới', preview: 'Xem trước', breaks: 'Việc này làm vướng', moveTo: 'Chuyển sang ngày', moved: 'Đã chuyển sự kiện',
  conclude: 'Kết luận sẵn sàng', noGo: 'Chưa sẵn sàng', note: 'Ý kiến kết luận', record: 'Ghi kết luận', concluded: 'Đã kết luận: Chưa sẵn sàng, Trần Minh Khôi', unconclude: 'Thu hồi kết luận', notConcluded: 'Chưa kết luận. Kết luận “Chưa sẵn sàng”', paper: 'Lãnh đạo đã ký trên giấy, tôi nhập thay', leader: 'Họ tên, chức vụ người quyết định', theirs: 'Đã kết luận: Chưa sẵn sàng, Phó Chủ tịch Lê Thị Hoa', signed: 'trang đã ký: trang ký.pdf',
  mine: 'Việc của tôi', accept: 'Nhận việc', accepted: 'Đã nhận', taken: 'Đã nhận việc.', others: 'Việc khác', split: 'Giao xuống cấp dưới', add: 'Thêm đơn vị', target: 'Chỉ tiêu', send: 'Giao cho 2 đơn vị', parts: 'Phần việc đã giao xuống', part: '1/2 phần việc',
  report: 'Báo cáo', count: 'Số đạt được', what: 'Nội dung', label: 'Tên minh chứng', file: 'chọn tệp', told: 'Gửi báo cáo', reported: 'Báo cáo hoàn thành', waiting: 'Chờ xác nhận', verify: 'Xác nhận hoàn thành', done: 'Hoàn thành', reached: '12 / 20 địa điểm',
  history: 'Lịch sử', verified: 'Xác nhận hoàn thành', units: 'Đơn vị', find: 'Tìm đơn vị', account: 'Tên tài khoản', password: 'Mật khẩu hoặc mã', search: 'Tìm trong nhiệm vụ',
}
const en: typeof vi = {
  board: 'Readiness board', nation: 'Viet Nam', requirement: 'Exits and fire protection safe', locked: 'Lối thoát số 2 bị khóa, 3 days overdue.', waive: 'Waive', reason: 'Reason', until: 'In force until the end of', waived: 'Waived', withdraw: 'Withdraw the waiver',
  unmet: 'Unmet', tasks: 'Tasks', fire: 'Inspect fire protection, exits, extinguishers', act: 'Change', move: 'Move to another day', day: 'New day', preview: 'Preview', breaks: 'This breaks', moveTo: 'Move to', moved: 'The event was moved',
  conclude: 'Conclude', noGo: 'No-go', note: 'Note', record: 'Record the conclusion', concluded: 'Concluded: No-go, Trần Minh Khôi', unconclude: 'Withdraw the conclusion', notConcluded: 'Not concluded. The conclusion “No-go”', paper: 'Signed on paper, entered by me', leader: 'Name and position of who decided', theirs: 'Concluded: No-go, Phó Chủ tịch Lê Thị Hoa', signed: 'signed page: trang ký.pdf',
  mine: 'My tasks', accept: 'Accept', accepted: 'Accepted', taken: 'Accepted.', others: 'More', split: 'Pass on to units below', add: 'Add a unit', target: 'Target', send: 'Pass on to 2 units', parts: 'Passed on to units below', part: '1/2 parts',
  report: 'Report', count: 'Number reached', what: 'Text', label: 'Name of the evidence', file: 'choose a file', told: 'Send the report', reported: 'Reported done', waiting: 'To verify', verify: 'Verify as done', done: 'Done', reached: '12 / 20 địa điểm',
  history: 'History', verified: 'Verified as done', units: 'Units', find: 'Find a unit', account: 'Account', password: 'Password', search: 'Search tasks',
}
const written = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/')

describe('the main work by keyboard', { timeout: 300_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  test('by finger: what is chosen is that one alone, a touch beside a dialog loses nothing, and a closed dialog leaves the page where it was', async () => {
    const { page, complaints, close } = await openPage(browser, { width: 320, height: 640 }, { hasTouch: true, isMobile: true })
    try {
      await real.enter(page, 'dv.01')
      await page.goto(`${real.url}/tasks`)
      const give = page.getByRole('button', { name: 'Giao nhiệm vụ' })
      await give.tap()
      const dialog = page.getByRole('dialog')
      const unit = dialog.getByRole('combobox', { name: 'Chủ trì' })
      const words = dialog.getByRole('textbox').first()
      await words.fill('Kiểm tra kho')
      await unit.tap()
      await unit.pressSequentially(SHOWN.vi)
      const option = page.getByRole('option', { name: SHOWN.vi })
      await option.waitFor()
      const at = (await option.boundingBox())!
      await page.touchscreen.tap(at.x + 20, at.y + at.height / 2)
      await dialog.locator('.combo-value').getByText(SHOWN.vi).waitFor()
      assert.equal(await unit.evaluate((e) => e === document.activeElement), true, 'what lay beneath the list was not touched')
      await page.touchscreen.tap(4, 320)
      assert.equal(await words.inputValue(), 'Kiểm tra kho')
      await dialog.getByRole('button', { name: 'Đóng' }).tap()
      await dialog.waitFor({ state: 'detached' })
      assert.equal(await give.evaluate((e) => e === document.activeElement), true, 'back at its button')
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  for (const [lang, w, width] of [['vi', vi, 1280], ['en', en, 320]] as const) describe(`${lang}, ${width} px`, () => {
    const [own, other] = lang === 'vi' ? [SHOWN.vi, SHOWN.en] : [SHOWN.en, SHOWN.vi]
    const as = async (account: string, path: string, run: (page: Page, keys: Keys, see: (text: string | RegExp) => Promise<void>) => Promise<void>) => {
      const { page, complaints, close } = await openPage(browser, { lang, width, height: width === 320 ? 720 : 900 })
      page.setDefaultTimeout(10_000)
      try {
        if (account) await real.enter(page, account)
        await page.goto(real.url + path)
        await page.locator('h1').first().waitFor()
        await run(page, keysOf(page), (text) => page.getByText(text).filter({ visible: true }).first().waitFor())
        assert.deepEqual(complaints, [])
      } catch (error) {
        await page.screenshot({ path: `test-artefacts/failed-${lang}-${account}.png` }).catch(() => {})
        throw error
      } finally {
        await close()
      }
    }
    const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    const dialog = (page: Page): Locator => page.getByRole('dialog')
    const closed = (page: Page) => dialog(page).waitFor({ state: 'detached' })
    const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true })
    const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true })

    test('signs in, goes from the nation to one task in four steps, waives, moves, concludes', () => as('', '/', async (page, keys, see) => {
      await page.getByLabel(w.account).waitFor()
      await keys.type('thuongtruc')
      await keys.press('Tab')
      await keys.type(PHRASE)
      await page.keyboard.press('Enter')
      await page.locator('.app .home-figures').waitFor()
      await keys.held('after signing in')
      await page.keyboard.press('g')
      await page.keyboard.press('b')
      await heading(page, w.nation)
      await keys.go(page.getByRole('link', { name: 'Thành phố Hà Nội' }))
      await heading(page, 'Thành phố Hà Nội')
      await keys.go(page.getByRole('link', { name: own, exact: true }))
      await heading(page, own)
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: w.requirement }) })
      await see(w.locked)
      await keys.go(row.getByRole('link'))
      await heading(page, w.fire)
      await page.goBack() // Alt+← is the browser's own key
      await heading(page, own)

      await keys.go(button(row, w.waive))
      await keys.reach(dialog(page).getByLabel(w.reason))
      await keys.type('Đã bố trí người gác tại lối thoát số 2')
      await keys.reach(dialog(page).getByLabel(w.until))
      await keys.type(written(5))
      await page.keyboard.press('Enter')
      await closed(page)
      await row.getByText(w.waived, { exact: true }).filter({ visible: true }).waitFor()
      await keys.held('after the waiver')
      await keys.go(button(row, w.withdraw))
      await keys.reach(dialog(page).getByLabel(w.reason))
      await keys.type('Người gác được điều đi nơi khác')
      await keys.go(button(dialog(page), w.withdraw))
      await closed(page)
      await row.getByText(w.unmet, { exact: true }).filter({ visible: true }).waitFor()
      await keys.held('after the waiver was withdrawn')

      await keys.go(button(page, w.act), 'Shift+Tab')
      await keys.reach(item(page, w.move), 'ArrowDown')
      await page.keyboard.press('Enter')
      await keys.reach(dialog(page).getByLabel(w.day))
      await page.keyboard.press('Control+A')
      await keys.type(written(2))
      await keys.go(button(page, w.preview))
      await see(new RegExp(w.breaks))
      await keys.held('at the preview')
      await keys.go(page.getByRole('button', { name: w.moveTo }))
      await closed(page)
      await see(new RegExp(w.moved))
      await keys.held('after the move')
      await page.locator('.page-line').getByText(written(2)).waitFor()

      await keys.go(button(page, w.conclude))
      await keys.reach(dialog(page).getByRole('radio', { name: w.noGo }))
      await keys.reach(dialog(page).getByLabel(w.note))
      await keys.type('Mở khóa lối thoát số 2 rồi kết luận lại')
      await keys.go(button(dialog(page), w.record))
      await closed(page)
      await see(w.concluded)
      await keys.held('after the conclusion')

      await keys.go(button(page, w.unconclude), 'Shift+Tab')
      await keys.reach(dialog(page).getByLabel(w.reason))
      await keys.type('Lãnh đạo chưa xem, kết luận trên giấy')
      await keys.go(button(dialog(page), w.unconclude))
      await closed(page)
      await see(w.notConcluded)
      await button(page, w.unconclude).waitFor({ state: 'detached' })
      await keys.go(button(page, w.conclude))
      await keys.reach(dialog(page).getByRole('radio', { checked: true }).nth(1))
      await keys.press('ArrowDown')
      await dialog(page).getByRole('radio', { name: w.paper, checked: true }).waitFor()
      await keys.reach(dialog(page).getByRole('textbox', { name: w.leader }))
      await keys.type('Phó Chủ tịch Lê Thị Hoa')
      await dialog(page).locator('input[type=file]').setInputFiles([{ name: 'trang ký.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') }])
      await keys.go(button(dialog(page), w.record))
      await closed(page)
      await see(w.theirs)
      await page.getByRole('link', { name: w.signed }).waitFor()
    }))

    test('accepts, splits, reports with a file, verifies as the issuer, and finds it all in the history', async () => {
      const mine = async (page: Page, keys: Keys) => {
        await keys.reach(page.getByLabel(w.search))
        await keys.type(lang === 'vi' ? 'kiem tra cac dia diem' : 'inspect the places')
        await keys.go(page.getByRole('link', { name: ASKED[lang] }))
        await heading(page, ASKED[lang])
      }
      await as('dv.01', '/tasks', async (page, keys) => {
        await mine(page, keys)
        await keys.go(button(page, w.accept))
        await page.locator('.task-line').getByText(w.accepted, { exact: true }).waitFor()
        await page.getByRole('log').getByText(w.taken).waitFor() // read out
        await keys.held('after accepting')
        await keys.go(button(page, w.others))
        await keys.reach(item(page, w.split), 'ArrowDown')
        await page.keyboard.press('Enter')
        for (const [i, unit] of [own, other].entries()) {
          await keys.reach(dialog(page).getByLabel(w.add))
          await keys.type(unit)
          await page.getByRole('option', { name: unit }).waitFor()
          await page.keyboard.press('Enter')
          await keys.reach(dialog(page).getByLabel(`${w.target} ${unit}`))
          await keys.type(String(12 - 4 * i))
          if (i === 0) await keys.reach(dialog(page).getByLabel(w.add), 'Shift+Tab')
        }
        await keys.go(button(dialog(page), w.send))
        await closed(page)
        await page.getByRole('link', { name: own }).waitFor()
        await keys.held('after splitting')
      })
      await as(`canbo.${lang}`, '/tasks', async (page, keys, see) => {
        await mine(page, keys)
        await keys.go(button(page, w.accept))
        await page.locator('.task-line').getByText(w.accepted, { exact: true }).waitFor()
        await keys.go(button(page, w.report))
        await keys.reach(dialog(page).getByLabel(w.count))
        await keys.type('12')
        await keys.reach(dialog(page).getByLabel(w.what))
        await keys.type('Đã kiểm tra đủ 12 địa điểm')
        await keys.reach(dialog(page).getByLabel(w.label))
        await keys.type('Biên bản số 12/BB-PC')
        const chooser = page.waitForEvent('filechooser')
        await keys.go(button(dialog(page), w.file))
        await (await chooser).setFiles({ name: 'biên bản.txt', mimeType: 'text/plain', buffer: Buffer.from('Lối thoát số 2 đã mở khóa.') })
        await dialog(page).getByText('biên bản.txt').waitFor()
        await keys.go(button(dialog(page), w.told))
        await closed(page)
        await see(w.reported)
        await page.getByRole('link', { name: 'biên bản.txt' }).waitFor()
        await page.locator('.task-line').getByText(w.waiting, { exact: true }).waitFor()
        await keys.held('after reporting')
      })
      await as('dv.01', '/tasks', async (page, keys, see) => {
        await mine(page, keys)
        await keys.go(page.getByRole('link', { name: own }))
        await see('Đã kiểm tra đủ 12 địa điểm')
        await keys.go(button(page, w.verify))
        await page.locator('.task-line').getByText(w.done, { exact: true }).waitFor()
        await keys.held('after verifying')
        await keys.reach(page.getByRole('tab', { selected: true }))
        await page.keyboard.press('ArrowRight')
        await page.getByRole('tabpanel', { name: w.history }).getByText(w.verified).waitFor()
        await keys.held('at the history')
        await page.goBack() // Alt+← is the browser's own key
        await see(w.part)
        await see(w.reached)
      })
    })

    test('finds a unit as people type it, by the list and by the palette', () => as('lanhdao', '/units', async (page, keys) => {
      await keys.reach(page.getByLabel(w.find))
      await keys.type(lang === 'vi' ? 'p hoan kiem ha noi' : 'cua nam')
      await keys.go(page.getByRole('link', { name: own }))
      await heading(page, own)
      await keys.held('at the unit')
      await page.keyboard.press('Control+K')
      await page.locator('.palette').waitFor()
      await keys.held('in the palette')
      await keys.type(lang === 'vi' ? 'bang san' : 'readiness')
      await page.getByRole('option', { name: w.board, selected: true }).waitFor()
      await page.keyboard.press('Enter')
      await heading(page, w.nation)
      await keys.held('after the palette')
    }))
  })
})
