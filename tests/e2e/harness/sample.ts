// What the canned server answers: a small true-looking world, held to the contracts by their types.
import type { Me, SignedIn } from '../../../src/capabilities/people/contract.ts'
import type { InboxItem } from '../../../src/capabilities/inboxes/contract.ts'
import type { Story } from '../../../src/capabilities/journals/contract.ts'
import type { TreeNode, Unit, UnitHit } from '../../../src/capabilities/units/contract.ts'
import { fold } from '../../../src/pure/text.ts'
import type { Answer } from './mock.ts'

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const now = '2026-11-22T07:32:05.000Z'
const page = <T>(items: T[], total = items.length, next: string | null = null) => ({ items, next, asOf: now, total })
export const nation = { id: id(1), code: 'VN', name: 'Ban Chỉ đạo Trung ương', kind: 'nation' }
const provinceNames = ['Thành phố Hà Nội', 'Tỉnh Cao Bằng', 'Tỉnh Tuyên Quang', 'Tỉnh Điện Biên', 'Tỉnh Lai Châu', 'Tỉnh Sơn La', 'Tỉnh Lào Cai', 'Tỉnh Thái Nguyên', 'Tỉnh Lạng Sơn', 'Tỉnh Quảng Ninh', 'Tỉnh Bắc Ninh', 'Tỉnh Phú Thọ', 'Thành phố Hải Phòng', 'Tỉnh Hưng Yên', 'Tỉnh Ninh Bình', 'Tỉnh Thanh Hóa', 'Tỉnh Nghệ An', 'Tỉnh Hà Tĩnh', 'Tỉnh Quảng Trị', 'Thành phố Huế', 'Thành phố Đà Nẵng', 'Tỉnh Quảng Ngãi', 'Tỉnh Gia Lai', 'Tỉnh Khánh Hòa', 'Tỉnh Đắk Lắk', 'Tỉnh Lâm Đồng', 'Tỉnh Đồng Nai', 'Thành phố Hồ Chí Minh', 'Tỉnh Tây Ninh', 'Tỉnh Đồng Tháp', 'Tỉnh Vĩnh Long', 'Tỉnh An Giang', 'Thành phố Cần Thơ', 'Tỉnh Cà Mau']
const provinces = provinceNames.map((name, i) => ({ id: id(100 + i), code: String(i + 1).padStart(2, '0'), name, kind: 'province' }))
const communes = ['Phường Hoàn Kiếm', 'Phường Cửa Nam', 'Phường Ba Đình', 'Phường Ngọc Hà', 'Phường Giảng Võ', 'Phường Hai Bà Trưng', 'Phường Vĩnh Tuy', 'Phường Bạch Mai', 'Phường Đống Đa', 'Xã Sóc Sơn', 'Xã Đa Phúc', 'Xã Nội Bài'].map((name, i) => ({ id: id(300 + i), code: String(70 + i * 3).padStart(5, '0'), name, kind: 'commune' }))
const node = (unit: { id: string; code: string; name: string; kind: string }, parentId: string | null, children: number): TreeNode => ({ ...unit, scheme: 'admin', parentId, children })
const role = (grant: Me['grants'][number]['role'], unit: Me['grants'][number]['unit'], n: number): Me['grants'][number] => ({ id: id(50 + n), person: { id: id(9), name: 'Nguyễn Thị Hạnh' }, role: grant, unit, startsAt: '2026-01-05T01:00:00.000Z', endsAt: n ? '2026-12-31T16:59:59.000Z' : null, delegatedBy: n ? { id: id(8), name: 'Trần Văn Bình' } : null, fromGrantId: null, state: 'in_force' })
export const me: Me = {
  zone: 'Asia/Ho_Chi_Minh', id: id(9), name: 'Nguyễn Thị Hạnh', title: 'Phó Chánh Văn phòng', account: 'thuongtruc.tw', unit: nation, grants: [role('secretariat', nation, 0), role('head', provinces[0]!, 1)],
  rights: ['unit.read', 'person.read', 'journal.read', 'journal.verify', 'journal.export', 'task.read', 'readiness.read', 'event.read', 'programme.read'], secondFactor: false, recoveryCodes: 0, mustSetPassword: false, hasPassword: true, demo: true, sessionUntil: null, version: 1, settings: { lang: null, mails: 'all', mailed: true },
}
const hit = (unit: (typeof communes)[number], ...parents: { id: string; code: string; name: string; kind: string }[]): UnitHit => ({ ...unit, scheme: 'admin', parents })
const story = (n: number, vi: string, en: string, more: Partial<Story> = {}): Story => ({
  position: 128_400 - n, stream: `event:${id(400)}`, seq: 60 - n, subject: `task:${id(500 + n)}`, type: 'task.reported.v1', at: new Date(Date.parse(now) - n * 1_860_000).toISOString(), claimedAt: null, actor: { id: id(20 + n), kind: 'person', name: ['Trần Văn Bình', 'Lò Thị Mai', 'Nguyễn Quốc Việt', 'Phạm Thu Hà'][n % 4]! },
  onBehalfOf: null, told: null, unit: communes[n % communes.length]!, about: n % 2 === 0 ? { vi: 'Khảo sát hội trường', en: 'Survey the hall' } : null, sentence: { vi, en }, orderId: id(600 + n), hash: 'b5f1c2d0a9e87766554433221100ffeeddccbbaa99887766554433221100aabb', ...more,
})
const stories = [
  story(0, 'Báo cáo hoàn thành nhiệm vụ “Rà soát, ký cam kết an toàn phòng cháy với hội trường”', 'Reported done: “Check the hall’s fire safety and sign the commitment”'),
  story(1, 'Xác nhận hoàn thành nhiệm vụ “Lập danh sách lực lượng trực”', 'Verified: “List the forces on duty”', { type: 'task.verified.v1', told: { by: 'Đại úy Lê Minh', how: 'telephone' } }),
  story(2, 'Trả lại nhiệm vụ “Sơ đồ lối thoát nạn”: thiếu lối thoát số 2', 'Returned: “Plan of the exits”: exit 2 is missing', { type: 'task.returned.v1' }),
  story(3, 'Duyệt ngoại lệ cho điều kiện “Khảo sát địa điểm” đến 30/11/2026', 'Waived “Site survey” until 30/11/2026', { type: 'waiver.given.v1', onBehalfOf: { id: id(8), name: 'Trần Văn Bình' } }),
  story(4, 'Nhập danh mục đơn vị ngày 01/07/2025: mở 3.321, đóng 10.035', 'Imported the list of units of 01/07/2025: 3,321 opened, 10,035 closed', { type: 'units.imported.v1', actor: { id: id(2), kind: 'operator', name: null }, unit: null }),
  ...Array.from({ length: 18 }, (_, i) => story(5 + i, 'Nhận nhiệm vụ “Bố trí lực lượng tại các chốt”', 'Accepted: “Man the guard posts”', { type: 'task.accepted.v1' })),
]
/** Five pages of them; what was accepted on the fourth was accepted in one act. */
const journal = (at: number) => page(stories.map((one) => ({ ...one, position: one.position - at * stories.length, ...(at === 3 ? { orderId: id(599) } : {}) })), 1001, at < 4 ? String(at + 1) : null)
const mail = (n: number, kind: InboxItem['kind'], sentence: string, due: string | null, mark: InboxItem['mark'] = 'new', count = 1): InboxItem => ({ id: id(700 + n), kind, at: new Date(Date.parse(now) - n * 5_400_000).toISOString(), about: { kind: 'task', id: id(500 + n) }, unit: n % 2 ? nation : null, by: { id: id(20), name: 'Trần Văn Bình' }, sentence, count, due, mark })
const inbox = [
  mail(0, 'done', 'Phường Hoàn Kiếm báo cáo hoàn thành “Sơ đồ lối thoát nạn”, chờ xác nhận', null), mail(1, 'assigned', 'Giao nhiệm vụ “Rà soát phương án xử lý tình huống” cho đơn vị của bạn', '2026-11-28T10:00:00.000Z', 'new', 12),
  mail(2, 'reminder', 'Đôn đốc: “Báo cáo quân số” quá hạn 3 ngày', '2026-11-19T10:00:00.000Z'), mail(3, 'asked', 'Xã Sóc Sơn xin gia hạn “Khảo sát địa điểm” đến 30/11/2026', '2026-11-25T10:00:00.000Z', 'read'), mail(4, 'returned', 'Trả lại “Kế hoạch bảo đảm an toàn”: bổ sung phương án y tế', '2026-11-24T10:00:00.000Z', 'read'),
]
const unit: Unit = { ...communes[0]!, scheme: 'admin', nameEn: 'Hoan Kiem Ward', nameOriginal: 'Phường Hoàn Kiếm', parents: [provinces[0]!, nation], children: 0, from: '2025-07-01', until: null, lat: 21.03, lon: 105.852, version: 3, at: '2026-11-22' }
const ref = (n: number, name: string) => ({ id: id(800 + n), code: `000${n}`, name, kind: 'commune' })

