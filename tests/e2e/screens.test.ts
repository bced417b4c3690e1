// Board, event and task as they look: every screen and everything that opens on it, in both languages, wide and narrow, light and dark; no finding of
// axe, nothing wider than its place. SANSANG_LOOKS=all leaves nothing out, and makes a picture of each of the eight in test-artefacts/.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { ASKED, openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const words = {
  vi: { drop: 'Bỏ, đóng lại', month: 'Theo tháng', waive: 'Duyệt ngoại lệ', conclude: 'Kết luận sẵn sàng', act: 'Điều chỉnh', move: 'Chuyển ngày', postpone: 'Hoãn', preview: 'Xem trước', add: 'Thêm hoạt động', all: 'Chọn tất cả các dòng đang hiện', verify: 'Xác nhận hoàn thành', export: 'Xuất', accept: 'Nhận việc', report: 'Báo cáo', others: 'Việc khác', split: 'Giao xuống cấp dưới', ask: 'Xin gia hạn', refuse: 'Từ chối', filter: 'Lọc bảng', more: 'Tất cả 6 đơn vị trực thuộc', layout: /^Làm thể thức riêng từ/ },
  en: { drop: 'Drop it and close', month: 'By month', waive: 'Waive', conclude: 'Conclude', act: 'Change', move: 'Move to another day', postpone: 'Postpone', preview: 'Preview', add: 'Add an activity', all: 'Select all rows shown', verify: 'Verify as done', export: 'Export', accept: 'Accept', report: 'Report', others: 'More', split: 'Pass on to units below', ask: 'Ask for more time', refuse: 'Refuse', filter: 'Filter the board', more: 'All 6 units directly below', layout: /^Make an own layout from/ },
} as const

