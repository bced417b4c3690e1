// Papers on a telephone, by keyboard alone: a letter made of what is overdue gets its head, its recipients and its number; the unit acknowledges it, registers one of its own and ties it to a task and to that letter; it is withdrawn.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { openBrowser, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { langsOf } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import type { Keys } from './harness/keys.ts'
import { narrow } from './harness/narrow.ts'
import { openAs, openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const vi = {
  papers: 'Văn bản', more: 'Soạn khác', chase: 'Công văn đôn đốc quá hạn', annex: 'DANH MỤC NHIỆM VỤ QUÁ HẠN', subject: 'Trích yếu', signAs: 'Quyền hạn, chức vụ người ký', signer: 'Họ tên người ký', issuer: 'Cơ quan ban hành', short: 'Chữ viết tắt cơ quan', place: 'Địa danh', keep: 'Dùng cho các văn bản sau', kept: 'Đã lưu phần đầu', add: 'Thêm đơn vị nhận', sent: 'Gửi trong hệ thống', saved: /Đã lưu bản thảo/,
  issue: 'Lấy số và vào sổ', waiting: 'chưa xác nhận', pdf: 'Tải PDF', docx: 'Tải DOCX', write: 'Soạn văn bản', idle: /được lưu thành bản thảo/, drafts: 'Bản thảo', none: 'Không có bản thảo nào', find: 'Tìm trong sổ', filters: 'Điều kiện lọc', acknowledge: /^Xác nhận đã nhận/, got: /^đã nhận /,
  receive: 'Vào sổ văn bản đến', sender: 'Cơ quan ban hành', written: 'Số, ký hiệu ghi trên văn bản', day: 'Ngày văn bản', register: 'Vào sổ', missing: 'Chưa điền.', arrived: /Đã vào sổ, số đến 1/,
  link: 'Ghi thêm liên quan', how: 'Quan hệ', basis: 'Căn cứ', byTask: 'Được thực hiện', findPaper: 'Tìm văn bản trong sổ', findTask: 'Tìm nhiệm vụ', save: 'Lưu', linked: 'Đã ghi.', related: 'Văn bản liên quan', withdraw: 'Thu hồi', reason: 'Lý do thu hồi', withdrawn: 'Đã thu hồi', history: 'Lịch sử', issued: 'Ban hành văn bản số', task: 'khảo sát',
}
const en: typeof vi = {
  papers: 'Papers', more: 'Write more', chase: 'Letter about overdue tasks', annex: 'DANH MỤC NHIỆM VỤ QUÁ HẠN', subject: 'Subject', signAs: 'Office of the signer', signer: 'Name of the signer', issuer: 'Issuing body', short: 'Its abbreviation', place: 'Place', keep: 'Use for later papers', kept: 'The letterhead of the unit was saved', add: 'Add a recipient unit', sent: 'Sent in the program', saved: /Draft saved/,
  issue: 'Take the number', waiting: 'not acknowledged', pdf: 'Download PDF', docx: 'Download DOCX', write: 'Write a paper', idle: /is kept as a draft/, drafts: 'Drafts', none: 'No draft', find: 'Find in the register', filters: 'Filters', acknowledge: /^Acknowledge receipt/, got: /^received /,
  receive: 'Register a received paper', sender: 'Issuer', written: 'Number as on the paper', day: 'Day of the paper', register: 'Register', missing: 'Not filled in.', arrived: /Registered, arrival 1/,
  link: 'Add a link', how: 'How', basis: 'On the basis of', byTask: 'Carried out', findPaper: 'Find a paper in the register', findTask: 'Find a task', save: 'Save', linked: 'Added.', related: 'Linked papers', withdraw: 'Withdraw', reason: 'Reason', withdrawn: 'Withdrawn', history: 'History', issued: 'Issued the paper', task: 'survey',
}

describe('papers by keyboard at 320 px', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of langsOf('en')) describe(lang, () => {
    const w = { vi, en }[lang]
    const name = `Đôn đốc bằng bàn phím ${lang}`
    let address = ''
    type Work = { page: Page; keys: Keys; see: (text: string | RegExp) => Promise<void>; fits: (where: string) => Promise<void> }
    const as = async (account: string, path: string, run: (work: Work) => Promise<void>) => {
      const { page, complaints, close } = await openAs(browser, real, account, path, { lang, width: 320, height: 720 })
      const keys = keysOf(page)
      const wrong: string[] = []
      try {
        await run({
          page, keys, see: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
          fits: async (where) => { await keys.held(where); wrong.push(...await narrow(page, where)); await shot(page, `papers-keys-${lang}-${where.replaceAll(' ', '-')}`) },
        })
        assert.deepEqual([...wrong, ...complaints], [])
      } catch (error) {
        await page.screenshot({ path: `test-artefacts/failed-papers-keys-${lang}-${account}.png` }).catch(() => {})
        throw error
      } finally { await close() }
    }
    const dialog = (page: Page): Locator => page.getByRole('dialog')
    const closed = (page: Page) => dialog(page).waitFor({ state: 'detached' })
    const button = (page: Page | Locator, label: string | RegExp) => page.getByRole('button', { name: label, exact: true })
    const field = (page: Page | Locator, label: string) => page.getByLabel(new RegExp(`^${label}`))
    const heading = (page: Page, label: string | RegExp) => page.getByRole('heading', { level: 1, name: label }).waitFor()
    /** Over what stands in it. */
    const anew = async (keys: Keys, page: Page, to: Locator, text: string) => { await keys.reach(to); await page.keyboard.press('Control+A'); await keys.type(text) }
    const loads = async (page: Page, keys: Keys, label: string) => {
      const [file] = await Promise.all([page.waitForEvent('download'), keys.go(page.getByRole('link', { name: label, exact: true }))])
      return file.suggestedFilename()
    }

    test('a letter is made of what is overdue, gets its head and a recipient, its number, and is downloaded', () => as('thuongtruc', '/papers', async ({ page, keys, see, fits }) => {
      await keys.reach(button(page, w.more))
      await fits('the register')
      await keys.go(button(page, w.more))
      await keys.reach(page.getByRole('menuitem', { name: w.chase }), 'ArrowDown')
      await fits('the menu')
      await page.keyboard.press('Enter')
      await page.getByRole('region').getByText(w.annex).waitFor()
      await fits('the letter')
      await anew(keys, page, field(page, w.subject), name)
      await keys.reach(field(page, w.signAs))
      await keys.type('TL. Trưởng ban\nChánh Văn phòng')
      await keys.reach(field(page, w.signer))
      await keys.type('Nguyễn Văn A')
      await anew(keys, page, field(page, w.issuer), 'Ban Chỉ đạo bảo đảm an toàn')
      await anew(keys, page, field(page, w.short), 'BCĐ')
      await anew(keys, page, field(page, w.place), 'Hà Nội')
      await fits('the head')
      await keys.go(button(page, w.keep))
      await page.getByRole('log').getByText(w.kept).waitFor()
      await fits('the head kept')
      await keys.reach(page.getByLabel(w.add))
      await keys.type(SHOWN[lang])
      await page.getByRole('listbox').getByRole('option').first().waitFor()
      await fits('a recipient found')
      await page.keyboard.press('Enter')
      await page.getByRole('list', { name: w.sent }).getByText(SHOWN[lang]).waitFor()
      await see(w.saved)
      await page.locator('.toast').first().waitFor({ state: 'detached' })
      await fits('a recipient')
      await keys.go(button(page, w.issue))
      await dialog(page).waitFor()
      await fits('before the number')
      await keys.go(button(dialog(page), w.issue))
      await heading(page, name)
      await see(/01\/BCĐ/)
      await see(w.waiting)
      await fits('the paper')
      address = new URL(page.url()).pathname
      assert.match(await loads(page, keys, w.pdf), /\.pdf$/)
      assert.match(await loads(page, keys, w.docx), /\.docx$/)
      await fits('downloaded')
      await keys.reach(page.getByRole('tab').first())
      await keys.reach(page.getByRole('tab', { name: w.history }), 'ArrowRight')
      await see(w.issued)
      await fits('its history')
    }))

    test('the unit acknowledges it, registers one that came, and ties that to the letter and to a task', () => as(`canbo.${lang}`, '/papers', async ({ page, keys, see, fits }) => {
      await keys.go(button(page, w.filters))
      await keys.reach(page.getByLabel(w.find))
      await keys.type(name)
      await keys.go(page.getByRole('link', { name }))
      await heading(page, name)
      await keys.reach(button(page, w.acknowledge))
      await fits('not acknowledged')
      await page.keyboard.press('Enter')
      await see(w.got)
      await fits('acknowledged')
      await page.goto(`${real.url}/papers`)
      await keys.go(button(page, w.receive))
      await dialog(page).waitFor()
      await fits('to be registered')
      await keys.go(button(dialog(page), w.register))
      await see(w.missing)
      await fits('not filled in')
      const issuer = field(dialog(page), w.sender)
      await issuer.evaluate((e) => e === document.activeElement).then((here) => assert.equal(here, true, 'the first field that was left empty has the focus'))
      await keys.type('Công an tỉnh')
      await keys.reach(field(dialog(page), w.written))
      await keys.type('12/KH-CAT')
      await keys.reach(field(dialog(page), w.subject))
      await keys.type(`Bảo vệ đại hội ${lang}`)
      await keys.reach(field(dialog(page), w.day))
      await keys.type('05/01/2026')
      await fits('filled in')
      await keys.go(button(dialog(page), w.register))
      await closed(page)
      await page.getByRole('log').getByText(w.arrived).waitFor()
      await fits('registered')
      await keys.go(page.getByRole('link', { name: `Bảo vệ đại hội ${lang}` }))
      await heading(page, `Bảo vệ đại hội ${lang}`)
      await fits('the received paper')
      await keys.go(button(page, w.link))
      await keys.reach(dialog(page).getByLabel(w.findPaper))
      await keys.type(name)
      await dialog(page).getByRole('listitem').getByRole('button', { name: new RegExp(`BCĐ.*${name}`) }).waitFor()
      await fits('papers found')
      await keys.go(dialog(page).getByRole('listitem').getByRole('button', { name: new RegExp(`BCĐ.*${name}`) }))
      await fits('a paper linked')
      await keys.reach(dialog(page).getByLabel(w.how), 'Shift+Tab')
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
      await keys.reach(dialog(page).getByLabel(w.findTask))
      await keys.type(w.task)
      await dialog(page).getByRole('listitem').getByRole('button', { name: new RegExp(w.task, 'i') }).first().waitFor()
      await fits('tasks found')
      await keys.go(dialog(page).getByRole('listitem').getByRole('button', { name: new RegExp(w.task, 'i') }).last())
      await fits('a task linked')
      await keys.go(button(dialog(page), w.save))
      await closed(page)
      await page.getByRole('log').getByText(w.linked).waitFor()
      const links = page.locator('.card').filter({ has: page.getByRole('heading', { name: w.related }) })
      await links.getByText(w.byTask).waitFor()
      await fits('linked')
      await keys.go(links.getByRole('link', { name: new RegExp(name) }))
      await heading(page, name)
      await fits('the letter it rests on')
    }))

    test('who only looks at an empty paper leaves no draft; who leaves in the middle of a word does', () => as(`dv.00${lang === 'vi' ? '070' : '082'}`, '/papers', async ({ page, keys, see, fits }) => {
      const look = async (run: () => Promise<void>) => {
        await keys.go(page.getByRole('link', { name: w.write, exact: true }))
        await heading(page, w.write)
        await see(w.idle)
        await run()
        await keys.go(page.getByRole('main').getByRole('link', { name: w.papers, exact: true }), 'Shift+Tab')
        await heading(page, w.papers)
        await keys.go(page.getByRole('link', { name: w.drafts, exact: true }))
        await heading(page, w.drafts)
      }
      await look(() => fits('an empty paper'))
      await see(w.none)
      await fits('no drafts')
      await page.goto(`${real.url}/papers`)
      await look(async () => { await keys.reach(field(page, w.subject)); await keys.type('Dở dang') })
      await page.getByRole('link', { name: 'Dở dang' }).waitFor()
      await fits('a draft')
    }))

    test('it is withdrawn with a reason', () => as('thuongtruc', address, async ({ page, keys, see, fits }) => {
      await keys.go(button(page, w.withdraw))
      await keys.reach(dialog(page).getByLabel(w.reason))
      await keys.type('Sai thẩm quyền')
      await fits('the reason')
      await keys.go(button(dialog(page), w.withdraw))
      await closed(page)
      await see('Sai thẩm quyền')
      await fits('withdrawn')
    }))
  })
})
