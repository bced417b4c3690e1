// The annex every office writes, on the whole program: read, grouped, changed in place by two people at once, found in, copied, printed; and pasted from Word, asked about, given and taken back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import type { Browser, Page } from 'playwright-core'
import { tasksRoutes } from '../../src/capabilities/tasks/routes.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openBrowser, shot } from './harness/browser.ts'
import type { Look } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { ASKED, openAs, openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

/** As Word puts it on the clipboard: a title row, a merged cell, a section over the whole width, broken lines, numbers of its own. */
const WORD = `<html><body><p>Phụ lục</p><table border=1>
<tr><td><p class=MsoNormal><b>TT</b></p></td><td><p>Nội dung
công việc</p></td><td><p>Cơ quan,<br>đơn vị chủ trì</p></td><td><p>Cơ quan phối hợp</p></td><td><p>Thời gian hoàn thành</p></td><td><p>Sản phẩm</p></td></tr>
<tr><td colspan=6><p><b>I. CÔNG TÁC CHUẨN BỊ</b></p></td></tr>
<tr><td><p>1</p></td><td><p>Rà soát phương án<br>bảo đảm an ninh</p></td><td rowspan=2><p>UBND TP Hà Nội</p></td><td><p>- Phường Hoàn Kiếm</p><p>- P. Cửa Nam</p></td><td><p>tháng 12/2099</p></td><td><p>Phương án</p></td></tr>
<tr><td><p>2</p></td><td><p>Tổ chức diễn tập</p></td><td><p>các đơn vị liên quan</p></td><td><p>trước 15/3/2099</p></td><td><p>Báo cáo</p></td></tr>
<tr><td><p>3</p></td><td><p>Kiểm tra y tế</p></td><td><p>Sở Chưa Có</p></td><td></td><td><p>sớm</p></td><td></td></tr></table></body></html>`
const paste = (page: Page, label: string, data: Record<string, string>) => page.getByLabel(label, { exact: true }).evaluate((el, data) => {
  const transfer = new DataTransfer()
  for (const [type, text] of Object.entries(data)) transfer.setData(type, text)
  el.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))
}, data)

