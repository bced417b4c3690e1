// A template's next version on a telephone, by keyboard alone: rows pasted from Excel, saved, the days of one unit looked at, what changed, published.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { langsOf } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { narrow } from './harness/narrow.ts'
import { openAs, openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const vi = {
  sound: /Không có lỗi/, save: 'Lưu nháp', saved: 'Đã lưu bản nháp.', over: /^Dán vào, ghi đè 1 dòng/, fault: /^1 lỗi/, dates: 'Xem thử ngày', unit: 'Đơn vị', day: 'Ngày khai mạc', differences: 'Thay đổi', against: 'So với phiên bản', publish: 'Công bố', ask: 'Công bố phiên bản 2?', publishDo: 'Công bố phiên bản 2', followed: 'Đợt đang theo phiên bản cũ của mẫu này',
}
const en: typeof vi = {
  sound: /No errors/, save: 'Save draft', saved: 'The draft is saved.', over: /^Pasted; 1 row written over/, fault: /^1 error/, dates: 'Try dates', unit: 'Unit', day: 'Opening day', differences: 'Changes', against: 'Against version', publish: 'Publish', ask: 'Publish version 2?', publishDo: 'Publish version 2', followed: 'Programmes that follow an older version',
}

describe('the template editor by keyboard at 320 px', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of langsOf('en').slice(0, 1)) test(`paste, save, days of one unit, differences, publish: ${lang}`, async () => {
    const w = { vi, en }[lang]
    const { page, complaints, close } = await openAs(browser, real, 'quantri', '/templates/congress/edit', { lang, width: 320, height: 720 }, '[role=grid]')
    const keys = keysOf(page)
    const wrong: string[] = []
    const fits = async (where: string) => { await keys.held(where); wrong.push(...await narrow(page, where)); await shot(page, `template-keys-${lang}-${where.replaceAll(' ', '-')}`) }
    const cell = (n: number, column: number) => page.locator(`[aria-rowindex="${n + 1}"]`).locator(`[aria-colindex="${column}"]`)
    const checked = (status: RegExp) => page.getByRole('status').filter({ hasText: status }).first().waitFor()
    const paste = async (text: string) => { await page.evaluate((text) => navigator.clipboard.writeText(text), text); await page.keyboard.press('Control+v') }
    const tab = async (name: string) => {
      await keys.reach(page.getByRole('tab', { selected: true }), 'Shift+Tab')
      for (let i = 0; i < 12 && !await page.getByRole('tab', { name }).evaluate((e) => e === document.activeElement); i++) await keys.press('ArrowRight')
    }
    try {
      await checked(w.sound)
      await keys.reach(page.locator('[role=grid] [tabindex="0"]'))
      await fits('in the grid')
      await keys.press('Control+End', 'Home', 'Control+Enter')
      await fits('in a new row')
      await paste('T90\tViệc dán từ Excel\tPasted from Excel\tĐịa điểm tổ chức\tapproved -3\r\nT91\tViệc thứ hai\tSecond\tVenue\tN-5lv\r\n')
      await cell(42, 3).getByText('Việc thứ hai').waitFor()
      await checked(w.sound)
      await fits('pasted')
      // Over what is there: said, and taken back.
      await keys.press('ArrowDown', 'ArrowRight')
      await paste('Tên dán đè')
      await page.getByText(w.over).waitFor()
      await fits('pasted over')
      await page.keyboard.press('Control+z')
      await cell(42, 3).getByText('Việc thứ hai').waitFor()
      // A day that nobody understands: said, and undone.
      await keys.press('ArrowRight', 'ArrowRight', 'ArrowRight')
      await paste('hôm nào đó')
      await checked(w.fault)
      await fits('a fault')
      await page.keyboard.press('Control+z')
      await checked(w.sound)
      await keys.go(page.getByRole('button', { name: w.save, exact: true }), 'Shift+Tab')
      await page.getByRole('log').getByText(w.saved).waitFor()
      await fits('saved')

      await tab(w.dates)
      const unit = page.getByRole('combobox', { name: w.unit, exact: true })
      await unit.waitFor()
      await fits('at the days')
      await keys.reach(unit)
      await keys.type(SHOWN[lang])
      await page.getByRole('option', { name: SHOWN[lang] }).first().waitFor()
      await fits('a unit found')
      await page.keyboard.press('Enter')
      await page.locator('.combo-value').getByText(SHOWN[lang]).waitFor()
      await keys.reach(page.getByLabel(w.day, { exact: true }))
      await keys.type('15/10/2027')
      await page.getByRole('cell', { name: /15\/10\/2027/ }).first().waitFor()
      await page.getByRole('row', { name: lang === 'vi' ? /^Việc thứ hai/ : /^Second/ }).waitFor()
      await fits('the days of one unit')

      await tab(w.differences)
      await page.getByRole('heading', { name: w.against }).waitFor()
      await page.getByText(/^T91/).first().waitFor()
      await fits('what changed')
      await keys.go(page.getByRole('button', { name: w.publish, exact: true }), 'Shift+Tab')
      await page.getByRole('heading', { name: w.ask }).waitFor()
      await fits('before it is published')
      await keys.go(page.getByRole('dialog').getByRole('button', { name: w.publishDo }))
      await page.waitForURL(/templates\/congress\?version/)
      await page.getByText(w.followed).waitFor()
      await fits('published')
      assert.deepEqual([...wrong, ...complaints], [])
    } catch (error) {
      if (wrong.length > 0) console.error(wrong)
      await page.screenshot({ path: `test-artefacts/failed-template-keys-${lang}.png` }).catch(() => {})
      throw error
    } finally { await close() }
  })
})
