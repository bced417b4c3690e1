// Accounts from the command line: the first administrator's link, tokens, slips to print, lists of staff.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { call as ask } from '@orpc/server'
import { MAX_STAFF_FILE, ROLES, allRights, roleNames } from '../../capabilities/people/contract.ts'
import type { Role, Slip } from '../../capabilities/people/contract.ts'
import { slipsCsv, slipsHtml } from '../../capabilities/people/decide/slips.ts'
import { firstAdministratorLink, forgetSecrets, operatorLink, operatorToken, peopleRoutes } from '../../capabilities/people/routes.ts'
import { personOfAccount } from '../../capabilities/people/store/accounts.ts'
import { endAllSessions } from '../../capabilities/people/store/signins.ts'
import { unitByCode } from '../../capabilities/people/store/staff.ts'
import { Refused } from '../../kernel/config.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { openKeys } from '../../kernel/keys.ts'
import { readHolder } from '../../kernel/lock.ts'
import { counted } from '../../pure/plural.ts'
import type { Context } from '../../kernel/rpc.ts'
import type { Call, Command } from '../commands.ts'

const HOURS: Record<string, number> = { h: 1, d: 24, w: 168 }
const HOUR = 3_600_000
const MOST_DAYS = 366
const SHOWN = 50

const contextOf = ({ installation, at, lang }: Call): Context => installation.context(at, lang)
/** Where a running server of this folder answers goes before the usual port. */
const addressOf = ({ config, installation }: Call): string => (config.publicUrl?.href ?? readHolder(installation.data)?.url ?? `http://${config.host}:${config.port}`).replace(/\/+$/, '')
const keysOf = ({ installation, config }: Call) => openKeys(installation.data, config.secretKey)
const routesOf = (call: Call) => peopleRoutes({ address: () => addressOf(call), demo: () => false, mails: async () => false, keys: () => keysOf(call) })

function durationOf(text: string): number {
  const parts = /^(\d{1,4})([hdw])$/.exec(text)
  const ms = parts ? Number(parts[1]) * HOURS[parts[2]!]! * HOUR : 0
  if (ms < HOUR || ms > MOST_DAYS * 24 * HOUR) throw new Refused({ vi: `--ttl "${text}" không hợp lệ; ghi như 12h, 30d hoặc 8w, nhiều nhất ${MOST_DAYS} ngày.`, en: `--ttl "${text}" is not valid; write 12h, 30d or 8w, at most ${MOST_DAYS} days.` })
  return ms
}
async function personOf({ read }: Context, account: string): Promise<string> {
  const id = await personOfAccount(read, account.toLowerCase())
  if (!id) throw new Refused({ vi: `Không có tài khoản "${account}". Xem: sansang accounts list.`, en: `There is no account "${account}". See: sansang accounts list.` })
  return id
}
async function unitOf({ read, at }: Context, code: string, scheme: string | undefined): Promise<string> {
  const id = await unitByCode(read, code, scheme, at)
  if (!id) throw new Refused({ vi: `Không có đơn vị mã "${code}".`, en: `There is no unit with the code "${code}".` })
  return id
}
function roleOf(text: string): Role {
  const role = roleNames.find((name) => name === text)
  if (!role) throw new Refused({ vi: `Không có vai trò "${text}"; có: ${roleNames.join(', ')}.`, en: `There is no role "${text}"; there are: ${roleNames.join(', ')}.` })
  return role
}
function daysOf(text: string | undefined): { days?: number } {
  if (text === undefined) return {}
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 30) throw new Refused({ vi: `--days "${text}" phải là số từ 1 đến 30.`, en: `--days "${text}" must be a number from 1 to 30.` })
  return { days }
}

/** Readable by its owner alone: whoever holds the file signs in. */
async function writeSlips(call: Call, file: string, slips: Slip[]): Promise<void> {
  const html = /\.html?$/i.test(file)
  await writeFile(file, html ? slipsHtml(slips, addressOf(call), call.lang) : slipsCsv(slips, addressOf(call)), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new Refused({ vi: `Không ghi được ${file} (${error.code}).`, en: `${file} could not be written (${error.code}).` })
  })
  call.note({ vi: `${slips.length} phiếu trong ${file}. In ra, giao tận tay, rồi xóa tệp này.`, en: `${counted(slips.length, 'slip')} in ${file}. Print them, hand them over, then delete this file.` })
}
async function mustNotExist(file: string): Promise<void> {
  if (await stat(file).catch(() => undefined)) throw new Refused({ vi: `Tệp ${file} đã có; chọn tên khác.`, en: `The file ${file} exists; choose another name.` })
}

