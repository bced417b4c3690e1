// What several test files begin with: a tree of units, people who hold a role somewhere in it, and a small template.
import { sql } from 'kysely'
import { applyImport } from '../src/capabilities/units/routes/orders.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { rows } from '../src/kernel/db.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import type { TestDb } from '../src/kernel/testing.ts'

/** Ids by name, made before there is a database. */
export const idsOf = (holders: object, at: Date): Record<string, string> => Object.fromEntries(Object.keys(holders).map((name) => [name, uuidv7(at)]))

/** Brings the list of units in and the people with their roles. Answers the units' ids by code. */
export async function populate(t: TestDb, csv: string, at: Date, holders: Record<string, readonly [code: string, role: string, ...unknown[]]> = {}, person: Record<string, string> = {}): Promise<Record<string, string>> {
  await applyImport(t.as(OPERATOR, { at }), uuidv7(at), { scheme: 'admin', asOf: '2026-01-01', bytes: new TextEncoder().encode(csv) })
  const unit = Object.fromEntries((await rows<{ code: string; id: string }>(t.as(OPERATOR).read, sql`select code, id from units`)).map((row) => [row.code, row.id]))
  for (const [name, [code, role]] of Object.entries(holders)) {
    await sql`insert into people (id, unit_id, added_at, version) values (${person[name]}, ${unit[code]}, ${at}, 1)`.execute(t.db)
    await sql`insert into grants (id, person_id, role, unit_id, starts_at, given_at, given_by) values (${uuidv7(at)}, ${person[name]}, ${role}, ${unit[code]}, '2026-01-01', '2026-01-01', ${OPERATOR.id})`.execute(t.db)
  }
  return unit
}

/** One workstream, two milestones, one class, the task T1 with its requirement R1, and `tasks` beside them. */
export const fairTemplate = ({ code = 'fair', levels, tasks = [] }: { code?: string; levels: readonly string[]; tasks?: readonly string[] }): string => `code: ${code}
name: { vi: "Hội chợ", en: "Fair" }
levels: [${levels.join(', ')}]
workstreams:
  - { code: site, name: { vi: "Địa điểm", en: "Site" } }
milestones:
  - { code: ready, day: -10, name: { vi: "Sẵn sàng", en: "Ready" } }
  - { code: opening, day: 0, name: { vi: "Khai mạc", en: "Opening" } }
classes:
  - { code: small, name: { vi: "Nhỏ", en: "Small" } }
tasks:
${['{ code: T1, stream: site, level: all, due: ready, evidence: paper, name: { vi: "Việc một", en: "One" } }', ...tasks].map((task) => `  - ${task}`).join('\n')}
requirements:
  - { code: R1, by: ready, check: { kind: evidence, item: T1 }, name: { vi: "Có giấy", en: "Paper" } }
`

/** The scene of the tasks' tests. */
export const TASK_UNITS = `code,name,kind,parent_code
VN,Việt Nam,nation,
01,Tỉnh Một,province,VN
02,Tỉnh Hai,province,VN
101,Xã Tân Lập,commune,01
102,Xã Tân Thành,commune,01
103,Phường Hoà Bình,commune,01
201,Xã Thuỷ Xuân,commune,02
`
export const TASK_ROLES = { chief: ['VN', 'secretariat'], head: ['01', 'head'], other: ['02', 'head'], officer: ['101', 'officer'], officer2: ['101', 'officer'], reader: ['01', 'reader'] } as const