describe('board, event and task', { timeout: 600_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  test('what is not there yet, not one’s own, or out of reach says so, and what was typed is not lost', async () => {
    const { page, complaints, close } = await openPage(browser)
    page.setDefaultTimeout(15_000)
    try {
      await real.enter(page, 'canbo.vi')
      let go = () => {}
      const held = new Promise<void>((done) => { go = done })
      await page.route(/\/api\/v1\/tasks\?/, async (route) => { await held; await route.continue() })
      await page.goto(`${real.url}/tasks`)
      await page.getByRole('status').getByText('Đang tải').waitFor()
      assert.deepEqual(await fits(page, 'loading', false), [])
      go()
      await page.locator('tbody tr').first().waitFor()

      await page.goto(`${real.url}/tasks/${await real.task(SHOWN.en, 'T09')}`)
      await page.getByRole('alert').getByText('không có quyền xem').waitFor()
      await page.getByRole('link', { name: 'Về trang đầu' }).waitFor()

      await page.goto(`${real.url}/tasks/${await real.task(SHOWN.vi, 'T31')}`)
      await page.locator('.age.live').waitFor()
      const said = page.getByLabel('Ý kiến', { exact: true })
      await said.fill('Đã mở khóa lối thoát số 2')
      real.gate.shut(true)
      await page.locator('.age.lost').getByText(/dữ liệu cũ \d+ giây/).waitFor()
      assert.deepEqual(await fits(page, 'lost', false), [])
      await page.getByRole('button', { name: 'Gửi ý kiến' }).click()
      await page.locator('.task-said li').filter({ hasText: 'Đã mở khóa lối thoát số 2' }).getByText('đang gửi…').waitFor()
      await page.getByRole('heading', { name: 'Báo cáo tổng kết' }).waitFor()
      real.gate.shut(false)
      await page.locator('.task-said').getByText('Đã mở khóa lối thoát số 2').waitFor()
      await page.getByText('đang gửi…').waitFor({ state: 'detached' })
      assert.equal(await page.locator('.task-said').getByText('Đã mở khóa lối thoát số 2').count(), 1)
      await page.locator('.age.live').waitFor()
      assert.deepEqual(complaints, [])
    } finally {
      real.gate.shut(false)
      await close()
    }
  })

  for (const lang of ['vi', 'en'] as const) {
    const w = words[lang]
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first()
    const press = (name: string) => (page: Page) => button(page, name).click()
    const menu = (name: string, item: string) => async (page: Page) => { await button(page, name).click(); await page.getByRole('menuitem', { name: item, exact: true }).click(); await page.getByRole('dialog').waitFor() }
    const opened = (name: string) => async (page: Page) => { await button(page, name).click(); await page.getByRole('dialog').waitFor() }

    // Few enough that no row lies half under the bar of what is chosen or the head: that would be a small target until one scrolls.
    const chooseAll = async (page: Page) => { await page.getByLabel(w.all).check(); await page.locator('.table-bulk').waitFor() }

    const look = async (who: string, screens: [name: string, path: string, act?: (page: Page) => Promise<void>][]) => {
      const { page, complaints, close } = await openPage(browser, { lang })
      page.setDefaultTimeout(15_000)
      const found: string[] = []
      try {
        await real.enter(page, who)
        let at = ''
        for (const [name, path, act] of screens) {
          await page.setViewportSize({ width: 1280, height: 900 })
          const drop = page.getByRole('button', { name: w.drop })
          for (let left = await page.getByRole('dialog').count(); left > 0; left--) await page.keyboard.press('Escape')
          // What was typed in it is asked about.
          await page.locator('body:not(:has([role=dialog]))').or(drop).first().waitFor()
          if (await drop.isVisible()) await drop.click()
          await page.locator('body:not(:has([role=dialog]))').waitFor()
          if (at !== path || page.url() !== real.url + path) await page.goto(real.url + path)
          at = path
          await page.locator('h1').first().waitFor()
          await page.locator('.skeleton').first().waitFor({ state: 'detached' })
          await act?.(page)
          found.push(...await fits(page, `${name}-${lang}`, lang === 'vi'))
        }
        assert.deepEqual(found, [])
        assert.deepEqual(complaints, [])
      } finally {
        await close()
      }
    }

    test(`the board, ${lang}`, async () => look('thuongtruc', [
      ['board', '/board'], ['board-months', '/board?view=months'], ['board-events', '/board?view=events&state=unmet'], ['board-none', '/board?state=waived'],
      ['board-filter', '/board', async (page) => { await page.setViewportSize({ width: 320, height: 720 }); await press(w.filter)(page) }],
    ]))
    test(`one event, ${lang}`, async () => {
      const path = `/events/${await real.event(SHOWN[lang])}`
      await look('dv.01', [
        ['event', path], ['event-waive', path, opened(w.waive)], ['event-conclude', path, opened(w.conclude)],
        ['event-tasks', `${path}?tab=tasks`], ['event-dates', `${path}?tab=dates`], ['event-agenda', `${path}?tab=agenda`], ['event-activity', `${path}?tab=agenda`, opened(w.add)], ['event-history', `${path}?tab=history`],
        ['event-move', path, async (page) => {
          await menu(w.act, w.move)(page)
          await page.getByRole('dialog').getByRole('textbox').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/'))
          await button(page, w.preview).click()
          await page.locator('.event-breaks').waitFor()
        }],
        ['event-postpone', path, menu(w.act, w.postpone)],
        ['event-missing', '/events/0190a000-0000-7000-8000-000000009999'],
      ])
    })
    test(`what is found, and layouts of papers, ${lang}`, async () => look('thuongtruc', [
      ['search', '/search?q=an', async (page) => page.locator('.search-list li').first().waitFor()], ['papers-layouts', '/papers/layouts', async (page) => page.locator('.paper-rows li').first().waitFor()],
      ['papers-layout', '/papers/layouts', async (page) => { await page.getByRole('button', { name: w.layout }).first().click(); await page.getByRole('region').first().waitFor() }],
    ]))
    test(`tasks, ${lang}`, async () => {
      await look('dv.01', [
        ['tasks', '/tasks'], ['tasks-below', '/tasks?scope=below&state=overdue'], ['tasks-none', '/tasks?state=returned&q=khongco'],
        ['tasks-chosen', '/tasks?scope=below&state=reported', chooseAll],
        ['tasks-verify', '/tasks?scope=below&state=reported', async (page) => { await chooseAll(page); await opened(w.verify)(page) }],
        ['task', `/tasks/${await real.task(SHOWN[lang], 'T09')}`],
        ['task-split', '/tasks', async (page) => { await page.getByRole('link', { name: ASKED[lang] }).click(); await page.locator('h1').getByText(ASKED[lang]).waitFor(); await button(page, w.accept).click(); await menu(w.others, w.split)(page); await page.getByRole('checkbox', { name: w.more }).check() }],
        ['task-report', '/tasks', async (page) => { await page.getByRole('link', { name: ASKED[lang] }).click(); await opened(w.report)(page) }],
        ['task-ask', '/tasks', async (page) => { await page.getByRole('link', { name: ASKED[lang] }).click(); await page.locator('h1').getByText(ASKED[lang]).waitFor(); await menu(w.others, w.ask)(page) }],
      ])
    })
  }

  // 1,280 px at 200 % zoom is a window of 640; forced colours take away grounds, shadows and our own inks.
  test('at 200 % zoom and in forced colours nothing scrolls sideways, states are told apart by shape and word, and the focus is seen', async () => {
    const { page, complaints, close } = await openPage(browser, { width: 640, height: 450 }, { deviceScaleFactor: 2, forcedColors: 'active' })
    page.setDefaultTimeout(15_000)
    const found: string[] = []
    try {
      await real.enter(page, 'thuongtruc')
      const event = `/events/${await real.event(SHOWN.vi)}`
      for (const [name, path] of [['home', '/'], ['board', '/board'], ['event', event], ['timeline', `${event}?tab=timeline`], ['tasks', '/tasks?scope=below'], ['calendar', '/calendar'], ['units', '/units']] as const) {
        await page.goto(real.url + path)
        await page.locator('.app h1').waitFor()
        await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        const seen = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth - innerWidth, forced: matchMedia('(forced-colors: active)').matches,
          marks: [...document.querySelectorAll('.state-mark, .step-mark')].filter((one) => one.checkVisibility()).map((one) => [/\b(s|step)-(?!mark)\w+/.exec(one.className)?.[0] ?? '', (one.textContent ?? '').trim(), one.querySelector('svg')?.innerHTML ?? ''] as const),
          filled: [...document.querySelectorAll('.gantt-bar:is(.done, .reported), .gantt-point.reached, .progress-bar i, .board-share-bar i, .report-bar i')].filter((one) => one.checkVisibility() && getComputedStyle(one).forcedColorAdjust !== 'none').length,
          bars: [...document.querySelectorAll('.state-bar')].filter((one) => one.checkVisibility() && (getComputedStyle(one).forcedColorAdjust !== 'none' || getComputedStyle(one).outlineStyle === 'none')).length,
        }))
        if (!seen.forced) found.push(`${name}: colours are not forced`)
        if (seen.wide > 0) found.push(`${name}: ${seen.wide} px wider than the window`)
        if (seen.filled > 0) found.push(`${name}: ${seen.filled} parts of bars are filled with the colour of the page`)
        if (seen.bars > 0) found.push(`${name}: ${seen.bars} bars lose their patterns or their edge`)
        for (const [kind, word, shape] of seen.marks) if (word === '' || shape === '') found.push(`${name}: ${kind} without a ${word === '' ? 'word' : 'shape'}`)
        if (new Set(seen.marks.map(([kind]) => kind)).size !== new Set(seen.marks.map(([, , shape]) => shape)).size) found.push(`${name}: two states have one shape`)
        for (let n = 0; n < 14; n++) {
          await page.keyboard.press('Tab')
          const bare = await page.evaluate(() => {
            const at = document.activeElement
            if (!at || at === document.body) return undefined
            const ring = (one: Element) => { const look = getComputedStyle(one); return look.outlineStyle !== 'none' && Number.parseFloat(look.outlineWidth) >= 2 }
            return ring(at) || (at.parentElement && ring(at.parentElement)) ? undefined : `${at.tagName}.${at.className} "${(at.textContent ?? '').slice(0, 30)}"`
          })
          if (bare) found.push(`${name}: no ring around ${bare}`)
        }
      }
      await page.goto(`${real.url}/kit`)
      await page.locator('.kit-page').waitFor()
      const edges = await page.evaluate(() => ['.grid-cell.wrong', '.grid-cell.warned'].map((cell) => getComputedStyle(document.querySelector(cell)!).borderLeftStyle))
      assert.deepEqual(edges, ['double', 'dotted'], 'a faulty cell has an edge of its own')
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })
})
