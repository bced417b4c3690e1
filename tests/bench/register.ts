// A register of 100,000 papers and the words of each searched, and 1,000 letters issued one to each unit, on a database of its own that is as durable as a real one.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { paperDrafts } from '../../src/app/paper-drafts/drafts.ts'
import { projectors, schemaFolders } from '../../src/app/wiring.ts'
import { searching } from '../../src/app/wiring/searching.ts'
import { Letter } from '../../src/capabilities/papers/contract/letter.ts'
import { compose } from '../../src/capabilities/papers/decide/compose.ts'
import { papersRoutes } from '../../src/capabilities/papers/routes.ts'
import { openPdf } from '../../src/capabilities/papers/routes/pdf.ts'
import { listPapers } from '../../src/capabilities/papers/store/read.ts'
import { searchesRoutes } from '../../src/capabilities/searches/routes.ts'
import { openSearch } from '../../src/capabilities/units/store/search.ts'
import { OPERATOR } from '../../src/kernel/access.ts'
import { openCommitter } from '../../src/kernel/commit.ts'
import { asReader, asSide, openDatabase, openPool, openReader, rows } from '../../src/kernel/db.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { startEmbedded } from '../../src/kernel/postgres.ts'
import type { Context } from '../../src/kernel/rpc.ts'
import { populate } from '../scene.ts'
import { percentile, round } from './stage.ts'
import type { Figure } from './stage.ts'

