// The first screen, an event over time and the calendar, on the whole program: by keyboard, in both languages, on a desk and on a phone, on paper.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { headOf } from '../../src/app/demo/accounts.ts'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import type { Look } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const words = {
  vi: { home: 'Trang chính', owed: 'Việc phải làm', waiting: 'Đang chờ', red: 'Chưa đạt, ở đơn vị và cấp dưới', path: 'Đường găng:', day: 'Ngày sự kiện', breaks: /Việc này làm vướng/, holiday: /^(Quốc khánh|Tết Dương lịch|Tết Nguyên đán|Giỗ Tổ Hùng Vương|Ngày [CQV]|Nghỉ hoán đổi).*: \d\d\/\d\d\/\d{4}/, confirm: /^Chuyển sang ngày/, moved: /Đã chuyển sự kiện sang ngày/, make: 'Tạo địa chỉ lịch', name: 'Tên lịch', address: 'Địa chỉ', done: 'Đã cất, đóng lại', revoke: 'Thu hồi', all: 'Mở tất cả', kept: /Bỏ, giữ ngày/ },
  en: { home: 'Home', owed: 'What we owe', waiting: 'Waiting', red: 'Unmet here and below', path: 'Critical path:', day: 'Event day', breaks: /This breaks/, holiday: /^(National Day|New Year|Lunar New Year|Hùng Kings|Viet Nam Culture|Victory|Labour|Exchanged day off).*: \d\d\/\d\d\/\d{4}/, confirm: /^Move to/, moved: /The event was moved to/, make: 'New calendar address', name: 'Name', address: 'Address', done: 'Kept, close', revoke: 'Revoke', all: 'Open all', kept: /^Keep/ },
} as const

