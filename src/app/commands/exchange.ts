// Packages from the command line: one out, one in, and the public key that others register.
import { createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MakePackage } from '../../capabilities/exchanges/contract.ts'
import { CHOICES, MOST_BYTES } from '../../capabilities/exchanges/contract/package.ts'
import { ownKey } from '../../capabilities/exchanges/routes/keys.ts'
import { make } from '../../capabilities/exchanges/routes/make.ts'
import type { ExchangesNeeds } from '../../capabilities/exchanges/routes/needs.ts'
import { receive, tried } from '../../capabilities/exchanges/routes/receive.ts'
import { take } from '../../capabilities/exchanges/routes/take.ts'
import { showPackage } from '../../capabilities/exchanges/store/read.ts'
import { unitByCode } from '../../capabilities/units/store/handover.ts'
import { fileOf, openBlobs } from '../../kernel/blobs.ts'
import { openKeys } from '../../kernel/keys.ts'
import { Refused } from '../../kernel/config.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { openSigner } from '../../kernel/signing.ts'
import { isDay } from '../../pure/calendar.ts'
import type { Call, Command } from '../commands.ts'
import { exchanging } from '../exchanging.ts'
import { PROGRAM_VERSION } from '../server.ts'
import { refusals } from '../wiring.ts'
import { ZONE } from '../../kernel/zone.ts'

/** Without a queue: a command waits for what it began. */
function needsOf({ installation, config }: Call): ExchangesNeeds {
  const [blobs, signer] = [openBlobs(join(installation.data, 'blobs'), config.maxFileMb * 1048576, openKeys(installation.data, config.secretKey)), openSigner(installation.data)]
  return { ...exchanging(ZONE), zone: ZONE, program: PROGRAM_VERSION, origin: () => Promise.resolve(installation.origin), signer: () => signer, blobs: () => blobs }
}

async function unitOf({ installation, option }: Call): Promise<string> {
  const [code, scheme] = [option('unit')!, option('scheme')]
  const id = await unitByCode(installation.read, code, scheme, 'standing')
  if (!id) throw new Refused({ vi: `Không có đơn vị mã ${code}.`, en: `There is no unit ${code}.` })
  return id
}
function dayOf({ option }: Call, name: string): string | null {
  const day = option(name) ?? null
  if (day !== null && !isDay(day)) throw new Refused({ vi: `--${name} "${day}" không phải ngày; ghi như 2025-07-01.`, en: `--${name} "${day}" is not a day; write it as 2025-07-01.` })
  return day
}

