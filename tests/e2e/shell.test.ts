// The shell in a real browser against canned answers: signing in, finding, keys, the live line, languages, themes, prefix, paper.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import type { Look } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { openMock } from './harness/mock.ts'
import type { Mock } from './harness/mock.ts'
import { me, world } from './harness/sample.ts'

describe('the shell', { timeout: 600_000 }, () => {
  let browser: Browser
  let mock: Mock
  const signedIn = { on: true }
  before(async () => {
    await build()
    browser = await openBrowser()
    mock = await openMock(world(signedIn), '/an-toan/sansang')
  })
  after(async () => { await browser?.close(); await mock?.close() })

  async function at(path: string, look: Look, run: (page: Awaited<ReturnType<typeof openPage>>['page']) => Promise<void>, on = true, /** What the browser itself writes of the failure that a script is about. */ allowed?: RegExp): Promise<void> {
    signedIn.on = on
    mock.down = false
    const { page, complaints, close } = await openPage(browser, look)
    try {
      await page.goto(mock.url + path)
      await page.waitForSelector('h1')
      await run(page)
      assert.deepEqual(complaints.filter((one) => !allowed?.test(one)), [])
    } finally {
      await close()
    }
  }

  test('by keyboard alone: a wrong password is told in a sentence, a right one leads back to where one was going', () => at('/journal?type=task.', {}, async (page) => {
    await page.keyboard.type('thuongtruc.tw')
    await page.keyboard.press('Tab')
    await page.keyboard.type('sai')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[role="alert"] >> text=không đúng')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('một câu dài dễ nhớ')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1 >> text=Nhật ký hệ thống')
    assert.match(page.url(), /\/an-toan\/sansang\/journal\?type=task\.$/)
    assert.equal(await page.title(), 'Nhật ký hệ thống · Sẵn Sàng')
  }, false))

  test('Ctrl K finds without accents, by initials, and units by the server', () => at('/units', {}, async (page) => {
    await page.keyboard.press('Control+K')
    await page.waitForSelector('.palette')
    await page.keyboard.type('nkht')
    await page.waitForSelector('[role="option"][aria-selected="true"] >> text=Nhật ký hệ thống')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('hoan kiem')
    await page.waitForSelector('[role="option"] >> text=Phường Hoàn Kiếm')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1 >> text=Phường Hoàn Kiếm')
    await page.keyboard.press('Control+K')
    await page.waitForSelector('.menu-heading >> text=Vừa mở')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.palette', { state: 'detached' })
    // Typed at one go, faster than it is drawn.
    const hand = await page.context().newCDPSession(page)
    const key = (key: string, more = {}) => (['keyDown', 'keyUp'] as const).map((type) => hand.send('Input.dispatchKeyEvent', { type, key, ...(type === 'keyDown' ? more : {}) }))
    await Promise.all([...key('k', { modifiers: 2, code: 'KeyK', windowsVirtualKeyCode: 75 }), ...[...'nkht'].flatMap((letter) => key(letter, { text: letter }))])
    await page.waitForSelector('[role="option"][aria-selected="true"] >> text=Nhật ký hệ thống')
  }))

  test('letters typed while the palette is on its way are in it', () => at('/units', {}, async (page) => {
    let go = () => {}
    const held = new Promise<void>((done) => { go = done })
    await page.route(/palette.*\.js/, async (route) => { await held; await route.continue() })
    await page.reload()
    await page.waitForSelector('.app h1')
    await page.keyboard.press('Control+K')
    await page.keyboard.type('nkx')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('ht')
    go()
    await page.waitForSelector('[role="option"][aria-selected="true"] >> text=Nhật ký hệ thống')
    assert.equal(await page.locator('.palette input').inputValue(), 'nkht')
  }))

  test('single keys lead to places, but never while a letter is composed, typed or when turned off', () => at('/units', {}, async (page) => {
    // What Chromium sends for a key that an input method (Telex, VNI) takes.
    await page.evaluate(`for (const key of ['g', 'j', '?']) dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true })), dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true }))`)
    await page.getByLabel('Tìm đơn vị').focus()
    await page.keyboard.type('gj?')
    await page.waitForTimeout(150)
    assert.equal(await page.locator('[role="dialog"]').count(), 0)
    assert.match(page.url(), /units/)
    await page.locator('h1').focus()
    await page.keyboard.press('?')
    await page.waitForSelector('[role="dialog"] >> text=Phím tắt')
    await page.getByLabel('Dùng phím tắt một phím').uncheck()
    await page.keyboard.press('Escape')
    await page.waitForSelector('[role="dialog"]', { state: 'detached' })
    await page.locator('h1').focus()
    await page.keyboard.type('gj')
    await page.waitForTimeout(150)
    assert.match(page.url(), /units/)
    await page.evaluate(`localStorage.setItem('sansang.keys', 'on')`)
    await page.keyboard.type('gj')
    await page.waitForSelector('h1 >> text=Nhật ký hệ thống')
  }))

  test('what goes away with the focus on it leaves the focus beside it, in a dialog as on the page', () => at('/units', {}, async (page) => {
    const gone = (where: string) => page.evaluate(async (where) => {
      const [box, button] = [document.querySelector(where)!, document.createElement('button')]
      box.append(button)
      button.focus()
      button.remove()
      await new Promise(requestAnimationFrame)
      return document.activeElement !== document.body && box.contains(document.activeElement)
    }, where)
    assert.equal(await gone('#main'), true)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    assert.equal(await gone('[role=dialog]'), true)
  }))

  test('a lost line is said with its age, comes back by itself, and what changed meanwhile is fetched', () => at('/inbox', {}, async (page) => {
    await page.waitForSelector('.age.live >> text=Trực tiếp')
    mock.down = true
    for (const one of mock.live) one.destroy()
    await page.waitForSelector('.age.lost >> text=Mất kết nối')
    await page.waitForSelector('.age.lost >> text=/dữ liệu cũ \\d+ giây/')
    await page.getByRole('log').getByText('Mất kết nối với máy chủ').waitFor() // read out
    assert.ok(await page.locator('text=Phường Hoàn Kiếm báo cáo hoàn thành').isVisible(), 'what was loaded stays')
    mock.down = false
    await page.getByRole('button', { name: 'Thử lại ngay' }).click()
    await page.waitForSelector('.age.live')
    await page.getByRole('log').getByText('Đã kết nối lại').waitFor()
    const before = mock.calls.filter((call) => call.path === '/inbox').length
    mock.say('change', { topic: `inbox:${me.id}`, items: [{ id: 'x', version: 7 }] })
    await assert.doesNotReject(page.waitForResponse(/api\/v1\/inbox\?/))
    mock.say('change', { topic: `inbox:${me.id}`, items: [{ id: 'x', version: 7 }] })
    await page.waitForTimeout(500)
    assert.equal(mock.calls.filter((call) => call.path === '/inbox').length, before + 1, 'the same version twice is fetched once')
  }))

  test('without a connection a part of the app is waited for: nothing on the page is lost, and what was asked for opens by itself', () => at('/units', {}, async (page) => {
    await page.waitForSelector('.age.live')
    await page.evaluate('window.same = true')
    mock.down = true
    for (const one of mock.live) one.destroy()
    await page.waitForSelector('.age.lost')
    await page.locator('.side a[href$="/journal"]').click()
    await page.keyboard.press('?')
    await page.getByRole('log').getByText('chưa mở được phần này').waitFor()
    assert.equal(await page.evaluate('window.same'), true)
    await page.locator('h1 >> text=Đơn vị').waitFor()
    mock.down = false
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.waitForSelector('h1 >> text=Nhật ký hệ thống')
    assert.equal(await page.evaluate('window.same'), true)
  }))

  test('after an update of the server a part that is gone is fetched with the whole page, once', () => at('/units', {}, async (page) => {
    await page.waitForSelector('.age.live')
    let updated = false
    page.on('request', (request) => { updated ||= request.isNavigationRequest() })
    await page.route(/assets\/journal-[^/]*\.js$/, (route) => (updated ? route.continue() : route.fulfill({ status: 404 })))
    await page.evaluate('window.same = true')
    const missed = page.waitForResponse((response) => response.status() === 404)
    await page.locator('.side a[href$="/journal"]').hover() // fetched before it is pressed
    await missed
    await page.waitForTimeout(300)
    assert.equal(await page.evaluate('window.same'), true, 'pointing at a link takes nothing away')
    await page.locator('.side a[href$="/journal"]').click()
    await page.waitForSelector('h1 >> text=Nhật ký hệ thống')
    assert.equal(await page.evaluate('window.same'), undefined)
  }, true, /Failed to fetch dynamically imported module: \S+journal-/))

  test('signing out forgets everything, also what was typed, and ends at the sign-in page', () => at('/account', {}, async (page) => {
    await page.evaluate('sessionStorage.setItem("record:x", "typed")')
    await page.reload()
    await page.locator('.age.live').waitFor()
    assert.equal(await page.evaluate('sessionStorage.getItem("record:x")'), 'typed', 'it outlives a page loaded anew')
    await page.locator('.who').click()
    await page.locator('.menu-item:focus').waitFor() // the menu has the keys once it is there
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByLabel('Tên tài khoản').waitFor()
    assert.equal(await page.evaluate('sessionStorage.getItem("record:x")'), null)
    await page.goto(`${mock.url}/journal`)
    await page.getByLabel('Tên tài khoản').waitFor()
  }))

  test('a session that ended elsewhere leads to the sign-in page, and from there back to where one was', () => at('/units', {}, async (page) => {
    signedIn.on = false
    // By its address: a request that happened to be under way would lead to the sign-in page first, and take a link away from under the pointer.
    await page.goto(`${mock.url}/journal`)
    await page.getByLabel('Tên tài khoản').fill('thuongtruc.tw')
    await page.getByLabel('Mật khẩu hoặc mã').fill('một câu dài dễ nhớ')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1 >> text=Nhật ký hệ thống')
  }))

  test('two tabs share one line', () => at('/inbox', {}, async (page) => {
    const lines = mock.live.size
    await page.waitForSelector('.age.live')
    const other = await page.context().newPage()
    await other.goto(`${mock.url}/journal`)
    await other.waitForSelector('.age.live')
    assert.ok(mock.live.size <= Math.max(lines, 1), `${mock.live.size} lines`)
  }))

  test('language and theme are chosen once and kept; the server is asked in that language', () => at('/units', {}, async (page) => {
    await page.locator('.lang').click()
    await page.waitForSelector('h1 >> text=Units')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    const light = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.locator('.theme-switch').click()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
    // The style follows the attribute; a loaded machine shows the old one for a moment.
    await page.waitForFunction((was) => getComputedStyle(document.body).backgroundColor !== was, light)
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    mock.calls.length = 0
    await page.reload()
    await page.waitForSelector('h1 >> text=Units')
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), paper)
    assert.equal(mock.calls.find((call) => call.path === '/units/count')?.lang, 'en')
  }))

  test('the tree goes by arrows, opens level by level, and Enter opens a unit', () => at('/units', {}, async (page) => {
    await page.locator('[role="treeitem"]').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.waitForSelector('[role="treeitem"] >> text=Phường Hoàn Kiếm')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1 >> text=Phường Hoàn Kiếm')
  }))

  test('a table of 3,321 rows holds few in the page, goes by arrows, and is whole on paper', () => at('/kit', {}, async (page) => {
    const rows = () => page.locator('#table tbody tr[data-at]').count()
    assert.ok(await rows() < 100, `${await rows()} rows`)
    await page.locator('#table tbody th a').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    assert.equal(await page.evaluate(`document.activeElement.closest('tr').dataset.at`), '2')
    await page.keyboard.press('End')
    await page.locator('#table tr[data-at="3320"] a:focus').waitFor()
    for (const y of [20_000, 60_123, 3000]) {
      await page.evaluate(`scrollTo(0, ${y})`)
      await page.waitForTimeout(300)
      const seen = await page.evaluate(`[60, 450, 880].map((y) => document.elementFromPoint(500, y)?.closest('tr[data-at]') !== null)`)
      assert.deepEqual(seen, [true, true, true], `rows from edge to edge at ${y}`)
    }
    await page.getByRole('button', { name: 'Đơn vị' }).click()
    assert.equal(await page.locator('#table th[aria-sort="ascending"]').innerText(), 'Đơn vị')
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    assert.equal(await rows(), 3321)
  }))

  test('a list that is read page by page is loaded whole at a press, and is whole on paper then', () => at('/journal', {}, async (page) => {
    const onPaper = () => page.evaluate(`(dispatchEvent(new Event('beforeprint')), document.querySelectorAll('tbody tr[data-at]').length)`)
    await page.locator('tbody tr[data-at]').first().waitFor()
    assert.equal(await onPaper(), 23)
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    await page.getByRole('button', { name: 'Tải hết' }).click()
    await page.getByRole('button', { name: 'Tải thêm' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Dừng tải' }).waitFor({ state: 'detached' })
    assert.equal(await onPaper(), 115 - 17, 'what one act wrote is one line')
    await page.getByRole('button', { name: 'và 17 dòng nữa' }).click()
    assert.equal(await onPaper(), 115)
  }))

  test('a screen reader hears the parts of a page, its one title, its table by name with its heads', () => at('/journal', {}, async (page) => {
    await page.locator('tbody tr').first().waitFor()
    const heard = await page.locator('body').ariaSnapshot()
    for (const part of [/^ *- banner/m, /^ *- navigation "[^"]+"/m, /^ *- main/m, /- heading "Nhật ký hệ thống" \[level=1\]/, /- table "[^"]+"/, /- columnheader "/, /- rowheader "/, /- log/]) assert.match(heard, part)
    assert.equal(heard.match(/\[level=1\]/g)?.length, 1)
  }))

  test('what is not there says so, and offers a way on', () => at('/units/0190a000-0000-7000-8000-000000009999', {}, async (page) => {
    await page.waitForSelector('[role="alert"] >> text=không có quyền xem')
    assert.ok(await page.getByRole('link', { name: 'Về trang đầu' }).isVisible())
  }))

  test('a page names itself once, can be skipped to, and hides nothing behind the bar of a phone', () => at('/journal', { width: 320, height: 700 }, async (page) => {
    assert.equal(await page.locator('h1').count(), 1)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.className'), 'skip')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.id'), 'main')
    assert.ok((await page.evaluate('document.documentElement.scrollWidth')) as number <= 320)
    assert.equal(await page.locator('.bottom-bar .place').count(), 5)
    const small = await page.evaluate(`[...document.querySelectorAll('a[href], button, input, select')].filter((e) => e.checkVisibility() && !e.closest('p, .skip')).map((e) => [e.className || e.tagName, e.getBoundingClientRect()]).filter(([, r]) => r.width > 1 && (r.width < 24 || r.height < 24)).map(([n, r]) => n + ' ' + r.width + 'x' + r.height)`)
    assert.deepEqual(small, [], 'targets of at least 24 px')
  }))
})
