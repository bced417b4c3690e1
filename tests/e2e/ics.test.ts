// An ICS form on the whole program, by keyboard, in both languages: from the event, typed, kept, downloaded, found again.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits, langsOf } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const WORDS = {
  vi: { open: 'Biểu mẫu ICS', tabs: ['Kế hoạch, phương án', 'Văn bản', 'Biểu mẫu ICS', 'Báo cáo', 'Phiên họp', 'Lịch sử'], form: 'Biểu mẫu', kept: 'Đã lưu bản thảo', pdf: 'Tải PDF', add: 'Thêm dòng vào ô 5. Resources Assigned', cell: 'Leader, dòng 1', drafts: 'Bản thảo' },
  en: { open: 'ICS forms', tabs: ['Plans', 'Papers', 'ICS forms', 'Reports', 'Sessions', 'History'], form: 'Form', kept: 'Draft saved', pdf: 'Download PDF', add: 'Add a row to 5. Resources Assigned', cell: 'Leader, row 1', drafts: 'Drafts' },
} as const

describe('ICS forms by keyboard', { timeout: 120_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of langsOf('en')) test(`a form is filled in from the event, typed, downloaded, and found among the drafts (${lang})`, async () => {
    const w = WORDS[lang]
    const { page, complaints, close } = await openPage(browser, { lang })
    page.setDefaultTimeout(10_000)
    const keys = keysOf(page)
    try {
      await real.enter(page, 'thuongtruc')
      await page.goto(`${real.url}/events/${await real.event(SHOWN[lang])}`)
      const tab = page.getByRole('tab', { name: w.open })
      await keys.reach(page.getByRole('tab', { selected: true }))
      // What other capabilities add to an event's page: plans and papers, then the forms, then the history.
      for (let i = 0; i < 12 && await tab.getAttribute('aria-selected') !== 'true'; i++) await keys.press('ArrowRight')
      assert.deepEqual((await page.getByRole('tab').allTextContents()).slice(-w.tabs.length).map((name) => name.replace(/\d+$/, '')), w.tabs)
      await keys.go(page.getByRole('link', { name: /^ICS 202/ }))
      await page.getByRole('heading', { level: 1, name: 'ICS 202' }).waitFor()
      assert.notEqual(await page.getByLabel('1. Incident Name').inputValue(), '', 'the event has filled it in')
      await keys.reach(page.getByLabel(w.form, { exact: true }))
      await page.getByLabel(w.form, { exact: true }).selectOption('204')
      await page.getByRole('heading', { level: 1, name: 'ICS 204' }).waitFor()
      await keys.reach(page.getByLabel(w.cell))
      await keys.type('Team A')
      await keys.go(page.getByRole('button', { name: w.add }))
      await page.getByText(w.kept).waitFor()
      assert.deepEqual(await fits(page, `ics-${lang}`, lang === 'en'), [])
      await page.setViewportSize({ width: 1280, height: 900 })
      const [saved] = await Promise.all([page.waitForEvent('download'), keys.go(page.getByRole('button', { name: w.pdf }))])
      assert.equal(saved.suggestedFilename(), 'ics-204.pdf')
      await page.goto(`${real.url}/papers/drafts`)
      await keys.go(page.getByRole('link', { name: /^ICS 204/ }).first())
      assert.equal(await page.getByLabel(w.cell).inputValue(), 'Team A')
      assert.deepEqual(complaints, [])
    } catch (error) {
      await page.screenshot({ path: `test-artefacts/failed-ics-${lang}.png` }).catch(() => {})
      throw error
    } finally { await close() }
  })
})
