// A telephone in the hand: 320 px, fingers alone but for words. A head of unit signs in, opens what the unit owes, accepts it and reports it done with a number, words and a file; fills in a report and sees it returned. A leader goes from the board to one task in four steps and looks at a decision.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { narrow } from './harness/narrow.ts'
import { ASKED, openReal, SHOWN } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const vi = {
  tasks: 'Mở danh sách việc', accept: 'Nhận việc', accepted: 'Đã nhận', report: 'Báo cáo', count: 'Số đạt được', what: 'Nội dung', label: 'Tên minh chứng', file: 'chọn tệp', told: 'Gửi báo cáo', waiting: 'Chờ xác nhận', reported: 'Báo cáo hoàn thành', home: 'Trang chính',
  posts: /^Chốt trực/, proof: 'Ảnh', submit: 'Nộp báo cáo', sent: 'Đính chính', returned: /Thiếu quân số dự bị$/, more: 'Thêm', reports: 'Báo cáo',
  requirement: 'Lối thoát nạn và phòng cháy, chữa cháy an toàn', board: 'Bảng sẵn sàng', nation: 'Việt Nam', fire: 'Kiểm tra an toàn phòng cháy, chữa cháy, lối thoát nạn, phương tiện chữa cháy', concluded: 'Đã kết luận: Chưa sẵn sàng, Trần Minh Khôi',
}
const en: typeof vi = {
  tasks: 'Open the task list', accept: 'Accept', accepted: 'Accepted', report: 'Report', count: 'Number reached', what: 'Text', label: 'Name of the evidence', file: 'choose a file', told: 'Send the report', waiting: 'To verify', reported: 'Reported done', home: 'Home',
  posts: /^Posts manned/, proof: 'Pictures', submit: 'Submit', sent: 'Correct', returned: /Thiếu quân số dự bị$/, more: 'More', reports: 'Reports',
  requirement: 'Exits and fire protection safe', board: 'Readiness board', nation: 'Viet Nam', fire: 'Inspect fire protection, exits, extinguishers', concluded: 'Concluded: No-go, Trần Minh Khôi',
}
const FORM = 'code: f-cham\nname: { vi: Báo cáo nhanh tại chỗ, en: Report on the spot }\nsections: [{ title: { vi: Lực lượng, en: Forces }, fields: [{ code: posts, required: true, label: { vi: Chốt trực, en: Posts manned } }, { code: words, kind: text, label: { vi: Khó khăn, en: Difficulties } }, { code: proof, kind: file, label: { vi: Ảnh, en: Pictures } }] }]'
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

