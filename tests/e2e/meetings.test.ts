// A body is formed, its session prepared from how things stand, the late units chased, the session held, concluded into a task and signed; the next one
// begins with what came of it; a delegation visits. By keyboard, in both languages, on the whole program.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import type { Browser } from 'playwright-core'
import { tasksRoutes } from '../../src/capabilities/tasks/routes.ts'
import { CreateUnit } from '../../src/capabilities/units/contract.ts'
import { create } from '../../src/capabilities/units/routes/orders.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { opened, plain, unzip } from '../paper-files.ts'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const WORDS = {
  vi: {
    form: 'Thành lập', chases: /^Lập phiên họp và đôn đốc \d+ đơn vị$/, name: 'Tên', add: 'Thêm thành viên: đơn vị', body: 'Ban chỉ đạo bảo đảm an toàn', prepare: 'Chuẩn bị phiên họp', day: 'Ngày', time: 'Giờ', item: 'Thêm mục khác', set: 'Lập phiên họp', all: 'Chọn cả', record: 'Dự họp, ý kiến', points: 'Ý kiến khác', save: 'Lưu biên bản', saved: 'Đã lưu biên bản', unsaved: 'Chưa lưu', gone: 'Đã bỏ 1 mục', back: 'Đưa lại: Công tác y tế',
    conclusions: 'Kết luận', text: 'Kết luận', unit: 'Giao đơn vị', due: 'Thời hạn', conclude: 'Ghi kết luận, giao việc', given: 'Đã giao cho', sign: 'Thông qua biên bản', signed: 'Biên bản đã thông qua', left: 'Việc còn lại từ phiên trước', notice: 'Thông báo kết luận', said: 'Bổ sung lực lượng chốt trực', done: 'Rà soát lối thoát nạn tại hội trường',
    take: (n: number) => `Lấy số cho ${n} văn bản`, taken: (n: number) => `Đã lấy số cho ${n} văn bản`, zip: 'Tải tất cả PDF (zip)',
    allOf: /^Chọn cả (\d+) đơn vị$/, chased: /^Đã đôn đốc (\d+) đơn vị: (\d+) nhiệm vụ quá hạn/, phone: 'Danh sách gọi điện', letter: /^Soạn công văn gửi (\d+) đơn vị$/, each: /^(\d+) đơn vị, mỗi đơn vị một số$/, tasks: /^Kèm phụ lục nhiệm vụ quá hạn/, represented: 'Cử người dự thay', issue: 'Lấy số và vào sổ', docx: 'Tải DOCX', pdf: 'Tải PDF',
    not: 'Chưa đôn đốc được', chase: /^Đôn đốc \d+ đơn vị$/, since: 'người khác đã sửa', reopen: 'Rút chữ ký', why: 'Lý do rút chữ ký', act: 'Việc khác', reopened: 'Đã rút chữ ký', visit: 'Đoàn đến', where: 'Nơi đến', work: 'Làm việc tại Cao Bằng', form_: 'Hình thức',
  },
  en: {
    form: 'Form a body', chases: /^Set up the session and chase \d+ units$/, name: 'Name', add: 'Add a member: unit', body: 'Safety steering committee', prepare: 'Prepare a session', day: 'Day', time: 'Time', item: 'Add another item', set: 'Set up the session', all: 'Choose all', record: 'Attendance, points', points: 'Other points', save: 'Save the minutes', saved: 'The minutes are saved', unsaved: 'Not saved yet', gone: '1 item is left out', back: 'Put back: Công tác y tế',
    conclusions: 'Conclusions', text: 'Conclusion', unit: 'Unit', due: 'Due', conclude: 'Record and assign', given: 'Assigned to', sign: 'Sign the minutes', signed: 'Minutes signed', left: 'Left from an earlier session', notice: 'Notice of conclusions', said: 'More people at the posts', done: 'Look at the exits of the hall again',
    take: (n: number) => `Take ${n} numbers`, taken: (n: number) => `Numbers taken: ${n}`, zip: 'Download all PDFs (zip)',
    allOf: /^Choose all (\d+) units$/, chased: /^(\d+) units were chased: (\d+) overdue tasks/, phone: 'Phone list', letter: /^A letter to these (\d+) units$/, each: /^(\d+) units, one number each$/, tasks: /^With the overdue tasks/, represented: 'Represented', issue: 'Take the number', docx: 'Download DOCX', pdf: 'Download PDF',
    not: 'Not chased', chase: /^Chase \d+ units$/, since: 'Someone else changed', reopen: 'Withdraw the signature', why: 'Reason', act: 'More', reopened: 'The signature is withdrawn', visit: 'Inspection', where: 'Where to', work: 'Visit to Cao Bằng', form_: 'Form',
  },
}
const far = (days: number) => { const at = new Date(Date.now() + days * 86_400_000); return `${String(at.getDate()).padStart(2, '0')}/${String(at.getMonth() + 1).padStart(2, '0')}/${at.getFullYear()}` }

