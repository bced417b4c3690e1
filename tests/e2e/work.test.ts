// Tasks as columns by state, the table changed in place, evidence looked at, units chosen on the tree, a wrong cell corrected in the preview; and the record: two moments compared, verified, exported with its proof.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { keyLine } from '../../src/capabilities/exchanges/decide/package.ts'
import { openPackage } from '../../src/capabilities/exchanges/routes/open.ts'
import { openSigner } from '../../src/kernel/signing.ts'
import { packageOf, planRecord } from '../package.ts'
import { openBrowser, shot } from './harness/browser.ts'
import type { Look } from './harness/browser.ts'
import { broken } from './harness/broken.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { ASKED, SHOWN, openAs, openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')

describe('work on tasks and the record', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })
  const open = (account: string, path: string, look: Look = {}) => openAs(browser, real, account, path, look)

  test('a unit moves its tasks from column to column by keyboard, reports with a PDF, and looks at it in place', async () => {
    const { page, complaints, close } = await open('dv.01', '/tasks?view=board')
    try {
      const keys = keysOf(page)
      const column = (name: string) => page.locator('.board-column').filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) })
      const card = (name: string) => column(name).locator('.board-card').filter({ hasText: ASKED.vi })
      await card('Đã giao').waitFor()
      await shot(page, 'work-board-1280')
      const accept = async () => { await keys.go(card('Đã giao').getByRole('button', { name: /Chuyển tiến độ/ })); await keys.go(page.getByRole('menuitem', { name: 'Nhận việc' }), 'ArrowDown') }
      // Shown at once: what is refused goes back with the reason; what is held back on its way stands where it will be.
      const way = '**/api/v1/tasks/*/accept'
      let go = () => {}
      let sent = 0
      const held = new Promise<void>((done) => { go = done })
      await page.route(way, async (route) => { if (sent++ > 0) return route.continue(); await held; await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:sansang:TASK_CLOSED', title: 'Không được', status: 409, code: 'TASK_CLOSED', detail: 'Đơn vị khác đã nhận việc này.' }) }) })
      await accept()
      await card('Đã nhận').waitFor()
      go()
      await page.getByText('Đơn vị khác đã nhận việc này.').waitFor()
      await card('Đã giao').waitFor()
      // What went on is read again, and nothing else.
      const read: string[] = []
      page.on('request', (one) => { if (/\/api\/v1\/tasks\?/.test(one.url()) && !/[?&]ids/.test(one.url())) read.push(one.url()) })
      await accept()
      await card('Đã nhận').waitFor()
      await card('Đã nhận').getByRole('button', { name: /Chuyển tiến độ/ }).click()
      await page.getByRole('menuitem', { name: 'Báo cáo' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Số đạt được').fill('20')
      await dialog.locator('input[type=file]').setInputFiles([{ name: 'bien ban.pdf', mimeType: 'application/pdf', buffer: PDF }])
      await dialog.getByRole('button', { name: 'Gửi báo cáo' }).click()
      await card('Chờ xác nhận').waitFor()
      assert.deepEqual(read, [])
      await card('Chờ xác nhận').getByRole('link').click()
      await page.getByRole('button', { name: 'bien ban.pdf' }).click()
      await page.getByRole('dialog', { name: 'bien ban.pdf' }).waitFor()
      if (await page.locator('iframe.task-pdf').count() > 0) assert.match(await page.locator('iframe.task-pdf').getAttribute('src') ?? '', /view=inline$/)
      await page.keyboard.press('Escape')
      // The same task at two moments of its history.
      await page.getByRole('tab', { name: 'Lịch sử' }).click()
      await page.getByRole('checkbox', { name: 'Chọn tất cả' }).click() // of more than two, the first and the last
      await page.getByRole('button', { name: 'So sánh hai thời điểm' }).click()
      await page.getByRole('dialog').getByRole('row', { name: /Tiến độ.*Đã giao.*Chờ xác nhận/ }).waitFor()
      await page.getByRole('dialog').getByRole('row', { name: /Số đạt.*20/ }).waitFor()
      await shot(page, 'work-compare')
      // What is put away in the inbox can be taken back.
      await page.goto(`${real.url}/inbox`)
      const item = page.locator('tr[data-at]').first()
      const said = await item.getByRole('link').innerText()
      await item.getByRole('checkbox').check()
      await page.getByRole('button', { name: 'Đánh dấu đã xử lý', exact: true }).click()
      await page.locator('tr[data-at]').filter({ hasText: said }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Hoàn tác' }).click()
      await page.locator('tr[data-at]').filter({ hasText: said }).waitFor()
      // What the browser's own PDF viewer fetches is its own.
      assert.deepEqual(complaints.filter((one) => !one.includes('chrome-extension://')), [])
    } finally { await close() }
  })

  test('the secretariat changes words and supporting units in the table, and a second editor hears of it', async () => {
    const one = await open('thuongtruc', '/tasks?scope=issued')
    const two = await open('quantri', `/tasks?scope=below&q=${encodeURIComponent('Inspect the places')}`)
    try {
      for (const [{ page }, text] of [[one, 'every floor'], [two, 'each exit']] as const) {
        await page.locator('tr[data-at]').filter({ hasText: ASKED.en }).first().locator('[data-part=title]').click()
        await page.getByLabel('Sửa nội dung').fill(`${ASKED.en}, ${text}`)
      }
      await one.page.keyboard.press('Enter')
      await one.page.getByRole('link', { name: `${ASKED.en}, every floor` }).waitFor()
      await two.page.keyboard.press('Enter')
      await two.page.getByText('Người khác vừa sửa nhiệm vụ này: nội dung').waitFor()
      await two.page.getByLabel('Sửa nội dung').waitFor()
      await two.page.keyboard.press('Escape')
      const row = one.page.locator('tr[data-at]').filter({ hasText: 'every floor' }).first()
      await row.locator('[data-part=supporting]').click()
      await one.page.getByRole('combobox', { name: 'Thêm đơn vị phối hợp' }).fill('cua nam')
      await one.page.locator('.combo-list [role=option]').first().click()
      await one.page.getByRole('button', { name: 'Lưu', exact: true }).click()
      await row.getByText(SHOWN.en).waitFor()
      assert.deepEqual([...one.complaints, ...two.complaints], [])
    } finally { await one.close(); await two.close() }
  })

  test('units on the tree for a split; a wrong cell corrected where it stands', async () => {
    const { page, complaints, close } = await open('dv.01', `/tasks?q=${encodeURIComponent('Inspect the places')}`)
    try {
      await page.locator('tr[data-at] th a').first().click()
      await page.getByRole('button', { name: 'Việc khác' }).click()
      await page.getByRole('menuitem', { name: 'Giao xuống cấp dưới' }).click()
      await page.getByRole('checkbox', { name: SHOWN.vi }).check()
      await page.getByRole('checkbox', { name: SHOWN.en }).check()
      await shot(page, 'work-split')
      await page.getByRole('button', { name: 'Giao cho 2 đơn vị' }).click()
      await page.getByText('0/2 phần việc').first().waitFor()
      await page.goto(`${real.url}/tasks/import`)
      for (const [name, buffer, says] of await broken(/Không có đơn vị “quê quán”/)) {
        await page.locator('input[type=file]').setInputFiles([{ name, mimeType: 'application/octet-stream', buffer }])
        await page.getByText(says).first().waitFor()
        assert.equal(await page.getByRole('button', { name: /^Giao \d+ nhiệm vụ/ }).and(page.locator(':not([aria-disabled=true])')).count(), 0, `${name} can be given`)
        await page.getByRole('button', { name: 'Chọn bảng khác' }).click()
      }
      await page.getByLabel('Dán bảng vào đây').fill('Kiểm tra lối thoát nạn\tPhường Hoàn Kiếm\t\tsớm\tBiên bản')
      await page.getByText(/Thời hạn “sớm” không đọc được/).waitFor()
      await page.getByRole('button', { name: 'Sửa Thời hạn, dòng 1' }).click()
      await page.getByLabel('Sửa Thời hạn, dòng 1').fill('31/12/2099')
      await page.keyboard.press('Enter')
      await page.getByText(/Thời hạn “sớm” không đọc được/).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Sửa Nội dung, dòng 1' }).click()
      await page.getByLabel('Sửa Nội dung, dòng 1').fill('Kiểm tra mọi lối thoát nạn')
      await page.keyboard.press('Enter')
      await page.getByText('Bỏ lần sửa cuối (2 ô đã sửa)').waitFor()
      await page.getByText('Kiểm tra mọi lối thoát nạn').waitFor()
      await shot(page, 'work-correct')
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  test('the record is verified and exported with its proof', async () => {
    const { page, complaints, close } = await open('quantri', '/journal?type=task.')
    try {
      await page.getByRole('button', { name: 'Kiểm tra toàn vẹn' }).click()
      await page.getByRole('button', { name: 'Kiểm tra ngay' }).click()
      await page.getByText('Nhật ký nguyên vẹn').waitFor()
      await page.keyboard.press('Escape')
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Xuất kèm bằng chứng' }).click()
      const lines = readFileSync(await (await waiting).path(), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
      assert.ok((lines[0]!['howToCheck'] as { vi: string[] }).vi.length > 2)
      assert.ok(lines.length > 2 && lines.slice(1, -1).every((line) => String(line['type']).startsWith('task.')))
      assert.ok(Array.isArray(lines.at(-1)!['heads']))
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  test('a package of another installation is checked, looked at and taken in; one of our own is made and downloaded', async () => {
    const { page, complaints, close } = await open('quantri', '/packages/keys')
    const data = mkdtempSync(join(tmpdir(), 'sansang-sender-'))
    try {
      const [signer, home, city] = [openSigner(data), '00000000-0000-8000-8000-00000000abcd', { code: '01', scheme: 'admin', name: 'Thành phố Hà Nội' }]
      const bytes = await packageOf(signer, { id: home, name: city.name }, city, { plan: [planRecord(home, city, 'Kế hoạch tuyến đường'), planRecord(home, { ...city, code: 'X', name: 'Nơi không có' }, 'Không nhận')] })
      const bring = async (content: Buffer) => {
        await page.goto(`${real.url}/packages/receive`)
        if (await page.getByRole('button', { name: 'Bỏ đơn vị' }).count() === 0) await choose('Nhận cho đơn vị')
        await page.locator('input[type=file]').setInputFiles([{ name: 'goi.sansang.zip', mimeType: 'application/zip', buffer: content }])
        await page.getByRole('button', { name: 'Kiểm tra và xem trước' }).click()
      }
      const choose = async (label: string) => {
        await page.getByRole('combobox', { name: label }).fill('ha noi')
        await page.getByRole('option', { name: /Thành phố Hà Nội/ }).first().click()
      }
      await bring(bytes)
      await page.getByRole('alert').filter({ hasText: 'chưa được đăng ký ở đây' }).waitFor()
      assert.deepEqual(await fits(page, 'package-receive', true), [])
      await page.goto(`${real.url}/packages/keys`)
      await page.getByRole('button', { name: 'Đăng ký khóa' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Khóa công khai').fill(keyLine(home, signer.publicKey().toString('base64url')))
      await dialog.getByLabel('Tên nơi gửi').fill('Công an thành phố')
      await choose('Được nói thay cho')
      await dialog.getByRole('button', { name: 'Đăng ký khóa' }).click()
      await page.getByRole('row', { name: /Công an thành phố/ }).waitFor()
      assert.deepEqual(await fits(page, 'package-keys', true), [])
      await bring(bytes)
      await page.getByText('Ở đây không có đơn vị mã X').waitFor()
      await page.getByRole('button', { name: 'Nhập gói' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Nhập gói' }).click()
      await page.getByText('Nhận 1, đã có 0, không nhận 1').waitFor()
      assert.deepEqual(await fits(page, 'package', true), [])
      await page.getByRole('link', { name: /Kế hoạch tuyến đường/ }).click()
      await page.getByText('Bảo đảm an toàn').waitFor()
      assert.deepEqual(await fits(page, 'received-plan', true), [])
      await page.goto(`${real.url}/received-plans`)
      await page.getByRole('link', { name: /Kế hoạch tuyến đường/ }).waitFor()
      assert.deepEqual(await fits(page, 'received-plans', true), [])
      await page.goto(`${real.url}/packages`)
      await page.locator('tbody tr').first().waitFor()
      assert.deepEqual(await fits(page, 'packages', true), [])
      const changed = Buffer.from(bytes)
      changed[60]! ^= 1
      await bring(changed)
      await page.getByRole('alert').filter({ hasText: 'Không có gì' }).waitFor()
      await page.goto(`${real.url}/packages/new`)
      if (await page.getByRole('button', { name: 'Bỏ đơn vị' }).count() === 0) await choose('Đơn vị')
      await page.getByText(/^\d+ nhiệm vụ, \d+ báo cáo/).waitFor()
      assert.deepEqual(await fits(page, 'package-new', true), [])
      await page.getByRole('button', { name: 'Lập gói' }).click()
      const waiting = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Tải gói về' }).click()
      assert.ok(openPackage(readFileSync(await (await waiting).path())).manifest.counts.task > 0)
      assert.deepEqual(complaints, [])
    } finally { await close(); rmSync(data, { recursive: true, force: true }) }
  })

  test('the columns fit in both widths, light and dark, in both languages', async () => {
    const wrong: string[] = []
    for (const lang of ['vi', 'en'] as const) {
      const { page, complaints, close } = await open('thuongtruc', '/tasks?scope=below&view=board&state=all', { lang })
      try {
        await page.locator('.board-card').first().waitFor()
        await page.getByRole('heading', { name: lang === 'vi' ? /^Chờ xác nhận/ : /^To verify/ }).waitFor()
        if (lang === 'vi') wrong.push(...await fits(page, 'columns', true))
        wrong.push(...complaints)
      } finally { await close() }
    }
    assert.deepEqual(wrong, [])
  })
})