describe('by finger at 320 px', { timeout: 300_000 }, () => {
  let browser: Browser
  let real: Real
  before(async () => { await build(); [real, browser] = await Promise.all([openReal(), openBrowser()]) })
  after(async () => { await browser?.close(); await real?.close() })
  /** What others do meanwhile, by the API. */
  const give = async <T>(account: string, path: string, body?: object): Promise<T> => {
    const { page, close } = await openPage(browser)
    try {
      await real.enter(page, account)
      const answer = body ? await page.request.post(`${real.url}/api/v1${path}`, { data: { orderId: uuidv7(), ...body }, headers: { origin: real.url } }) : await page.request.get(`${real.url}/api/v1${path}`)
      assert.ok(answer.ok(), `${path}: ${await answer.text()}`)
      return await answer.json() as T
    } finally { await close() }
  }

  for (const [lang, w] of [['vi', vi], ['en', en]] as const) describe(lang, () => {
    type Work = { page: Page; see: (text: string | RegExp) => Promise<void>; fits: (where: string) => Promise<void> }
    /** Signed in by the link of a slip, as a telephone reads it off the paper. */
    const as = async (account: string, run: (work: Work) => Promise<void>) => {
      const { page, complaints, close } = await openPage(browser, { lang, width: 320, height: 640 }, { hasTouch: true, isMobile: true })
      page.setDefaultTimeout(10_000)
      const wrong: string[] = []
      try {
        await page.goto(await real.link(account))
        await page.locator('.app h1').waitFor()
        await run({
          page, see: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
          fits: async (where) => { wrong.push(...await narrow(page, where)); await shot(page, `touch-${lang}-${where.replaceAll(' ', '-')}`) },
        })
        assert.deepEqual([...wrong, ...complaints], [])
      } catch (error) {
        await page.screenshot({ path: `test-artefacts/failed-touch-${lang}-${account}.png` }).catch(() => {})
        throw error
      } finally { await close() }
    }
    const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    const dialog = (page: Page): Locator => page.getByRole('dialog')
    const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true })
    const pick = async (page: Page, on: Locator, name: string, mimeType: string, buffer: Buffer) => {
      const chooser = page.waitForEvent('filechooser')
      await on.tap()
      await (await chooser).setFiles({ name, mimeType, buffer })
    }
    const own = SHOWN[lang]

    test('a head of unit opens what is owed, accepts it, and reports it done with a number, words and a file', () => as('dv.01', async ({ page, see, fits }) => {
      await page.locator('#owed .home-list li').first().waitFor()
      await fits('home')
      const owed = page.locator('#owed').getByRole('link', { name: ASKED[lang] })
      await owed.tap()
      await heading(page, ASKED[lang])
      await fits('a task')
      await button(page, w.accept).tap()
      await page.locator('.task-line').getByText(w.accepted, { exact: true }).waitFor()
      await fits('accepted')
      await button(page, w.report).tap()
      await dialog(page).getByLabel(w.count).tap()
      await page.keyboard.type('20')
      await dialog(page).getByLabel(w.what).tap()
      await page.keyboard.type('Đã kiểm tra đủ 20 địa điểm')
      await dialog(page).getByLabel(w.label).tap()
      await page.keyboard.type('Biên bản số 20/BB-PC')
      await pick(page, button(dialog(page), w.file), 'biên bản.png', 'image/png', PICTURE)
      await dialog(page).getByText('biên bản.png').waitFor()
      await fits('with evidence')
      await button(dialog(page), w.told).tap()
      await dialog(page).waitFor({ state: 'detached' })
      await see(w.reported)
      await page.locator('.task-line').getByText(w.waiting, { exact: true }).waitFor()
      await page.getByRole('link', { name: 'biên bản.png' }).waitFor()
      await fits('reported')
    }))

    test('a report is filled in, submitted, and seen when it comes back', async () => {
      const nation = real.places.find(({ code }) => code === 'VN')!.id
      const title = `Báo cáo nhanh tại chỗ ${lang}`
      const { formId } = await give<{ formId: string }>('quantri', '/report-forms', { unitId: nation, text: FORM.replace('f-cham', `f-cham-${lang}`) })
      await give('thuongtruc', '/report-collections', { unitId: nation, formId, title, schedule: { every: 'day', hour: '23:59' }, owing: { kinds: ['province'] } })
      await as('dv.01', async ({ page, see, fits }) => {
        await page.getByRole('link', { name: title }).first().tap()
        const posts = page.getByLabel(w.posts)
        await posts.waitFor()
        await fits('an empty report')
        await button(page, w.submit).tap()
        await page.locator('#f-posts [aria-invalid=true]').waitFor()
        await fits('what is missing')
        await posts.tap()
        await page.keyboard.type('14')
        await pick(page, page.locator('#f-proof').getByRole('button').first(), 'chốt.png', 'image/png', PICTURE)
        await page.locator('#f-proof').getByText('chốt.png').waitFor()
        await fits('filled in')
        await button(page, w.submit).tap()
        await button(page, w.sent).waitFor()
        await fits('submitted')
        const reportId = new URL(page.url()).pathname.split('/').at(-1)!
        await give('thuongtruc', `/reports/${reportId}/return`, { expectedVersion: 2, reason: 'Thiếu quân số dự bị' })
        await see(w.returned)
        await posts.waitFor()
        await fits('returned')
        await page.getByRole('navigation').getByRole('link', { name: w.home }).tap()
        await heading(page, w.home)
        await page.getByRole('link', { name: title }).first().waitFor()
        await fits('owed again')
      })
    })

    test('a leader goes from the board to one task in four steps, and looks at a decision', async () => {
      const eventId = await real.event(own)
      await give('thuongtruc', `/events/${eventId}/conclusions`, { verdict: 'no_go', note: 'Mở khóa lối thoát số 2 rồi kết luận lại', expectedVersion: (await give<{ version: number }>('thuongtruc', `/events/${eventId}/readiness`)).version })
      await as('lanhdao', async ({ page, see, fits }) => {
        await page.getByRole('navigation').getByRole('link', { name: w.board }).tap()
        await heading(page, w.nation)
        await fits('the board')
        await page.getByRole('link', { name: 'Thành phố Hà Nội' }).tap()
        await heading(page, 'Thành phố Hà Nội')
        await fits('a province')
        await page.getByRole('link', { name: own, exact: true }).tap()
        await heading(page, own)
        await see(w.concluded)
        await fits('an event')
        await page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: w.requirement }) }).getByRole('link').tap()
        await heading(page, w.fire)
        await fits('the task')
      })
    })
  })
})
