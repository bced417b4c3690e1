// How the system is, and what an administrator does about it: copies, a check of the journal, jobs that failed.
import { Refusal } from '../../../kernel/commit.ts'
import type { Decision } from '../../../kernel/commit.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import { Download } from '../../../kernel/http/download.ts'
import type { Job, Works } from '../../../kernel/jobs.ts'
import { verifyJournal } from '../../../kernel/journal.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { BackupDeleted, BackupMade, Health, JournalVerified, SettingsRefused } from '../contract.ts'
import { backupName } from '../decide.ts'
import { backupOf, databaseFacts, followersBehind, isRunning, lastVerified, listBackups, mayManage } from '../store.ts'
import { STREAM, api, must } from './api.ts'
import type { Needs } from './api.ts'
import { diskOf } from './disk.ts'
import { isUuid } from '../../../kernel/ids.ts'

const BACK_UP = 'settings.backup'
const VERIFY = 'settings.verify'
const MAIL_PATIENCE_MS = 3000

async function begin(needs: Needs, context: Context, name: string): Promise<{ jobId: string }> {
  await must(context)
  if (await isRunning(context.read, name, needs.program.startedAt)) throw new Refusal('BUSY_ALREADY')
  return { jobId: (await needs.enqueue(name, { by: context.actor.id }, { askedBy: context.actor.id, attempts: 1, queue: name }))! }
}

type Asked = { by: string }
/** As whoever asked for it: who made a copy of everything stands in the journal. */
export const careWorks = (needs: Needs, read: Reader): Works => ({
  [BACK_UP]: async ({ by }: Asked, job: Job) => {
    const name = backupName(job.at)
    const made = await needs.backups.make(name, job.at, (parts, of) => job.progress(parts, of))
    const fact: BackupMade = { type: 'backup.made.v1', backupId: uuidv7(job.at), name, ...made }
    await needs.commitAs({ id: by, kind: 'person' }, job.at)({ id: uuidv7(job.at), kind: 'backup.make.v1', streams: [STREAM], body: { name } }, async () => ({ facts: [fact] }))
  },
  [VERIFY]: async ({ by }: Asked, job: Job) => {
    const [{ lines }, found] = [await databaseFacts(read), await verifyJournal(read, (done) => { if (job.signal.aborted) throw new Error('the server stops'); job.progress(done) })]
    job.progress(found.lines, Math.max(lines, found.lines))
    const fact: JournalVerified = { type: 'journal.verified.v1', lines: found.lines, streams: found.streams, anchors: found.anchors, broken: found.broken.length, first: found.broken[0]?.stream ?? null }
    await needs.commitAs({ id: by, kind: 'person' }, job.at)({ id: uuidv7(job.at), kind: 'journal.verify.v1', streams: [STREAM], body: fact }, async () => ({ facts: [fact] }))
  },
} as Works)

async function newestThere(needs: Needs, read: Reader): Promise<string | undefined> {
  for (let before: { at: string; id: string } | undefined; ;) {
    const page = await listBackups(read, before, 50)
    const whole = page.find((one) => needs.backups.there(one.name))
    if (whole || page.length < 50) return whole?.id
    before = { at: page.at(-1)!.at, id: page.at(-1)!.id }
  }
}

