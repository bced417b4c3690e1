// Papers on the whole program, by keyboard, in both languages: written, drawn, given a number, sent, received, withdrawn; and a letter made of what is overdue.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits, langsOf } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import type { Keys } from './harness/keys.ts'
import { openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const vi = {
  papers: 'Văn bản', write: 'Soạn văn bản', kind: 'Loại văn bản', decision: 'Quyết định', subject: 'Trích yếu', body: 'Nội dung', signAs: 'Quyền hạn, chức vụ người ký', signer: 'Họ tên người ký', send: 'Thêm đơn vị nhận', pdf: 'Tải PDF', issue: 'Lấy số và vào sổ',
  none: 'Không gửi qua hệ thống', waiting: 'chưa xác nhận', acknowledge: 'Xác nhận đã nhận', got: 'đã nhận', withdraw: 'Thu hồi', reason: 'Lý do thu hồi', withdrawn: 'Đã thu hồi', receive: 'Vào sổ văn bản đến', issuer: 'Cơ quan ban hành', written: 'Số, ký hiệu ghi trên văn bản', day: 'Ngày văn bản',
  register: 'Vào sổ', arrived: 'Đã vào sổ, số đến', find: 'Tìm trong sổ', more: 'Soạn khác', chase: 'Công văn đôn đốc quá hạn', each: 'Gửi từng đơn vị', one: 'Thêm một đơn vị', take: 'Lấy số cho 1 văn bản', done: 'Đã lấy số cho 1 văn bản', zip: 'Tải tất cả PDF (zip)', kept: 'Đã lưu bản thảo', drafts: 'Bản thảo', link: 'Ghi thêm liên quan', findPaper: 'Tìm văn bản trong sổ', words: 'Ghi bằng lời', save: 'Lưu', setCeiling: 'Đặt mức', history: 'Lịch sử', issued: 'Ban hành văn bản số', empty: 'Không có văn bản nào khớp',
  most: 'Cao nhất', secret: 'Tối mật', saved: 'Đã lưu', grade: 'Độ mật', byOrder: 'In theo lệnh', what: 'Để làm gì', order: 'Ra lệnh in', custody: 'Theo dõi mật',
}
const en: typeof vi = {
  papers: 'Papers', write: 'Write a paper', kind: 'Kind', decision: 'Decision', subject: 'Subject', body: 'Text', signAs: 'Office of the signer', signer: 'Name of the signer', send: 'Add a recipient unit', pdf: 'Download PDF', issue: 'Take the number',
  none: 'It was sent to no unit', waiting: 'not acknowledged', acknowledge: 'Acknowledge receipt', got: 'received', withdraw: 'Withdraw', reason: 'Reason', withdrawn: 'Withdrawn', receive: 'Register a received paper', issuer: 'Issuer', written: 'Number as on the paper', day: 'Day of the paper',
  register: 'Register', arrived: 'Registered, arrival', find: 'Find in the register', more: 'Write more', chase: 'Letter about overdue tasks', each: 'One to each unit', one: 'Add one unit', take: 'Take 1 number', done: 'Numbers taken: 1', zip: 'Download all PDFs (zip)', kept: 'Draft saved', drafts: 'Drafts', link: 'Add a link', findPaper: 'Find a paper in the register', words: 'In words', save: 'Save', setCeiling: 'Set the ceiling', history: 'History', issued: 'Issued the paper', empty: 'No paper matches',
  most: 'At most', secret: 'Secret', saved: 'Saved', grade: 'Grade of secrecy', byOrder: 'Print by order', what: 'What for', order: 'Give the order', custody: 'Custody',
}

describe('papers by keyboard', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of langsOf('vi')) describe(lang, () => {
    const w = { vi, en }[lang]
    const name = `Thành lập Tổ giúp việc ${lang}`
    let address = ''
    const as = async (account: string, path: string, run: (page: Page, keys: Keys) => Promise<void>) => {
      const { page, complaints, close } = await openPage(browser, { lang })
      page.setDefaultTimeout(10_000)
      try {
        await real.enter(page, account)
        await page.goto(real.url + path)
        await page.locator('h1').first().waitFor()
        await run(page, keysOf(page))
        assert.deepEqual(complaints, [])
      } catch (error) {
        await page.screenshot({ path: `test-artefacts/failed-papers-${lang}-${account}.png` }).catch(() => {})
        throw error
      } finally { await close() }
    }
    const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
    const see = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()

    test('a decision is written, looked at, drawn and given its number; nothing is cut in any width', () => as('thuongtruc', '/papers', async (page, keys) => {
      await keys.go(page.getByRole('link', { name: w.write, exact: true }))
      await keys.reach(field(page, w.kind))
      await keys.type(w.decision)
      await keys.reach(field(page, w.subject))
      await keys.type(name)
      await keys.reach(field(page, w.body))
      await keys.type('Điều 1. Thành lập Tổ giúp việc.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.')
      await page.getByRole('region').getByText('Quyết định có hiệu lực kể từ ngày ký./.').waitFor()
      await keys.reach(page.getByLabel(w.signAs))
      await keys.type('TM. Ban Chỉ đạo\nTrưởng ban')
      await keys.reach(page.getByLabel(w.signer))
      await keys.type('Nguyễn Văn A')
      await page.getByRole('region').getByText('TM. BAN CHỈ ĐẠO').waitFor()
      await see(page, w.kept)
      await page.reload()
      await page.getByRole('region').getByText('TM. BAN CHỈ ĐẠO').waitFor()
      await keys.reach(page.getByLabel(w.send))
      await keys.type(SHOWN[lang])
      await page.getByRole('listbox').getByRole('option').first().waitFor()
      await keys.press('Enter')
      const [saved] = await Promise.all([page.waitForEvent('download'), keys.go(page.getByRole('button', { name: w.pdf }))])
      assert.match(saved.suggestedFilename(), /^quyet-dinh-qd-.*\.pdf$/)
      await page.evaluate(() => { scrollTo(0, 0) })
      assert.deepEqual(await fits(page, `papers-write-${lang}`, lang === 'vi'), [])
      await keys.go(page.getByRole('button', { name: w.issue, exact: true }), 'Shift+Tab')
      await keys.go(page.getByRole('dialog').getByRole('button', { name: w.issue, exact: true }))
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await see(page, new RegExp(lang === 'vi' ? '01/QĐ-' : '02/QĐ-'))
      await see(page, w.waiting)
      address = new URL(page.url()).pathname
      assert.deepEqual(await fits(page, `papers-one-${lang}`, lang === 'vi'), [])
      await page.getByRole('tab', { name: w.history }).press('Enter')
      await see(page, w.issued)
    }))

    test('the unit it was sent to finds it, acknowledges it, and registers one of its own', () => as(`canbo.${lang}`, '/papers', async (page, keys) => {
      // The next page's script comes slowly: what was typed meanwhile calls nobody back from the way there. It stays so to the end: taken away while an order is sent, it took that along.
      await page.route(/\.js$/, async (route) => { await new Promise((go) => setTimeout(go, 350)); await route.continue().catch(() => {}) })
      await keys.reach(page.getByLabel(w.find))
      await keys.type(`to giup viec ${lang}`)
      await keys.go(page.getByRole('link', { name }))
      await keys.go(page.getByRole('button', { name: new RegExp(w.acknowledge) }))
      await see(page, new RegExp(`^${w.got} `))
      await page.goto(`${real.url}/papers`)
      await keys.go(page.getByRole('button', { name: w.receive }))
      const dialog = page.getByRole('dialog')
      await keys.reach(dialog.getByLabel(w.issuer))
      await keys.type('Công an tỉnh')
      await keys.reach(dialog.getByLabel(w.written))
      await keys.type('12/KH-CAT')
      await keys.reach(dialog.getByLabel(w.subject))
      await keys.type('Bảo vệ đại hội')
      await keys.reach(dialog.getByLabel(w.day))
      await keys.type('05/01/2026')
      await keys.go(dialog.getByRole('button', { name: w.register, exact: true }))
      await see(page, new RegExp(`${w.arrived} 1`))
      await page.getByRole('link', { name: 'Bảo vệ đại hội' }).waitFor()
      assert.deepEqual(await fits(page, `papers-list-${lang}`, lang === 'vi'), [])
      await page.getByLabel(w.find).fill('không có gì như thế')
      await see(page, w.empty)
    }))

    test('it is withdrawn with a reason, and what is overdue makes a letter', () => as('thuongtruc', address, async (page, keys) => {
      await keys.go(page.getByRole('button', { name: w.withdraw, exact: true }), 'Shift+Tab')
      await keys.reach(page.getByRole('dialog').getByLabel(w.reason))
      await keys.type('Sai thẩm quyền')
      await keys.go(page.getByRole('dialog').getByRole('button', { name: w.withdraw, exact: true }))
      await see(page, 'Sai thẩm quyền')
      await page.goto(`${real.url}/papers`)
      await keys.go(page.getByRole('button', { name: w.more }))
      await keys.go(page.getByRole('menuitem', { name: w.chase }), 'ArrowDown')
      await page.getByRole('region').getByText('DANH MỤC NHIỆM VỤ QUÁ HẠN').waitFor()
      await page.getByRole('region').getByRole('table').waitFor()
    }))

    test('one letter goes to each unit with its own number; a link is added later', () => as('thuongtruc', '/papers', async (page, keys) => {
      await keys.go(page.getByRole('button', { name: w.more }))
      await keys.go(page.getByRole('menuitem', { name: w.each }), 'ArrowDown')
      await keys.reach(page.getByLabel(w.one))
      await keys.type(SHOWN[lang])
      await page.getByRole('listbox').getByRole('option').first().waitFor()
      await keys.press('Enter')
      await keys.reach(field(page, w.subject))
      await keys.type(`Nhắc {đơn vị} ${lang}`)
      await keys.reach(field(page, w.body))
      await keys.type('Đề nghị {đơn vị} báo cáo.')
      await page.getByRole('region').getByText('Đề nghị Ủy ban nhân dân phường').waitFor()
      if (lang === 'vi') assert.deepEqual(await fits(page, 'papers-each', true), [])
      await keys.go(page.getByRole('button', { name: w.take }))
      await keys.go(page.getByRole('dialog').getByRole('button', { name: w.take }))
      await see(page, w.done)
      await page.getByRole('link', { name: w.zip }).waitFor()
      assert.deepEqual(await fits(page, 'papers-run', lang === 'vi'), [])
      await keys.go(page.getByRole('link', { name: /^Nhắc Ủy ban nhân dân phường/ }))
      await keys.go(page.getByRole('button', { name: w.link }))
      await keys.reach(page.getByRole('dialog').getByLabel(w.findPaper))
      await keys.type('Luật Phòng cháy')
      await keys.go(page.getByRole('dialog').getByRole('button', { name: new RegExp(w.words) }))
      await keys.go(page.getByRole('dialog').getByRole('button', { name: w.save, exact: true }))
      await see(page, 'Luật Phòng cháy')
      await page.goto(`${real.url}/papers/drafts`)
      await page.getByRole('heading', { level: 1, name: w.drafts }).waitFor()
      assert.deepEqual(await fits(page, 'papers-drafts', lang === 'vi'), [])
    }))

    test('the ceiling is raised, a graded paper is issued, printed by order, and its register says who may know it', async () => {
      const subject = `Bố trí lực lượng ${lang}`
      await as('quantri', '/manage/settings', async (page, keys) => {
        await keys.reach(field(page, w.most))
        await keys.type(w.secret[0]!) // as a select is typed into; what is no plain letter would go into the field before it
        await keys.go(page.locator('form').filter({ hasText: w.most }).getByRole('button', { name: w.setCeiling, exact: true }))
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.setCeiling, exact: true }))
        await see(page, w.saved)
      })
      await as('thuongtruc', '/papers/new', async (page, keys) => {
        await keys.reach(field(page, w.subject))
        await keys.type(subject)
        await keys.reach(field(page, w.body))
        await keys.type('Bố trí lực lượng theo phương án.')
        await keys.reach(field(page, w.grade))
        await keys.type(w.secret[0]!)
        await page.getByRole('region').getByText('TỐI MẬT').waitFor()
        await keys.go(page.getByRole('button', { name: w.issue }))
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.issue }))
        await keys.go(page.getByRole('button', { name: w.byOrder }))
        await keys.reach(field(page, w.what))
        await keys.type('Họp giao ban')
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.order }))
        const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: w.pdf }).click()])
        assert.match(file.suggestedFilename(), /\.pdf$/)
        await page.keyboard.press('Escape')
        await page.getByRole('tab', { name: w.custody }).click()
        await see(page, 'Họp giao ban')
        assert.equal(await page.locator('.watermark span').first().innerText().then((text) => text.startsWith(lang === 'vi' ? 'TỐI MẬT · ' : 'SECRET · ')), true)
        assert.deepEqual(await fits(page, `papers-custody-${lang}`, true), [])
        await page.goto(`${real.url}/custodies`)
        await page.getByRole('row').filter({ hasText: w.secret }).first().waitFor()
        assert.deepEqual(await fits(page, `custodies-${lang}`, true), [])
      })
    })
  })
})
