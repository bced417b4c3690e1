// A server over a capability of one table, for the tests of the outer kernel: notes of units, of which Ana may read and write those of unit A.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { oc } from '@orpc/contract'
import { implement } from '@orpc/server'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Actor } from '../src/kernel/access.ts'
import type { Decision, Projectors, Recorded } from '../src/kernel/commit.ts'
import { errors, orderId } from '../src/kernel/contract.ts'
import type { Meta } from '../src/kernel/contract.ts'
import { rows } from '../src/kernel/db.ts'
import { fileFacts, fileRefusals, holdFiles } from '../src/kernel/blobs.ts'
import { Refusal } from '../src/kernel/commit.ts'
import { siteOf } from '../src/kernel/http/site.ts'
import { Download } from '../src/kernel/http/download.ts'
import { silent } from '../src/kernel/log.ts'
import type { Logger } from '../src/kernel/log.ts'
import { refusals } from '../src/kernel/rpc.ts'
import type { Context } from '../src/kernel/rpc.ts'
import { freshDb } from '../src/kernel/testing.ts'
import { createServer } from '../src/app/server.ts'
import type { Needs, Server, Wired } from '../src/app/server.ts'

export const UNIT = '0190a000-0000-7000-8000-00000000000a'
export const ELSEWHERE = '0190a000-0000-7000-8000-00000000000b'
export const ana: Actor = { id: '0190a000-0000-7000-8000-0000000000a1', kind: 'person', via: 'session:ana' }
export const ida: Actor = { id: '0190a000-0000-7000-8000-0000000000d1', kind: 'person', via: 'session:ida' }

const Note = z.object({ id: z.uuid(), unitId: z.uuid(), text: z.string(), files: z.array(z.uuid()) })
const noteRefusals = {
  NOTE_CLOSED: { status: 409, message: { vi: 'Ghi chú của đơn vị {unit} đã khóa.', en: 'The notes of unit {unit} are closed.' } },
  FILE_UNKNOWN: fileRefusals.FILE_UNKNOWN,
}
const base = oc.$meta<Partial<Meta>>({}).errors(errors(noteRefusals))
export const contract = {
  notes: {
    add: base.meta({ right: 'note.write', on: 'unit' }).route({ method: 'POST', path: '/units/{unitId}/notes', tags: ['notes'], summary: 'Write a note' })
      .input(z.object({
        orderId, unitId: z.uuid(), text: z.string().trim().min(1).max(20), count: z.int().min(1).max(5).optional(), files: z.array(z.uuid()).max(3).default([]),
        day: z.string().refine((day) => day !== 'never', { params: { vi: 'Ngày phải có thật.', en: 'The day must be a real one.' } }).optional(),
      })).output(Note),
    get: base.meta({ right: 'note.read', on: 'note' }).route({ method: 'GET', path: '/notes/{noteId}', tags: ['notes'] }).input(z.object({ noteId: z.uuid() })).output(Note),
    count: base.meta({ right: 'note.read' }).route({ method: 'GET', path: '/notes/count', tags: ['notes'] }).input(z.object({ q: z.string().optional(), kinds: z.array(z.string()).optional(), n: z.coerce.number().default(1) })).output(z.unknown()),
    csv: base.meta({ right: 'note.read' }).route({ method: 'GET', path: '/notes.csv', tags: ['notes'] }).input(z.object({ rows: z.coerce.number().default(3), break: z.coerce.number().default(0) })).output(z.any()),
    broken: base.meta({ right: 'note.read' }).route({ method: 'POST', path: '/notes/broken', tags: ['notes'] }).input(z.object({ how: z.string() })).output(z.object({ n: z.number() })),
    remind: base.meta({ right: 'note.write' }).route({ method: 'POST', path: '/notes/remind', tags: ['notes'] }).input(z.object({ how: z.string() })).output(z.object({ job: z.string() })),
  },
  doors: {
    ping: base.meta({ right: 'public' }).route({ method: 'GET', path: '/ping', tags: ['doors'] }).input(z.object({})).output(z.object({ actor: z.string() })),
    enter: base.meta({ right: 'public' }).route({ method: 'POST', path: '/sign-in', tags: ['doors'] }).input(z.object({ name: z.string() })).output(z.object({ ok: z.boolean() })),
    leave: base.meta({ right: 'self' }).route({ method: 'POST', path: '/sign-out', tags: ['doors'] }).input(z.object({})).output(z.object({ ok: z.boolean() })),
  },
}

