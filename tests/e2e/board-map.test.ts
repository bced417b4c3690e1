// The board as a map: without a boundary file as tiles, with one as outlines; the same by pointer, keys and table; past days, kept views, one sheet, one screen.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axe, openBrowser, openPage, shot } from './harness/browser.ts'
import type { Look } from './harness/browser.ts'
import { mbtiles, pmtiles } from '../basemaps.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

/** Two provinces and their communes side by side, drawn by hand: the test needs no boundaries of anybody's. */
const boxes = (places: Real['places']) => {
  const communes = places.filter((place) => place.kind === 'commune')
  const square = (x: number, y: number) => [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]
  return JSON.stringify({ type: 'FeatureCollection', features: [
    ...communes.map((place, i) => ({ type: 'Feature', properties: { ma_xa: place.code, ten: place.name }, geometry: { type: 'Polygon', coordinates: [square(105 + (i % 4) * 0.1, 20 + Math.floor(i / 4) * 0.1)] } })),
    { type: 'Feature', properties: { ma_xa: '99999', ten: 'Xã không có' }, geometry: { type: 'Polygon', coordinates: [square(106, 21)] } },
  ] })
}
const TILE = { z: 8, x: 202, y: 113 }
const REAL = '../shared/data/map/vn3321-communes-2025.topo.json'

