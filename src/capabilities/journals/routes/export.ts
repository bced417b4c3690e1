// A copy of the record that proves itself, streamed.
import type { Actor } from '../../../kernel/access.ts'
import type { Reader } from '../../../kernel/db.ts'
import { readJournal } from '../../../kernel/journal.ts'
import type { Line } from '../../../kernel/journal.ts'
import type { Places } from '../contract.ts'
import { knownLines } from '../store/known.ts'
import { allAnchors, beginsAt, headsOf, placesOf, withinReach } from '../store.ts'
import type { Reach } from '../store.ts'

const whole = (l: Line): string => JSON.stringify({
  position: l.position, stream: l.stream, seq: l.seq, subject: l.subject, type: l.type, orderId: l.order_id, orderKind: l.order_kind, origin: l.origin,
  claimedAt: l.claimed_at, recordedAt: l.recorded_at, actorId: l.actor_id, onBehalfOf: l.on_behalf_of, told: l.told, toldHow: l.told_how, via: l.via, cause: l.cause,
  body: l.body, prevHash: l.prev_hash.toString('hex'), hash: l.hash.toString('hex'),
})

const HASH = 'sha256 over JSON [prevHash, stream, seq, position, subject, type, orderId, orderKind, origin, claimedAt, recordedAt, actorId, onBehalfOf, told, toldHow, via, cause, body]'
/** In the file itself, for whoever gets it years from now. */
const HOW = {
  vi: ['Mỗi dòng là một bản ghi. Tính SHA-256 của mảng JSON nêu ở “hash” (không khoảng trắng, thời điểm dạng ISO, giá trị trống là null): phải bằng “hash” của dòng đó.', '“prevHash” phải bằng “hash” của dòng liền trước cùng “stream” (seq nhỏ hơn 1); dòng đầu chuỗi có prevHash toàn số 0. Bản xuất có lọc thì chuỗi có thể thiếu dòng ở giữa: khi đó chỉ chứng minh được từng dòng.',
    'Dòng cuối tệp có “heads”: hash cuối cùng của mỗi chuỗi, và “anchors”: mốc niêm phong từng ngày. hash của mốc = SHA-256 của hash mốc trước (rỗng nếu là mốc đầu), xuống dòng, rồi “heads” của mốc đó.', 'So mốc với bản đã in hoặc gửi ra ngoài máy này (lệnh sansang anchor): trùng nghĩa là không ai sửa gì trước ngày đó.'],
  en: ['Each line is one record. SHA-256 of the JSON array named in “hash” (no spaces, moments in ISO form, what is missing is null) must equal the line’s “hash”.', '“prevHash” must equal the “hash” of the line before it in the same “stream” (seq less one); the first has zeros. A filtered copy may leave lines out in between: then each line is proven by itself only.',
    'The last line has “heads”: the last hash of each stream, and “anchors”, one a day. An anchor’s hash = SHA-256 of the hash of the one before (empty for the first), a line feed, then its “heads”.', 'Hold the anchors against those printed or sent off this machine (sansang anchor): if they agree, nobody changed anything before that day.'],
}

export type Asked = { from?: string | undefined; until?: string | undefined; type?: string | undefined; actorId?: string | undefined; subject?: string | undefined }

/** What it is and how to check it, the lines in the order of the record, then the proof: the head of each stream in it, and every anchor with the heads it hashes. */
export async function* exported(read: Reader, actor: Actor, reach: Reach, under: string | undefined, asked: Asked, places: Places, at: Date, about?: (before: number | null) => Promise<Line[]>): AsyncGenerator<string> {
  const { from, until, type, actorId, subject } = asked
  yield `${JSON.stringify({ format: 'sansang-journal', version: 1, exportedAt: at, from: from ?? null, until: until ?? null, filter: { type: type ?? null, actorId: actorId ?? null, subject: subject ?? null }, hash: HASH, howToCheck: HOW })}\n`
  const streams = new Set<string>()
  let count = 0
  const fits = (l: Line): boolean => (!from || l.recorded_at >= new Date(from)) && (!until || l.recorded_at < new Date(until)) && (!type || type.split(',').some((one) => l.type.startsWith(one))) && (!actorId || l.actor_id === actorId || l.on_behalf_of === actorId)
  for await (const part of about ? ofOne(about) : readJournal(read, from ? await beginsAt(read, from) : 0)) {
    const wanted = part.filter(fits)
    const units = await placesOf(read, wanted.map((l) => l.stream), places)
    const may = await withinReach(read, reach, units.values(), under)
    const lines = await knownLines(read, actor, 'journal.export', wanted.filter((l) => may(units.get(l.stream) ?? null)))
    for (const l of lines) streams.add(l.stream)
    count += lines.length
    if (lines.length > 0) yield `${lines.map(whole).join('\n')}\n`
  }
  const heads = await headsOf(read, [...streams])
  yield `${JSON.stringify({ lines: count, heads, anchors: await allAnchors(read) })}\n`
}

/** The lines about one thing, oldest first: they come newest first, and are few. */
async function* ofOne(about: (before: number | null) => Promise<Line[]>): AsyncGenerator<Line[]> {
  const lines: Line[] = []
  for (let before: number | null = null; ;) {
    const part = await about(before)
    if (part.length === 0) break
    lines.push(...part)
    before = part.at(-1)!.position
  }
  yield lines.reverse()
}