type Written = { type: 'note.written.v1'; id: string; unitId: string; text: string; files: string[] }
const projectors: Projectors = {
  'note.written.v1': [async (write, facts: Recorded<Written>[]) => {
    await sql`insert into notes (id, unit_id, text, files) select x.id, x.unit, x.text, string_to_array(nullif(x.files, ''), ',')::uuid[]
      from unnest(${facts.map((f) => f.fact.id)}::uuid[], ${facts.map((f) => f.fact.unitId)}::uuid[], ${facts.map((f) => f.fact.text)}::text[], ${facts.map((f) => f.fact.files.join(','))}::text[]) x(id, unit, text, files)`.execute(write)
  }],
}
const may = (actor: Actor, unitId: string) => actor.kind !== 'person' || (actor.id === ana.id && unitId === UNIT)

const api = implement(contract).$context<Context>().use(refusals)
const noteRoutes = (needs: Needs) => api.notes.router({
  add: api.notes.add.handler(async ({ input, context: { actor, at, commit } }) => commit({ id: input.orderId, kind: 'note.write.v1', streams: [`unit:${input.unitId}`], subject: `note:${input.orderId}`, body: input }, async (read): Promise<Decision<Written, string, z.infer<typeof Note>>> => {
    if (!may(actor, input.unitId)) return { refused: 'NOT_FOUND' }
    if (input.text === 'closed') return { refused: 'NOTE_CLOSED', data: { unit: 'A' } }
    const files = await fileFacts(read, actor, input.files, `note:${input.orderId}`)
    if (!files) return { refused: 'FILE_UNKNOWN' }
    const note = { id: input.orderId, unitId: input.unitId, text: input.text, files: input.files }
    return { facts: [{ type: 'note.written.v1', ...note }], answer: note, aside: (side) => holdFiles(side, input.files, `note:${note.id}`, at) }
  })),
  get: api.notes.get.handler(async ({ input, context: { actor, read } }) => {
    const [note] = await rows<z.infer<typeof Note>>(read, sql`select id, unit_id as "unitId", text, coalesce(files, '{}') as files from notes where id = ${input.noteId}`)
    if (!note || !may(actor, note.unitId)) throw new Refusal('NOT_FOUND')
    return note
  }),
  count: api.notes.count.handler(({ input }) => input),
  csv: api.notes.csv.handler(({ input }) => new Download({ name: 'ghi chú "đơn vị".csv', type: 'text/csv; charset=utf-8', body: (async function* () {
    for (let i = 0; i < input.rows; i++) {
      if (i === input.break - 1) throw new Error('the database went away')
      yield `dòng ${i}\n`
    }
  })() })),
  broken: api.notes.broken.handler(({ input }) => {
    if (input.how === 'throw') throw Object.assign(new Error('invalid input syntax for type integer: "Mrs Lan, 0912 345 678"'), { code: '22P02', detail: 'Mrs Lan' })
    if (input.how === 'away') throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    if (input.how === 'unnamed') throw new Refusal('NO_SUCH_CODE')
    return { n: 'x' } as never
  }),
  remind: api.notes.remind.handler(async ({ input, context: { actor } }) => ({ job: (await needs.enqueue('notes.remind', { how: input.how }, { askedBy: actor.id, total: 3, attempts: 1 }))! })),
})
const doorRoutes = api.doors.router({
  ping: api.doors.ping.handler(({ context }) => ({ actor: context.actor.id })),
  enter: api.doors.enter.handler(({ context }) => { context.reply?.session('ana-secret', new Date(Date.now() + 3600_000)); return { ok: true } }),
  leave: api.doors.leave.handler(({ context }) => { context.reply?.endSession(); return { ok: true } }),
})