export const commands: Command[] = [
  {
    name: 'exchange export',
    usage: '--unit CODE --out FILE [--scheme S] [--only KINDS] [--programme CODE] [--from DATE] [--until DATE] [--purpose TEXT] [--without-files] [--json]',
    about: { vi: 'lập gói trao đổi có chữ ký của một đơn vị và cấp dưới (KINDS: tasks,reports,plans)', en: 'make a signed exchange package of a unit and what is below it (KINDS: tasks,reports,plans)' },
    async run(call) {
      const { installation, option, flag, at, lang, print, json } = call
      const out = option('out')!
      if (await stat(out).catch(() => undefined)) throw new Refused({ vi: `Đã có tệp ${out}. Chọn tên khác.`, en: `The file ${out} exists. Choose another name.` })
      const choices = option('only')?.split(',').map((one) => one.trim()) ?? [...CHOICES]
      const wrong = choices.find((one) => !(CHOICES as readonly string[]).includes(one))
      if (wrong !== undefined) throw new Refused({ vi: `--only "${wrong}" không hợp lệ; dùng ${CHOICES.join(', ')}.`, en: `--only "${wrong}" is not valid; use ${CHOICES.join(', ')}.` })
      const [needs, context] = [needsOf(call), installation.context(at, lang)]
      const { packageId } = await make(needs, context, MakePackage.parse({ orderId: uuidv7(at), unitId: await unitOf(call), choices, programme: option('programme') ?? null, from: dayOf(call, 'from'), until: dayOf(call, 'until'), files: !flag('without-files'), purpose: option('purpose') ?? null }))
      const made = (await showPackage(installation.read, context.actor, packageId))!
      const file = (await fileOf(installation.read, made.fileId!))!
      // Beside it first: what bears the name is whole.
      try {
        await pipeline(await needs.blobs().open(file.sha256), createWriteStream(`${out}.part`, { flags: 'wx', mode: 0o600 }))
        await rename(`${out}.part`, out)
      } catch (error) {
        await rm(`${out}.part`, { force: true })
        throw error
      }
      if (flag('json')) return json({ packageId, counts: made.counts, hash: made.hash, bytes: made.size, file: out })
      const c = made.counts
      print(lang === 'vi' ? `Đã lập ${out}: ${c.task} nhiệm vụ, ${c.work} kết quả, ${c.report} báo cáo, ${c.plan} kế hoạch, ${c.files} tệp. Mã kiểm tra bản kê ${made.hash}` : `Made ${out}: tasks ${c.task}, results ${c.work}, reports ${c.report}, plans ${c.plan}, files ${c.files}. Hash of the manifest ${made.hash}`)
    },
  },
  {
    name: 'exchange import',
    usage: 'FILE --unit CODE [--scheme S] [--dry-run] [--json]',
    about: { vi: 'kiểm tra gói trao đổi và nhập cho một đơn vị; --dry-run chỉ xem sẽ làm gì', en: 'check an exchange package and take it in for a unit; --dry-run only says what it would do' },
    async run(call) {
      const { installation, words, flag, at, lang, print, json, note } = call
      const path = words[0]!
      const found = await stat(path).catch(() => undefined)
      if (!found?.isFile()) throw new Refused({ vi: `Không có tệp ${path}.`, en: `There is no file ${path}.` })
      if (found.size > MOST_BYTES) throw new Refused({ vi: `${path} lớn hơn ${MOST_BYTES / 1048576} MB nên không mở.`, en: `${path} is larger than ${MOST_BYTES / 1048576} MB and is not opened.` })
      const [needs, context, bytes] = [needsOf(call), installation.context(at, lang), await readFile(path)]
      if (flag('dry-run')) {
        const { counts, items } = await tried(needs, context, await unitOf(call), bytes)
        if (flag('json')) return json({ counts, items })
        for (const one of items) if (one.verdict === 'refused') note(`${one.title}: ${one.why ?? ''}`)
        return print(lang === 'vi' ? `Mới ${counts.new}, thay đổi ${counts.changed}, đã có ${counts.here}, không nhận ${counts.refused}. Chỉ xem trước: chưa có gì thay đổi.` : `New ${counts.new}, changed ${counts.changed}, here already ${counts.here}, not taken ${counts.refused}. A preview only: nothing has changed.`)
      }
      const stored = await needs.blobs().store(context.read, context.side, context.actor, at, basename(path), (async function* () { yield bytes })())
      const { packageId } = await receive(needs, context, { orderId: uuidv7(at), unitId: await unitOf(call), fileId: stored.id })
      const { results } = await take(needs, context, { orderId: uuidv7(at), packageId }, refusals)
      for (const one of results) note(one.message ?? one.code ?? one.id)
      const { taken } = (await showPackage(installation.read, context.actor, packageId))!
      if (flag('json')) json({ packageId, ...taken, results })
      else print(lang === 'vi' ? `Nhận ${taken!.taken}, đã có ${taken!.here}, không nhận ${taken!.refused}.` : `Taken ${taken!.taken}, here already ${taken!.here}, not taken ${taken!.refused}.`)
    },
  },
  {
    name: 'exchange key',
    usage: '[--json]',
    about: { vi: 'in khóa công khai của hệ thống này và dấu vân khóa, để nơi khác đăng ký', en: 'print the public key of this installation and its fingerprint, for others to register' },
    async run(call) {
      const own = await ownKey(needsOf(call), call.installation.context(call.at, call.lang))
      if (call.flag('json')) call.json(own)
      else for (const line of [own.line, own.fingerprint]) call.print(line)
    },
  },
]
