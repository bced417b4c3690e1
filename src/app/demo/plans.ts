// Plans of the demonstration's province: one in force whose review is overdue, one being appraised, one that units are asked about, one just begun.
import { call } from '@orpc/server'
import { bodiesRoutes } from '../../capabilities/bodies/routes.ts'
import { plansRoutes } from '../../capabilities/plans/routes.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { planNeeds } from '../plan-tables.ts'
import { headOf, personOf } from './accounts.ts'
import type { Place } from './past.ts'
import { dayHere, ZONE } from '../../kernel/zone.ts'

const DAY = 86_400_000
type Section = { text: string; tables?: string[]; actions?: { title: string; code: string; with?: string[]; days: number; product: string }[] }
type Texts = Record<string, Section>

const OVERALL: Texts = {
  aim: { text: 'Bảo đảm tuyệt đối an ninh, an toàn các sự kiện trên địa bàn thành phố; không để bị động, bất ngờ.\n\n1. Chủ động nắm tình hình, phát hiện và khắc phục sơ hở trước giờ khai mạc.\n2. Phân công rõ người, rõ việc, rõ thời hạn, rõ kết quả.\n3. Lực lượng tham gia giữ đúng kỷ luật, ứng xử đúng mực với người dân.' },
  scope: { text: 'Thực hiện tại tất cả địa điểm tổ chức sự kiện trên địa bàn, từ 30 ngày trước ngày khai mạc đến khi kết thúc và thu dọn xong.' },
  content: { text: '1. Khảo sát địa điểm, lập danh mục sơ hở, giao đơn vị khắc phục.\n2. Diễn tập phương án chữa cháy, cứu nạn, cứu hộ tại các địa điểm cấp độ lớn.\n3. Trực chỉ huy, trực kỹ thuật, trực cấp cứu trong suốt thời gian sự kiện.', tables: ['tasks'] },
  actions: { text: '', actions: [
    { title: 'Rà soát hợp đồng cấp điện và máy phát dự phòng tại các địa điểm cấp độ lớn', code: 'SYT-01', with: ['CA-01-PC08'], days: 20, product: 'Biên bản kiểm tra tải' },
    { title: 'Lập sơ đồ phân luồng và bãi đỗ cho từng địa điểm', code: 'CA-01-PC08', days: 14, product: 'Sơ đồ phân luồng' },
  ] },
  means: { text: 'Lực lượng tại chỗ của đơn vị đăng cai; lực lượng tăng cường của thành phố theo yêu cầu. Kinh phí từ ngân sách thành phố.' },
  command: { text: 'Chỉ huy trưởng: lãnh đạo đơn vị đăng cai. Báo cáo nhanh trước 17 giờ hằng ngày trong tuần cuối, báo cáo ngay khi có sự cố.' },
}
const FIRE: Texts = {
  building: { text: 'Hội trường hai tầng, kết cấu bê tông, mái tôn; sân khấu có phông vải và hệ thống đèn công suất lớn.\n\n- Chất cháy chính: phông vải, thảm, ghế đệm.\n- Nguồn nhiệt: đèn sân khấu, tủ điện tầng hầm, bếp phía sau.' },
  water: { text: 'Hai trụ nước cách cổng chính 40 m và 120 m; bể ngầm 60 m³ phía sau. Xe thang đỗ được ở mặt trước, đường vào rộng 6 m.' },
  escape: { text: '1. Cửa chính phía đông, rộng 3 m.\n2. Cửa phụ phía nam, rộng 1,8 m; chìa khóa do tổ bảo vệ giữ.\n3. Cầu thang ngoài nhà phía tây.\n\nĐiểm tập kết: sân phía đông.' },
  cases: { text: 'Cháy phông sân khấu khi hội trường kín chỗ: cắt điện sân khấu, mở cả ba lối thoát, dùng họng nước vách tường, báo 114.' },
  readiness: { text: '', tables: ['requirements'] },
}
const TRAFFIC: Texts = {
  network: { text: 'Tuyến chính vào địa điểm hay ùn tắc từ 6 giờ 30 đến 8 giờ 30. Hai bãi đỗ với 350 chỗ ô tô.' },
  closures: { text: '1. Tạm cấm ô tô tải trên đoạn trước cổng chính từ 6 giờ đến 9 giờ.\n2. Phân luồng xe khách sang đường vành đai.' },
  convoys: { text: 'Xe cứu thương, chữa cháy đi cổng phía tây; giữ thông làn này suốt thời gian sự kiện.' },
}

