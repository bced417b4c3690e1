// A report is asked for by an hour of today, filled in on the unit's side with a draft that is kept, submitted, seen in the figures at once, returned and
// sent again. By keyboard, in both languages, on the whole program.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits, langsOf } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const WORDS = {
  vi: { ask: 'Yêu cầu báo cáo', form: 'Biểu mẫu', hour: 'Giờ hạn nộp', kinds: 'Cấp tỉnh', communes: 'Cấp xã', send: 'Gửi yêu cầu', list: 'Danh sách đơn vị', kind: 'Tất cả đơn vị cùng cấp', empty: /Tệp chưa điền số liệu nào/, read: /Đã đọc 2 mục/, weekly: 'Hằng tuần', once: 'Một lần', until: /^Đến hết ngày/, noDay: '“31/2” không phải là ngày', today: 'Sự kiện diễn ra trong ngày', over: 'Đã kết thúc an toàn', saved: /Đã lưu nháp lúc \d\d:\d\d/, submit: 'Nộp báo cáo', faults: /chỗ chưa đúng/, sent: 'Đã nộp báo cáo', units: 'units', correct: 'Đính chính', more: 'Việc khác', giveBack: 'Trả lại', giveBackWhy: 'Lý do trả lại', excuse: 'Miễn báo cáo kỳ này', excuseWhy: 'Lý do miễn', noNumber: 'Phải là số.', reload: 'Tải lại', name: (n: number) => `Báo cáo nhanh lần ${n}`, title: 'Tên yêu cầu', situation: 'Báo cáo nhanh trong ngày', state: 'Tình hình chung', calm: 'Ổn định, an toàn' },
  en: { ask: 'Ask for reports', form: 'Form', hour: 'Due hour', kinds: 'Provinces', communes: 'Communes', send: 'Send the request', list: 'A list of units', kind: 'All units of a level', empty: /Nothing is filled in/, read: /2 fields of the file are read/, weekly: 'Every week', once: 'Once', until: /^Last day/, noDay: '“31/2” is not a day', today: 'Events today', over: 'Ended safely', saved: /Draft saved at \d\d:\d\d/, submit: 'Submit', faults: /not right yet/, sent: 'Submitted', units: 'units', correct: 'Correct', more: 'More', giveBack: 'Return', giveBackWhy: 'Why it is returned', excuse: 'Excuse from this period', excuseWhy: 'Why it is excused', noNumber: 'Should be a number.', reload: 'Reload', name: (n: number) => `Situation no. ${n}`, title: 'Name of the request', situation: 'Situation on the day', state: 'Overall', calm: 'Calm' },
}
const NEEDED = { events_over: '0', on_duty: '12', posts_open: '4', posts_short: '0', fires: '0', medical: '1', traffic: '0', technical: '0', other: '0', settled: '1' }