export const wire = (needs: Needs): Wired => ({
  router: { notes: noteRoutes(needs), doors: doorRoutes }, refusals: noteRefusals, cron: {},
  authenticate: ({ session, bearer }) => Promise.resolve(
    session === 'ana-secret' ? { actor: ana } : session === 'ida-secret' ? { actor: ida, lang: 'en' } : bearer === 'ana-token' ? { actor: { ...ana, via: 'token:1', scopes: ['note.read'] } } : undefined),
  mayFollow: { notes: (_, actor, ids) => Promise.resolve(ids.filter((id) => may(actor, id))), load: (_, __, ids) => Promise.resolve(ids) },
  holders: { note: async (read, actor, id) => { const [note] = await rows<{ unit_id: string }>(read, sql`select unit_id from notes where id = ${id}`); return note !== undefined && may(actor, note.unit_id) } },
  works: {
    'notes.remind': async ({ how }: { how: string }, job) => {
      for (let i = 1; i <= 3; i++) { job.results([{ id: String(i), ok: i !== 2, ...(i === 2 ? { code: 'NOTE_CLOSED' } : {}) }]); job.progress(i, 3) }
      if (how === 'fail') throw new Error('Mrs Lan')
    },
  },
})

export type Toy = { server: Server; url: string; db: Awaited<ReturnType<typeof freshDb>>; close: () => Promise<void>; ask: (path: string, options?: Ask) => Promise<Answer> }
export type Ask = { method?: string; body?: unknown; raw?: string | Uint8Array; as?: 'ana' | 'ida' | 'token' | null; headers?: Record<string, string> }
export type Answer = { status: number; headers: Headers; body: Record<string, unknown>; text: string }

/** Starts it on a free port. `ask` sends as a browser on the same site does. */
export async function startToy(options: { publicUrl?: string; dist?: string; log?: Logger; trustProxy?: import('node:net').BlockList; metricsToken?: string; maxFileMb?: number } = {}): Promise<Toy> {
  const db = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }], projectors)
  await sql`create table notes (id uuid primary key, unit_id uuid not null, text text not null, files uuid[])`.execute(db.db)
  const data = mkdtempSync(join(tmpdir(), 'sansang-toy-'))
  const { read, side } = db.as(ana)
  const server = await createServer({
    installation: { data, connect: db.connect, db: db.db, read, side, committer: db.committer }, wire, log: options.log ?? silent, dist: options.dist ?? join(data, 'none'),
    config: { publicUrl: options.publicUrl ? new URL(options.publicUrl) : null, trustProxy: options.trustProxy ?? null, maxFileMb: options.maxFileMb ?? 2, log: 'info', smtpUrl: null, mailFrom: null, host: '127.0.0.1', port: 7700, metricsToken: options.metricsToken ?? null },
  })
  const url = await server.listen(0, '127.0.0.1')
  const { cookie } = siteOf(new URL(server.needs.address))
  return {
    server, url, db,
    close: async () => { await server.close(); rmSync(data, { recursive: true, force: true }) },
    ask: async (path, { method = 'GET', body, raw, as = 'ana', headers = {} } = {}) => {
      const who = as === 'token' ? { authorization: 'Bearer ana-token' } : as ? { cookie: `${cookie}=${as}-secret` } : {}
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const answer = await fetch(url + path, {
        method, redirect: 'manual', ...(sent === undefined ? {} : { body: sent as string }),
        headers: { ...who, 'sec-fetch-site': 'same-origin', 'accept-language': 'en', ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, text, body: /json/.test(answer.headers.get('content-type') ?? '') && text ? JSON.parse(text) as Record<string, unknown> : {} }
    },
  }
}