/** The answers of a signed-in secretary's world; `signedIn.on` false: nobody is. */
export function world(signedIn: { on: boolean }) {
  return (method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Answer => {
    const problem = (status: number, code: string, detail: string): Answer => ({ status, body: { type: `/problems/${code}`, title: code, status, code, detail } })
    if (path === '/sign-in') {
      if (body['password'] !== 'một câu dài dễ nhớ') return problem(401, 'SIGN_IN_FAILED', 'Tên tài khoản, mật khẩu hoặc mã xác thực không đúng. Quên mật khẩu: đơn vị cấp trên cấp lại phiếu đăng nhập.')
      signedIn.on = true
      return { body: { next: 'done', me } satisfies SignedIn }
    }
    if (path === '/sign-out') { signedIn.on = false; return { body: {} } }
    if (!signedIn.on) return problem(401, 'SIGN_IN', 'Bạn cần đăng nhập.')
    const answers: Record<string, () => unknown> = {
      '/me': () => me, '/inbox/counts': () => ({ new: 3, kinds: { assigned: 12, reminder: 4, done: 7, returned: 1, asked: 2 }, asOf: now }), '/inbox/marks': () => ({ marked: 1 }),
      '/inbox': () => page(inbox.filter((item) => !query.get('kind') || item.kind === query.get('kind'))),
      '/units/count': () => ({ at: query.get('at') ?? '2026-11-22', kinds: { nation: 1, province: 34, commune: 3321 } }), '/units/roots': () => page([node(nation, null, 34)]),
      '/units': () => page([...communes.map((one) => hit(one, provinces[0]!, nation)), ...provinces.map((one) => hit(one, nation))].filter((one) => fold(one.name).includes(fold(query.get('q') ?? '')))),
      [`/units/${nation.id}/children`]: () => page(provinces.map((one, i) => node(one, nation.id, 60 + i))), [`/units/${provinces[0]!.id}/children`]: () => page(communes.map((one) => node(one, provinces[0]!.id, 0))),
      [`/units/${unit.id}`]: () => unit, [`/units/${provinces[0]!.id}`]: () => ({ ...unit, ...provinces[0]!, children: 126, parents: [nation], nameEn: 'Hanoi', until: null }), [`/units/${unit.id}/links`]: () => ({ items: [] }), [`/units/${provinces[0]!.id}/links`]: () => ({ items: [] }),
      [`/units/${unit.id}/history`]: () => ({ spans: [{ code: '00070', name: 'Phường Hoàn Kiếm', kind: 'commune', from: '2025-07-01', until: null, nameOriginal: null, nameEn: null, parent: provinces[0]! }, { code: '00070', name: 'Phường Hàng Trống', kind: 'commune', from: '2020-06-01', until: '2025-07-01', nameOriginal: null, nameEn: null, parent: { ...provinces[0]!, name: 'Quận Hoàn Kiếm', kind: 'district' } }],
        from: [{ unit: ref(1, 'Phường Hàng Bạc'), part: 'full', on: '2025-07-01' }, { unit: ref(2, 'Phường Lý Thái Tổ'), part: 'full', on: '2025-07-01' }, { unit: ref(3, 'Phường Cửa Nam'), part: 'partial', on: '2025-07-01' }], into: [] }),
      '/grants': () => page(me.grants), '/journal': () => journal(Number(query.get('cursor') ?? 0)), '/journal/history': () => page(stories.slice(0, 4)),
      '/journal/verify': () => ({ job: null, total: 128_400, result: { asOf: now, lines: 128_400, streams: 3356, anchors: 41, whole: true, broken: [], sentence: { vi: '128.400 bản ghi của 3.356 chuỗi khớp từng mã băm và khớp 41 mốc niêm phong.', en: '128,400 records of 3,356 streams match every hash and all 41 anchors.' } } }),
      '/me/sessions': () => ({ items: [{ id: id(40), current: true, by: 'password', secondFactor: false, startedAt: '2026-11-22T01:02:00.000Z', seenAt: now, until: now, address: '10.1.2.3', agent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36' }, { id: id(41), current: false, by: 'password', secondFactor: false, startedAt: '2026-11-20T01:02:00.000Z', seenAt: '2026-11-21T10:00:00.000Z', until: now, address: '10.1.2.9', agent: 'Mozilla/5.0 (Linux; Android 14) Chrome/156.0 Mobile Safari/537.36' }] }),
      '/me/data': () => ({ contact: { name: me.name, title: me.title, account: me.account, phone: '0912 345 678', email: 'hanh@example.vn', lang: 'vi', mails: 'all', purpose: { vi: 'Liên lạc khi thực hiện nhiệm vụ', en: 'To work together' }, retention: { vi: 'hai năm', en: 'two years' }, until: '2027-06-30T00:00:00.000Z' }, grants: me.grants, sessions: [], tokens: [], passkeys: [], provider: null, secondFactor: false, recoveryCodes: 0, acts: { lines: 12, firstAt: '2026-06-01T02:00:00.000Z', lastAt: '2026-07-04T02:00:00.000Z', types: [{ type: 'task.reported.v1', lines: 12 }] }, calendars: [{ name: 'Điện thoại', madeAt: '2026-10-01T01:00:00Z', usedAt: null, until: '2027-11-01T01:00:00Z' }], lookedAt: '2026-11-21T01:00:00Z', readings: { count: 0, firstAt: null, lastAt: null }, readBy: [] }),
      '/sign-in/ways': () => ({ passkeys: true, provider: null, lang: 'vi' }),
      '/me/second-factor': () => ({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/S%E1%BA%B5n%20S%C3%A0ng:thuongtruc.tw?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=San%20Sang' }),
    }
    const found = answers[path]
    return found && method ? { body: found() } : undefined
  }
}
