// Every screen of the shell, wide, light and Vietnamese, then narrow, dark and English: no finding of axe, nothing wider than the window, a picture
// to look at in test-artefacts/. SANSANG_LOOKS=all goes through all eight.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axe, openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
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

  const all = (['vi', 'en'] as const).flatMap((lang) => (['light', 'dark'] as const).flatMap((theme) => ([1280, 320] as const).map((width) => [lang, theme, width] as const)))
  const looks = process.env['SANSANG_LOOKS'] === 'all' ? all : [all[0]!, all[7]!]
  for (const [lang, theme, width] of looks) {
    test(`${lang}, ${theme}, ${width} px`, async () => {
      const { page, complaints, close } = await openPage(browser, { lang, theme, width, height: width < 500 ? 720 : 860 })
      for (const [name, path] of Object.entries(screens)) {
        await page.goto(mock.url + path)
        await page.waitForSelector('h1')
        if (name !== 'kit') await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        await page.waitForTimeout(150)
        await shot(page, `${name}-${lang}-${theme}-${width}`)
        assert.deepEqual(await axe(page), [], `${name}: axe`)
        assert.ok((await page.evaluate('document.documentElement.scrollWidth')) as number <= width, `${name} is wider than the window`)
      }
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  test('dialogs and menus have no finding either', async () => {
    const { page, complaints, close } = await openPage(browser)
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
      await shot(page, `open-${name}`)
      assert.deepEqual(await axe(page), [], `${name}: axe`)
    }
    assert.deepEqual(complaints, [])
    await close()
  })
})