/** `at`: so many days from the day of the demonstration, by this account. */
export async function plans(at: (days: number, account: string) => Context, places: readonly Place[], eventId: string | null): Promise<void> {
  const [routes, bodies] = [plansRoutes(planNeeds(ZONE)), bodiesRoutes()]
  const place = (code: string) => places.find((one) => one.code === code)!
  const [city, police, traffic, health] = [places.find((one) => one.code === '01' && one.scheme === 'admin')!, place('CA-01-PC07'), place('CA-01-PC08'), place('SYT-01')]
  const by = (unit: Place, days = -30): never => ({ context: at(days, headOf(unit)) }) as never
  const today = at(0, headOf(city)).at.getTime()
  const id = () => uuidv7(new Date(today - 30 * DAY))
  const day = (days: number) => dayHere(new Date(today + days * DAY))
  const get = (planId: string) => call(routes.get, { planId }, by(city))
  const draft = async (unit: Place, template: string, title: string, texts: Texts, more: object = {}): Promise<string> => {
    const { planId } = await call(routes.draft, { orderId: id(), unitId: unit.id, template, title, headId: personOf(headOf(unit)), ...more }, by(unit))
    for (const section of (await get(planId)).sections) {
      const given = texts[section.code ?? '']
      if (!given) continue
      const actions = given.actions?.map((one) => ({ id: id(), title: one.title, unitId: place(one.code).id, supportingUnitIds: one.with?.map((code) => place(code).id) ?? [], due: day(one.days), product: one.product })) ?? []
      await call(routes.write, { orderId: id(), planId, sectionId: section.id, expectedVersion: 1, title: section.title, content: { text: given.text, tables: (given.tables ?? []).filter(() => eventId !== null), actions } }, by(unit))
    }
    return planId
  }
  const about = eventId === null ? {} : { eventId }

  // In force in its second version; its review was due five days ago.
  const overall = await draft(city, 'plan', 'Kế hoạch bảo đảm an ninh, trật tự, an toàn các sự kiện trên địa bàn thành phố', OVERALL, { ...about, basis: 'Kế hoạch bảo đảm an toàn đại hội các cấp của Ban chỉ đạo', reviewOn: day(-5) })
  const approve = async (number: string, days: number) => call(routes.approve, { orderId: id(), planId: overall, expectedVersion: (await get(overall)).version, number, inForceFrom: day(-20), files: [], replaces: [], told: { by: 'Chủ tịch UBND thành phố', how: 'in_person' } }, by(city, days))
  await approve('96/KH-UBND', -30)
  await call(routes.begin, { orderId: id(), planId: overall }, by(city))
  const command = (await get(overall)).sections.find((s) => s.code === 'command')!
  await call(routes.write, { orderId: id(), planId: overall, sectionId: command.id, expectedVersion: command.version, title: command.title, content: { text: 'Chỉ huy trưởng: lãnh đạo đơn vị đăng cai; người thay khi vắng mặt ghi rõ trong lịch trực. Báo cáo nhanh trước 16 giờ 30 hằng ngày trong tuần cuối, báo cáo ngay khi có sự cố.', tables: [], actions: [] } }, by(city))
  await approve('104/KH-UBND', -12)

  const { bodyId } = await call(bodies.form, {
    orderId: id(), unitId: police.id, kind: 'appraisal', name: 'Tổ thẩm định phương án chữa cháy, cứu nạn, cứu hộ', legalBasis: 'Quyết định số 31/QĐ-UBND', mandate: null, parentId: null, from: null, until: null,
    members: [{ unitId: police.id, personId: personOf(headOf(police)), role: 'chair' }, { unitId: traffic.id, role: 'member' }],
  }, by(police))
  const fire = await draft(city, 'scheme-fire', 'Phương án chữa cháy và cứu nạn, cứu hộ hội trường trung tâm', FIRE, { ...about, restsOn: [overall] })
  await call(routes.appraisal, { orderId: id(), planId: fire, bodyId, due: day(4) }, by(city))
  const { sections } = await get(fire)
  const point = async (code: string, text: string) => (await call(routes.point, { orderId: id(), planId: fire, sectionId: sections.find((s) => s.code === code)!.id, text }, by(police, -3))).pointId
  const first = await point('water', 'Chưa nêu lưu lượng của hai trụ nước khi mở cùng lúc.')
  await point('escape', 'Cửa phụ phía nam khóa ngoài: ghi rõ ai mở, mở từ giờ nào.')
  await call(routes.settlePoint, { orderId: id(), planId: fire, pointId: first, how: 'answered', text: 'Đã đo ngày hôm trước: 15 l/s mỗi trụ khi mở cùng lúc, kết quả kèm theo hồ sơ.' }, by(city, -2))

  const roads = await draft(traffic, 'scheme-traffic', 'Phương án bảo đảm giao thông tuần cao điểm', TRAFFIC)
  const asked = [police, health, ...places.filter((one) => one.kind === 'commune' && one.path.startsWith(city.path)).slice(0, 3)]
  await call(routes.consult, { orderId: id(), planId: roads, unitIds: asked.slice(0, 4).map((one) => one.id), due: day(-1) }, by(traffic, -8))
  await call(routes.consult, { orderId: id(), planId: roads, unitIds: asked.slice(4).map((one) => one.id), due: day(3) }, by(traffic, -2))
  await call(routes.answer, { orderId: id(), planId: roads, unitId: police.id, verdict: 'agree', files: [] }, by(police, -4))
  await call(routes.answer, { orderId: id(), planId: roads, unitId: health.id, verdict: 'comments', text: 'Đề nghị giữ thêm một làn cho xe cứu thương ở cổng phía đông.', files: [] }, by(health, -3))
  const [where] = (await get(roads)).sections.filter((s) => s.code === 'closures')
  await call(routes.comment, { orderId: id(), planId: roads, sectionId: where!.id, quote: 'từ 6 giờ đến 9 giờ', text: 'Chợ đầu mối nhập hàng lúc 5 giờ 30: nên cấm từ 6 giờ 30.' }, by(health, -2))

  await draft(health, 'scheme-medical', 'Phương án bảo đảm y tế các sự kiện cấp độ lớn', { need: { text: 'Dự kiến 1.200 đại biểu mỗi sự kiện cấp độ lớn, thời tiết nóng; chuẩn bị cho 15 đến 20 ca cấp cứu nhẹ.' } })
}
