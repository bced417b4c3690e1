// Passkeys and the organisation's own identity provider, in a real browser with a device of its own, on the whole program under a name and a path prefix; and what its
// administrator sees: settings, health, a copy made and taken away.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openBrowser, openPage, shot } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { fits } from './harness/fit.ts'
import { keysOf } from './harness/keys.ts'
import { openNamed } from './harness/named.ts'
import type { Named } from './harness/named.ts'
import { CLIENT } from '../identity.ts'

const PHRASE = 'một câu dài dễ nhớ'

describe('ways to sign in', { timeout: 240_000 }, () => {
  let browser: Browser
  let named: Named
  let page: Page
  let device: CDPSession
  let authenticatorId: string
  let complaints: string[]
  before(async () => {
    await build()
    ;[named, browser] = await Promise.all([openNamed(), openBrowser()])
    ;({ page, complaints } = await openPage(browser, {}))
    page.setDefaultTimeout(15_000)
    device = await page.context().newCDPSession(page)
    await device.send('WebAuthn.enable')
    ;({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } }))
  })
  after(async () => { await browser?.close(); await named?.close() })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const inDialog = (name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name })
  const see = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()
  const go = async (path: string) => { await page.goto(named.url + path); await page.locator('h1').first().waitFor(); await page.locator('.skeleton').first().waitFor({ state: 'detached' }) }
  const signedIn = () => page.waitForURL((address) => address.href.startsWith(named.url) && !address.pathname.includes('/sign-in'))
  const signOut = async () => { await page.evaluate(`fetch(new URL('api/v1/sign-out', document.baseURI), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((a) => { if (!a.ok) throw new Error(String(a.status)) })`); await go('/sign-in') }

  test('a passkey is added by keyboard, and signs in alone', async () => {
    await page.goto(named.link)
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(PHRASE)
    await page.getByLabel('Nhập lại mật khẩu mới').fill(PHRASE)
    await button('Đặt mật khẩu').click()
    await page.waitForURL((address) => !address.pathname.endsWith('/account'))
    await go('/account?tab=passkeys')
    await see('Chưa có khóa truy cập nào')
    const keys = keysOf(page)
    await keys.go(button('Thêm khóa truy cập'))
    await page.getByRole('dialog').waitFor()
    await keys.reach(page.getByLabel('Tên khóa'))
    await keys.type('Máy ở phòng trực')
    await keys.reach(page.getByLabel('Mật khẩu hiện tại'))
    await keys.type(PHRASE)
    await keys.press('Enter')
    await page.getByRole('rowheader', { name: /Máy ở phòng trực/ }).waitFor()
    await shot(page, 'ways-passkeys')
    assert.deepEqual(await fits(page, 'passkeys', true), [])
    await signOut()
    await button('Khóa truy cập').waitFor()
    assert.deepEqual(await fits(page, 'sign-in', true), [])
    await keys.go(button('Khóa truy cập'))
    await signedIn()
    await go('/account?tab=sessions')
    await see('thiết bị này')
  })

  test('a device that does not know its owner is refused with a sentence', async () => {
    await signOut()
    const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId })
    assert.equal(credentials.length, 1)
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await button('Khóa truy cập').click()
    await see('Đã dừng, hoặc quá giờ. Hãy thử lại.')
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    await button('Khóa truy cập').click()
    await signedIn()
  })

  test('the identity provider is connected, tried, and opens the account that is there; who has none, and a provider that is away, hear why', async () => {
    await go('/manage/settings?tab=provider')
    await button('Nối hệ thống định danh').click()
    await page.getByLabel('Địa chỉ (issuer)').fill('http://10.0.0.7')
    await page.getByLabel('Mã ứng dụng (client ID)').fill(CLIENT.id)
    await page.getByLabel('Khóa bí mật (client secret)').fill(CLIENT.secret)
    await page.getByRole('radio', { name: /Một thuộc tính/ }).check()
    await page.getByLabel('Tên hiện trên nút đăng nhập').fill('Sở Nội vụ')
    await button('Lưu').click()
    await see(/phải là https:\/\//)
    await page.getByLabel('Địa chỉ (issuer)').fill(named.identity.issuer)
    assert.deepEqual(await fits(page, 'provider-edit', true), [])
    await button('Lưu').click()
    await see('đang giữ, đã mã hóa')
    await button('Thử kết nối').click()
    await see('Hệ thống định danh trả lời đúng.')
    await shot(page, 'ways-provider')
    assert.deepEqual(await fits(page, 'provider', false), [])

    const throughIt = async (as: string) => {
      await signOut()
      await button('Tài khoản Sở Nội vụ').click()
      await page.getByLabel('Tên', { exact: true }).fill(as)
      await button('Vào').click()
    }
    await throughIt('p-quan-tri')
    await signedIn()
    assert.ok(page.url().startsWith(`${named.url}/`), page.url())
    await page.context().clearCookies()
    await go('/sign-in')
    await button('Tài khoản Sở Nội vụ').click()
    await page.getByLabel('Tên', { exact: true }).fill('p-la')
    await button('Vào').click()
    await see(/Ở đây chưa có tài khoản nào ứng với danh tính này/)
    assert.ok(!page.url().includes('code='), 'the code does not stay in the address')
    await shot(page, 'ways-unknown')
    await page.getByRole('link', { name: 'Về trang đăng nhập' }).click()
    await named.identity.shut()
    await button('Tài khoản Sở Nội vụ').click()
    await see(/không trả lời/)
    await named.identity.open()
    await page.context().clearCookies()
    await button('Tài khoản Sở Nội vụ').click()
    await page.getByLabel('Tên', { exact: true }).fill('p-quan-tri')
    await button('Vào').click()
    await signedIn()
    await go('/account?tab=held')
    await see(named.identity.issuer)
    await see('Máy ở phòng trực')
  })

  test('health, the journal verified, everything backed up and taken away after a proof by passkey', async () => {
    await go('/manage/system')
    await button('Kiểm tra ngay').click()
    await see(/nguyên vẹn/)
    await shot(page, 'ways-health', true)
    assert.deepEqual(await fits(page, 'health', true), [])
    await page.getByRole('tab', { name: 'Sao lưu' }).click()
    await see('Chưa sao lưu lần nào ở đây')
    await button('Sao lưu ngay').click()
    await page.getByRole('rowheader', { name: /dòng nhật ký/ }).waitFor()
    await shot(page, 'ways-backups', true)
    assert.deepEqual(await fits(page, 'backups', true), [])
    const saved = page.waitForEvent('download')
    await button(/^Tải về bản/).click()
    await inDialog('Khóa truy cập').click()
    const file = await saved
    const list = execFileSync('tar', ['-tf', await file.path()], { encoding: 'utf8' }).trim().split('\n')
    assert.match(file.suggestedFilename(), /^sansang-\d{8}T\d{6}Z\.tar$/)
    assert.ok(list.some((name) => name.endsWith('/manifest.json')) && list.some((name) => name.endsWith('/tables/people.gz')), list.slice(0, 5).join())
    assert.ok(!list.some((name) => name.includes('/keys/')), 'no key is in it')
    // The newest stays; an older one goes after its name and date were read, and a proof.
    await button(/^Xóa bản/).click()
    await inDialog('Xóa bản này').click()
    await inDialog('Khóa truy cập').click()
    await see(/mới nhất còn dùng được nên không xóa được/)
    await button('Sao lưu ngay').click()
    await page.getByRole('rowheader', { name: /dòng nhật ký/ }).nth(1).waitFor()
    await page.getByRole('button', { name: /^Xóa bản/ }).nth(1).click()
    await inDialog('Xóa bản này').click()
    await inDialog('Khóa truy cập').click()
    await see(/^Đã xóa bản sansang-/)
    await page.getByRole('rowheader', { name: /dòng nhật ký/ }).nth(1).waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'Việc chạy ngầm' }).click()
    await see(/chờ, .* chạy, .* hỏng/)
  })

  test('days off, how long words are kept, and webhooks: what each would do is seen before it is done', async () => {
    await go('/manage/settings?tab=holidays')
    await page.getByLabel('Ngày', { exact: true }).fill('07/12/2026')
    await page.getByLabel('Tên ngày').fill('Nghỉ bù bão')
    await button('Thêm vào danh sách').click()
    await button('Xem thay đổi').click()
    await see(/Thêm 1, bỏ 0, sửa 0 ngày/)
    assert.deepEqual(await fits(page, 'days', true), [])
    await button('Lưu danh sách').click()
    await see('Đã lưu ngày nghỉ.')
    await go('/manage/settings?tab=retention')
    await button(/^Sửa thời hạn lưu: Lời viết trong nhiệm vụ/).click()
    await page.getByRole('dialog').getByRole('textbox').fill('4')
    await inDialog('Xem ảnh hưởng').click()
    await page.getByRole('dialog').getByText(/Đang giữ .* bản ghi loại này/).waitFor()
    assert.deepEqual(await fits(page, 'retention', true), [])
    await inDialog('Đổi thành 4 năm').click()
    await see('Đã đổi thời hạn lưu.')
    await go('/manage/webhooks')
    await button('Thêm địa chỉ').click()
    await page.getByLabel('Địa chỉ', { exact: true }).fill('https://192.168.1.9/tin')
    await page.getByLabel('Tìm loại bản ghi').fill('task.reported')
    await page.getByRole('dialog').getByRole('checkbox').check()
    await inDialog('Thêm').click()
    await page.getByRole('dialog').getByText(/mạng nội bộ/).waitFor()
    assert.deepEqual(await fits(page, 'webhook-add', true), [])
    await page.getByLabel('Địa chỉ', { exact: true }).fill('https://203.0.113.9/tin')
    await inDialog('Thêm').click()
    await page.getByRole('dialog').getByText(/^whsec_/).waitFor()
    await inDialog('Đã chép xong').click()
    await page.getByText('https://203.0.113.9/tin').waitFor()
    assert.deepEqual(await fits(page, 'webhooks', true), [])
    await shot(page, 'ways-webhooks', true)
  })

  test('the same in English on a phone, and the language of who never chose one', async () => {
    await go('/manage/settings')
    await page.getByRole('radio', { name: 'English' }).check()
    await button('Lưu').click()
    await see('Đã lưu.')
    const [cookie] = await page.context().cookies(named.url)
    const english = await openPage(browser, { lang: 'en', theme: 'dark', width: 320, height: 720, session: { name: cookie!.name, value: cookie!.value, url: named.url } })
    for (const [name, path] of Object.entries({ general: '/manage/settings', provider: '/manage/settings?tab=provider', holidays: '/manage/settings?tab=holidays', retention: '/manage/settings?tab=retention', webhooks: '/manage/webhooks', system: '/manage/system', held: '/account?tab=held' })) {
      await english.page.setViewportSize({ width: 320, height: 720 })
      await english.page.goto(named.url + path)
      await english.page.locator('h1').first().waitFor()
      await english.page.locator('.skeleton').first().waitFor({ state: 'detached' })
      await shot(english.page, `ways-${name}-en-dark-320`)
      assert.deepEqual(await fits(english.page, `${name} en`, false), [])
    }
    assert.deepEqual(english.complaints, [])
    await english.close()
    const fresh = await browser.newContext({ locale: 'vi-VN' })
    const first = await fresh.newPage()
    await first.goto(`${named.url}/sign-in`)
    await first.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    await fresh.close()
    assert.deepEqual(complaints.filter((one) => !one.includes(named.identity.issuer)), [])
  })
})
