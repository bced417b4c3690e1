// A directive of the province to its forces and agencies, so that the officer of a force has work on the first day.
import { call } from '@orpc/server'
import { tasksRoutes } from '../../capabilities/tasks/routes.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import type { Place } from './past.ts'
import { dayHere } from '../../kernel/zone.ts'
import { addDays } from '../../pure/calendar.ts'

const TASKS: { title: string; codes: string[]; days: number; product: string; workstream: string; target?: { kind: 'number'; count: number; unit: string } }[] = [
  { title: 'Kiểm tra an toàn phòng cháy, chữa cháy các địa điểm tổ chức sự kiện trong tháng', codes: ['CA-01-PC07'], days: 9, product: 'Biên bản kiểm tra từng địa điểm', workstream: 'fire', target: { kind: 'number', count: 20, unit: 'địa điểm' } },
  { title: 'Bố trí xe chữa cháy, xe thang trực tại các sự kiện cấp độ lớn', codes: ['CA-01-PC07'], days: 3, product: 'Phương án bố trí phương tiện', workstream: 'fire' },
  { title: 'Tổ chức phân luồng, hướng dẫn giao thông quanh các địa điểm', codes: ['CA-01-PC08'], days: 5, product: 'Phương án phân luồng', workstream: 'traffic' },
  { title: 'Bố trí kíp cấp cứu, xe cứu thương thường trực', codes: ['SYT-01', 'SYT-01-CC'], days: 7, product: 'Lịch trực cấp cứu', workstream: 'medical' },
]

export async function directive(context: Context, places: readonly Place[]): Promise<void> {
  const unit = (code: string) => places.find((p) => p.code === code)?.id
  const issuerUnitId = places.find((p) => p.code === '01' && p.scheme === 'admin')!.id
  const due = (days: number) => addDays(dayHere(context.at), days)
  await call(tasksRoutes().issueDirective, {
    orderId: uuidv7(context.at), issuerUnitId, number: '118/KH-BCĐ', title: 'Kế hoạch phối hợp bảo đảm an toàn các sự kiện trên địa bàn thành phố', basis: 'Kế hoạch bảo đảm an ninh, trật tự, an toàn phục vụ đại hội các cấp',
    tasks: TASKS.map(({ codes, days, ...task }) => ({ ...task, due: due(days), unitIds: codes.map(unit).filter((id) => id !== undefined) })).filter((t) => t.unitIds.length > 0),
  } as never, { context } as never)
}
