// Every screen of the shell in both languages: no finding of axe, nothing cut or wider than the window, wide and narrow, light and dark.
// SANSANG_LOOKS=all asks everything of all eight looks, and leaves pictures in test-artefacts/.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { openMock } from './harness/mock.ts'
import type { Mock } from './harness/mock.ts'
import { world } from './harness/sample.ts'

const unit = '0190a000-0000-7000-8000-000000000300'
const screens: Record<string, string> = {
  'sign-in': '/sign-in', units: '/units', 'units-found': '/units?q=hoan', unit: `/units/${unit}`, 'unit-history': `/units/${unit}?tab=history`, 'unit-people': `/units/${unit}?tab=people`, province: '/units/0190a000-0000-7000-8000-000000000100',
  journal: '/journal', inbox: '/inbox', account: '/account', password: '/account?tab=password', factor: '/account?tab=factor', sessions: '/account?tab=sessions', held: '/account?tab=held', kit: '/kit',
}

describe('the look', { timeout: 900_000 }, () => {
  let browser: Browser
  let mock: Mock
  before(async () => {
    await build()
    browser = await openBrowser()
    mock = await openMock(world({ on: true }))
  })
  after(async () => { await browser?.close(); await mock?.close() })

  for (const lang of ['vi', 'en'] as const) {
    test(`every screen, ${lang}`, async () => {
      const { page, complaints, close } = await openPage(browser, { lang })
      const found: string[] = []
      for (const [name, path] of Object.entries(screens)) {
        await page.goto(mock.url + path)
        await page.waitForSelector('h1')
        if (name !== 'kit') await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        await page.waitForTimeout(150)
        found.push(...await fits(page, `${name}-${lang}`, lang === 'vi'))
        await page.setViewportSize({ width: 1280, height: 900 })
      }
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  test('dialogs and menus have no finding either', async () => {
    const { page, complaints, close } = await openPage(browser)
    const found: string[] = []
    const open: [string, string, () => Promise<void>][] = [
      ['verify', '/journal', async () => { await page.getByRole('button', { name: 'Kiểm tra toàn vẹn' }).click(); await page.getByRole('button', { name: 'Kiểm tra ngay' }).click(); await page.waitForSelector('text=khớp từng mã băm') }],
      ['proof', '/journal', async () => { await page.locator('tbody .plain-link').first().click(); await page.waitForSelector('[role="dialog"]') }],
      ['palette', '/units', async () => { await page.keyboard.press('Control+K'); await page.waitForSelector('.palette'); await page.keyboard.type('hoan'); await page.waitForSelector('[role="option"] >> text=Phường Hoàn Kiếm') }],
      ['menu', '/units', async () => { await page.locator('.who').click(); await page.waitForSelector('[role="menu"]') }],
      ['help', '/units', async () => { await page.locator('h1').focus(); await page.keyboard.press('?'); await page.waitForSelector('[role="dialog"]') }],
      ['calendar', '/units', async () => { await page.getByRole('button', { name: 'Mở lịch' }).click(); await page.waitForSelector('.calendar table') }],
      ['bulk', '/inbox', async () => { await page.getByLabel('Chọn tất cả các dòng đang hiện').check(); await page.waitForSelector('.table-bulk') }],
      ['qr', '/account?tab=factor', async () => { await page.getByRole('button', { name: 'Bật xác thực hai lớp' }).click(); await page.waitForSelector('.qr') }],
    ]
    for (const [name, path, act] of open) {
      await page.goto(mock.url + path)
      await page.waitForSelector('h1')
      await act()
      await page.waitForTimeout(200)
      found.push(...await fits(page, `open-${name}`, true))
      await page.setViewportSize({ width: 1280, height: 900 })
    }
    assert.deepEqual(found, [])
    assert.deepEqual(complaints, [])
    await close()
  })
})