describe('a report goes up', { timeout: 300_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of langsOf('vi')) {
    test(`in ${lang === 'vi' ? 'Vietnamese' : 'English'}, without a mouse`, async () => {
      const w = WORDS[lang]
      const [nation, city] = [await openPage(browser, { lang }), await openPage(browser, { lang, width: lang === 'vi' ? 390 : 320, height: 800 })]
      try {
        for (const { page } of [nation, city]) page.setDefaultTimeout(12_000)
        const { page } = nation
        const keys = keysOf(page)
        await page.goto(await real.link('thuongtruc'))
        await page.locator('.app h1').waitFor()
        await page.keyboard.press('g'); await page.keyboard.press('r')
        await page.waitForURL(/\/reports/)
        if (lang === 'vi') {
          // The first form is one that comes with the program.
          await page.goto(`${real.url}/report-forms`)
          await page.getByRole('link', { name: /Dùng mẫu này.*Báo cáo nhanh/ }).waitFor()
          assert.deepEqual(await fits(page, 'report-forms', true), [])
          await page.setViewportSize({ width: 1280, height: 900 })
          await keys.go(page.getByRole('link', { name: /Dùng mẫu này.*Báo cáo nhanh/ }))
          await page.waitForURL(/\/report-forms\/new/)
          await page.getByText('Không có lỗi').waitFor()
          // Edited as a table: a computed figure below the last field, its code made from its name, a formula by names; what is wrong is said at its cell, and undone.
          await keys.reach(page.locator('[role=grid] [tabindex="0"]'))
          await keys.press('Control+End', 'Home', 'Control+Enter', 'ArrowRight')
          await keys.type('Tổng quân số')
          await keys.press('Enter', 'End', 'Home', 'ArrowRight', 'ArrowRight')
          await page.getByRole('gridcell', { name: 'tong_quan_so', exact: true }).waitFor()
          await keys.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
          await keys.type('[can bo, chien si dang truc] + [không có]')
          await page.keyboard.press('Enter')
          await page.getByRole('status').filter({ hasText: /^1 lỗi/ }).waitFor()
          assert.equal(await page.locator('[role=gridcell][aria-invalid=true]').count(), 1)
          await keys.press('Control+z')
          await page.getByText('Không có lỗi').waitFor()
          await keys.type('[can bo, chien si dang truc] + [lực lượng dự bị còn lại]')
          await page.keyboard.press('Enter')
          await page.getByRole('gridcell', { name: '[Cán bộ, chiến sĩ đang trực] + [Lực lượng dự bị còn lại]', exact: true }).waitFor()
          assert.deepEqual(await fits(page, 'report-form', true), [])
          await keys.go(page.getByRole('tab', { name: /Các mục/ }))
          await keys.press('ArrowRight', 'ArrowRight', 'ArrowRight')
          await page.getByLabel(/^Cán bộ, chiến sĩ đang trực/).fill('12')
          await page.getByLabel(/^Lực lượng dự bị còn lại/).fill('3')
          await page.locator('#f-tong_quan_so').getByText('15').waitFor()
          assert.deepEqual(await fits(page, 'report-form-preview', false), [])
          // As text, and back.
          await keys.go(page.getByRole('tab', { name: 'Xem thử' }))
          await keys.press('ArrowRight')
          const source = page.getByLabel(/Nội dung biểu mẫu/)
          assert.match(await source.inputValue(), /formula: on_duty \+ reserve/)
          await source.fill((await source.inputValue()).replace('Tổng quân số', 'Tổng quân số tại chỗ'))
          await page.getByText(/Không có lỗi\. \d+ chỉ tiêu/).waitFor()
          await keys.go(page.getByRole('tab', { name: 'Dạng văn bản' }))
          await keys.press('Home')
          await page.getByRole('gridcell', { name: 'Tổng quân số tại chỗ', exact: true }).waitFor()
          await keys.go(page.getByRole('button', { name: 'Ban hành', exact: true }))
          await page.waitForURL(/\/report-forms\/[0-9a-f-]{36}/)
          // The next version, with what it changes named before it is published.
          await keys.go(page.getByRole('button', { name: /Sửa, ban hành/ }))
          await keys.reach(page.locator('[role=grid] [tabindex="0"]'))
          await keys.press('Control+End', 'Home', 'Alt+ArrowUp')
          await keys.go(page.getByRole('button', { name: 'Ban hành phiên bản 2' }))
          await page.getByRole('dialog').getByText('Chuyển chỗ').waitFor()
          assert.deepEqual(await fits(page, 'report-form-publish', false), [])
          await keys.go(page.getByRole('dialog').getByRole('button', { name: 'Ban hành phiên bản 2' }))
          await page.getByText('Phiên bản 2', { exact: true }).waitFor()
          await page.keyboard.press('g'); await page.keyboard.press('r')
          await page.waitForURL(/\/reports$/)
        }
        await keys.go(page.getByRole('link', { name: w.ask }).first())
        await page.waitForURL(/\/reports\/ask$/)
        await page.getByLabel(w.form, { exact: true }).selectOption({ label: w.situation })
        await keys.reach(page.getByLabel(w.title, { exact: true }))
        await page.keyboard.press('Control+a')
        await keys.type(w.name(1))
        await keys.reach(page.getByRole('textbox', { name: w.hour }))
        await page.keyboard.press('Control+a')
        await keys.type('23:59')
        await keys.reach(page.getByLabel(w.kinds)); await page.keyboard.press('Space')
        await keys.reach(page.getByLabel(w.communes)); await page.keyboard.press('Space')
        // A day that may be left out, and is none: nothing is sent without it. A short one is written out.
        await page.getByRole('radio', { name: w.weekly }).check()
        const until = page.getByLabel(w.until)
        await keys.reach(until)
        await keys.type('31/2')
        await keys.go(page.getByRole('button', { name: w.send }))
        await page.getByText(w.noDay).waitFor()
        assert.ok(await until.evaluate((field) => field === document.activeElement && field.getAttribute('aria-invalid') === 'true'), 'gone to, and said there')
        assert.deepEqual(await fits(page, 'report-ask', false), [])
        // What is said when a field is left waits until the button was let go: pressed below it, it is hit.
        await until.fill('30/2')
        const list = page.getByRole('radio', { name: w.list })
        const at = (await list.boundingBox())!
        await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2)
        await page.mouse.down()
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        await page.mouse.up()
        await page.getByText(w.noDay.replace('31/2', '30/2')).waitFor()
        assert.ok(await list.isChecked(), 'the press was not lost')
        await page.getByRole('radio', { name: w.kind }).check()
        await until.fill('5/12')
        await keys.press('Tab')
        assert.match(await until.inputValue(), /^05\/12\/20\d\d$/)
        await page.getByRole('radio', { name: w.once }).check()
        await keys.go(page.getByRole('button', { name: w.send }))
        await page.waitForURL(/\/report-collections\//)
        await page.getByText(/^0\/2/).first().waitFor()

        const unit = keysOf(city.page)
        await real.enter(city.page, 'dv.01')
        await city.page.goto(`${real.url}/reports?tab=owed`)
        await city.page.getByRole('link', { name: w.name(1) }).first().waitFor()
        assert.deepEqual(await fits(city.page, 'reports', lang === 'vi'), [])
        await unit.go(city.page.getByRole('link', { name: w.name(1) }).first())
        await city.page.waitForURL(/\/reports\/[0-9a-f-]{36}$/)
        // Filled offline: an empty file says so; of a filled one what can be read is taken, and the rest stays to be mended at its field.
        await city.page.locator('.report-offline summary').click()
        const put = (name: string, buffer: Buffer) => city.page.locator('.report-offline input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
        await put('trong.xlsx', await (await city.page.request.get(city.page.url().replace('/reports/', '/api/v1/reports/') + '/blank')).body())
        await city.page.getByText(w.empty).waitFor()
        await put('dien.csv', Buffer.from('fires,,,,3\r\nmedical,,,,mười\r\n'))
        await city.page.getByText(w.read).waitFor()
        assert.deepEqual([await city.page.locator('#f-fires input').inputValue(), await city.page.locator('#f-medical input').inputValue(), await city.page.locator('#f-medical input').getAttribute('aria-invalid')], ['3', 'mười', 'true'])
        await unit.go(city.page.getByRole('button', { name: w.submit, exact: true }))
        await city.page.getByText(w.faults).waitFor()
        await unit.reach(city.page.getByLabel(new RegExp(`^${w.today}`)))
        await unit.type('2')
        await city.page.getByText(w.saved).waitFor()
        assert.deepEqual(await fits(city.page, 'report-fill', lang === 'vi'), [])
        await city.page.reload()
        await city.page.getByLabel(new RegExp(`^${w.today}`)).waitFor()
        assert.equal(await city.page.getByLabel(new RegExp(`^${w.today}`)).inputValue(), '2', 'the draft is the server\'s')
        for (const [code, value] of Object.entries(NEEDED)) await city.page.locator(`#f-${code} input`).fill(value)
        await city.page.getByLabel(w.state).selectOption({ label: w.calm })
        await unit.go(city.page.getByRole('button', { name: w.submit, exact: true }))
        await city.page.getByRole('button', { name: w.correct }).waitFor()
        assert.deepEqual(await fits(city.page, 'report-read', false), [])

        // The nation's screen has it without a reload.
        await page.getByText(/^1\/2/).first().waitFor()
        await keys.go(page.getByRole('button', { name: w.today }))
        await page.getByRole('link', { name: 'Thành phố Hà Nội' }).waitFor()
        if (lang === 'vi') await shot(page, 'report-collection', true)
        assert.deepEqual(await fits(page, 'report-collection', lang === 'vi'), [])

        // Returned by the nation, it is filled in again at the city without a reload; excused while that is under way, it says so and changes when asked to.
        await keys.go(page.getByRole('link', { name: 'Thành phố Hà Nội' }))
        await page.locator('.report-who').waitFor() // the address changes before the page does
        const act = async (name: string, label: string, reason: string) => {
          await keys.go(page.getByRole('button', { name: w.more }))
          await keys.go(page.getByRole('menuitem', { name }), 'ArrowDown')
          await keys.reach(page.getByLabel(label))
          await keys.type(reason)
          await keys.go(page.getByRole('dialog').getByRole('button', { name }))
          await page.getByRole('dialog').waitFor({ state: 'detached' })
        }
        await act(w.giveBack, w.giveBackWhy, 'Thiếu số liệu về y tế')
        await city.page.getByText(/: Thiếu số liệu về y tế$/).waitFor()
        await city.page.locator('#f-medical input').fill('mười')
        await city.page.getByText(w.noNumber).waitFor()
        await city.page.getByText(w.saved).waitFor()
        await city.page.reload()
        await city.page.getByText(w.noNumber).waitFor()
        assert.equal(await city.page.locator('#f-medical input').inputValue(), 'mười', 'what is no number stays to be mended')
        await act(w.excuse, w.excuseWhy, 'Sự kiện đã hoãn')
        await unit.go(city.page.getByRole('status').getByRole('button', { name: w.reload }))
        await city.page.getByText(/: Sự kiện đã hoãn$/).waitFor()
        assert.deepEqual([...nation.complaints, ...city.complaints], [])
      } finally { await nation.close(); await city.close() }
    })
  }
})
