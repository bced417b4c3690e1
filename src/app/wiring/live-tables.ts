// The live tables of plans by name: what of a plan each needs, and the view whose marks say that it changed. Their rows are plan-tables' to fetch.
import type { TableSource } from '../../capabilities/plans/decide/tables.ts'

export const liveTables = {
  tasks: { name: { vi: 'Nhiệm vụ của sự kiện', en: 'Tasks of the event' }, by: ['event'], marks: 'public_tasks_asked' },
  programme_tasks: { name: { vi: 'Nhiệm vụ của đơn vị trong đợt', en: 'Tasks of the unit in the programme' }, by: ['programme', 'unit'], marks: 'public_tasks_asked' },
  units: { name: { vi: 'Đơn vị trực thuộc', en: 'Units below' }, by: ['unit'], marks: 'public_units_below' },
  requirements: { name: { vi: 'Điều kiện sẵn sàng của sự kiện', en: 'Requirements of the event' }, by: ['event'], marks: 'public_programmes_asked' },
} satisfies Record<string, TableSource>
