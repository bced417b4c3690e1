// An administrator's work by keyboard alone, on the whole program; the same script in Vietnamese on a desk and in English on a telephone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { keysOf } from './harness/keys.ts'
import type { Keys } from './harness/keys.ts'
import { openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const vi = {
  manage: 'Quản trị', notices: 'Thông báo', undo: 'Hoàn tác', actions: 'Thao tác', preview: 'Xem trước',
  people: 'Người và phân quyền', add: 'Thêm người', name: 'Họ và tên', unit: 'Đơn vị', addDo: 'Thêm', added: 'Đã thêm', filters: 'Điều kiện lọc', find: 'Tìm người', give: 'Giao vai trò', officer: /^Cán bộ/, giveDo: 'Giao', given: 'Đã giao vai trò.', end: 'Kết thúc', endDo: 'Kết thúc vai trò', ended: 'Đã kết thúc vai trò.', back: 'Đã giao lại vai trò như trước.', slip: 'Cấp phiếu đăng nhập', slipDo: 'Cấp phiếu', slips: '1 phiếu đăng nhập', close: 'Đã in xong, đóng', access: /đã cấp phiếu, chưa dùng/,
  programmes: 'Đợt và mẫu chương trình', create: 'Lập đợt', createDo: 'Lập đợt', programme: 'Tên đợt', code: 'Mã đợt', commune: 'cấp xã', others: ['cấp tỉnh', 'trung ương'], from: 'Từ ngày', until: 'Đến ngày', fresh: 'Sự kiện mới', cascade: 'Triển khai 10 sự kiện', cascaded: /Đã triển khai 10 sự kiện/, board: 'Xem bảng sẵn sàng', nation: 'Việt Nam', change: 'Điều chỉnh', move: 'Chuyển ngày', day: 'Ngày mới', moveTo: /^Chuyển sang ngày/, moved: /Đã chuyển sự kiện/,
  sound: /Không có lỗi/, fault: /^1 lỗi/, rule: 'N-61',
  pick: 'chọn tệp', drop: /^Bỏ tệp/, scheme: 'Danh mục', sign: /Chỉ gồm 1–32 ký tự/, double: /Dòng 4: mã K1 đã có ở dòng 3/, seen: 'Xem trước: chưa có gì thay đổi', go: (n: number) => `Nhập ${n} đơn vị`, gone: (n: number) => new RegExp(`Đã nhập ${n} đơn vị`), closing: 'Nhập và đóng 1 đơn vị', more: 'Nhập tệp khác', undone: 'Đã trở lại danh mục trước đó.',
}
const en: typeof vi = {
  manage: 'Administration', notices: 'Messages', undo: 'Undo', actions: 'Actions', preview: 'Preview',
  people: 'People and roles', add: 'Add a person', name: 'Name', unit: 'Unit', addDo: 'Add', added: 'was added', filters: 'Filters', find: 'Find people', give: 'Give a role', officer: /^Officer/, giveDo: 'Give', given: 'The role is given.', end: 'End', endDo: 'End the role', ended: 'The role has ended.', back: 'The role is given again as it was.', slip: 'Issue a sign-in slip', slipDo: 'Issue a slip', slips: '1 sign-in slip', close: 'Printed, close', access: /slip issued, not used/,
  programmes: 'Programmes and templates', create: 'Create a programme', createDo: 'Create', programme: 'Name', code: 'Code', commune: 'commune', others: ['province', 'nation'], from: 'From', until: 'Until', fresh: 'New events', cascade: 'Cascade 10 events', cascaded: /10 events and .* cascaded/, board: 'Readiness board', nation: 'Viet Nam', change: 'Change', move: 'Move to another day', day: 'New day', moveTo: /^Move to/, moved: /The event was moved/,
  sound: /No errors/, fault: /^1 error/, rule: 'D-61',
  pick: 'choose a file', drop: /^Remove/, scheme: 'List', sign: /Only 1–32 characters/, double: /Line 4: /, seen: 'Preview: nothing has changed yet', go: (n: number) => `Import ${n} units`, gone: (n: number) => new RegExp(`${n} units imported`), closing: 'Import and close 1', more: 'Import another file', undone: 'The list is as it was before.',
}
const written = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/')

describe('an administrator’s work by keyboard', { timeout: 300_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const [lang, w, width] of [['vi', vi, 1280], ['en', en, 320]] as const) describe(`${lang}, ${width} px`, () => {
    type Work = { page: Page; keys: Keys; see: (text: string | RegExp) => Promise<void>; fits: (where: string) => Promise<void> }
    const as = async (path: string, run: (work: Work) => Promise<void>) => {
      const { page, complaints, close } = await openPage(browser, { lang, width, height: width === 320 ? 720 : 900 })
      page.setDefaultTimeout(10_000)
      const keys = keysOf(page)
      try {
        await real.enter(page, 'quantri')
        await page.goto(real.url + path)
        await page.locator('h1').first().waitFor()
        await run({
          page, keys, see: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
          // Held, and nothing to be pushed sideways.
          fits: async (where) => { await keys.held(where); assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${where}: wider than the window`) },
        })
        assert.deepEqual(complaints, [])
      } catch (error) {
        await page.screenshot({ path: `test-artefacts/failed-admin-${lang}.png` }).catch(() => {})
        throw error
      } finally { await close() }
    }
    const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
    const dialog = (page: Page): Locator => page.getByRole('dialog')
    const closed = (page: Page) => dialog(page).waitFor({ state: 'detached' })
    const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true })
    const unit = async (page: Page, keys: Keys, field: Locator, name: string) => {
      await keys.reach(field)
      await keys.type(name)
      await page.getByRole('option', { name }).first().waitFor()
      await page.keyboard.press('Enter')
      await page.locator('.combo-value').getByText(name).waitFor()
    }
    const slip = async (page: Page, keys: Keys, fits: Work['fits']) => {
      await heading(page, w.slips)
      await fits('at the slip')
      await keys.go(button(page, w.close))
      await keys.go(button(dialog(page), w.close))
      await closed(page)
    }
    const [who, at] = lang === 'vi' ? ['Đỗ Văn Phím', SHOWN.vi] : ['Đỗ Thị Bàn', SHOWN.en]

    test('a person is added, given a role and a slip; the role is ended, and that undone', () => as('/manage', async ({ page, keys, see, fits }) => {
      await keys.go(page.getByRole('main').getByRole('link', { name: w.people }))
      await heading(page, w.people)
      await fits('at the list of people')
      await keys.go(button(page, w.add))
      await keys.reach(dialog(page).getByLabel(w.name, { exact: true }))
      await keys.type(who)
      await unit(page, keys, dialog(page).getByRole('combobox', { name: w.unit, exact: true }), at)
      await fits('in the dialog')
      await keys.go(button(dialog(page), w.addDo))
      await closed(page)
      await page.getByRole('log').getByText(w.added).waitFor() // read out
      await fits('after adding')
      await keys.go(page.getByRole('region', { name: w.notices }).getByRole('button', { name: w.slipDo }), 'Shift+Tab')
      await slip(page, keys, fits)
      await heading(page, w.people)
      await fits('after the first slip')
      if (width === 320) await keys.go(button(page, w.filters))
      await keys.reach(page.getByLabel(w.find))
      await keys.type(who)
      await page.getByRole('row').nth(1).getByText(who).waitFor()
      await keys.go(page.getByRole('link', { name: who }))
      await heading(page, who)
      await fits('at the person')

      await keys.go(button(page, w.give))
      await keys.reach(dialog(page).getByRole('radio').first())
      await keys.press('ArrowDown', 'ArrowUp')
      for (let i = 0; i < 6 && !await dialog(page).getByRole('radio', { name: w.officer }).isChecked(); i++) await keys.press('ArrowDown')
      await fits('with the role chosen')
      await keys.go(button(dialog(page), w.giveDo))
      await closed(page)
      await page.getByRole('log').getByText(w.given).waitFor()
      await page.getByRole('rowheader', { name: w.officer }).waitFor()
      await fits('after the role')

      await keys.go(button(page, w.actions), 'Shift+Tab')
      await keys.reach(item(page, w.slip), 'ArrowDown')
      await page.keyboard.press('Enter')
      await keys.go(button(dialog(page), w.slipDo))
      await slip(page, keys, fits)
      await heading(page, who)
      await see(w.access)
      await fits('after the slip')

      await keys.go(page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: w.officer }) }).getByRole('button', { name: w.end }))
      await keys.go(button(dialog(page), w.endDo))
      await closed(page)
      await page.getByRole('log').getByText(w.ended).waitFor()
      await page.getByRole('rowheader', { name: w.officer }).waitFor({ state: 'detached' })
      await fits('after the end')
      await keys.go(page.getByRole('region', { name: w.notices }).getByRole('button', { name: w.undo }), 'Shift+Tab')
      await page.getByRole('rowheader', { name: w.officer }).waitFor()
      await see(w.back)
      await fits('after the undo')
    }))

    test('a programme is made from a template and cascaded while one looks on; a day is moved', () => as('/manage', async ({ page, keys, see, fits }) => {
      const code = `KEYS-${lang.toUpperCase()}`
      await keys.go(page.getByRole('main').getByRole('link', { name: w.programmes }))
      await heading(page, w.programmes)
      await fits('at the list of programmes')
      await keys.go(page.getByRole('main').getByRole('link', { name: w.create }))
      await heading(page, w.create)
      await keys.reach(page.getByLabel(w.programme, { exact: true }))
      await keys.type(`Đợt bằng phím ${lang}`)
      await keys.reach(page.getByLabel(w.code, { exact: true }))
      await keys.type(code)
      const level = (name: string) => page.getByRole('group', { name, exact: true })
      await keys.reach(page.getByRole('checkbox').first())
      const kinds = await page.locator('.level').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!))
      for (const kind of kinds) {
        await keys.reach(level(kind).getByRole('checkbox'))
        if (w.others.includes(kind)) { await keys.press('Space'); continue }
        await keys.reach(level(kind).getByLabel(w.from))
        await keys.type(written(130))
        await keys.reach(level(kind).getByLabel(w.until))
        await keys.type(written(160))
      }
      await fits('with the days')
      await keys.go(button(page.getByRole('main'), w.createDo))
      await heading(page, `Đợt bằng phím ${lang}`)
      await fits('at the programme')
      await keys.go(button(page, w.preview))
      await see(w.fresh)
      await fits('at the preview')
      await keys.go(button(page, w.cascade))
      await keys.go(button(dialog(page), w.cascade))
      await fits('while it runs')
      await see(w.cascaded)
      await fits('at the result')
      await keys.go(page.getByRole('main').getByRole('link', { name: w.board }))
      await heading(page, w.nation)
      await fits('at its board')
      await keys.go(page.getByRole('link', { name: 'Thành phố Hà Nội' }))
      await heading(page, 'Thành phố Hà Nội')
      await keys.go(page.getByRole('link', { name: at, exact: true }))
      await heading(page, at)
      await fits('at the event')
      await keys.go(button(page, w.change), 'Shift+Tab')
      await keys.reach(item(page, w.move), 'ArrowDown')
      await page.keyboard.press('Enter')
      await keys.reach(dialog(page).getByLabel(w.day))
      await page.keyboard.press('Control+A')
      await keys.type(written(150))
      await keys.go(button(page, w.preview))
      await button(page, w.moveTo).waitFor()
      await fits('at the preview of the move')
      await keys.go(button(page, w.moveTo))
      await closed(page)
      await see(w.moved)
      await page.locator('.page-line').getByText(written(150)).waitFor()
      await fits('after the move')
    }))

    test('a broken list of units is mended, looked at, imported, and taken back', () => as('/units/import', async ({ page, keys, see, fits }) => {
      const give = async (rows: string[]) => {
        const chooser = page.waitForEvent('filechooser')
        await keys.go(button(page, w.pick))
        await (await chooser).setFiles({ name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(`code,name,kind,parent_code\n${rows.join('\n')}\n`) })
        await page.getByText('don-vi.csv').waitFor()
        await fits('with a file')
      }
      const scheme = async (name: string, back = false) => { await keys.reach(page.getByRole('textbox', { name: w.scheme, exact: true }), back ? 'Shift+Tab' : 'Tab'); await page.keyboard.press('Control+A'); await keys.type(name) }
      const whole = ['K0,Khối,force,VN', 'K1,Đội 1,force,K0', 'K2,Đội 2,force,K0']
      await give(['K0,Khối,force,VN', 'K1,Đội 1,force,K0', 'K1,Đội 2,force,K0'])
      await scheme(`keys-${lang}`)
      await keys.go(button(page, w.preview))
      await see(w.sign)
      await fits('at a list of a wrong name')
      await scheme(`keys_${lang}`, true)
      await keys.go(button(page, w.preview))
      await see(w.double)
      await fits('at the faults')
      await keys.go(button(page, w.drop), 'Shift+Tab')
      await fits('without the file')
      await give(whole)
      await keys.go(button(page, w.preview))
      await see(w.seen)
      await fits('at the preview')
      await keys.go(button(page, w.go(3)))
      await see(w.gone(3))
      await fits('after the import')
      await keys.go(button(page, w.more))
      await button(page, w.pick).waitFor()
      await fits('at the next file')
      await give(whole.slice(0, 2))
      await keys.go(button(page, w.preview))
      await see(w.seen)
      await keys.go(button(page, w.go(2)))
      await keys.go(button(dialog(page), w.closing))
      await see(w.gone(2))
      await fits('after the wrong import')
      await keys.go(button(page, w.undo))
      await keys.go(button(dialog(page), w.undo))
      await see(w.undone)
      await fits('after the undo')
    }))

    test('a template is edited: a cell, a rule that nobody understands, and that mended', () => as('/templates/congress/edit', async ({ page, keys, see, fits }) => {
      const cell = (n: number, column: number) => page.locator(`[aria-rowindex="${n + 1}"]`).locator(`[aria-colindex="${column}"]`)
      await see(w.sound)
      await keys.reach(page.locator('[role=grid] [tabindex="0"]'))
      await fits('in the grid')
      await keys.press('ArrowRight', 'ArrowDown')
      await keys.type('Tên sửa bằng bàn phím')
      await page.keyboard.press('Enter')
      await cell(2, 3).getByText('Tên sửa bằng bàn phím').waitFor()
      await keys.press('ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowRight')
      await keys.type('xyz')
      await page.keyboard.press('Enter')
      await see(w.fault)
      assert.equal(await cell(2, 6).getAttribute('aria-invalid'), 'true')
      await keys.press('ArrowUp')
      await fits('at the fault')
      await keys.type(w.rule)
      await page.keyboard.press('Tab')
      await see(w.sound)
      await fits('after it was mended')
    }))
  })
})