export const commands: Command[] = [
  {
    name: 'admin link',
    usage: '[--account NAME] [--without-second-factor]',
    about: { vi: 'liên kết dùng một lần cho người quản trị đầu tiên, hoặc để một tài khoản đặt lại mật khẩu', en: 'a one-time link for the first administrator, or for an account to set a new password' },
    async run(call) {
      const { option, flag, print } = call
      const context = contextOf(call)
      const account = option('account')
      if (account) await personOf(context, account)
      const path = account ? await operatorLink(context, account.toLowerCase(), flag('without-second-factor')) : await firstAdministratorLink(context)
      if (!path) throw new Refused({ vi: 'Đã có người quản trị. Đặt lại mật khẩu của ai: thêm --account TÊN.', en: 'There is an administrator already. To set a password anew, say whose: --account NAME.' })
      print(`${addressOf(call)}${path}`)
    },
  },
  {
    name: 'token create',
    usage: '--account NAME [--ttl DURATION] [--name TEXT] [--scopes LIST]',
    about: { vi: 'tạo mã truy cập cho một tài khoản, in ra một lần (mặc định 30d, mọi quyền của tài khoản)', en: 'make an access token for an account and print it once (30d and all rights of the account by default)' },
    async run(call) {
      const { option, print, note } = call
      const context = contextOf(call)
      const account = option('account')!
      await personOf(context, account)
      const scopes = option('scopes')?.split(',').map((scope) => scope.trim()).filter(Boolean) ?? [...allRights]
      const unknown = scopes.find((scope) => !(allRights as readonly string[]).includes(scope))
      if (unknown || scopes.length === 0) throw new Refused({ vi: `Không có quyền "${unknown ?? ''}"; có: ${allRights.join(', ')}.`, en: `There is no right "${unknown ?? ''}"; there are: ${allRights.join(', ')}.` })
      const { token, until } = await operatorToken(context, account.toLowerCase(), option('name') ?? 'sansang token create', scopes, durationOf(option('ttl') ?? '30d'))
      print(token)
      note({ vi: `Dùng đến ${until.toISOString()}; không hiện lại.`, en: `Valid until ${until.toISOString()}; it is not shown again.` })
    },
  },
  {
    name: 'accounts list',
    usage: '[--unit CODE] [--scheme S] [--role ROLE] [--json]',
    about: { vi: 'liệt kê tài khoản, vai trò và cách đăng nhập', en: 'list accounts, their roles and how they sign in' },
    async run(call) {
      const { option, flag, print, json, lang } = call
      const context = contextOf(call)
      const unitId = option('unit') === undefined ? undefined : await unitOf(context, option('unit')!, option('scheme'))
      const role = option('role') === undefined ? undefined : roleOf(option('role')!)
      const all = []
      for (let cursor: string | undefined; ;) {
        const { items, next } = await ask(routesOf(call).list, { limit: 200, ...(unitId ? { unitId } : {}), ...(role ? { role } : {}), ...(cursor ? { cursor } : {}) }, { context })
        all.push(...items)
        if (!next) break
        cursor = next
      }
      if (flag('json')) json(all.map(({ id, account, name, unit, roles, access, blocked, secondFactor }) => ({ id, account, name, unit: unit?.code ?? null, roles, access, blocked, secondFactor })))
      else for (const { account, name, unit, roles, access, blocked } of all) print([account ?? '—', name ?? '—', unit?.name ?? '—', roles.map((r) => ROLES[r].name[lang]).join(', ') || '—', blocked ? 'blocked' : access].join('\t'))
    },
  },
  {
    name: 'accounts add',
    usage: 'NAME --full-name TEXT [--unit CODE] [--scheme S] [--role ROLE]',
    about: { vi: 'lập một tài khoản; không có --unit thì vai trò ở toàn hệ thống', en: 'add an account; without --unit the role holds for all units' },
    async run(call) {
      const { words: [account], option, print } = call
      const context = contextOf(call)
      const unitId = option('unit') === undefined ? null : await unitOf(context, option('unit')!, option('scheme'))
      const { personId } = await ask(routesOf(call).add, { orderId: uuidv7(), account: account!, name: option('full-name')!, unitId, ...(option('role') ? { role: roleOf(option('role')!) } : {}) }, { context })
      print(personId)
    },
  },
  {
    name: 'accounts grant',
    usage: 'NAME --role ROLE [--unit CODE] [--scheme S] [--until DATE]',
    about: { vi: 'phân quyền cho một tài khoản', en: 'grant a role to an account' },
    async run(call) {
      const { words: [account], option, print } = call
      const context = contextOf(call)
      const unitId = option('unit') === undefined ? null : await unitOf(context, option('unit')!, option('scheme'))
      const until = option('until')
      if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until)) throw new Refused({ vi: `--until "${until}" không phải ngày; ghi như 2026-12-31.`, en: `--until "${until}" is not a day; write it as 2026-12-31.` })
      const { grantId } = await ask(routesOf(call).give, { orderId: uuidv7(), personId: await personOf(context, account!), role: roleOf(option('role')!), unitId, ...(until ? { endsAt: `${until}T23:59:59Z` } : {}) }, { context })
      print(grantId)
    },
  },
  {
    name: 'accounts issue',
    usage: 'FILE --unit CODE --kinds LIST [--scheme S] [--role ROLE] [--days N]',
    about: { vi: 'lập tài khoản cho mọi đơn vị chưa có và ghi phiếu in (.html hoặc .csv)', en: 'add an account for every unit that has none, and write the slips (.html or .csv)' },
    async run(call) {
      const { words: [file], option } = call
      const context = contextOf(call)
      await mustNotExist(file!)
      const role = roleOf(option('role') ?? 'head')
      if (role === 'administrator') throw new Refused({ vi: 'Quản trị không cấp hàng loạt; dùng: sansang accounts add.', en: 'Administrators are not issued in bulk; use: sansang accounts add.' })
      const { slips } = await ask(routesOf(call).issueAccounts, { orderId: uuidv7(), unitId: await unitOf(context, option('unit')!, option('scheme')), kinds: option('kinds')!.split(',').map((kind) => kind.trim()), role, ...daysOf(option('days')) }, { context })
      await writeSlips(call, file!, slips)
    },
  },
  {
    name: 'accounts slip',
    usage: 'NAME [--without-second-factor] [--days N]',
    about: { vi: 'cấp lại phiếu đăng nhập cho một tài khoản và in mã một lần', en: 'issue a new slip for an account and print its one-time code' },
    async run(call) {
      const { words: [account], flag, option, print } = call
      const context = contextOf(call)
      const { slips } = await ask(routesOf(call).issueSlip, { orderId: uuidv7(), personId: await personOf(context, account!), removeSecondFactor: flag('without-second-factor'), ...daysOf(option('days')) }, { context })
      print(slips[0]!.code)
    },
  },
  {
    name: 'accounts import',
    usage: 'FILE.csv [--scheme S] [--dry-run]',
    about: { vi: 'nhập danh sách cán bộ (account,name,unit_code[,title,phone,email,role,until])', en: 'import a list of staff (account,name,unit_code[,title,phone,email,role,until])' },
    async run(call) {
      const { words: [file], option, flag, json, note } = call
      const context = contextOf(call)
      const found = await stat(file!).catch(() => undefined)
      if (!found?.isFile()) throw new Refused({ vi: `Không có tệp ${file}.`, en: `There is no file ${file}.` })
      if (found.size > MAX_STAFF_FILE) throw new Refused({ vi: `Tệp ${file} lớn hơn ${MAX_STAFF_FILE / 1048576} MB.`, en: `The file ${file} is larger than ${MAX_STAFF_FILE / 1048576} MB.` })
      const input = { base64: (await readFile(file!)).toString('base64'), ...(option('scheme') ? { scheme: option('scheme')! } : {}) }
      const { problems, seen, sample: _, ...counts } = await ask(routesOf(call).previewStaff, input, { context })
      for (const { message } of problems.slice(0, SHOWN)) note(message)
      if (problems.length > 0) throw new Refused({ vi: `Tệp có ${problems.length} lỗi: không nhập dòng nào, không có gì thay đổi.`, en: `Errors in the file: ${problems.length}. No line was imported, nothing has changed.` })
      json(flag('dry-run') ? counts : await ask(routesOf(call).importStaff, { ...input, orderId: uuidv7(), seen }, { context }))
    },
  },
  {
    name: 'accounts leave',
    usage: 'NAME [--erase]',
    about: { vi: 'kết thúc một tài khoản; với --erase xóa cả dữ liệu cá nhân', en: 'close an account; with --erase erase its personal data too' },
    async run(call) {
      const { words: [account], flag, note } = call
      const context = contextOf(call)
      const personId = await personOf(context, account!)
      if (flag('erase')) await ask(routesOf(call).erase, { orderId: uuidv7(), personId }, { context })
      else await ask(routesOf(call).leave, { orderId: uuidv7(), personId }, { context })
      note({ vi: `Đã kết thúc tài khoản "${account}".`, en: `Closed the account "${account}".` })
    },
  },
  {
    name: 'accounts forget-secrets',
    usage: '',
    about: { vi: 'khi đã mất khóa mã hóa: bỏ các khóa xác thực hai lớp không còn đọc được; chủ tài khoản bật lại', en: 'the encryption key is lost: drop the second factors’ secrets that it encrypted; their owners set them up anew' },
    async run(call) {
      const { read, side } = contextOf(call)
      call.print(String(await forgetSecrets(read, side, keysOf(call))))
    },
  },
  {
    name: 'accounts sign-out',
    usage: '[NAME] [--all]',
    about: { vi: 'kết thúc mọi phiên và mã truy cập của một tài khoản, hoặc mọi phiên của mọi tài khoản', en: 'end all sessions and tokens of an account, or all sessions of all accounts' },
    async run(call) {
      const { words: [account], flag, print } = call
      const context = contextOf(call)
      if ((account === undefined) !== flag('all')) throw new Refused({ vi: 'Ghi tên một tài khoản, hoặc --all.', en: 'Name one account, or say --all.' })
      const ended = account === undefined ? await endAllSessions(context.side, call.at) : (await ask(routesOf(call).endSessions, { orderId: uuidv7(), personId: await personOf(context, account) }, { context })).ended
      print(String(ended))
    },
  },
]
