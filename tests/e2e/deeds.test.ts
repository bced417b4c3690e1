// Deeds that others answer, from the desk of each side: a task given and talked about, more time asked and granted while both look, a picture returned, many tasks at once with a result for each; an event put off and cancelled; a role delegated, one's own data taken out, a closed unit's records handed over.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { openBrowser, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { ASKED, SHOWN, openAs, openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC', 'base64')
const TASK = 'Rà soát lối thoát nạn các nhà văn hóa'
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Asia/Ho_Chi_Minh' })

describe('deeds and answers', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })
  type Desk = Awaited<ReturnType<typeof openAs>>
  const desks: Desk[] = []
  const open = async (account: string, path: string): Promise<Desk> => { const desk = await openAs(browser, real, account, path); desks.push(desk); return desk }
  afterEach(async (t) => {
    const all = desks.splice(0)
    if (!('passed' in t) || !t.passed) await Promise.all(all.map(({ page }, i) => page.screenshot({ path: `test-artefacts/failed-deeds-${i}.png` }).catch(() => {})))
    const complaints = all.flatMap((desk) => desk.complaints)
    await Promise.all(all.map(({ close }) => close()))
    assert.deepEqual(complaints, [])
  })
  const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  const dialog = (page: Page) => page.getByRole('dialog')
  const menu = async (page: Page, open: string, item: string) => { await button(page, open).click(); await page.getByRole('menuitem', { name: item, exact: true }).click() }
  const closed = (page: Page) => dialog(page).waitFor({ state: 'detached' })

  test('a task is given and somebody mentioned by keyboard; more time is asked and granted while both look; a picture is looked at and returned with the reason', async () => {
    const one = await open('thuongtruc', '/tasks?scope=issued')
    const two = await open('dv.01', '/inbox')
    const [page, unit] = [one.page, two.page]
    const keys = keysOf(page)
    await keys.go(button(page, 'Giao nhiệm vụ'))
    await keys.reach(dialog(page).getByLabel('Nội dung'))
    await keys.type(TASK)
    await keys.reach(dialog(page).getByRole('combobox', { name: 'Chủ trì' }))
    await keys.type('ha noi')
    await dialog(page).getByRole('option', { name: /Thành phố Hà Nội/ }).first().waitFor()
    await page.keyboard.press('Enter')
    await keys.reach(dialog(page).getByLabel('Thời hạn'))
    await keys.type(day(20))
    await keys.go(button(dialog(page), 'Giao'))
    await page.getByRole('heading', { level: 1, name: TASK }).waitFor()

    // Vietnamese typed by an input method: letters under composition are its own, Enter too.
    const said = page.getByRole('textbox', { name: 'Ý kiến' })
    await keys.reach(said)
    await keys.type('Nhờ @thanh')
    await page.getByRole('option', { name: /Lê Thị Thanh Hà/ }).waitFor()
    const composed = await page.context().newCDPSession(page)
    await composed.send('Input.imeSetComposition', { text: ' hà', selectionStart: 3, selectionEnd: 3 })
    await said.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })
    assert.equal(await said.inputValue(), 'Nhờ @thanh hà')
    await composed.send('Input.insertText', { text: ' hà' })
    await page.getByRole('option', { name: /Lê Thị Thanh Hà/, selected: true }).waitFor()
    assert.deepEqual(await fits(page, 'task-mention', true), [])
    await page.setViewportSize({ width: 1280, height: 900 })
    await said.focus()
    await page.keyboard.press('Enter')
    await keys.type('xem trước ngày họp.')
    assert.equal(await said.inputValue(), 'Nhờ @Lê Thị Thanh Hà xem trước ngày họp.')
    // Enter faster than the names: it takes the first of them when they come; where nobody is called so, it makes the line.
    await said.fill('')
    await said.pressSequentially('Nhờ @thanh h')
    await said.press('Enter')
    await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value === 'Nhờ @Lê Thị Thanh Hà ')
    await said.fill('')
    await said.pressSequentially('Gửi @khongcoai')
    await said.press('Enter')
    await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value === 'Gửi @khongcoai\n')
    await said.fill('Nhờ @Lê Thị Thanh Hà xem trước ngày họp.')
    await keys.go(button(page, 'Gửi ý kiến'))
    await page.locator('.task-said b').filter({ hasText: '@Lê Thị Thanh Hà' }).waitFor()

    // What came meanwhile waits until it is asked for.
    const [mention, waits] = [unit.locator('tr[data-at]').filter({ hasText: `Nhắc đến bạn trong nhiệm vụ “${TASK}”` }), unit.getByRole('status').getByRole('button', { name: 'Hiện', exact: true })]
    for (;;) {
      await mention.or(waits).first().waitFor()
      if (await mention.count() > 0) break
      await waits.evaluateAll((all) => (all[0] as HTMLElement | undefined)?.click())
    }
    await mention.getByRole('link').click()
    await unit.locator('.task-said b').filter({ hasText: '@Lê Thị Thanh Hà' }).waitFor()

    // Two editors of the task are named to each other.
    await menu(page, 'Việc khác', 'Sửa')
    await dialog(page).getByLabel('Nội dung').waitFor()
    await menu(unit, 'Việc khác', 'Xin gia hạn')
    await dialog(unit).getByLabel('Xin đến hết ngày').fill(day(40))
    await dialog(unit).getByLabel('Lý do').fill('Hai nhà văn hóa đang sửa chữa')
    await dialog(unit).getByLabel('Lý do').press('Tab')
    await button(dialog(unit), 'Xin gia hạn').click()
    await page.keyboard.press('Escape')
    await closed(page)
    await page.getByText(`Đơn vị xin gia hạn đến ${day(40)}`).waitFor()
    await page.getByText('Lý do: Hai nhà văn hóa đang sửa chữa').waitFor()
    await shot(page, 'deeds-asked')
    await keys.go(page.locator('.note').getByRole('button', { name: 'Gia hạn', exact: true }))
    assert.equal(await dialog(page).getByLabel('Gia hạn đến hết ngày').inputValue(), day(40))
    await keys.go(button(dialog(page), 'Gia hạn'))
    await closed(page)
    await unit.locator('.page-line, .page-head').getByText(`Thời hạn ${day(40)}`).first().waitFor()

    await menu(unit, 'Việc khác', 'Bắt đầu thực hiện').catch(async () => { await button(unit, 'Bắt đầu thực hiện').click() })
    await button(unit, 'Báo cáo').click()
    await dialog(unit).locator('input[type=file]').setInputFiles([{ name: 'lối thoát.png', mimeType: 'image/png', buffer: PNG }])
    await button(dialog(unit), 'Gửi báo cáo').click()
    await closed(unit)
    await keys.go(button(page, 'Xem ảnh lối thoát.png'))
    const picture = dialog(page).getByRole('img', { name: 'lối thoát.png' })
    await picture.waitFor()
    assert.equal(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 10)
    await page.keyboard.press('Escape')
    await closed(page)
    await menu(page, 'Việc khác', 'Trả lại')
    await button(dialog(page), 'Trả lại').click()
    await dialog(page).getByText('Chưa điền lý do.').waitFor()
    await dialog(page).getByLabel('Lý do').fill('Ảnh mờ, chụp lại')
    await button(dialog(page), 'Trả lại').click()
    await closed(page)
    await unit.getByText('Ảnh mờ, chụp lại').first().waitFor()
  })

  test('two who change one task are named to each other', async () => {
    const [one, two] = [await open('thuongtruc', `/tasks?scope=issued&q=${encodeURIComponent('Inspect the places')}`), await open('quantri', `/tasks?scope=below&q=${encodeURIComponent('Inspect the places')}`)]
    for (const { page } of [one, two]) {
      await page.locator('tr[data-at] th a').first().click()
      await menu(page, 'Việc khác', 'Sửa')
    }
    await one.page.getByRole('dialog').getByText(/Phạm Thị Mai/).waitFor()
    await two.page.getByRole('dialog').getByText(/Trần Minh Khôi/).waitFor()
    await two.page.keyboard.press('Escape')
    await one.page.getByRole('dialog').getByText(/Phạm Thị Mai/).waitFor({ state: 'detached' })
  })

  test('many at once: chased, extended and verified, each with its result; what cannot be done says why in its row', async () => {
    const unit = await open('dv.01', `/tasks?q=${encodeURIComponent(ASKED.vi)}`)
    await unit.page.locator('tr[data-at] th a').first().click()
    await button(unit.page, 'Báo cáo').click()
    await dialog(unit.page).getByLabel('Số đạt được').fill('20')
    await button(dialog(unit.page), 'Gửi báo cáo').click()
    await closed(unit.page)
    const { page } = await open('thuongtruc', '/tasks?scope=issued&state=all')
    const keys = keysOf(page)
    const rows = page.locator('tbody tr[data-at]')
    await rows.filter({ hasText: ASKED.vi }).waitFor()
    const n = await rows.count()
    const bulk = async (deed: string, send: () => Promise<void>, result: RegExp) => {
      await page.getByRole('checkbox', { name: 'Chọn tất cả các dòng đang hiện' }).check()
      await keys.go(page.getByRole('region', { name: `Đã chọn ${n}` }).getByRole('button', { name: deed, exact: true }))
      await send()
      await dialog(page).getByText(result).waitFor()
    }
    const done = async () => { await button(dialog(page), 'Đóng').last().click(); await closed(page) }
    await bulk('Đôn đốc', () => button(dialog(page), 'Đôn đốc').click(), new RegExp(`Đã xong ${n - 1}/${n} nhiệm vụ.`))
    const failed = dialog(page).locator('.task-failed li').filter({ hasText: ASKED.vi }).getByText('Nhiệm vụ đang ở trạng thái “Chờ xác nhận” nên không làm được việc này.')
    await failed.waitFor()
    // The result stays where the table becomes another one.
    await page.setViewportSize({ width: 700, height: 900 })
    await page.locator('thead th', { hasText: 'Phối hợp' }).waitFor({ state: 'detached' })
    await failed.waitFor()
    await page.setViewportSize({ width: 1280, height: 900 })
    await done()
    await bulk('Gia hạn', async () => { await dialog(page).getByLabel('Thời hạn mới').fill(day(60)); await dialog(page).getByLabel('Thời hạn mới').press('Tab'); await button(dialog(page), 'Gia hạn').click() }, new RegExp(`Đã xong ${n - 1}/${n} nhiệm vụ.`))
    await done()
    await rows.filter({ hasText: ASKED.en }).getByText(day(60)).waitFor()
    await bulk('Xác nhận hoàn thành', () => button(dialog(page), 'Xác nhận hoàn thành').click(), new RegExp(`Đã xong 1/${n} nhiệm vụ.`))
    await dialog(page).locator('.task-failed li').filter({ hasText: ASKED.en }).getByText('Nhiệm vụ chưa được báo cáo hoàn thành.').waitFor()
    await shot(page, 'bulk-result')
    await done()
    await rows.filter({ hasText: ASKED.vi }).getByText('Hoàn thành').waitFor()
  })

  test('an activity is removed after a question; an event is put off and cancelled, and both say how many tasks go along', async () => {
    const { page } = await open('thuongtruc', `/events/${await real.event(SHOWN.en)}?tab=agenda`)
    const keys = keysOf(page)
    await button(page, 'Thêm hoạt động').first().click()
    await dialog(page).getByLabel('Hoạt động').fill('Soát vé cổng A')
    await dialog(page).getByLabel('Bắt đầu (giờ:phút)').fill('07:30')
    await dialog(page).getByLabel('Kết thúc (giờ:phút)').fill('09:00')
    await button(dialog(page), 'Thêm vào chương trình').click()
    await closed(page)
    const row = page.getByRole('row').filter({ hasText: 'Soát vé cổng A' })
    await row.getByRole('button', { name: 'Bỏ', exact: true }).click()
    await dialog(page).getByText('Bỏ “Soát vé cổng A” khỏi chương trình?').waitFor()
    await keys.press('Escape')
    await row.waitFor()
    await row.getByRole('button', { name: 'Bỏ', exact: true }).click()
    await button(dialog(page), 'Bỏ').click()
    await row.waitFor({ state: 'detached' })
    for (const [deed, says, then] of [['Hoãn', /^\d+ nhiệm vụ chưa xong của sự kiện sẽ không còn thời hạn/, 'đang hoãn'], ['Hủy', /^\d+ nhiệm vụ chưa xong của sự kiện sẽ được thu hồi/, 'đã hủy']] as const) {
      await keys.go(button(page, 'Điều chỉnh'), 'Shift+Tab')
      await keys.go(page.getByRole('menuitem', { name: new RegExp(`^${deed}`) }), 'ArrowDown')
      await dialog(page).getByText(says).waitFor()
      await keys.reach(dialog(page).getByLabel('Lý do'))
      await keys.type('Bão số 5')
      await keys.go(button(dialog(page), `${deed} sự kiện`))
      await closed(page)
      await page.getByText(new RegExp(then, 'i')).first().waitFor()
    }
    assert.equal(await button(page, 'Điều chỉnh').count(), 0)
  })

  test('a week of the calendar by keys; a role is delegated; what is held on oneself is taken out; a closed unit’s records are handed over', async () => {
    const { page } = await open('quantri', '/calendar')
    const keys = keysOf(page)
    await keys.reach(page.getByRole('tab', { name: 'Tháng' }))
    await keys.press('ArrowRight')
    await page.waitForURL(/view=week/)
    const first = await page.locator('.calendar-name').innerText()
    await keys.go(button(page, 'Tuần sau'))
    await page.waitForFunction((was) => document.querySelector('.calendar-name')!.textContent !== was, first)
    assert.match(await page.locator('.calendar-name').innerText(), /^\d\d\/\d\d\/\d{4} – \d\d\/\d\d\/\d{4}$/)
    assert.deepEqual(await fits(page, 'calendar-week', true), [])
    await page.setViewportSize({ width: 1280, height: 900 })

    await page.goto(`${real.url}/people/${await page.evaluate(async () => ((await (await fetch('api/v1/me')).json()) as { id: string }).id)}`)
    await button(page.getByRole('table', { name: 'Vai trò' }), 'Thao tác').click()
    await page.getByRole('menuitem', { name: 'Ủy quyền', exact: true }).click()
    await dialog(page).getByRole('searchbox', { name: 'Người' }).fill('khoi')
    await dialog(page).getByRole('radio', { name: /Trần Minh Khôi/ }).check()
    await dialog(page).getByLabel('Đến hết ngày').fill(day(10))
    await dialog(page).getByLabel('Đến hết ngày').press('Tab')
    await button(dialog(page), 'Ủy quyền').click()
    await page.getByText('Đã ủy quyền.').waitFor()
    await page.goto(`${real.url}/account?tab=held`)
    const waiting = page.waitForEvent('download')
    await button(page, 'Tải về').click()
    const held = JSON.parse(readFileSync(await (await waiting).path(), 'utf8')) as { grants: object[] }
    assert.ok(held.grants.length > 0)

    const [from, to] = real.places.filter((place) => place.kind === 'commune' && place.path.startsWith(real.places.find((one) => one.code === '04')!.path))
    const ended = await page.evaluate(async ({ from, to, on }) => {
      const unit = await (await fetch(`api/v1/units/${from}`)).json() as { version: number }
      const answer = await fetch(`api/v1/units/${from}/close`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ orderId: crypto.randomUUID(), expectedVersion: unit.version, on, successors: [{ unitId: to, part: 'full' }] }) })
      return `${answer.status} ${await answer.text()}`
    }, { from: from!.id, to: to!.id, on: new Date().toISOString().slice(0, 10) })
    assert.match(ended, /^200/)
    await page.goto(`${real.url}/units/${from!.id}`)
    await button(page, 'Bàn giao hồ sơ…').click()
    await dialog(page).getByText(`Chuyển cho đơn vị kế thừa toàn bộ: ${to!.name}`).waitFor()
    await button(dialog(page), `Bàn giao cho ${to!.name}`).click()
    await page.getByText(`Đã bàn giao cho ${to!.name}`).waitFor()
    await button(page, 'Bàn giao hồ sơ…').click()
    await dialog(page).getByText('Không còn gì để bàn giao.').waitFor()
  })
})