const OWING = 37

describe('a steering body meets', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => {
    await build();
    [real, browser] = await Promise.all([openReal(), openBrowser()])
    // As many units as a nation has provinces and cities that owe something, each with one task whose day is long over.
    const then = real.as(new Date(Date.now() - 190 * 86_400_000))
    const [nation] = real.places
    const made = await Promise.all(Array.from({ length: OWING }, (_, i) => create(then, CreateUnit.parse({ orderId: uuidv7(then.at), parentId: nation!.id, code: `O${i + 1}`, kind: 'agency', name: `Cơ quan ${String(i + 1).padStart(2, '0')}`, scheme: 'admin' }))))
    await call(tasksRoutes().issueDirective, { orderId: uuidv7(then.at), issuerUnitId: nation!.id, title: 'Kế hoạch kiểm tra', tasks: [{ title: 'Kiểm tra kho vật tư', due: new Date(then.at.getTime() + 30 * 86_400_000).toISOString().slice(0, 10), unitIds: made.map(({ unitId }) => unitId), supportingUnitIds: [] }] } as never, { context: then } as never)
  })
  after(async () => { await browser?.close(); await real?.close() })

  for (const lang of ['vi', 'en'] as const) {
    test(`in ${lang === 'vi' ? 'Vietnamese' : 'English'}, without a mouse`, async () => {
      const w = WORDS[lang]
      const { page, complaints, close } = await openPage(browser, { lang, ...(lang === 'en' ? { width: 320, height: 720 } : {}) })
      try {
        page.setDefaultTimeout(12_000)
        const keys = keysOf(page)
        const button = (name: string) => page.getByRole('button', { name, exact: true })
        const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })
        const unit = async (label: string, typed: string, found: RegExp) => {
          await keys.reach(page.getByRole('combobox', { name: label }))
          await keys.type(typed)
          await page.getByRole('option', { name: found }).first().waitFor()
          await page.keyboard.press('Enter')
          await page.waitForFunction((label) => [...document.querySelectorAll<HTMLInputElement>('input[role=combobox]')].every((one) => one.labels?.[0]?.textContent !== label || one.value === ''), label)
        }
        await page.goto(await real.link('thuongtruc'))
        await page.locator('.app h1').waitFor()
        await page.keyboard.press('g'); await page.keyboard.press('o')
        await page.waitForURL(/\/bodies$/)
        if (lang === 'vi') { await page.locator('.empty').waitFor(); assert.deepEqual(await fits(page, 'bodies-empty', false), []) }
        await keys.go(button(w.form).first())
        await page.getByRole('dialog').waitFor()
        await keys.reach(field(w.name))
        await keys.type(w.body)
        for (const [typed, found] of [['viet nam', /Việt Nam/], ['ha noi', /Hà Nội/], ['cao bang', /Cao Bằng/]] as const) await unit(w.add, typed, found)
        assert.equal(await page.locator('.body-members li').count(), 3)
        if (lang === 'vi') assert.deepEqual(await fits(page, 'body-form', false), [])
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.form, exact: true }))
        await page.waitForURL(/\/bodies\/[0-9a-f-]+$/)
        await page.getByRole('heading', { level: 1, name: w.body }).waitFor()
        assert.deepEqual(await fits(page, 'body', lang === 'vi'), [])

        await keys.go(page.getByRole('link', { name: w.prepare }).first())
        await page.waitForURL(/prepare$/)
        await page.locator('.agenda li').first().waitFor()
        // The totals may still be on their way.
        const all = page.locator('.chase label').filter({ hasText: w.allOf })
        const chosen = async () => Number(w.allOf.exec(await all.innerText())?.[1])
        for (const until = Date.now() + 30_000; await all.count() === 0 || await chosen() < OWING;) {
          assert.ok(Date.now() < until, 'the units that owe something are not proposed')
          await page.reload()
          await page.locator('.chase').waitFor()
        }
        const units = await chosen()
        await keys.reach(field(w.day))
        await keys.type(far(0)) // minutes are signed of what was held
        await keys.reach(field(w.time))
        await keys.type('00:00')
        await keys.reach(field(w.item))
        await keys.type('Công tác y tế')
        await page.keyboard.press('Enter')
        await page.locator('.agenda li', { hasText: 'Công tác y tế' }).waitFor()
        // What was left out can be put back where it stood; the focus is never lost.
        const before = await page.locator('.agenda-text').allInnerTexts()
        await keys.go(page.locator('.agenda li', { hasText: 'Công tác y tế' }).locator('.agenda-acts button').last())
        await page.getByRole('status').filter({ hasText: w.gone }).waitFor()
        assert.ok(await page.evaluate(() => document.activeElement !== document.body))
        await keys.go(button(w.back))
        assert.deepEqual(await page.locator('.agenda-text').allInnerTexts(), before)
        await keys.reach(all.locator('input'))
        await page.keyboard.press('Space')
        assert.equal(await page.locator('.chase input:checked').count(), units + 1)
        await page.evaluate(() => scrollTo(0, 0)) // what lies under the bar at the top is no small target
        assert.deepEqual(await fits(page, 'prepare', lang === 'vi'), [])
        await shot(page, `meeting-prepare-${lang}`, true)
        if (lang === 'vi') {
          // By telephone, and by a letter to each, with exactly these units and what each owes.
          await keys.go(button(w.phone))
          await page.locator('.phones tbody tr').nth(units - 1).waitFor()
          assert.deepEqual(await fits(page, 'phone-list', true), [])
          await shot(page, 'meeting-phones')
          await page.keyboard.press('Escape')
          const letter = page.getByRole('link', { name: w.letter })
          assert.equal(w.letter.exec(await letter.innerText())?.[1], String(units))
          const [beside] = await Promise.all([page.context().waitForEvent('page'), keys.go(letter)])
          const count = beside.getByRole('status').filter({ hasText: w.each })
          await count.waitFor()
          assert.equal(w.each.exec(await count.innerText())?.[1], String(units))
          assert.ok(await beside.getByLabel(w.tasks).isChecked())
          await shot(beside, 'meeting-letter')
          // Issued, each with its own number, and all of them as PDFs.
          beside.setDefaultTimeout(30_000)
          const hands = keysOf(beside)
          await hands.go(beside.getByRole('button', { name: w.take(units) }))
          await hands.go(beside.getByRole('dialog').getByRole('button', { name: w.take(units) }))
          await beside.getByText(w.taken(units)).first().waitFor()
          const all = beside.getByRole('link', { name: w.zip })
          await all.waitFor()
          const [got] = await Promise.all([beside.waitForEvent('download'), hands.go(all)])
          const letters = [...unzip(readFileSync(await got.path())).keys()]
          assert.deepEqual([letters.length, letters.every((name) => name.endsWith('.pdf'))], [units, true])
          await beside.close()
        }
        if (lang === 'en') {
          // The session is set up, the chasing refused: that is said, and it alone is sent again.
          await page.route(/\/chase$/, (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ title: 'No', status: 409, code: 'MEETING_CLOSED', detail: w.not }) }), { times: 1 })
          await keys.go(page.getByRole('button', { name: w.chases }))
          await page.getByRole('alert').getByText(w.not).waitFor()
          assert.deepEqual(await fits(page, 'prepare-not-chased', false), [])
          await keys.go(page.getByRole('button', { name: w.chase }))
        } else await keys.go(page.getByRole('button', { name: w.chases }))
        const told = page.getByText(w.chased)
        await told.first().waitFor()
        const [, n, tasks] = w.chased.exec(await told.first().innerText())!
        assert.ok(Number(n) === units && Number(tasks) >= OWING, `${n} units and ${tasks} tasks of ${units}`)
        await page.waitForURL(/\/meetings\/[0-9a-f-]+/)

        await page.locator('[role=tab][data-tab=record]').focus()
        await page.keyboard.press('Enter')
        const seat = page.getByRole('group', { name: 'Hà Nội' })
        assert.equal(await seat.getByRole('radio', { checked: true }).count(), 0, 'nobody is there before somebody says so')
        await keys.reach(seat.getByRole('radio').first())
        await page.keyboard.press('ArrowRight')
        assert.ok(await seat.getByRole('radio', { name: w.represented }).isChecked())
        await keys.reach(page.getByLabel(w.points))
        await keys.type(w.said)
        if (lang === 'vi') assert.deepEqual(await fits(page, 'record', false), [])
        if (lang === 'vi') {
          // Somebody else saves meanwhile: what is typed stays, this is said once, and saved again it stands.
          await page.evaluate(`(async () => {
            const at = new URL('api/v1/meetings/' + location.pathname.split('/').at(-1), document.baseURI)
            const { version } = await (await fetch(at)).json()
            const body = { orderId: crypto.randomUUID(), expectedVersion: version, attendance: [], points: [] }
            const done = await fetch(at + '/record', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
            if (!done.ok) throw new Error(String(done.status))
            dispatchEvent(new Event('focus')); document.dispatchEvent(new Event('visibilitychange'))
          })()`)
          await keys.go(button(w.save))
          await page.getByRole('alert').getByText(w.since).waitFor()
          assert.equal(await page.getByLabel(w.points).inputValue(), w.said)
        }
        // What is typed between the press and the answer stays, and is saved with the next press.
        const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
        await page.route('**/record', async (route) => { asked.resolve(); await answer.promise; await route.continue() }, { times: 1 })
        await keys.go(button(w.save))
        await asked.promise
        await keys.reach(page.getByLabel(w.points))
        await page.keyboard.press('Control+End')
        await keys.type('!')
        answer.resolve()
        await page.getByText(w.saved).waitFor()
        assert.equal(await page.getByLabel(w.points).inputValue(), `${w.said}!`)
        await page.getByText(w.saved).waitFor({ state: 'detached' })
        await keys.go(button(w.save))
        await page.getByText(w.saved).waitFor()
        await page.getByText(w.unsaved).first().waitFor({ state: 'detached' })
        await page.locator('[role=tab][data-tab=conclusions]').focus()
        await page.keyboard.press('Enter')
        await keys.reach(field(w.text))
        await keys.type(w.done)
        await unit(w.unit, lang === 'vi' ? 'hoan kiem' : 'cua nam', lang === 'vi' ? /Hoàn Kiếm/ : /Cửa Nam/)
        await keys.reach(field(w.due))
        await keys.type(far(12))
        await keys.go(button(w.conclude))
        await page.getByText(w.given).waitFor()
        await page.getByRole('row').filter({ hasText: w.done }).waitFor()
        assert.deepEqual(await fits(page, 'conclusions', lang === 'vi'), [])
        await keys.go(button(w.sign).first(), 'Shift+Tab')
        await page.getByRole('dialog').waitFor()
        if (lang === 'vi') assert.deepEqual(await fits(page, 'sign', false), [])
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.sign, exact: true }))
        await page.locator('.note', { hasText: w.signed }).waitFor()
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        if (lang === 'vi') assert.deepEqual(await fits(page, 'meeting-signed', false), [])
        await shot(page, `meeting-signed-${lang}`)
        if (lang === 'en') {
          // Signed too early: withdrawn, and signed again.
          await keys.go(button(w.act))
          await keys.go(page.getByRole('menuitem', { name: w.reopen }), 'ArrowDown')
          await keys.reach(page.getByLabel(w.why))
          await keys.type('A point was missing')
          await keys.go(page.getByRole('dialog').getByRole('button', { name: w.reopen, exact: true }))
          await page.getByText(w.reopened).first().waitFor()
          await keys.go(button(w.sign).first(), 'Shift+Tab')
          await keys.go(page.getByRole('dialog').getByRole('button', { name: w.sign, exact: true }))
          await page.locator('.note', { hasText: w.signed }).waitFor()
        }

        // The notice of its conclusions, in the office's form, as both files.
        const signedAt = page.url()
        await keys.go(page.getByRole('link', { name: w.notice }))
        await page.waitForURL(/papers\/new/)
        await page.locator('.sheet-box').getByText(w.done).first().waitFor()
        if (lang === 'vi') assert.deepEqual(await fits(page, 'meeting-notice', false), [])
        await shot(page, `meeting-notice-${lang}`)
        await keys.go(button(w.issue))
        await keys.go(page.getByRole('dialog').getByRole('button', { name: w.issue, exact: true }))
        await page.waitForURL(/papers\/[0-9a-f]{8}-/)
        const file = async (name: string) => {
          const link = page.getByRole('link', { name }).or(button(name)).first()
          const [got] = await Promise.all([page.waitForEvent('download'), keys.go(link)])
          return new Uint8Array(readFileSync(await got.path()))
        }
        assert.ok(plain(unzip(await file(w.docx)).get('word/document.xml')!).includes(w.done))
        const notice = (await opened(await file(w.pdf))).pages.flatMap((one) => one.texts.map(({ text }) => text)).join(' ')
        for (const words of ['THÔNG BÁO', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', w.done]) assert.ok(notice.includes(words), `“${words}” is not in the notice: ${notice.slice(0, 600)}`)
        await page.goto(signedAt)

        // The next session begins with what came of it.
        await page.goto(`${page.url().replace(/meetings.*/, 'bodies')}`)
        await page.getByRole('link', { name: w.body }).first().waitFor()
        assert.deepEqual(await fits(page, 'bodies', lang === 'vi'), [])
        await keys.go(page.getByRole('link', { name: w.body }))
        await keys.go(page.getByRole('link', { name: w.prepare }).first())
        await page.locator('.agenda li', { hasText: `${w.left}: ${w.done}` }).waitFor()
        if (lang === 'en') {
          // A delegation goes there: it is a meeting at a place.
          await keys.reach(page.getByLabel(w.form_))
          await keys.type(w.visit)
          await keys.reach(field(w.where))
          await keys.type('Cao Bằng')
        }
        await keys.reach(field(w.day))
        await keys.type(far(3))
        await keys.go(button(w.set))
        await page.waitForURL(/\/meetings\/[0-9a-f-]+/)
        if (lang === 'en') await page.getByRole('heading', { level: 1, name: w.work }).waitFor()
        await page.locator('[role=tab][data-tab=before][aria-selected=true]').waitFor()
        await page.getByRole('row').filter({ hasText: w.done }).filter({ hasText: lang === 'vi' ? 'Hoàn Kiếm' : 'Cửa Nam' }).waitFor()
        if (lang === 'vi') assert.deepEqual(await fits(page, 'meeting-before', false), [])
        await shot(page, `meeting-before-${lang}`)
        assert.deepEqual(complaints, [])
      } finally { await close() }
    })
  }
})