describe('the annex', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })
  const open = (account: string, path: string, look: Look = {}) => openAs(browser, real, account, path, look)

  test('a long table scrolls without leaping back, also when a row that was ticked goes out of sight, and stands where it was for whoever comes back', async () => {
    const { page, complaints, close } = await open('thuongtruc', '/tasks?scope=below')
    try {
      await page.locator('table[aria-rowcount]').waitFor()
      await page.locator('tbody tr[data-at]').first().getByRole('checkbox').check()
      await page.mouse.move(640, 500)
      await page.evaluate(() => {
        const seen = window as unknown as { back: number }
        let last = scrollY
        seen.back = 0
        addEventListener('scroll', () => { seen.back = Math.max(seen.back, last - scrollY); last = scrollY })
      })
      const far = () => page.evaluate(async () => { await new Promise(requestAnimationFrame); return scrollY > 3000 })
      for (let i = 0; i < 200 && !(await far()); i++) await page.mouse.wheel(0, 150)
      assert.ok(await far())
      assert.equal(await page.evaluate(() => (window as unknown as { back: number }).back), 0)
      // Whoever opens one and comes back finds it where it stood.
      const placeOf = (at: string) => page.locator(`tr[data-at="${at}"] a`).first().evaluate((link) => Math.round(link.getBoundingClientRect().top))
      const at = await page.evaluate(() => document.elementFromPoint(500, 500)!.closest<HTMLElement>('tr[data-at]')!.dataset['at']!)
      const stood = await placeOf(at)
      await page.locator(`tr[data-at="${at}"] a`).first().click()
      await page.waitForURL(/\/tasks\/./)
      await page.goBack()
      await page.locator(`tr[data-at="${at}"]`).waitFor()
      await page.waitForFunction(({ at, stood }) => Math.abs(document.querySelector(`tr[data-at="${at}"] a`)!.getBoundingClientRect().top - stood) < 3, { at, stood })
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })
  test('is what a desk sees first; a group, an order and a filter have an address', async () => {
    const { page, complaints, close } = await open('thuongtruc', '/tasks?scope=below')
    try {
      await page.locator('tbody tr[data-at]').first().waitFor()
      for (const head of ['STT', 'Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm', 'Tiến độ']) await page.getByRole('columnheader', { name: head }).waitFor()
      await shot(page, 'annex-1280')
      await page.getByLabel('Nhóm theo').selectOption('stream')
      await page.locator('tr.group').first().waitFor()
      await page.getByRole('button', { name: 'Nội dung', exact: true }).click()
      await page.waitForURL(/group=stream.*sort=title|sort=title.*group=stream/)
      await page.getByRole('button', { name: 'Cách xem' }).click()
      await page.getByRole('menuitem', { name: 'Lưu cách xem này…' }).click()
      await page.getByLabel('Tên', { exact: true }).fill('Theo mảng')
      await page.getByRole('button', { name: 'Lưu', exact: true }).click()
      await page.getByText('Đã lưu cách xem').waitFor()
      await page.goto(`${real.url}/tasks`)
      await page.getByRole('button', { name: 'Cách xem' }).click()
      await page.getByRole('menuitem', { name: 'Theo mảng' }).click()
      await page.waitForURL((url) => url.searchParams.get('group') === 'stream' && url.searchParams.get('sort') === 'title' && url.searchParams.get('scope') === 'below')
      await page.locator('tr.group').first().waitFor()
      await page.getByRole('button', { name: 'Cách xem' }).click()
      await page.getByRole('menuitem', { name: 'Bỏ cách xem đã lưu…' }).click()
      await page.getByRole('dialog').getByRole('button', { name: /Theo mảng/ }).waitFor()
      await page.keyboard.press('Control+f')
      assert.equal(await page.getByRole('search', { name: 'Tìm trong bảng' }).count(), 0, 'behind a dialog nothing is found')
      await page.getByRole('dialog').getByRole('button', { name: /Theo mảng/ }).click()
      await page.getByRole('button', { name: 'Hoàn tác' }).click()
      await page.getByRole('button', { name: 'Cách xem' }).click()
      await page.getByRole('menuitem', { name: 'Theo mảng' }).waitFor()
      await page.keyboard.press('Escape')
      await shot(page, 'annex-groups')
      // Every row is found, also those that are not in the page; then the browser's own.
      await page.keyboard.press('Control+f')
      const find = page.getByRole('search', { name: 'Tìm trong bảng' })
      await find.getByRole('searchbox').fill('phuong an tan giang')
      await find.getByText(/^1\//).waitFor()
      await page.waitForFunction(() => { const at = document.querySelector('tr.current')?.getBoundingClientRect(); return at && Math.abs(at.top + at.height / 2 - innerHeight / 2) < 120 })
      await page.keyboard.press('Escape')
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  test('is changed where it stands; the second of two editors hears what the first changed', async () => {
    const row = (page: Page) => page.getByRole('row').filter({ hasText: ASKED.vi })
    const two = await open('thuongtruc', '/tasks?scope=issued')
    // The rows in sight are followed once scrolling has settled.
    const topic = `task:${(await row(two.page).getByRole('link').getAttribute('href'))!.split('/').at(-1)!}`
    while (!real.followed().includes(topic)) await two.page.evaluate(() => new Promise(requestAnimationFrame))
    const one = await open('thuongtruc', '/tasks?scope=issued')
    try {
      for (const { page } of [one, two]) await row(page).waitFor()
      // The second is typing while the first saves: the row changes around what is typed, with a mark, and the words stay.
      await row(two.page).getByRole('button', { name: /Sửa sản phẩm/ }).click()
      await two.page.getByRole('textbox', { name: 'Sửa sản phẩm' }).fill('Biên bản, kèm ảnh')
      await row(one.page).getByRole('link').focus()
      await one.page.keyboard.press('e')
      await one.page.getByRole('textbox', { name: 'Sửa thời hạn' }).fill('trước 16/3/2099')
      await one.page.getByText('Hết ngày 15/03/2099').waitFor()
      await one.page.keyboard.press('Enter')
      await row(one.page).getByText('15/03/2099').waitFor()
      await row(two.page).getByText('15/03/2099').waitFor()
      await two.page.locator('tr[data-changed]').filter({ hasText: ASKED.vi }).waitFor()
      await shot(two.page, 'annex-live')
      await two.page.locator('tr[data-changed]').waitFor({ state: 'detached' })
      await two.page.getByRole('textbox', { name: 'Sửa sản phẩm' }).press('Enter')
      await row(two.page).getByRole('alert').getByText('thời hạn').waitFor()
      await shot(two.page, 'annex-conflict')
      await two.page.keyboard.press('Enter')
      await row(two.page).getByRole('button', { name: 'Biên bản, kèm ảnh' }).waitFor()
      await row(two.page).getByRole('button', { name: /Đổi đơn vị chủ trì/ }).click()
      const dialog = two.page.getByRole('dialog')
      await dialog.getByRole('combobox').press('Backspace')
      await dialog.getByRole('combobox').fill('cao bang')
      await dialog.getByRole('option').first().click()
      await dialog.getByRole('button', { name: 'Lưu' }).click()
      await row(two.page).getByRole('button', { name: /Cao Bằng/ }).waitFor()
      await two.page.getByRole('button', { name: 'Hoàn tác' }).last().click()
      await row(two.page).getByRole('button', { name: /Thành phố Hà Nội/ }).waitFor()
      // x selects, Ctrl C copies with the heads.
      await row(two.page).getByRole('link').focus()
      await two.page.keyboard.press('x')
      await two.page.keyboard.press('Control+c')
      await two.page.getByText('Đã chép 1 dòng').waitFor()
      const [heads, first] = (await two.page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/)
      assert.equal(heads, ['STT', 'Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm', 'Tiến độ'].join('\t'))
      assert.match(first!, /\tThành phố Hà Nội\t\t15\/03\/2099\tBiên bản, kèm ảnh\t/)
      assert.deepEqual([...one.complaints, ...two.complaints], [])
    } finally { await Promise.all([one.close(), two.close()]) }
  })

  test('what comes in between is said without moving a row, and marked once it is shown', async () => {
    const { page, complaints, close } = await open('dv.01', '/tasks')
    try {
      const rows = page.locator('tbody tr[data-at]')
      await rows.first().waitFor()
      const place = await rows.first().boundingBox()
      const now = real.as(new Date())
      const unit = (code: string) => real.places.find((one) => one.code === code)!.id
      await call(tasksRoutes().issueDirective, { orderId: uuidv7(now.at), issuerUnitId: unit('VN'), title: 'Kế hoạch', tasks: [{ title: 'Kiểm tra kho vật tư', due: new Date(now.at.getTime() + 86_400_000).toISOString().slice(0, 10), unitIds: [unit('01')], supportingUnitIds: [] }] } as never, { context: now } as never)
      const note = page.getByRole('status').locator('p').filter({ hasText: '1 dòng mới' })
      await note.waitFor()
      assert.deepEqual(await rows.first().boundingBox(), place)
      await shot(page, 'annex-held')
      await note.getByRole('button').click()
      await page.locator('tr[data-changed]').filter({ hasText: 'Kiểm tra kho vật tư' }).waitFor()
      await page.locator('.held p').waitFor({ state: 'detached' })
      // Over plain http a page has no clipboard: the browser's own copying does it.
      await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
      await page.getByRole('row').filter({ hasText: 'Kiểm tra kho vật tư' }).getByRole('checkbox').check()
      await page.getByRole('region', { name: 'Đã chọn 1' }).getByRole('button', { name: /Chép/ }).click()
      await page.getByText('Đã chép 1 dòng').waitFor()
      await page.getByLabel('Tìm', { exact: false }).first().focus()
      await page.keyboard.press('Control+v')
      await page.waitForFunction(() => (document.activeElement as HTMLInputElement).value.includes('Kiểm tra kho vật tư'))
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  test('is printed on A4 with the office’s head, heads on every sheet and page numbers', async () => {
    const { page, close } = await open('thuongtruc', '/tasks?scope=below&group=unit')
    try {
      await page.locator('tr.group').first().waitFor()
      await page.evaluate(() => { window.print = () => { document.body.dataset['printed'] = 'yes' } })
      await page.getByRole('button', { name: 'Xuất' }).click()
      await page.getByRole('menuitem', { name: 'In phụ lục' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Cơ quan ban hành').fill('Ban Chỉ đạo tỉnh')
      await dialog.getByLabel('Kèm theo văn bản').fill('Kế hoạch số 118/KH-BCĐ')
      assert.deepEqual(await fits(page, 'annex-print', false), [])
      await dialog.getByRole('button', { name: 'In', exact: true }).click()
      await page.locator('body[data-printed]').waitFor({ state: 'attached' })
      const [rows, total] = await page.evaluate(() => [document.querySelectorAll('.annex-paper tbody tr:not(.annex-group)').length, document.querySelectorAll('.annex-paper .annex-group').length])
      assert.ok(rows! > 100 && total! > 3, `${rows} rows in ${total} groups`)
      await page.emulateMedia({ media: 'print' })
      await shot(page, 'annex-paper')
      const pdf = await page.pdf({ preferCSSPageSize: true, path: 'test-artefacts/annex.pdf' })
      assert.match(pdf.toString('latin1'), /MediaBox \[0 0 84[12]\S* 59[45]/)
    } finally { await close() }
  })

  test('is pasted from Word, asked about, given, and taken back', async () => {
    const { page, complaints, close } = await open('thuongtruc', '/tasks/import')
    try {
      assert.deepEqual(await fits(page, 'annex-import', true), [])
      await paste(page, 'Dán bảng vào đây', { 'text/html': WORD, 'text/plain': '' })
      await page.getByRole('heading', { name: 'Xem trước: 3 nhiệm vụ' }).waitFor()
      const row = (text: string) => page.getByRole('row').filter({ hasText: text })
      await row('Rà soát phương án bảo đảm an ninh').getByRole('cell', { name: 'Thành phố Hà Nội' }).waitFor()
      await row('Rà soát phương án').getByText('Phường Cửa Nam').waitFor()
      await row('Rà soát phương án').getByRole('cell', { name: '31/12/2099' }).waitFor()
      await row('Tổ chức diễn tập').getByRole('cell', { name: '14/03/2099' }).waitFor()
      await row('Kiểm tra y tế').getByText('Không có đơn vị “Sở Chưa Có”').waitFor()
      await page.getByText('Đề mục, không tính là nhiệm vụ: I. CÔNG TÁC CHUẨN BỊ').waitFor()
      await shot(page, 'annex-import', true)
      assert.deepEqual(await fits(page, 'annex-import-asked', false), [])
      await page.getByRole('group', { name: 'các đơn vị liên quan' }).getByRole('button', { name: 'Bỏ, không ghi' }).click()
      await page.getByRole('button', { name: 'Bỏ dòng 5' }).click()
      await page.getByRole('button', { name: 'Giao 2 nhiệm vụ' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Giao 2 nhiệm vụ' }).click()
      await page.getByText('Đã giao 2/2 nhiệm vụ.').waitFor()
      await page.getByRole('button', { name: 'Hoàn tác' }).click()
      await page.getByText('Đã thu hồi 2/2 nhiệm vụ.').waitFor()
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  for (const [lang, width] of [['vi', 1280], ['en', 320]] as const) test(`a directive is issued without a mouse, its annex pasted within it (${lang}, ${width} px)`, async () => {
    const w = lang === 'vi'
      ? { none: 'Chưa có nhiệm vụ', new: 'Ban hành văn bản chỉ đạo', name: 'Tên văn bản', number: 'Số, ký hiệu', issue: 'Ban hành', paste: 'Dán bảng phụ lục', box: 'Dán bảng vào đây', within: 'Giao trong văn bản chỉ đạo 7/CĐ, Phòng cháy mùa khô', do: 'Giao 1 nhiệm vụ', done: 'Đã giao 1/1 nhiệm vụ.', back: 'Về văn bản chỉ đạo', line: '0/1 nhiệm vụ đã xong' }
      : { none: 'No task yet', new: 'Issue a directive', name: 'Title', number: 'Number and symbol', issue: 'Issue', paste: 'Paste the annex', box: 'Paste the table here', within: 'Given within the directive 7/CĐ, Phòng cháy mùa khô', do: 'Assign 1 task', done: '1 of 1 tasks assigned.', back: 'Back to the directive', line: '0 of 1 task done' }
    const { page, complaints, close } = await open('thuongtruc', '/directives', { lang, width, height: width < 500 ? 720 : 900 })
    const press = async (name: string, within: Page | ReturnType<Page['getByRole']> = page) => { const at = within.getByRole('button', { name, exact: true }).or(within.getByRole('link', { name, exact: true })).first(); await at.focus(); await page.keyboard.press('Enter') }
    try {
      await page.locator('h1').waitFor()
      await press(w.new)
      await page.getByLabel(w.name).focus()
      await page.keyboard.type('Phòng cháy mùa khô')
      await page.getByLabel(w.number).focus()
      await page.keyboard.type('7/CĐ')
      if (lang === 'vi') assert.deepEqual(await fits(page, 'directive-new', true), [])
      await press(w.issue)
      await page.getByRole('heading', { level: 1, name: 'Phòng cháy mùa khô' }).waitFor()
      await page.getByText(w.none, { exact: true }).waitFor()
      await press(w.paste)
      await page.getByText(w.within).waitFor()
      await page.getByLabel(w.box).fill('Nội dung\tChủ trì\tThời hạn\nRà soát họng nước\tUBND TP Hà Nội\t15/3/2099')
      await page.getByRole('button', { name: w.do }).waitFor()
      await press(w.do)
      await press(w.do, page.getByRole('dialog'))
      await page.getByText(w.done).waitFor()
      await press(w.back)
      await page.getByText(w.line).waitFor()
      await page.getByRole('link', { name: 'Rà soát họng nước' }).waitFor()
      if (lang === 'vi') {
        assert.deepEqual(await fits(page, 'directive', true), [])
        await page.goto(`${real.url}/directives`)
        await page.getByRole('link', { name: 'Phòng cháy mùa khô' }).waitFor()
        assert.deepEqual(await fits(page, 'directives', true), [])
      }
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  test('fits wide and narrow, light and dark, in English too; a phone keeps its list', async () => {
    const { page, complaints, close } = await open('thuongtruc', '/tasks?scope=below', { lang: 'en' })
    try {
      await page.getByRole('columnheader', { name: 'Product' }).waitFor()
      assert.deepEqual(await fits(page, 'annex', true), [])
      await page.setViewportSize({ width: 320, height: 720 })
      await page.locator('tbody tr').first().waitFor()
      assert.equal(await page.getByRole('columnheader', { name: 'Product' }).count(), 0)
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })
})
