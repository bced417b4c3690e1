// A plan is drafted from an outline, written, appraised, approved into a task, changed in a new version and compared; a proposal goes up and is decided by
// telephone. By keyboard, in both languages, on the whole program.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits, langsOf } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const WORDS = {
  vi: {
    new: 'Soạn kế hoạch, phương án', name: 'Tên kế hoạch, phương án', head: 'Người chịu trách nhiệm chính', start: 'Bắt đầu soạn', title: 'Kế hoạch bảo đảm an toàn quý tới', edit: 'Sửa phần Mục đích, yêu cầu', text: 'Nội dung', save: 'Lưu', comment: 'Góp ý phần Mục đích, yêu cầu', say: 'Góp ý', send: 'Gửi góp ý', done: 'Đã xử lý',
    actions: 'Sửa phần Phân công thực hiện', add: 'Thêm việc', action: '1. Việc', unit: 'Chủ trì', approve: 'Phê duyệt', approved: 'Đã phê duyệt, giao 1 nhiệm vụ', begin: 'Sửa thành bản mới', begun: 'Đã mở bản 2', aim: 'Không để bị động', next: 'Không để bị động, bất ngờ', kept: 'vẫn còn đây',
    proposals: 'Đề xuất, ý kiến chỉ đạo', propose: 'Trình đề xuất', to: 'Đơn vị cấp trên', subject: 'Về việc', background: 'Tình hình, lý do', proposed: 'Đề nghị', give: 'Trình', decide: 'Cho ý kiến', words: 'Ý kiến chỉ đạo', phone: 'Lãnh đạo quyết định qua điện thoại, tôi nhập thay', by: 'Họ tên, chức vụ người quyết định', record: 'Ghi ý kiến', agreed: 'qua điện thoại',
  },
  en: {
    new: 'Draft a plan', name: 'Name of the plan', head: 'Who answers for it', start: 'Begin to draft', title: 'Safety plan of the next quarter', edit: 'Edit the section Aim and requirements', text: 'Text', save: 'Save', comment: 'Comment on Aim and requirements', say: 'Comment', send: 'Send the comment', done: 'Dealt with',
    actions: 'Edit the section Who does what, by when', add: 'Add an action', action: '1. Action', unit: 'Lead unit', approve: 'Approve', approved: 'Approved, 1 task assigned', begin: 'Change it in a new version', begun: 'Version 2 is open', aim: 'Never caught out', next: 'Never caught unprepared', kept: 'is still here',
    proposals: 'Proposals and decisions', propose: 'Propose', to: 'A unit above', subject: 'About', background: 'Situation and reasons', proposed: 'Proposal', give: 'Send', decide: 'Decide', words: 'What is decided', phone: 'Decided by telephone, entered by me', by: 'Name and position of who decided', record: 'Record the decision', agreed: 'by telephone',
  },
}

