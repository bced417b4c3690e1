// One village and its fair, from nothing: the unit written on the screen, the template that comes with the program, one day; then the first task reported (another verifies it). By keyboard alone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axe, openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { openEmpty } from './harness/empty.ts'
import { keysOf } from './harness/keys.ts'

const WORDS = {
  vi: {
    village: ['TX', 'Thôn Xuân', 'thôn'], find: 'xuan', fair: 'Hội làng Xuân', password: 'Mật khẩu mới', again: 'Nhập lại mật khẩu mới', set: 'Đặt mật khẩu', import: 'Nhập danh mục', write: 'Ít đơn vị: viết ngay tại đây', code: /^Mã: /, preview: 'Xem trước', importDo: 'Nhập 1 đơn vị',
    mine: 'Chọn đơn vị', unit: 'Đơn vị', save: 'Lưu', template: 'Chọn mẫu', use: /Dùng mẫu này.*Lễ hội/, take: 'Nhập mẫu', create: 'Lập đợt', name: 'Tên đợt', short: 'Mã đợt', day: 'Ngày', createDo: 'Lập đợt', cascade: 'Triển khai 1 sự kiện', done: /Đã triển khai 1 sự kiện/,
    market: 'Chợ xuân', other: 'Tính sức chứa và thời gian thoát nạn', task: 'Phân công người chịu trách nhiệm chung và người phụ trách từng mảng', report: 'Báo cáo', evidence: 'Tên minh chứng', send: 'Gửi báo cáo', reported: 'Chờ xác nhận',
  },
  en: {
    village: ['SR', 'Village of Saint-Remy', 'village'], find: 'saint', fair: 'Saint-Remy summer fair', password: 'New password', again: 'New password again', set: 'Set the password', import: 'Import units', write: 'A few units: write them here', code: /^Code: /, preview: 'Preview', importDo: 'Import 1 unit',
    mine: 'Choose the unit', unit: 'Unit', save: 'Save', template: 'Choose a template', use: /Use this one.*A fair/, take: 'Import', create: 'Create a programme', name: 'Name', short: 'Code', day: 'Day', createDo: 'Create', cascade: 'Cascade 1 event', done: /1 event and 20 tasks cascaded/,
    market: 'Winter market', other: 'Work out capacity and time to leave', task: 'Name who is in charge, and who of each part', report: 'Report', evidence: 'Name of the evidence', send: 'Send the report', reported: 'To verify',
  },
} as const
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/')

describe('a village and its fair', { timeout: 300_000 }, () => {
  let browser: Browser
  before(async () => { await build(); browser = await openBrowser() })
  after(() => browser?.close())

  for (const [lang, width] of [['vi', 1280], ['en', 320]] as const) test(`from nothing to its first task done, ${lang}, ${width} px`, async () => {
    const w = WORDS[lang]
    const empty = await openEmpty()
    const { page, complaints, close } = await openPage(browser, { lang, width, height: 720 })
    page.setDefaultTimeout(15_000)
    const keys = keysOf(page)
    const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true })
    const link = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name, exact: true })
    const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
    const step = async (name: string) => { await page.goto(`${empty.url}/manage`); await keys.go(link(name)) }
    const fits = async (where: string) => { assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${where}: wider than the window`); assert.deepEqual(await axe(page), [], `${where}: axe`); await shot(page, `fair-${where}-${lang}-${width}`) }
    try {
      await page.goto(empty.link)
      await keys.reach(page.getByLabel(w.password, { exact: true })); await keys.type('a long sentence of mine')
      await keys.reach(page.getByLabel(w.again, { exact: true })); await keys.type('a long sentence of mine')
      await keys.press('Enter')
      await keys.go(link(w.import))

      await keys.go(page.getByText(w.write))
      await keys.reach(page.getByRole('textbox', { name: w.code }))
      for (const cell of w.village) { await keys.type(cell); await keys.press('Tab') }
      await fits('written')
      await keys.go(button(w.preview))
      await keys.go(button(w.importDo))
      await page.getByText(w.village[1]).or(page.getByText(/1/)).first().waitFor()

      await step(w.mine)
      const dialog = page.getByRole('dialog')
      await keys.reach(dialog.getByRole('combobox', { name: w.unit, exact: true })); await keys.type(w.find)
      await page.getByRole('option', { name: w.village[1] }).waitFor(); await page.keyboard.press('Enter')
      await keys.go(dialog.getByRole('button', { name: w.save, exact: true }))
      await dialog.waitFor({ state: 'detached' })

      await step(w.template)
      await keys.go(button(w.use))
      await keys.go(button(w.take))
      await keys.go(link(w.create))
      await keys.reach(page.getByLabel(w.name, { exact: true })); await keys.type(w.fair)
      await keys.reach(page.getByLabel(w.short, { exact: true })); await keys.type('FAIR')
      await keys.reach(page.getByLabel(w.day, { exact: true })); await keys.type(day(70))
      await fits('programme')
      await keys.go(button(w.createDo))
      await heading(w.fair)
      await keys.go(button(w.preview))
      await keys.go(button(w.cascade))
      await keys.go(dialog.getByRole('button', { name: w.cascade, exact: true }))
      await page.getByText(w.done).waitFor()

      await page.goto(`${empty.url}/`)
      await fits('home')
      await keys.go(page.getByRole('link', { name: w.task }))
      await heading(w.task)
      await keys.go(button(w.report))
      await keys.reach(dialog.getByLabel(w.evidence)); await keys.type('01/QĐ')
      await keys.go(dialog.getByRole('button', { name: w.send, exact: true }))
      await dialog.waitFor({ state: 'detached' })
      await page.locator('.task-line').getByText(w.reported).waitFor()
      await fits('task')

      // A second event of the same village: what is of which is told beside every line, and was not while there was one.
      await page.goto(`${empty.url}/`)
      await page.getByRole('link', { name: w.other }).first().waitFor()
      assert.equal(await page.getByRole('main').getByText(w.fair).count(), 1, 'in the news alone')
      await page.evaluate(async ({ name, from }) => {
        const send = async (path: string, body?: object) => { const answer = await fetch(`/api/v1${path}`, body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ orderId: crypto.randomUUID(), ...body }) } : {}); if (!answer.ok) throw new Error(await answer.text()); return await answer.json() as { items: { id: string; kind: string }[] } }
        const [unit] = (await send('/units/roots')).items
        await send('/programmes', { code: 'MARKET', name: { vi: name, en: name }, unitId: unit!.id, template: 'fair', templateVersion: 1, gate: 'open', rules: { kinds: [unit!.kind], scheme: 'admin', only: null, under: null, spans: { [unit!.kind]: { from, until: from } }, classes: { units: {}, kinds: {}, shares: {} }, pilots: [] } })
        await send('/programmes/MARKET/cascade', {})
        // What follows the order has counted it.
        for (let tries = 0; tries < 100 && (await send('/board/brief') as unknown as { next: object[] }).next.length < 2; tries++) await new Promise((go) => setTimeout(go, 100))
      }, { name: w.market, from: day(90).split('/').reverse().join('-') })
      await page.reload()
      await page.getByRole('main').getByText(w.market).nth(2).waitFor()
      await fits('two')
      await page.goto(`${empty.url}/tasks`)
      await page.getByRole('row').getByText(w.market).first().waitFor()
      assert.deepEqual(complaints, [])
    } catch (error) {
      await page.screenshot({ path: `test-artefacts/failed-fair-${lang}.png` }).catch(() => {})
      throw error
    } finally { await close(); await empty.close() }
  })
})
