// A data folder of its own for a test, and a small organisation in it: a nation with ten communes, one head with a token, some tasks.
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyImport } from '../src/capabilities/units/routes/orders.ts'
import { createAccounts, operatorToken } from '../src/capabilities/people/routes.ts'
import { assign } from '../src/capabilities/tasks/routes/assign.ts'
import { readConfig } from '../src/kernel/config.ts'
import type { Config } from '../src/kernel/config.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { rows } from '../src/kernel/db.ts'
import { openInstallation } from '../src/app/installation.ts'
import type { Installation } from '../src/app/installation.ts'
import { sql } from 'kysely'

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sansang-test-'))
  chmodSync(folder, 0o755) // the database may run as another user
  return folder
}

/** The environment of a test's own server: nothing of this machine's settings. */
export const configOf = (data: string, env: Record<string, string> = {}): Config => readConfig({ SANSANG_PORT: '0', ...env }, data)

export type Small = { token: string; nation: string; communes: string[]; tasks: string[] }

export async function makeSmall(installation: Installation, at = new Date()): Promise<Small> {
  const context = installation.context(at, 'vi')
  const csv = ['code,name,kind,parent_code', 'VN,Việt Nam,nation,', ...Array.from({ length: 10 }, (_, n) => `X${n},Xã Tân Lập ${n},commune,VN`)].join('\n')
  await applyImport(context, uuidv7(at), { scheme: 'admin', asOf: '2026-01-01', bytes: new TextEncoder().encode(csv) })
  const units = await rows<{ id: string; code: string }>(installation.read, sql`select id, code from units order by code`)
  const nation = units.find(({ code }) => code === 'VN')!.id
  const communes = units.filter(({ code }) => code !== 'VN').map(({ id }) => id)
  await createAccounts(context, [{ account: 'truong', name: 'Nguyễn Văn An', unitId: nation, role: 'head' }])
  const { token } = await operatorToken(context, 'truong', 'test', ['task.read', 'task.assign', 'task.report', 'task.comment'], 86_400_000)
  const tasks: string[] = []
  for (const unitId of communes) {
    const done = await assign(context, { orderId: uuidv7(at), issuerUnitId: nation, unitId, title: 'Rà soát lối thoát nạn', lang: 'vi', workstream: 'command', zone: 'Asia/Ho_Chi_Minh', priority: 'normal', supportingUnitIds: [] })
    tasks.push(done.taskId)
  }
  return { token, nation, communes, tasks }
}

export async function smallFolder(data: string): Promise<Small> {
  const installation = await openInstallation(configOf(data), 'command')
  try {
    const small = await makeSmall(installation)
    await installation.settle()
    return small
  } finally {
    await installation.close()
  }
}