describe('the board as a map', { timeout: 180_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser(['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'])]) })
  after(async () => { await browser?.close(); await real?.close() })

  async function as(account: string, path: string, run: (page: Page) => Promise<void>, look: Look = {}): Promise<void> {
    const { page, complaints, close } = await openPage(browser, look)
    page.setDefaultTimeout(10_000)
    try {
      await real.enter(page, account)
      await page.goto(real.url + path)
      await page.locator('.app h1').waitFor()
      await run(page)
      assert.deepEqual(complaints, [])
    } catch (error) {
      await page.screenshot({ path: `test-artefacts/failed-map-${account}.png` }).catch(() => {})
      throw error
    } finally {
      await close()
    }
  }
  const drawn = (page: Page, n: number) => page.locator(`.map-canvas[data-drawn="${n}"]`).waitFor()
  const address = (page: Page) => new URL(page.url()).searchParams

  test('without a boundary file the units are tiles; arrows, table and Enter agree; the view is kept under a name', () => as('thuongtruc', '/board?view=map', async (page) => {
    await drawn(page, 2)
    await page.getByText('Chưa có tệp ranh giới').waitFor()
    const box = page.getByRole('application')
    await box.focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('.map-label').waitFor()
    assert.match(await page.locator('[role=status]').filter({ hasText: 'sự kiện' }).first().innerText(), /chưa đạt \/ \d+ sự kiện/)
    assert.equal(await page.locator('tr.current').count(), 1, 'the table marks what the tiles mark')
    await page.keyboard.press('Escape')
    await page.locator('.map-label').waitFor({ state: 'detached' })
    await page.getByRole('row').getByRole('link', { name: 'Tỉnh Cao Bằng' }).focus()
    assert.equal(await page.locator('.map-label b').innerText(), 'Tỉnh Cao Bằng', 'the tiles mark what the table marks')

    await page.getByLabel('Vẽ từng').selectOption('commune')
    await drawn(page, 10)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('Control+c')
    await page.getByText('Đã chép 10 dòng').waitFor()
    const copied = (await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/)
    assert.deepEqual([copied.length, copied[0]], [11, ['Đơn vị', 'Chưa đạt', 'Tình trạng sự kiện', 'Quá hạn'].join('\t')])
    assert.match(copied[1]!, /^(Xã|Phường|Đặc khu) [^\t]+, [^\t]+\t\d+\t[^\t]+\t\d+$/)
    await page.getByRole('button', { name: 'Chép 10 dòng' }).click()
    await page.getByLabel('Độ lớn của ô').selectOption('tasks')
    assert.deepEqual([address(page).get('each'), address(page).get('area')], ['commune', 'tasks'], 'what is seen stands in the address')
    await page.getByRole('button', { name: 'Cách xem' }).click()
    await page.getByRole('menuitem', { name: 'Lưu cách xem này…' }).click()
    await page.getByLabel('Tên').fill('Xã theo nhiệm vụ')
    await page.keyboard.press('Enter')
    await page.getByText('Đã lưu cách xem "Xã theo nhiệm vụ"').waitFor()
    await page.goto(`${real.url}/board`)
    await page.getByRole('button', { name: 'Cách xem' }).click()
    await page.getByRole('menuitem', { name: 'Xã theo nhiệm vụ' }).click()
    await drawn(page, 10)
    await shot(page, 'board-tiles')
    assert.deepEqual(await axe(page), [])
    await page.getByRole('application').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/events\//)
  }))

  test('an administrator uploads boundaries: hears what fits and what does not; a broken file is refused with the reason', (t) => as('quantri', '/manage', async (page) => {
    await page.getByRole('link', { name: /Ranh giới đơn vị/ }).click()
    const give = (name: string, text: string) => page.locator('input[type=file][accept*=geojson]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    const check = page.getByRole('button', { name: 'Kiểm tra tệp' })
    for (const [name, text, why] of [['hong.geojson', '{"type":', 'không đọc được JSON'], ['met.geojson', '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[580000,2300000],[1,1],[2,2]]]}}', 'WGS 84'], ['anh.geojson', '%PDF-1.7', 'Đuôi tên tệp']] as const) {
      await give(name, text)
      await check.click()
      await page.getByText(why).waitFor()
    }
    await give('xa.geojson', boxes(real.places))
    await check.click()
    await page.getByText('10/11 vùng có mã của một đơn vị').waitFor()
    await page.getByText('1 vùng không khớp đơn vị nào').click()
    await page.getByText('Xã không có').waitFor()
    assert.deepEqual(await fits(page, 'boundaries', true), [])
    await page.getByRole('button', { name: 'Dùng tệp này' }).click()
    await page.getByText('Đã dùng tệp ranh giới').waitFor()
    await page.getByRole('rowheader', { name: /xa\.geojson/ }).waitFor()

    // A map of the office's own lies under the outlines; what is none is refused with the reason.
    const lay = async (name: string, buffer: Buffer) => {
      await page.locator('input[type=file][accept*=mbtiles]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
      await page.getByRole('button', { name: /Dùng bản đồ này|Thay bản đồ nền/ }).click()
    }
    await lay('cu.pmtiles', pmtiles(TILE, (head) => { head[7] = 2 }))
    await page.getByText('cần phiên bản 3').waitFor()
    await page.getByLabel('Ghi nguồn').fill('© Sở Xây dựng')
    await lay('nen.mbtiles', mbtiles(TILE))
    await page.locator('b', { hasText: 'nen.mbtiles' }).waitFor()
    await page.getByLabel('Ghi nguồn').fill('© Sở Xây dựng')
    await lay('nen.pmtiles', pmtiles(TILE))
    await page.locator('b', { hasText: 'nen.pmtiles' }).waitFor()
    await page.getByText('Nguồn: © Sở Xây dựng').waitFor()

    if (!existsSync(REAL)) return t.diagnostic('no ../shared/data/map here: a real boundary file is not tried')
    await page.locator('input[type=file][accept*=geojson]').setInputFiles({ name: 'communes.topojson', mimeType: 'application/json', buffer: readFileSync(REAL) })
    await check.click()
    await page.getByText('10/3.321 vùng có mã của một đơn vị').waitFor()
  }))

  for (const lang of ['vi', 'en'] as const) test(`with it they are outlines, provinces joined from their communes (${lang})`, () => as('thuongtruc', '/board?view=map', async (page) => {
    const tile = page.waitForResponse((answer) => answer.url().includes('/maps/basemap/') && answer.status() === 206)
    await drawn(page, 2)
    await tile
    await page.getByText('© Sở Xây dựng').waitFor()
    const box = page.getByRole('application')
    await box.focus()
    await page.keyboard.press('ArrowRight')
    const first = await page.locator('.map-label b').innerText()
    await page.keyboard.press(first.includes('Cao Bằng') ? 'ArrowDown' : 'ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForURL(/unit=/)
    await page.locator('.map-canvas[data-drawn]').waitFor()
    assert.equal(address(page).get('view'), 'map', 'one stays on the map')
    assert.deepEqual(await fits(page, `board-map-${lang}`, lang === 'vi'), [])
    await shot(page, `board-map-${lang}`)
  }, { lang }))

  test('a change of a state changes the outline in place, without loading', () => as('thuongtruc', `/board?view=map&unit=${real.places.find((place) => place.code === '01')!.id}`, async (page) => {
    await page.locator('.map-canvas[data-drawn]').waitFor()
    const link = page.getByRole('row').getByRole('link', { name: SHOWN.vi, exact: true })
    await link.focus()
    await page.locator('.map-label').getByText('Chưa đạt', { exact: true }).waitFor()
    await page.mouse.move(5, 5)
    await link.blur()
    await page.locator('.map-label').waitFor({ state: 'detached' })
    const picture = async () => (await page.locator('.map-canvas').screenshot()).toString('base64')
    const was = await picture()
    const waived = await page.evaluate(async (event) => {
      const { checks } = await (await fetch(`api/v1/events/${event}/readiness`)).json() as { checks: { requirement: string; state: string }[] }
      const unmet = checks.filter((one) => one.state === 'unmet')
      const answers = await Promise.all(unmet.map((one) => fetch(`api/v1/events/${event}/waivers`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ orderId: crypto.randomUUID(), requirement: one.requirement, reason: 'Đã có người gác', until: new Date(Date.now() + 5 * 86_400_000).toISOString() }) })))
      return answers.map((answer) => answer.status)
    }, await real.event(SHOWN.vi))
    assert.ok(waived.length > 0 && waived.every((status) => status === 200), waived.join())
    await link.focus()
    await page.locator('.map-label').getByText('Chưa đạt', { exact: true }).waitFor({ state: 'detached' })
    await link.blur()
    await page.locator('.map-label').waitFor({ state: 'detached' })
    for (const until = Date.now() + 5000; await picture() === was;) assert.ok(Date.now() < until, 'the outline is drawn as before')
  }))

  test('a past day is chosen by keys, marked as the past, and left again; the board prints on one A4', () => as('thuongtruc', '/board', async (page) => {
    const slider = page.getByRole('slider')
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.getByText('Đang xem quá khứ').waitFor()
    const on = address(page).get('at')!
    assert.match(on, /^\d{4}-\d\d-\d\d$/)
    await page.getByText(`Số liệu cuối ngày ${on.split('-').reverse().join('/')}, không phải hiện nay.`).waitFor()
    assert.equal(await page.getByLabel('Ngày', { exact: false }).first().inputValue(), on.split('-').reverse().join('/'))
    assert.equal(await page.getByRole('table', { name: 'Sự kiện theo tình trạng trong 7 ngày' }).getByRole('row').count(), 9)
    assert.deepEqual(await axe(page), [])
    await page.getByRole('button', { name: 'Về hiện nay' }).click()
    await page.getByText('Đang xem quá khứ').waitFor({ state: 'detached' })
    assert.equal(address(page).get('at'), null)

    const pdf = await page.pdf({ format: 'A4' })
    assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1)
    await page.emulateMedia({ media: 'print' })
    assert.ok(await page.locator('.board-sheet').isVisible())
    assert.ok(!await page.locator('.tiles').isVisible())
    // A nation: 34 provinces and a few agencies, none of them only counted.
    await page.route(/\/api\/v1\/board(\?|$)/, async (route) => {
      const answer = await route.fetch()
      const data = await answer.json() as { rows: object[] }
      await route.fulfill({ response: answer, json: { ...data, rows: Array.from({ length: 38 }, (_, i) => ({ ...data.rows[i % data.rows.length], unitId: `00000000-0000-8000-8000-0000000000${String(i + 10)}`, name: `Thành phố Hồ Chí Minh ${i}` })) } })
    })
    await page.reload()
    await page.locator('.board-sheet tbody tr').nth(37).waitFor()
    assert.equal((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1)
    await page.unroute(/\/api\/v1\/board(\?|$)/)
    // A low window opens at its head, not at its tabs.
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 1280, height: 400 })
    await page.reload()
    await page.getByRole('tab', { selected: true }).waitFor()
    await page.evaluate(async () => { for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame) })
    assert.equal(await page.evaluate(() => scrollY), 0)
  }))

  for (const lang of ['vi', 'en'] as const) test(`a leader sees where, who, by when and what is next on one screen of a phone (${lang})`, () => as('lanhdao', '/board/brief', async (page) => {
    await page.locator('.brief-list').nth(1).waitFor()
    await page.getByText(lang === 'vi' ? /chịu trách nhiệm/ : /answers for it/).first().waitFor()
    const [whole, bar] = await page.evaluate(() => [document.querySelector('main .page')!.getBoundingClientRect().bottom, document.querySelector('.bottom-bar')!.getBoundingClientRect().top])
    assert.ok(whole! <= bar! + 1, `the page ends at ${whole}, the bar begins at ${bar}`)
    await shot(page, `brief-${lang}`)
    assert.deepEqual(await fits(page, `brief-${lang}`, lang === 'vi'), [])
  }, { lang, width: 390, height: 844 }))

})