describe('a plan and a proposal', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })

  for (const [nth, lang] of langsOf('en').entries()) {
    test(`in ${lang === 'vi' ? 'Vietnamese' : 'English'}, without a mouse`, async () => {
      const w = WORDS[lang]
      const first = nth === 0
      const { page, complaints, close } = await openPage(browser, { lang })
      try {
        page.setDefaultTimeout(12_000)
        const keys = keysOf(page)
        const button = (name: string) => page.getByRole('button', { name, exact: true })
        const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })
        const dialog = page.getByRole('dialog')
        const unit = async (label: string, typed: string, found: RegExp) => {
          await keys.reach(page.getByRole('combobox', { name: label, exact: true }))
          await keys.type(typed)
          await page.getByRole('option', { name: found }).first().waitFor()
          await page.keyboard.press('Enter')
        }
        await page.goto(await real.link('dv.01'))
        await page.locator('.app h1').waitFor()
        await page.keyboard.press('g'); await page.keyboard.press('k')
        await page.waitForURL(/\/plans$/)
        await keys.go(page.getByRole('link', { name: w.new }).first())
        await page.waitForURL(/plans\/new$/)
        await page.locator('.plan-outline li').first().waitFor()
        await keys.reach(field(w.name))
        await keys.type(w.title)
        const head = page.getByRole('combobox', { name: new RegExp(`^${w.head}`) })
        await head.locator('option').nth(1).waitFor({ state: 'attached' })
        await keys.reach(head)
        await page.keyboard.press('ArrowDown')
        if (first) assert.deepEqual(await fits(page, 'plan-new', true), [])
        await keys.go(button(w.start))
        await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
        await page.getByRole('heading', { level: 1, name: w.title }).waitFor()

        // What is typed outlives a reload of the page; saved, it stands in the text.
        await keys.go(button(w.edit))
        await keys.reach(field(w.text))
        await keys.type(w.aim)
        await page.reload()
        await button(w.edit).waitFor()
        await keys.go(button(w.edit))
        await page.getByText(w.kept).waitFor()
        if (first) {
          // From one section to the next and back nobody leaves: the others would see the name go and come.
          const left: unknown[] = []
          page.on('request', (one) => { if (/\/editors$/.test(one.url()) && (one.postDataJSON() as { editing: boolean }).editing === false) left.push(one.postData()) })
          for (const [from, to] of [[w.actions, w.edit], [w.edit, w.actions]] as const) {
            await button(from).focus()
            await Promise.all([page.waitForRequest(/\/editors$/), page.keyboard.press('Enter')])
            await button(to).waitFor()
          }
          assert.deepEqual(left, [])
          await page.getByText(w.kept).waitFor()
        }
        if (first) assert.deepEqual(await fits(page, 'plan-edit', false), [])
        await keys.go(button(w.save))
        await page.locator('.plan-section p', { hasText: w.aim }).waitFor()
        await keys.go(button(w.comment))
        await page.locator('.plan-comments textarea').nth(1).waitFor()
        await keys.reach(page.locator('.plan-comments textarea').nth(1))
        await keys.type('Nêu rõ hơn')
        await keys.go(button(w.send))
        await page.locator('.plan-said li', { hasText: 'Nêu rõ hơn' }).waitFor()
        await keys.go(button(w.done))
        await page.locator('.plan-comments details').waitFor()

        await keys.go(button(w.actions))
        await keys.go(button(w.add))
        await keys.reach(field(w.action.replace('.', '\\.')))
        await keys.type('Rà soát lối thoát nạn')
        await unit(w.unit, first ? 'hoan kiem' : 'cua nam', first ? /Hoàn Kiếm/ : /Cửa Nam/)
        await keys.go(button(w.save))
        await page.getByRole('cell', { name: 'Rà soát lối thoát nạn' }).waitFor()
        assert.deepEqual(await fits(page, 'plan-text', first), [])
        await shot(page, `plan-text-${lang}`, true)
        await keys.go(button(w.approve), 'Shift+Tab')
        await dialog.waitFor()
        if (first) assert.deepEqual(await fits(page, 'plan-approve', false), [])
        await keys.go(dialog.getByRole('button', { name: w.approve, exact: true }))
        await page.getByText(w.approved).waitFor()

        await keys.go(button(w.begin))
        await page.getByText(w.begun).waitFor()
        await keys.go(button(w.edit))
        await keys.reach(field(w.text))
        await page.keyboard.press('Control+A')
        await keys.type(w.next)
        await keys.go(button(w.save))
        await page.locator('.plan-section p', { hasText: w.next }).waitFor()
        await page.locator('[role=tab][data-tab=versions]').focus()
        await page.keyboard.press('Enter')
        await page.locator('.plan-diff ins').first().waitFor()
        if (first) assert.deepEqual(await fits(page, 'plan-versions', true), [])
        await shot(page, `plan-versions-${lang}`, true)

        // Advice goes up, and is decided by telephone.
        await page.keyboard.press('g'); await page.keyboard.press('k')
        await page.waitForURL(/\/plans$/)
        await page.getByRole('link', { name: w.title }).waitFor()
        if (first) assert.deepEqual(await fits(page, 'plans', false), [])
        await keys.go(page.getByRole('link', { name: w.proposals }))
        await page.waitForURL(/\/proposals$/)
        await keys.go(page.getByRole('link', { name: w.propose }).first())
        await page.waitForURL(/proposals\/new$/)
        await unit(w.to, 'ha noi', /Hà Nội/)
        await keys.reach(field(w.subject))
        await keys.type('Tăng cường chốt cổng phụ')
        await keys.reach(field(w.background))
        await keys.type('Thiếu người')
        await keys.reach(field(w.proposed))
        await keys.type('Xin thêm 10 người')
        if (first) assert.deepEqual(await fits(page, 'proposal-new', false), [])
        await keys.go(button(w.give))
        await page.waitForURL(/\/proposals\/[0-9a-f-]{36}$/)
        const proposal = page.url()
        await page.goto(`${real.url}/proposals`)
        await page.getByRole('link', { name: 'Tăng cường chốt cổng phụ' }).waitFor()
        assert.deepEqual(await fits(page, 'proposals', first), [])
        await page.goto(proposal)
        await keys.go(button(w.decide))
        await dialog.waitFor()
        await keys.reach(dialog.getByRole('textbox', { name: new RegExp(`^${w.words}`) }))
        await keys.type('Đồng ý')
        await dialog.getByRole('radio', { name: w.phone }).focus()
        await page.keyboard.press('Space')
        await keys.reach(dialog.getByRole('textbox', { name: w.by }))
        await keys.type('Chủ tịch')
        await keys.go(dialog.getByRole('button', { name: w.record }))
        await page.getByText(w.agreed).waitFor()
        assert.deepEqual(await fits(page, 'proposal', first), [])
        await shot(page, `proposal-${lang}`, true)
        assert.deepEqual(complaints, [])
      } finally { await close() }
    })
  }
})
