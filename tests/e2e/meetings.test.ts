// A body is formed, its session prepared from how things stand, the late units chased, the session held, concluded into a task and signed; the next one
// begins with what came of it. By keyboard, in both languages, on the whole program.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const WORDS = {
  vi: {
    form: 'Thành lập', name: 'Tên', add: 'Thêm thành viên: đơn vị', body: 'Ban chỉ đạo bảo đảm an toàn', prepare: 'Chuẩn bị phiên họp', day: 'Ngày', item: 'Thêm mục khác', set: 'Lập phiên họp', all: 'Chọn cả', record: 'Dự họp, ý kiến', points: 'Ý kiến, mỗi ý một dòng', save: 'Lưu biên bản', saved: 'Đã lưu biên bản',
    conclusions: 'Kết luận', text: 'Kết luận', unit: 'Giao đơn vị', due: 'Thời hạn', conclude: 'Ghi kết luận, giao việc', given: 'Đã giao cho', sign: 'Thông qua biên bản', signed: 'Biên bản đã thông qua', left: 'Việc còn lại từ phiên trước', notice: 'Thông báo kết luận', said: 'Bổ sung lực lượng chốt trực', done: 'Rà soát lối thoát nạn tại hội trường',
  },
  en: {
    form: 'Form a body', name: 'Name', add: 'Add a member: unit', body: 'Safety steering committee', prepare: 'Prepare a session', day: 'Day', item: 'Add another item', set: 'Set up the session', all: 'Choose all', record: 'Attendance, points', points: 'Points, one a line', save: 'Save the minutes', saved: 'The minutes are saved',
    conclusions: 'Conclusions', text: 'Conclusion', unit: 'Unit', due: 'Due', conclude: 'Record and assign', given: 'Assigned to', sign: 'Sign the minutes', signed: 'Minutes signed', left: 'Left from an earlier session', notice: 'Notice of conclusions', said: 'More people at the posts', done: 'Look at the exits of the hall again',
  },
}
const far = (days: number) => { const at = new Date(Date.now() + days * 86_400_000); return `${String(at.getDate()).padStart(2, '0')}/${String(at.getMonth() + 1).padStart(2, '0')}/${at.getFullYear()}` }

describe('a steering body meets', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of ['vi', 'en'] as const) {
    test(`in ${lang === 'vi' ? 'Vietnamese' : 'English'}, without a mouse`, async () => {
      const w = WORDS[lang]
      const { page, complaints, close } = await openPage(browser, { lang })
      try {
        page.setDefaultTimeout(12_000)
        const keys = keysOf(page)
        const button = (name: string) => page.getByRole('button', { name, exact: true })
        const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })
        const unit = async (label: string, typed: string, found: RegExp) => {
          await keys.reach(page.getByRole('combobox', { name: label }))
          await keys.type(typed)
          await page.getByRole('option', { name: found }).first().waitFor()
          await page.keyboard.press('Enter')
          await page.waitForFunction((label) => [...document.querySelectorAll<HTMLInputElement>('input[role=combobox]')].every((one) => one.labels?.[0]?.textContent !== label || one.value === ''), label)
        }
        await page.goto(await real.link('thuongtruc'))
        await page.locator('.app h1').waitFor()
        await page.keyboard.press('g'); await page.keyboard.press('o')
        await page.waitForURL(/\/bodies$/)
        if (lang === 'vi') { await page.locator('.empty').waitFor(); assert.deepEqual(await fits(page, 'bodies-empty', false), []) }
        await keys.go(button(w.form).first())
        await page.getByRole('dialog').waitFor()
        await keys.reach(field(w.name))
        await keys.type(w.body)
        for (const [typed, found] of [['viet nam', /Việt Nam/], ['ha noi', /Hà Nội/], ['cao bang', /Cao Bằng/]] as const) await unit(w.add, typed, found)
        assert.equal(await page.locator('.body-members li').count(), 3)
        if (lang === 'vi') assert.deepEqual(await fits(page, 'body-form', false), [])
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.form, exact: true }))
        await page.waitForURL(/\/bodies\/[0-9a-f-]+$/)
        await page.getByRole('heading', { level: 1, name: w.body }).waitFor()
        assert.deepEqual(await fits(page, 'body', lang === 'vi'), [])

        await keys.go(page.getByRole('link', { name: w.prepare }).first())
        await page.waitForURL(/prepare$/)
        await page.locator('.agenda li').first().waitFor()
        await keys.reach(field(w.day))
        await keys.type(far(1))
        await keys.reach(field(w.item))
        await keys.type('Công tác y tế')
        await page.keyboard.press('Enter')
        await page.locator('.agenda li', { hasText: 'Công tác y tế' }).waitFor()
        const late = page.locator('.chase input').first()
        if (await late.count() > 0) { await keys.reach(late); await page.keyboard.press('Space') }
        assert.deepEqual(await fits(page, 'prepare', lang === 'vi'), [])
        await shot(page, `meeting-prepare-${lang}`, true)
        await keys.go(button(w.set))
        await page.waitForURL(/\/meetings\/[0-9a-f-]+/)

        await page.locator('[role=tab][data-tab=record]').focus()
        await page.keyboard.press('Enter')
        await keys.reach(page.getByLabel(w.points))
        await keys.type(w.said)
        if (lang === 'vi') assert.deepEqual(await fits(page, 'record', false), [])
        await keys.go(button(w.save))
        await page.getByText(w.saved).waitFor()
        await page.locator('[role=tab][data-tab=conclusions]').focus()
        await page.keyboard.press('Enter')
        await keys.reach(field(w.text))
        await keys.type(w.done)
        await unit(w.unit, lang === 'vi' ? 'hoan kiem' : 'cua nam', lang === 'vi' ? /Hoàn Kiếm/ : /Cửa Nam/)
        await keys.reach(field(w.due))
        await keys.type(far(12))
        await keys.go(button(w.conclude))
        await page.getByText(w.given).waitFor()
        await page.getByRole('row').filter({ hasText: w.done }).waitFor()
        assert.deepEqual(await fits(page, 'conclusions', lang === 'vi'), [])
        await keys.go(button(w.sign).first(), 'Shift+Tab')
        await page.getByRole('dialog').waitFor()
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.sign, exact: true }))
        await page.locator('.note', { hasText: w.signed }).waitFor()
        await shot(page, `meeting-signed-${lang}`)

        // The notice of its conclusions, in the office's form, as both files.
        const signedAt = page.url()
        await keys.go(page.getByRole('link', { name: w.notice }))
        await page.waitForURL(/papers\/new/)
        await page.locator('.sheet-box').getByText(w.done).first().waitFor()
        await shot(page, `meeting-notice-${lang}`)
        await page.goto(signedAt)

        // The next session begins with what came of it.
        await page.goto(`${page.url().replace(/meetings.*/, 'bodies')}`)
        await page.getByRole('link', { name: w.body }).first().waitFor()
        assert.deepEqual(await fits(page, 'bodies', lang === 'vi'), [])
        await keys.go(page.getByRole('link', { name: w.body }))
        await keys.go(page.getByRole('link', { name: w.prepare }).first())
        await page.locator('.agenda li', { hasText: `${w.left}: ${w.done}` }).waitFor()
        assert.deepEqual(complaints, [])
      } finally { await close() }
    })
  }
})
