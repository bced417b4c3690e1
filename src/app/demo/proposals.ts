// Two proposals of the demonstration: one that waits for the nation's decision, one that the province's leader decided by telephone.
import { call } from '@orpc/server'
import { proposalsRoutes } from '../../capabilities/proposals/routes.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { planNeeds } from '../plan-tables.ts'
import { headOf } from './accounts.ts'
import type { Place } from './past.ts'
import { dayHere, ZONE } from '../../kernel/zone.ts'

const DAY = 86_400_000

/** `at`: so many days from the day of the demonstration, by this account. */
export async function proposals(at: (days: number, account: string) => Context, places: readonly Place[]): Promise<void> {
  const routes = proposalsRoutes(planNeeds(ZONE))
  const place = (code: string, scheme = 'admin') => places.find((one) => one.code === code && (scheme === 'admin' ? one.scheme === 'admin' : true))!
  const [nation, city, fire, traffic] = [place('VN'), place('01'), place('CA-01-PC07', ''), place('CA-01-PC08', '')]
  const by = (unit: Place, days: number): never => ({ context: at(days, headOf(unit)) }) as never
  const today = at(0, headOf(city)).at.getTime()
  const day = (days: number) => dayHere(new Date(today + days * DAY))
  const id = () => uuidv7(new Date(today - 6 * DAY))
  const [more, fewer] = [id(), id()]
  await call(routes.propose, {
    orderId: id(), unitId: city.id, toUnitId: nation.id, subject: 'Tăng cường lực lượng cho ba sự kiện trùng ngày trong tháng tới', due: day(2), planId: null, files: [],
    content: {
      background: 'Ba sự kiện cấp độ lớn được tổ chức cùng ngày ở ba địa điểm cách xa nhau.\n\n1. Lực lượng tại chỗ đủ cho hai địa điểm.\n2. Địa điểm thứ ba còn thiếu tổ chữa cháy và kíp cấp cứu.', proposed: 'Đề nghị Ban chỉ đạo cho tăng cường một tổ chữa cháy và hai kíp cấp cứu trong ngày diễn ra sự kiện.', chosen: more,
      options: [{ id: more, title: 'Tăng cường từ tỉnh lân cận', good: 'Không thay đổi ngày tổ chức.', bad: 'Phải điều động trước một ngày.' }, { id: fewer, title: 'Lùi một sự kiện sang ngày khác', good: 'Đủ lực lượng tại chỗ.', bad: 'Đã phát giấy mời; ảnh hưởng lịch của đại biểu.' }],
    },
  }, by(city, -2))
  const { proposalId } = await call(routes.propose, {
    orderId: id(), unitId: fire.id, toUnitId: city.id, subject: 'Mở thêm đường vào cho xe thang ở mặt sau hội trường trung tâm', due: day(-3), planId: null, files: [],
    content: { background: 'Xe thang chỉ đỗ được ở mặt trước; mặt sau bị hàng rào tạm chắn.', proposed: 'Đề nghị dỡ 6 m hàng rào tạm ở mặt sau trong thời gian sự kiện.', chosen: null, options: [] },
  }, by(fire, -6))
  await call(routes.decide, {
    orderId: id(), proposalId, expectedVersion: 1, verdict: 'agreed', optionId: null, files: [], text: 'Đồng ý. Làm xong trước buổi diễn tập, có người canh ở chỗ dỡ hàng rào.', told: { by: 'Chủ tịch UBND thành phố', how: 'telephone' },
    tasks: [{ title: 'Dỡ 6 m hàng rào tạm mặt sau hội trường, bố trí người canh', unitId: traffic.id, supportingUnitIds: [fire.id], due: day(6) }],
  }, by(city, -4))
}