export const careRoutes = (needs: Needs) => ({
  health: api.health.handler(async ({ context }): Promise<Health> => {
    await must(context)
    const { read, at } = context
    const { program, backups } = needs
    const mail = await needs.mail(read)
    const [facts, behind, queue, verified, [last], disk, answers, waiting] = await Promise.all([
      databaseFacts(read), followersBehind(read), needs.queue.now(), lastVerified(read), listBackups(read, undefined, 1), diskOf(program.data, backups.folder),
      mail ? Promise.race([mail.mailer?.check() ?? false, new Promise<false>((no) => { setTimeout(no, MAIL_PATIENCE_MS, false).unref() })]) : null, mail ? needs.mailsWaiting(read, at) : null,
    ])
    const running = needs.followers()
    const sealing = needs.sealing()
    return {
      asOf: at.toISOString(), program: program.version, startedAt: program.startedAt.toISOString(), node: process.version,
      database: { version: facts.version, bytes: facts.bytes, own: program.own },
      journal: {
        lines: facts.lines, lastAt: facts.lastAt?.toISOString() ?? null, anchor: facts.anchor,
        verified: verified ? { at: verified.at.toISOString(), by: { id: verified.byId, name: verified.byName }, lines: verified.lines, streams: verified.streams, broken: verified.broken, first: verified.first } : null,
      },
      storage: { data: program.data, blobs: { count: facts.blobs, bytes: facts.blobBytes, lost: Object.entries(sealing?.unknown ?? {}).map(([key, count]) => ({ key, count })), damaged: sealing?.damaged ?? 0 }, disk: disk.space },
      backups: { folder: backups.folder, sameDisk: disk.same, last: [last?.at, backups.byCommand()].filter((one) => one !== undefined).toSorted().at(-1) ?? null },
      jobs: { ...queue.counts, listed: queue.listed.map((job) => ({ ...job, at: job.at.toISOString() })) },
      followers: behind.map(({ name, behind: lines }) => ({ name, behind: lines, failures: running[name]?.failures ?? 0, lastAt: running[name]?.lastAt?.toISOString() ?? null })),
      live: needs.live(), mail: { on: mail !== undefined, answers, waiting },
    }
  }),

  verifyJournal: api.verifyJournal.handler(({ context }) => begin(needs, context, VERIFY)),
  backUp: api.backUp.handler(({ context }) => begin(needs, context, BACK_UP)),

  backups: api.backups.handler(async ({ input, context }) => {
    await must(context)
    const [at, id] = (input.cursor ?? '').split(' ')
    const found = await listBackups(context.read, id && at && isUuid(id) && !Number.isNaN(Date.parse(at)) ? { at, id } : undefined, input.limit + 1)
    const items = found.slice(0, input.limit)
    const last = items.at(-1)
    return { items: items.map((one) => ({ ...one, there: needs.backups.there(one.name) })), next: found.length > input.limit && last ? `${last.at} ${last.id}` : null, asOf: context.at.toISOString() }
  }),

  downloadBackup: api.downloadBackup.handler(async ({ input, context }) => {
    await must(context)
    if (!(await needs.isFresh(context))) throw new Refusal('SIGN_IN_AGAIN')
    const found = await backupOf(context.read, input.backupId)
    if (!found) throw new Refusal('NOT_FOUND')
    if (!needs.backups.there(found.name)) throw new Refusal('BACKUP_GONE')
    return new Download({ name: `${found.name}.tar`, type: 'application/x-tar', body: needs.backups.open(found.name) })
  }),

  deleteBackup: api.deleteBackup.handler(async ({ input, context }) => {
    await must(context)
    const { actor, read, commit } = context
    const found = await backupOf(read, input.backupId)
    // The newest that is whole can never go, so that no two who delete at once can leave none.
    if (found && (await newestThere(needs, read)) === found.id) throw new Refusal('BACKUP_LAST')
    if (found && !(await needs.isFresh(context))) throw new Refusal('SIGN_IN_AGAIN')
    // First the folder: should the line fail, the copy is listed as gone and can be deleted again.
    if (found) await needs.backups.remove(found.name)
    return commit<{ name: string }>({ id: input.orderId, kind: 'backup.delete.v1', streams: [STREAM], body: input, told: input.told }, async (now): Promise<Decision<BackupDeleted, SettingsRefused, { name: string }>> => {
      if (!(await mayManage(now, actor))) return { refused: 'FORBIDDEN' }
      const one = await backupOf(now, input.backupId)
      return one ? { facts: [{ type: 'backup.deleted.v1', backupId: one.id, name: one.name }], answer: { name: one.name } } : { refused: 'NOT_FOUND' }
    })
  }),

  retryJob: api.retryJob.handler(async ({ input, context }) => {
    await must(context)
    if (!(await needs.queue.retry(input.jobId))) throw new Refusal('NOT_FOUND')
    return {}
  }),
})
