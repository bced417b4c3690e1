// A plan is drafted from an outline, written, approved into a task, changed in a new version and compared; a proposal goes up and is decided by telephone. By
// keyboard, in both languages, on the whole program; and on two telephones a plan is asked about, appraised and approved, and its next version takes a task back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
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

type Opened = Awaited<ReturnType<typeof openPage>>

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

  test('on two telephones, without a mouse: asked, answered, appraised, approved; both see at once what the other did', async () => {
    const [own, asked] = await Promise.all([0, 1].map(() => openPage(browser, { lang: 'en', width: 320, height: 720 }))) as [Opened, Opened]
    try {
      const [a, b] = [own.page, asked.page]
      const [keys, theirs] = [keysOf(a), keysOf(b)]
      for (const page of [a, b]) page.setDefaultTimeout(12_000)
      const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
      const tab = async (name: string) => { await a.locator(`[role=tab][data-tab=${name}]`).focus(); await a.keyboard.press('Enter') }
      const unit = async (label: string) => { await keys.reach(a.getByRole('combobox', { name: label, exact: true })); await keys.type('cua nam'); await a.getByRole('option', { name: /Cửa Nam/ }).first().waitFor(); await a.keyboard.press('Enter') }
      const code = real.places.find((one) => one.name === 'Phường Cửa Nam')!.code
      await real.enter(a, 'dv.01')
      await real.enter(b, `dv.${code}`)

      // What is begun is not left without a question.
      await a.goto(`${real.url}/plans/new`)
      await a.locator('.plan-outline li').first().waitFor()
      await keys.reach(a.getByRole('textbox', { name: /^Name of the plan/ }))
      await keys.type('Plan for two telephones')
      await keys.go(a.locator('.crumbs').getByRole('link', { name: 'Plans' }), 'Shift+Tab')
      await a.getByRole('dialog', { name: 'Leave without sending?' }).waitFor()
      await keys.go(a.getByRole('dialog').getByRole('button', { name: 'Cancel' }))
      const head = a.getByRole('combobox', { name: /^Who answers for it/ })
      await head.locator('option').nth(1).waitFor({ state: 'attached' })
      await keys.reach(head)
      await a.keyboard.press('ArrowDown')
      await keys.go(button(a, 'Begin to draft'))
      await a.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      const address = a.url()

      await keys.go(button(a, 'Edit the section Aim and requirements'))
      await keys.reach(a.getByRole('textbox', { name: /^Text/ }))
      await keys.type('Never caught out')
      await tab('consult')
      await tab('text')
      await a.getByText('You have typed something here that is not saved.').waitFor()
      await keys.go(button(a, 'Go on with the section Aim and requirements'))
      await keys.go(button(a, 'Save'))
      await a.locator('.plan-section p', { hasText: 'Never caught out' }).waitFor()
      await keys.go(button(a, 'Edit the section Who does what, by when'))
      await keys.go(button(a, 'Add an action'))
      await keys.reach(a.getByRole('textbox', { name: /^1\. Action/ }))
      await keys.type('Check the exits')
      await keys.go(button(a, 'Save'))
      await a.getByRole('cell', { name: 'Check the exits' }).waitFor()

      // Approval says first what is missing, and leads there; a day that is none is refused at its field.
      await keys.go(button(a, 'Approve'), 'Shift+Tab')
      const dialog = a.getByRole('dialog')
      await dialog.getByText('1 action names no lead unit: “Check the exits”.').waitFor()
      assert.deepEqual(await fits(a, 'plan-approve', false), [])
      await a.setViewportSize({ width: 320, height: 720 })
      await keys.go(dialog.getByRole('button', { name: 'Open the actions' }))
      await dialog.waitFor({ state: 'detached' })
      await keys.go(button(a, 'Edit the section Who does what, by when'))
      await unit('Lead unit')
      await keys.reach(a.getByRole('textbox', { name: /^Due/ }))
      await keys.type('31/02/2030')
      await keys.go(button(a, 'Save'))
      await a.locator('.field-error', { hasText: '31/02/2030' }).waitFor()
      await keys.reach(a.getByRole('textbox', { name: /^Due/ }), 'Shift+Tab')
      await a.keyboard.press('Control+A')
      await keys.type('28/02/2030')
      await keys.go(button(a, 'Save'))
      await a.getByRole('cell', { name: '28/02/2030' }).waitFor()

      // Asked: a stray Escape loses nothing; the unit finds it at home and answers; both see it come.
      await tab('consult')
      await keys.go(button(a, 'Ask units'))
      await unit('Add a unit')
      await a.getByText('1 unit will be asked').waitFor()
      await a.keyboard.press('Escape')
      await a.getByRole('dialog', { name: 'Drop what you entered?' }).waitFor()
      await a.keyboard.press('Escape')
      await keys.reach(a.getByRole('textbox', { name: /^Answer by/ }))
      await keys.type('28/02/2030')
      await keys.go(button(a, 'Ask 1 unit'))
      await a.getByText('0 of 1 unit has answered').waitFor()
      await b.goto(real.url)
      await theirs.go(b.locator('#plans').getByRole('link', { name: 'Plan for two telephones' }))
      await theirs.go(button(b, /^Answer: /))
      await theirs.go(b.getByRole('dialog').getByRole('button', { name: 'Send the answer' }))
      await a.getByText('1 of 1 unit has answered').waitFor()

      await tab('appraisal')
      await keys.go(button(a, 'Send for appraisal'))
      await unit('Unit that appraises')
      await keys.go(a.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }))
      await button(b, 'Open the appraisal').waitFor()
      await theirs.go(button(b, 'Open the appraisal'), 'Shift+Tab')
      await theirs.reach(b.getByRole('textbox', { name: /^Point to fix/ }))
      await theirs.type('Say who opens the exits')
      await theirs.go(button(b, 'Add the point'))
      await keys.go(button(a, 'Mark as fixed'))
      await b.getByText('All points are fixed or answered; the conclusion is next.').waitFor()
      await theirs.go(button(b, 'Conclude the appraisal'), 'Shift+Tab')
      await b.getByRole('radio', { name: 'Passed' }).focus()
      await b.keyboard.press('Space')
      await theirs.go(button(b, 'Record the conclusion'))
      await a.getByText('Phường Cửa Nam concludes: passed').waitFor()

      await keys.go(button(a, 'Approve'), 'Shift+Tab')
      await dialog.getByText('1 new task, 0 kept, 0 withdrawn.').waitFor()
      await keys.go(dialog.getByRole('button', { name: 'Approve', exact: true }))
      await a.getByText('Approved, 1 task assigned').waitFor()
      await tab('text')
      await keys.go(a.getByRole('link', { name: 'Check the exits' }))
      await keys.go(a.getByRole('link', { name: 'Plan for two telephones' }))
      await a.waitForURL(address)

      // The next version no longer has the action: its task goes with the approval.
      await keys.go(button(a, 'Change it in a new version'))
      await keys.go(button(a, 'Edit the section Who does what, by when'))
      await keys.go(button(a, 'Remove action 1'))
      await keys.go(button(a, 'Save'))
      await a.getByRole('cell', { name: 'Check the exits' }).waitFor({ state: 'detached' })
      await keys.go(button(a, 'Approve'), 'Shift+Tab')
      await dialog.getByText('1 task of versions before has no action any more').waitFor()
      assert.deepEqual(await fits(a, 'plan-approve', false), [])
      await a.setViewportSize({ width: 320, height: 720 })
      await keys.go(dialog.getByRole('button', { name: 'Approve', exact: true }))
      await a.getByText('Approved, 1 task withdrawn').waitFor()
      assert.deepEqual([...own.complaints, ...asked.complaints], [])
    } finally { await Promise.all([own.close(), asked.close()]) }
  })
})
