// Two chosen periods of a request beside each other, at a level and at one unit, by keyboard, on a desk and on a telephone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { custody } from '../../src/capabilities/custodies/routes.ts'
import { reportsRoutes, reportsWorks } from '../../src/capabilities/reports/routes.ts'
import { rows } from '../../src/kernel/db.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openBrowser, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openAs, openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const FORM = `
code: so_chot
name: { vi: Số chốt trực, en: Guard posts }
sections:
  - title: { vi: Lực lượng, en: Forces }
    fields:
      - { code: posts, label: { vi: Chốt đã có người, en: Posts staffed }, up: latest }
      - { code: pace, kind: choice, label: { vi: Tiến độ, en: Pace }, options: [{ code: good, label: { vi: Đúng hạn, en: On time } }, { code: slow, label: { vi: Chậm, en: Slow } }] }
      - { code: said, kind: text, label: { vi: Khó khăn, en: Difficulties } }
      - { code: sites, kind: table, label: { vi: Địa điểm, en: Sites }, columns: [{ code: name, kind: text, label: { vi: Tên, en: Name } }, { code: n, label: { vi: Số, en: Number } }] }
`
const DAY = 86_400_000
const NOON = Math.floor(Date.now() / DAY) * DAY + DAY / 2
const DAYS = [21, 14, 7].map((back) => new Date(NOON - back * DAY).toISOString().slice(0, 10)) as [string, string, string]
const written = (on: string) => on.split('-').toReversed().join('/')

describe('two periods beside each other', { timeout: 240_000 }, () => {
  let browser: Browser
  let real: Real
  let collectionId: string
  let nation: string
  let reportId: string
  before(async () => {
    await build()
    ;[real, browser] = await Promise.all([openReal(), openBrowser()])
    const begun = new Date(NOON - 22 * DAY)
    const routes = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
    const { read } = real.as(begun)
    const unit = async (name: string) => (await rows(read, sql<{ id: string }>`select unit_id as id from public_units_tree where name = ${name}`))[0]!.id
    nation = await unit('Việt Nam')
    const { formId } = await call(routes.forms.publish, { orderId: uuidv7(), unitId: nation, text: FORM }, { context: real.as(begun) })
    ;({ collectionId } = await call(routes.collections.ask, { orderId: uuidv7(), unitId: nation, formId, title: 'Số chốt trực', schedule: { every: 'days', days: DAYS, hour: '17:00' }, owing: { kinds: ['province'] }, until: null }, { context: real.as(begun) }))
    for (const [i, on] of DAYS.entries()) {
      const at = new Date(`${on}T05:00:00Z`)
      await reportsWorks((when) => real.as(when))['reports.open'](undefined, { at })
      for (const [name, posts] of [['Thành phố Hà Nội', 150 - 20 * i], ['Tỉnh Cao Bằng', 40 + i]] as const) {
        const [report] = await rows(read, sql<{ id: string; version: number }>`select id, version from reports where collection_id = ${collectionId} and on_day = ${on} and unit_id = ${await unit(name)}`)
        await call(routes.submit, { orderId: uuidv7(), reportId: report!.id, expectedVersion: report!.version, values: { posts, pace: i === 2 ? 'slow' : 'good', said: `Khó khăn của kỳ ${i + 1}`, sites: [{ name: `Nơi ${i}`, n: i }] } } as never, { context: real.as(at) })
        if (name !== 'Tỉnh Cao Bằng') reportId = report!.id
      }
    }
  })
  after(async () => { await browser?.close(); await real?.close() })

  test('a level, in Vietnamese: the period is chosen, its figures stand beside, also of each unit, and the address keeps it', async () => {
    const { page, complaints, close } = await openAs(browser, real, 'thuongtruc', `/report-collections/${collectionId}?unit=${nation}`, {}, '.report-head')
    try {
      const keys = keysOf(page)
      await page.getByRole('columnheader', { name: `Kỳ ${written(DAYS[1])}` }).first().waitFor()
      const against = page.getByLabel('So với kỳ')
      await keys.reach(against)
      await keys.press('ArrowDown')
      await page.waitForURL(new RegExp(`with=${DAYS[0]}`))
      await page.getByRole('columnheader', { name: `Kỳ ${written(DAYS[0])}` }).first().waitFor()
      const row = page.getByRole('row', { name: /Chốt đã có người/ })
      assert.match(await row.innerText(), /152[\s\S]*190[\s\S]*[-−]38/)
      await page.getByRole('row', { name: /Chậm/ }).getByRole('cell', { name: '0 · 0%' }).waitFor()
      await keys.go(page.getByRole('button', { name: 'Chốt đã có người' }))
      const city = page.getByRole('row', { name: /Thành phố Hà Nội/ })
      await city.getByText('150', { exact: true }).filter({ visible: true }).waitFor()
      assert.match(await city.innerText(), /110[\s\S]*150[\s\S]*[-−]40/)
      await page.reload()
      assert.equal(await page.getByLabel('So với kỳ').inputValue(), DAYS[0])
      assert.deepEqual(await fits(page, 'report-compare', true), [])
      await shot(page, 'report-compare', true)
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })

  test('one unit, in English on a telephone: each figure, choice, word and table of both periods', async () => {
    const { page, complaints, close } = await openAs(browser, real, 'dv.01', `/reports/${reportId}`, { lang: 'en', width: 320, height: 720 }, '.report-who')
    try {
      const keys = keysOf(page)
      const against = page.getByLabel('Compared with')
      await against.waitFor()
      assert.equal(await against.inputValue(), DAYS[1])
      await keys.reach(against)
      await keys.press('ArrowDown')
      await page.waitForURL(new RegExp(`with=${DAYS[0]}`))
      await page.getByText(`${written(DAYS[0])}: 150`).filter({ visible: true }).waitFor()
      for (const said of [/^\d\d\/\d\d\/\d{4}: 150 · [-−]40$/, /: On time · changed$/, /: Khó khăn của kỳ 1 · changed$/, /: 1 row · changed$/]) await page.getByText(said).filter({ visible: true }).first().waitFor()
      await page.getByRole('region', { name: `Sites, period ${written(DAYS[0])}` }).waitFor()
      await keys.held('after the period was chosen')
      assert.deepEqual(await fits(page, 'report-compare-one', false), [])
      await shot(page, 'report-compare-one', true)
      assert.deepEqual(complaints, [])
    } finally { await close() }
  })
})