const PAPERS = 100_000
const UNITS = 1000
const AT = new Date('2026-11-22T02:00:00Z')

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'sansang-bench-'))
  chmodSync(root, 0o755) // the database may run as another user
  const server = await startEmbedded(root, {})
  const pool = openPool(server.connect, { max: 8 })
  await migrate(pool, schemaFolders)
  const db = openDatabase(pool)
  const committer = openCommitter(pool, projectors, uuidv7())
  const read = openReader(pool)
  const as = (at: Date): Context => ({ actor: OPERATOR, at, lang: 'vi', read, side: asSide(db), commit: (order, decide) => committer.commit(order, OPERATOR, at, decide) })
  const figures: Figure[] = []
  try {
    const person = { head: uuidv7(AT), officer: uuidv7(AT) }
    const csv = ['code,name,kind,parent_code', 'VN,Việt Nam,nation,', '01,Tỉnh Một,province,VN', '02,Tỉnh Hai,province,VN', ...Array.from({ length: UNITS }, (_, i) => `c${i},Xã số ${i},commune,01`)].join('\n')
    const unit = await populate({ db, as: (_: unknown, options: { at?: Date } = {}) => as(options.at ?? AT) } as never, csv, AT, { head: ['01', 'head'], officer: ['c1', 'officer'] }, person)

    // One letter to each unit, then all of them drawn while the zip leaves.
    const routes = papersRoutes(paperDrafts('Asia/Ho_Chi_Minh'))
    const letter = Letter.parse({ kind: 'letter', subject: 'Đôn đốc {đơn vị}', drafter: 'VP', head: { profile: 'state', issuer: 'Ủy ban nhân dân tỉnh Một', short: 'UBND', place: 'Tỉnh Một' }, body: Array.from({ length: 6 }, () => ({ type: 'text', text: 'Đề nghị {đơn vị} khẩn trương thực hiện nhiệm vụ được giao, báo cáo kết quả; việc nào chưa hoàn thành thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành mới.' })), signer: 'Nguyễn Văn A', recipients: ['Như trên'] })
    const send = async (count: number): Promise<{ total: number; issued: number; drawn: number; bytes: number }> => {
      const from = performance.now()
      const { runId, total } = await call(routes.issueEach, { orderId: uuidv7(), unitId: unit['01']!, letter, unitIds: Array.from({ length: count }, (_, i) => unit[`c${i}`]!) } as never, { context: as(AT) })
      const issued = performance.now()
      const { body } = await call(routes.zip, { runId, format: 'pdf' }, { context: as(AT) })
      let bytes = 0
      for await (const part of body as unknown as AsyncIterable<Uint8Array>) bytes += part.length
      return { total, issued: (issued - from) / 1000, drawn: (performance.now() - issued) / 1000, bytes }
    }
    // The first hundred load what draws and its fonts; what grows after them would grow with every further letter.
    const empty = process.memoryUsage.rss()
    await send(100)
    const memory = process.memoryUsage.rss()
    say(`what draws letters and its fonts: ${round((memory - empty) / 1e6)} MB`)
    const { total, issued, drawn: zipped, bytes } = await send(UNITS)
    const seconds = issued + zipped
    say(`${total} letters issued in ${round(issued)} s; drawn into a zip of ${round(bytes / 1e6)} MB in ${round(zipped)} s`)
    const pdf = openPdf()
    const bareFrom = performance.now()
    const sheet = compose(letter, 1)
    for (let n = 0; n < UNITS; n += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => pdf.draw({ ...sheet, head: [], foot: [], flow: [{ style: 'text', text: `Một dòng ${n + i}` }] }, AT)))
    const drawn = (performance.now() - bareFrom) / 1000
    await pdf.close()
    figures.push({ name: '1,000 letters with their numbers, one to each unit, and their PDFs in a zip', figure: round(seconds), unit: 's', baseline: round(drawn), ratio: round(seconds / drawn), aim: '≤ 60 s', ok: seconds <= 60 })
    const grown = (process.memoryUsage.rss() - memory) / 1e6
    figures.push({ name: 'memory that grew over them, after a first hundred', figure: round(grown), unit: 'MB', aim: '≤ 200 MB', ok: grown <= 200 })

    // A third of the papers have the common word, one in a thousand the rare one; half belong to a province that the asker does not see.
    await sql`insert into papers (id, unit_id, keeper_id, way, kind, year, number, written, subject, fold, lang, day_on, received_on, issuer, recorded_by, recorded_at)
      select gen_random_uuid(), u.id, u.id, 'received', 'plan', 2000 + n / 20000, 10 + n, n || '/KH-CAT', 'Văn bản ' || n,
        case when n % 3 = 0 then 'bao dam an toan ' else 'ke hoach ' end || case when n % 1000 = 0 then 'tuan tra kenh rach ' else 'cong tac ' end || md5(n::text) || ' ' || n || '/kh-cat', 'vi', date '2026-01-01', date '2026-01-01', 'Công an', ${OPERATOR.id}::uuid, timestamptz '2026-01-01' + n * interval '1 minute'
      from generate_series(1, ${PAPERS}::int) n cross join lateral (select case when n % 2 = 0 then ${unit['01']!}::uuid else ${unit['02']!}::uuid end as id) u`.execute(db)
    await sql`vacuum analyze papers`.execute(db)
    const median = async (asked: object, who: keyof typeof person = 'head'): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 25; i++) { const at = performance.now(); await listPapers(read, { id: person[who], kind: 'person' }, { limit: 50, ...asked } as never, 'vi'); if (i >= 5) times.push(performance.now() - at) }
      return percentile(times, 0.5)
    }
    const bare: number[] = []
    for (let i = 0; i < 25; i++) { const at = performance.now(); await rows(asReader(db), sql`select id from papers order by recorded_at desc, id desc limit 50`); bare.push(performance.now() - at) }
    const baseline = percentile(bare, 0.5)
    for (const [name, asked, who] of [['the first page of a commune', {}, 'officer'], ['a common word in a commune', { q: 'an toàn' }, 'officer'], ['the first page', {}], ['a rare word', { q: 'tuần tra kênh' }], ['a word that a third have', { q: 'an toàn' }], ['a word that all have', { q: 'KH-CAT' }], ['a common and a rare word', { q: 'an toàn kênh' }], ['a number', { q: '4321/KH' }], ['a word that none has', { q: 'khongco' }], ['a common word, in one year and kind', { q: 'an toàn', year: 2002, kind: 'plan' }]] as const) {
      const ms = await median(asked, who)
      figures.push({ name: `a register of 100,000, ${name}`, figure: round(ms), unit: 'ms', baseline: round(baseline), ratio: round(ms / baseline), aim: '≤ 50 ms', ok: ms <= 50 })
    }

    // The words of all of them, as they are kept; searched over everything at once, beside the index alone without rights.
    await sql`insert into private_texts (id, subject, purpose, retention, until, salt, text)
      select overlay(md5(id::text) placing '7' from 13)::uuid, 'paper:' || id, 'paper', 'record', timestamptz '2046-01-01', decode(md5(id::text), 'hex'),
        '{"body":[{"type":"text","text":"Đề nghị các đơn vị khẩn trương thực hiện nhiệm vụ được giao ' || case when number % 3 = 0 then 'bảo đảm an toàn ' else 'theo kế hoạch ' end || case when number % 1000 = 0 then 'trên kênh rạch ' else 'trên địa bàn ' end || md5(number::text) || '"}]}'
      from papers where way = 'received'`.execute(db)
    await sql`vacuum analyze private_texts`.execute(db)
    const search = searchesRoutes(searching(openSearch(), 'Asia/Ho_Chi_Minh'))
    const timed = async (ask: () => Promise<unknown>): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 15; i++) { const at = performance.now(); await ask(); if (i >= 5) times.push(performance.now() - at) }
      return percentile(times, 0.5)
    }
    for (const [name, q, words] of [['a rare word', 'kênh rạch', 'kenh:* & rach:*'], ['a word that a third have', 'bảo đảm', 'bao:* & dam:*'], ['a word that all have', 'khẩn trương', 'khan:* & truong:*'], ['a word that none has', 'khongco', 'khongco:*']] as const) {
      const plain = await timed(() => rows(asReader(db), sql`select id from private_texts where text is not null and to_tsvector('pg_catalog.simple', folded(written(text))) @@ to_tsquery('pg_catalog.simple', ${words}) limit 20`))
      for (const [where, only, who] of [['the words inside 100,000 papers', 'text', 'head'], ['the same, asked by a commune that may read none of them', 'text', 'officer'], ['everything at once, with 100,000 papers', undefined, 'head']] as const) {
        const ms = await timed(() => call(search.find, { q, limit: 10, ...(only ? { of: only } : {}) } as never, { context: { ...as(AT), actor: { id: person[who], kind: 'person' } } }))
        figures.push({ name: `${where}, ${name}`, figure: round(ms), unit: 'ms', baseline: round(plain), ratio: round(ms / plain), aim: '≤ 50 ms', ok: ms <= 50 })
      }
    }
  } finally {
    await committer.close()
    await pool.end()
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
  return figures
}
