// All files of a period as one zip that is read while it leaves, a folder for each unit. Each file goes by the rule of its single download: the right to it, and the reader's mark where it is graded.
import { ReadableStream as Stream } from 'node:stream/web'
import { refusedFile } from '../../../kernel/blobs.ts'
import type { Blobs } from '../../../kernel/blobs.ts'
import { zipped } from '../../../kernel/blobs/zip-write.ts'
import type { ZipFile } from '../../../kernel/blobs/zip-write.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { sentence } from '../../../kernel/contract.ts'
import type { Holders } from '../../../kernel/http/files.ts'
import { Refusal } from '../../../kernel/order.ts'
import { ProblemError } from '../../../kernel/problem.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Form } from '../contract/form.ts'
import { filesOf } from '../store/rollup.ts'
import type { ExportRow, HeldFile } from '../store/rollup.ts'
import { GONE, heldBy, pagesOf } from './files.ts'
import type { Asked, File_ } from './files.ts'

export type Leaving = { blobs: () => Blobs; may: Holders[string] }

const MB = 1024 * 1024
/** A zip without Zip64 ends at 4 GB; a file that is marked may grow. */
const MOST = { files: 10_000, bytes: 2048 * MB }
const MOST_FOLDER = 90
type Count = { files: number; bytes: number }
export const fits = ({ files, bytes }: Count): boolean => files <= MOST.files && bytes <= MOST.bytes

const LEFT_OUT: Record<Lang, { name: string; head: string }> = {
  vi: { name: 'Tệp không kèm được.txt', head: 'Những tệp sau có trong báo cáo nhưng không có trong tệp nén này:' },
  en: { name: 'Files left out.txt', head: 'These files stand in the reports but not in this zip:' },
}

export function zipOf(c: Context, form: Form, asked: Asked, count: Count, leaving: Leaving | undefined): File_ {
  if (count.files === 0 || !leaving) throw new Refusal('NO_FILES')
  if (!fits(count)) throw new Refusal('FILES_MANY', { files: count.files, mb: Math.ceil(count.bytes / MB), mostFiles: MOST.files, mostMb: MOST.bytes / MB })
  return {
    headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${c.lang === 'vi' ? 'tep-bao-cao' : 'report-files'}-${asked.on}.zip"`, 'cache-control': 'no-store' },
    body: Stream.from(zipped(files(c, form, asked, leaving))) as unknown as ReadableStream<Uint8Array>,
  }
}

async function* files(c: Context, form: Form, asked: Asked, leaving: Leaving): AsyncGenerator<ZipFile> {
  const out: string[] = []
  const taken = new Set<string>()
  for await (const page of pagesOf(c, asked)) {
    const held = heldBy(form, page, c.lang)
    if (held.length === 0) continue
    const known = await filesOf(c.read, held.map(({ id, row }) => ({ id, reportId: row.id })))
    for (const { id, of, row } of held) {
      const file = known.get(id)
      const got = await bytesOf(c, row, id, file, leaving)
      if (typeof got === 'string') { out.push(`${folderOf(row)} · ${of} · ${file ? `${file.name}: ` : ''}${got}`); continue }
      yield { name: onceOnly(taken, folderOf(row), got.name), bytes: got.bytes, at: file!.at }
    }
  }
  const { name, head } = LEFT_OUT[c.lang]
  if (out.length > 0) yield { name, bytes: Buffer.from(`\ufeff${[head, ...out].join('\r\n')}\r\n`, 'utf8'), at: c.at, pack: true }
}

/** The file as it may leave, or the sentence why it does not: one that is lost must not cost the others. */
async function bytesOf(c: Context, row: ExportRow, id: string, file: HeldFile | undefined, { blobs, may }: Leaving): Promise<{ name: string; bytes: Uint8Array } | string> {
  const allowed = file && await may(c.read, c.actor, row.id, { id, side: c.side, at: c.at, lang: c.lang })
  if (!allowed) return GONE[c.lang]
  try {
    const parts: Buffer[] = []
    for await (const part of await blobs().open(file.sha256)) parts.push(part)
    const bytes = Buffer.concat(parts)
    if (allowed === true) return { name: file.name, bytes }
    return { name: file.name.replace(/(\.\w+)?$/, '.pdf'), bytes: await allowed(bytes, file.type).catch(() => { throw refusedFile('FILE_UNMARKABLE') }) }
  } catch (error) {
    const { text, data } = error instanceof ProblemError ? error : refusedFile('FILE_LOST')
    return sentence(text, c.lang, data)
  }
}

/** By code, so that folders stand as the tree lists them; without what a file system takes for its own. */
const folderOf = ({ code, name }: ExportRow): string => `${code} ${name}`.replaceAll(/[/\\:*?"<>|]/g, '-').slice(0, MOST_FOLDER).replace(/[. ]+$/, '')
function onceOnly(taken: Set<string>, folder: string, name: string): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/i.exec(name) ?? []
  for (let n = 1; ; n++) {
    const one = `${folder}/${stem}${n === 1 ? '' : ` (${n})`}${ending}`
    if (!taken.has(one.toLowerCase())) { taken.add(one.toLowerCase()); return one }
  }
}