describe('home, timeline, calendar', { timeout: 180_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  async function as(account: string, path: string, run: (page: Page) => Promise<void>, look: Look = {}): Promise<void> {
    const { page, complaints, close } = await openPage(browser, look)
    page.setDefaultTimeout(10_000)
    try {
      // Home is what signing in opens.
      if (path === '/') await page.goto(await real.link(account))
      else { await real.enter(page, account); await page.goto(real.url + path) }
      await page.locator('.app h1').waitFor()
      await run(page)
      assert.deepEqual(complaints, [])
    } catch (error) {
      await page.screenshot({ path: `test-artefacts/failed-home-${account}.png` }).catch(() => {})
      throw error
    } finally {
      await close()
    }
  }
  const headings = (page: Page) => page.locator('.card h2').allInnerTexts()

  for (const lang of ['vi', 'en'] as const) test(`signing in opens home: what is owed, waited for and red; g h comes back to it (${lang})`, () => as(`canbo.${lang}`, '/', async (page) => {
    const w = words[lang]
    assert.equal(new URL(page.url()).pathname, '/')
    await page.locator('#owed .home-list li').first().waitFor()
    await page.locator('#red .home-list li').first().waitFor()
    assert.deepEqual((await headings(page)).slice(0, 3), [w.owed, w.waiting, w.red])
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.waitForURL(/\/board/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.getByRole('heading', { level: 1, name: w.home }).waitFor()
    await page.locator('#red .home-list li').first().waitFor()
    assert.deepEqual(await fits(page, `home-${lang}`, lang === 'vi'), [])
    await shot(page, `home-${lang}`)
  }, { lang }))

  test('a task that is shown changes its row in place', () => as('canbo.vi', '/', async (page) => {
    const row = page.locator('#owed .home-list li').first()
    await row.waitFor()
    const was = await row.locator('.step-mark').innerText()
    const id = (await row.getByRole('link').getAttribute('href'))!.split('/').at(-1)!
    await page.evaluate(() => { (window as unknown as { same: number }).same = 1 })
    // Given, taken, begun: each order that is possible now, until the word differs.
    const done = await page.evaluate(async (id) => {
      const { can } = await (await fetch(`api/v1/tasks/${id}`)).json() as { can: string[] }
      const order = can.includes('accept') ? 'accept' : can.includes('start') ? 'start' : 'report'
      const answer = await fetch(`api/v1/tasks/${id}/${order}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ orderId: crypto.randomUUID(), ...(order === 'report' ? { done: true, note: 'xong' } : {}) }) })
      return answer.status
    }, id)
    assert.equal(done, 200)
    await page.waitForFunction(([id, was]) => { const link = document.querySelector(`#owed a[href$="${id}"]`); return !link || link.closest('li')!.querySelector('.step-mark')!.textContent !== was }, [id, was] as const)
    assert.equal(await page.evaluate(() => (window as unknown as { same: number }).same), 1)
  }))

  test('a leader sees first what is red and what is to be decided', () => as('lanhdao', '/', async (page) => {
    await page.locator('#next .home-list li').first().waitFor()
    assert.equal((await headings(page))[0], words.vi.red)
  }, { width: 390, height: 844 }))

  for (const lang of ['vi', 'en'] as const) test(`an event over time: its day is tried by keys, what breaks is seen, then it is moved (${lang})`, async () => as(headOf(real.places.find((place) => place.code === '01')!), `/events/${await real.event(SHOWN[lang])}?tab=timeline`, async (page) => {
    const w = words[lang]
    await page.getByText(w.path).waitFor()
    const day = page.getByRole('slider', { name: w.day })
    await day.focus()
    const was = await day.getAttribute('aria-valuetext')
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft')
    await page.getByText(w.breaks).waitFor()
    await page.evaluate(() => scrollTo(0, 0)) // the table's head, which stays in sight, lies over no row then
    assert.deepEqual(await fits(page, `timeline-${lang}`, lang === 'vi'), [])
    await page.setViewportSize({ width: 1280, height: 900 })
    await shot(page, `timeline-${lang}`, true)
    // A public holiday is named to who listens and who tabs to it, and where its column is pointed at in any row.
    const off = page.locator('.gantt-offs').getByRole('button', { name: w.holiday }).first()
    await off.focus()
    const said = await off.getAttribute('aria-label')
    assert.equal(await page.locator('.gantt-off-name').innerText(), said)
    await page.keyboard.press('Escape')
    await page.locator('.gantt-off-name').waitFor({ state: 'detached' })
    const [mark, row] = [(await off.boundingBox())!, page.locator('.gantt-gate .gantt-track').first()]
    await row.scrollIntoViewIfNeeded()
    await page.mouse.move(mark.x + mark.width / 2, (await row.boundingBox())!.y + 4)
    assert.ok(said!.includes((await row.getAttribute('title'))!) && await row.getAttribute('title') !== '', 'the column says what it is')
    await day.focus()
    await page.keyboard.press('Escape')
    assert.equal(await day.getAttribute('aria-valuetext'), was)
    await page.getByRole('button', { name: w.confirm }).waitFor({ state: 'detached' })
    await page.keyboard.press('PageUp')
    await page.getByRole('button', { name: w.confirm }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(w.moved).first().waitFor()
    await page.waitForFunction((was) => { const text = document.querySelector('.gantt-handle')?.getAttribute('aria-valuetext'); return text && text !== was && !document.querySelector('.gantt-handle.moved') }, was)
    await page.getByRole('button', { name: w.all }).click()
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf)!
    assert.ok(Number(width) > Number(height), 'a timeline is printed across')
  }, { lang }))

  test('go or no-go is one A4, however much stands against it, was waived and was said', async () => {
    const event = await real.event(SHOWN.vi)
    await as(headOf(real.places.find((place) => place.code === '01')!), `/events/${event}?tab=agenda`, async (page) => {
      const long = 'Lực lượng bảo vệ vòng ngoài chưa bố trí đủ quân số theo phương án đã duyệt, phương tiện chữa cháy chưa được kiểm định lại, sơ đồ thoát nạn chưa cập nhật. '
      await page.route(/\/go-no-go$/, async (route) => {
        const answer = await route.fetch()
        const data = await answer.json() as { against: object[]; waived: object[]; concluded: object | null } & Record<string, unknown>
        const check = (state: string) => (_: unknown, i: number) => ({
          requirement: `${state}${i}`, name: { vi: `Điều kiện ${i}: ${long}`, en: long }, state, sentence: { vi: long.repeat(4), en: long.repeat(4) }, why: { code: 'x', params: {} }, links: [], owner: { unitId: event, name: 'Xã' }, byAt: '2026-11-01T00:00:00Z', expiresAt: null, nextChangeAt: null, without: null,
          waiver: state === 'waived' ? { by: { id: event, name: `Người duyệt ${i}, Phó Chủ tịch Ủy ban nhân dân` }, reason: `Lý do ${i}: ${long.repeat(5)}`, at: '2026-11-01T00:00:00Z', until: '2026-12-01T00:00:00Z' } : null,
        })
        const who = { id: event, name: 'Trần Minh Khôi' }
        await route.fulfill({ json: {
          ...data, against: Array.from({ length: 20 }, check('unmet')), waived: Array.from({ length: 10 }, check('waived')), sentence: { vi: long, en: long },
          concluded: { verdict: 'no_go', by: who, at: '2026-11-01T00:00:00Z', note: long.repeat(6), counts: data['counts'], toldBy: 'Phó Chủ tịch Lê Thị Hoa', files: [] },
        } })
      })
      await page.getByRole('tab').first().click()
      await page.locator('.event-verdict').waitFor()
      await page.emulateMedia({ media: 'print' })
      const sheet = page.locator('.go-sheet')
      assert.deepEqual(await sheet.locator('tbody').evaluateAll((all) => all.map((one) => one.childElementCount)), [6, 5])
      for (const text of ['… và 14 điều kiện nữa', '… và 5 điều kiện nữa', 'Người duyệt 0, Phó Chủ tịch', 'Lý do 4:']) assert.ok((await sheet.innerText()).includes(text), text)
      await shot(page, 'go-sheet')
      const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4', path: 'test-artefacts/go-sheet.pdf' })
      assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1)
      assert.ok(await sheet.locator('.go-sign').isVisible())
    })
  })

  test('the day is dragged by the pointer too', async () => as(headOf(real.places.find((place) => place.code === '01')!), `/events/${await real.event(SHOWN.vi)}?tab=timeline`, async (page) => {
    const day = page.getByRole('slider', { name: words.vi.day })
    const box = (await day.boundingBox())!
    const was = await day.getAttribute('aria-valuetext')
    await page.mouse.move(box.x + box.width / 2, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + 10, { steps: 4 })
    await page.mouse.up()
    await page.getByRole('button', { name: words.vi.confirm }).waitFor()
    assert.notEqual(await day.getAttribute('aria-valuetext'), was)
    await page.getByRole('button', { name: words.vi.kept }).click()
    assert.equal(await day.getAttribute('aria-valuetext'), was)
  }))

  test('many events: levels fold, a level has its events, a unit narrows them', () => as('thuongtruc', '/calendar?view=plan', async (page) => {
    await page.getByRole('button', { name: /Xã, phường.*10 sự kiện/ }).click()
    await page.getByRole('link', { name: SHOWN.vi }).waitFor()
    await page.locator('.gantt-offs').getByRole('button', { name: words.vi.holiday }).first().waitFor()
    // An event tells where its critical path stands; unfolded, it shows its tasks, and its day can be tried where it stands.
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: SHOWN.vi }) })
    assert.match(await row.innerText(), /: \d+ việc chưa xong · (chậm|còn) \d+ ngày|đến hạn hôm nay|mọi mốc đến ngày sự kiện đã đạt/)
    await row.getByRole('button', { name: `Tiến độ, nhiệm vụ của ${SHOWN.vi}` }).press('Enter')
    const within = page.locator('.gantt-within')
    await within.getByText('Đường găng:').waitFor()
    assert.ok(await within.locator('.gantt-task a').count() > 0)
    await within.getByRole('slider', { name: words.vi.day }).press('ArrowRight')
    await within.getByText(/Thử ngày .*\+1 ngày/).waitFor()
    assert.deepEqual(await fits(page, 'many-unfolded', true), [])
    await page.setViewportSize({ width: 1280, height: 900 })
    await row.getByRole('button', { expanded: true }).click()
    await within.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /Xã, phường.*10 sự kiện/ }).click()
    await page.getByRole('link', { name: SHOWN.vi }).waitFor({ state: 'detached' })
    await page.goto(`${real.url}/calendar?view=plan&unit=${real.places.find((place) => place.code === '04')!.id}`)
    await page.getByRole('button', { name: /Xã, phường.*4 sự kiện/ }).waitFor()
    assert.deepEqual(await fits(page, 'many', true), [])
  }))

  for (const lang of ['vi', 'en'] as const) test(`a month by keys; an address for another calendar, told once, revoked (${lang})`, () => as(`canbo.${lang}`, '/calendar?on=2026-11-23', async (page) => {
    const w = words[lang]
    await page.locator('.calendar-day[aria-pressed="true"]').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForURL(/on=2026-11-24/)
    // All that one may see; the switch stays as it was left on this browser.
    const mine = page.getByLabel(lang === 'vi' ? 'Chỉ đơn vị của tôi' : 'My unit only')
    assert.equal(await mine.isChecked(), false)
    await mine.check()
    await page.waitForURL(/scope=mine/)
    await page.goto(`${real.url}/calendar?on=2026-11-24`)
    await page.locator('.calendar-day[aria-pressed="true"]').waitFor()
    assert.equal(await mine.isChecked(), true)
    await mine.uncheck()
    await page.locator('td.chosen .calendar-note').getByText(lang === 'vi' ? 'Ngày Văn hóa Việt Nam' : 'Viet Nam Culture Day').waitFor()
    assert.deepEqual(await fits(page, `calendar-${lang}`, lang === 'vi'), [])
    assert.equal((await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1, 'a month is one sheet')
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('tab').first().focus()
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
    await page.getByRole('button', { name: w.make }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel(w.name).fill('Điện thoại')
    await page.keyboard.press('Enter')
    const address = await page.getByLabel(w.address, { exact: true }).inputValue()
    assert.match(address, /\/api\/v1\/calendars\/[\w-]{43}\.ics$/)
    const read = async () => { const answer = await fetch(real.url + new URL(address).pathname); return [answer.status, (await answer.text()).slice(0, 15)] }
    assert.deepEqual(await read(), [200, 'BEGIN:VCALENDAR'])
    await page.getByRole('button', { name: w.done }).click()
    await page.getByRole('rowheader', { name: /Điện thoại/ }).waitFor()
    await page.getByRole('button', { name: w.revoke }).click()
    await page.getByRole('dialog').getByRole('button', { name: w.revoke }).click()
    await page.getByRole('rowheader', { name: /Điện thoại/ }).waitFor({ state: 'detached' })
    assert.equal((await read())[0], 404)
  }, { lang }))
})
