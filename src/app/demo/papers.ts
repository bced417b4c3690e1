// A register that is not empty: what the steering committee and Hà Nội issued, who has acknowledged it, what Hà Nội received.
import { call } from '@orpc/server'
import { Letter } from '../../capabilities/papers/contract/letter.ts'
import { papersRoutes } from '../../capabilities/papers/routes.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { paperDrafts } from '../paper-drafts/drafts.ts'
import type { Place } from './past.ts'
import { dayHere, ZONE } from '../../kernel/zone.ts'

const NATION = { profile: 'state', parent: '', issuer: 'Ban chỉ đạo bảo đảm an toàn đại hội các cấp', short: 'BCĐ', place: 'Hà Nội', address: '' } as const
const HANOI = { profile: 'state', parent: '', issuer: 'Ủy ban nhân dân thành phố Hà Nội', short: 'UBND', place: 'Hà Nội', address: '' } as const
const article = (n: number, text: string) => ({ type: 'article', lead: `Điều ${n}.`, title: '', text })
const text = (words: string) => ({ type: 'text', text: words })

export async function papers(context: Context, places: readonly Place[]): Promise<void> {
  const routes = papersRoutes(paperDrafts(ZONE))
  const as = { context } as never
  const id = () => uuidv7(context.at)
  const [nation, hanoi] = [places.find((place) => place.code === 'VN')!.id, places.find((place) => place.code === '01' && place.scheme === 'admin')!.id]
  const provinces = places.filter((place) => place.kind === 'province').slice(0, 12).map((place) => place.id)
  const issue = (unitId: string, letter: object, sentTo: string[] = [], links: object[] = []) => call(routes.issue, { orderId: id(), unitId, letter: Letter.parse(letter), sentTo, links } as never, as)
  for (const [unitId, head] of [[nation, NATION], [hanoi, HANOI]] as const) await call(routes.setLetterhead, { orderId: id(), unitId, expectedVersion: 0, head } as never, as)
  const formed = await issue(nation, {
    kind: 'decision', subject: 'Thành lập Tổ giúp việc Ban chỉ đạo', head: NATION, authority: 'Trưởng ban Ban chỉ đạo', grounds: ['Căn cứ Quyết định số 12/QĐ-BCĐ về việc thành lập Ban chỉ đạo', 'Theo đề nghị của Thường trực Ban chỉ đạo'],
    body: [article(1, 'Thành lập Tổ giúp việc Ban chỉ đạo gồm 9 thành viên.'), article(2, 'Quyết định này có hiệu lực kể từ ngày ký.'), article(3, 'Các thành viên Tổ giúp việc chịu trách nhiệm thi hành Quyết định này.')], signAs: ['Trưởng ban'], signer: 'Đặng Quốc Huy', recipients: ['Như Điều 3', 'Ban chỉ đạo các tỉnh, thành phố'],
  }, provinces)
  await issue(nation, {
    kind: 'letter', subject: 'Rà soát lối thoát nạn tại các địa điểm tổ chức đại hội', head: NATION, drafter: 'TGV', to: ['Ủy ban nhân dân các tỉnh, thành phố'], body: [text('Thực hiện kết luận phiên họp thứ nhất, Ban chỉ đạo đề nghị Ủy ban nhân dân các tỉnh, thành phố rà soát, khắc phục ngay lối thoát nạn bị khóa, bị che chắn tại các địa điểm tổ chức đại hội.'), text('Kết quả báo cáo về Ban chỉ đạo trước phiên họp tiếp theo.')],
    signAs: ['TL. Trưởng ban', 'Tổ trưởng Tổ giúp việc'], signer: 'Vũ Thanh Tùng', recipients: ['Như trên'],
  }, provinces, [{ relation: 'basis', paperId: formed.paperId }]).then(async ({ paperId }) => {
    for (const unitId of provinces.slice(1, 6)) await call(routes.acknowledge, { orderId: id(), paperId, unitId } as never, as)
  })
  const plan = await issue(hanoi, { kind: 'plan', subject: 'Bảo đảm an toàn đại hội các cấp trên địa bàn thành phố', head: HANOI, body: [{ type: 'heading', text: 'I. MỤC ĐÍCH, YÊU CẦU' }, text('Bảo đảm an toàn tuyệt đối các sự kiện; không để bị động, bất ngờ.'), { type: 'heading', text: 'II. NHIỆM VỤ' }, text('Thủ trưởng các đơn vị chủ động thực hiện nhiệm vụ được giao và báo cáo kết quả đúng thời hạn.')], signAs: ['TM. Ủy ban nhân dân', 'KT. Chủ tịch', 'Phó Chủ tịch'], signer: 'Lê Thị Thanh Hà', recipients: ['Ban chỉ đạo', 'Các phường, xã'] })
  await call(routes.receive, { orderId: id(), unitId: hanoi, issuer: 'Công an thành phố', written: '214/KH-CATP', kind: 'plan', subject: 'Phối hợp bảo đảm trật tự, an toàn giao thông phục vụ đại hội', day: dayHere(context.at), filing: 'Hồ sơ 12, tủ 3', links: [{ relation: 'with', paperId: plan.paperId }] } as never, as)
}
