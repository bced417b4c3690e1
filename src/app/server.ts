// The web server over an open installation: what wiring brings, behind HTTP, with its jobs and live screens.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyRouter } from '@orpc/server'
import { sql } from 'kysely'
import { behalfOf } from '../kernel/access.ts'
import type { Actor } from '../kernel/access.ts'
import { fileRefusals, openBlobs } from '../kernel/blobs.ts'
import type { Blobs } from '../kernel/blobs.ts'
import type { Commit, Committer } from '../kernel/commit.ts'
import { PROGRAM } from '../kernel/config.ts'
import type { Config } from '../kernel/config.ts'
import type { Refusals } from '../kernel/contract.ts'
import { rows } from '../kernel/db.ts'
import type { Connect, Database, Reader, SideWriter } from '../kernel/db.ts'
import type { Following } from '../kernel/follow.ts'
import { openHttp } from '../kernel/http.ts'
import type { Http } from '../kernel/http.ts'
import type { Opened } from '../kernel/http/api.ts'
import type { Authenticate } from '../kernel/http/askers.ts'
import { endpointsOf } from '../kernel/http/endpoints.ts'
import type { Endpoint } from '../kernel/http/endpoints.ts'
import { openFiles } from '../kernel/http/files.ts'
import type { Holders } from '../kernel/http/files.ts'
import { apiPage, problemPage } from '../kernel/http/pages.ts'
import type { ReadableApi } from '../kernel/http/pages.ts'
import { siteOf } from '../kernel/http/site.ts'
import { enqueue, migrateJobs, openJobs } from '../kernel/jobs.ts'
import type { Enqueue, Works } from '../kernel/jobs.ts'
import { jobsRoutes } from '../kernel/jobs/routes.ts'
import { openKeys } from '../kernel/keys.ts'
import type { Keys } from '../kernel/keys.ts'
import { openSigner } from '../kernel/signing.ts'
import type { Signer } from '../kernel/signing.ts'
import { openHub } from '../kernel/live.ts'
import type { Hub } from '../kernel/live.ts'
import { fault, openLog } from '../kernel/log.ts'
import type { Logger } from '../kernel/log.ts'
import { openMail } from '../kernel/mail.ts'
import type { Mailer } from '../kernel/mail.ts'
import { measureProcess, openMetrics } from '../kernel/metrics.ts'
import type { Metrics } from '../kernel/metrics.ts'
import { serverRefusals } from '../kernel/problem.ts'
import type { Context } from '../kernel/rpc.ts'
import { isUuid } from '../kernel/ids.ts'
import { machineOf } from './machine.ts'
import type { Machine } from './machine.ts'
import { openApiDocument } from './openapi.ts'

/** What a server lends to the capabilities. */
export type Needs = {
  db: Database; read: Reader; side: SideWriter; committer: Committer
  hub: Hub; blobs: Blobs; log: Logger; metrics: Metrics; clock: () => Date
  mail: Mailer | undefined
  /** What encrypts secrets that stand in the database. */
  keys: Keys
  /** What signs packages. */
  signer: Signer
  /** The public address without a slash at the end, for links in mails. */
  address: string
  enqueue: (name: string, payload: object, options?: Enqueue) => Promise<string | undefined>
  /** Webhooks may be sent into the own network. */
  webhookPrivate: boolean
  /** What an administrator sees of the machine, and the copies that may be made from the app. */
  machine: Machine
}

/** What the capabilities bring to a server. */
export type Wired = {
  router: Record<string, AnyRouter>
  refusals: Refusals
  authenticate: Authenticate
  /** By kind of topic (`board` of `board:<id>`): which of these ids may the actor follow? */
  mayFollow: Record<string, (read: Reader, actor: Actor, ids: string[]) => Promise<string[]>>
  /** By kind of record (`task` of `task:<id>`): may the actor read it, and so its files? */
  holders: Holders
  /** May the actor upload a basemap? */
  mayBasemap?: (read: Reader, actor: Actor) => Promise<boolean>
  /** The path of the unit of the first of these streams or subjects that has one. */
  pathOf?: (read: Reader, names: string[]) => Promise<string | undefined>
  works: Works
  cron: Record<string, string>
  /** What was opened on the way. */
  close?: () => void
}

type Set = Partial<Pick<Config, 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcAccountClaim' | 'backupDir' | 'databaseUrl' | 'maxBasemapMb' | 'webhookPrivate'>>

export type ServerOptions = {
  installation: { data: string; connect: Connect; db: Database; read: Reader; side: SideWriter; committer: Committer }
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'maxFileMb' | 'log' | 'smtpUrl' | 'mailFrom' | 'host' | 'port'> & { metricsToken?: string | null; secretKey?: Config['secretKey'] } & Set
  wire: (needs: Needs) => Wired
  /** The followers, once they run; readiness shows how far they are. */
  following?: () => Following | undefined
  dist?: string
  clock?: () => Date
  log?: Logger
}
export type Server = { http: Http; endpoints: Endpoint[]; hub: Hub; needs: Needs; log: Logger; listen: (port: number, host: string) => Promise<string>; close: () => Promise<void> }

export const PROGRAM_VERSION = (JSON.parse(readFileSync(join(PROGRAM, 'package.json'), 'utf8')) as { version: string }).version

export async function createServer(options: ServerOptions): Promise<Server> {
  const { installation, config, wire, following = () => undefined, dist = join(PROGRAM, 'dist/web'), clock = () => new Date(), log = openLog(options.config.log) } = options
  const { db, read, side, committer } = installation
  const publicUrl = config.publicUrl ?? new URL(`http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`)
  const site = siteOf(publicUrl, config.trustProxy)
  const metrics = openMetrics()
  const stopMeasuring = measureProcess(metrics)
  const keys = openKeys(installation.data, config.secretKey)
  const blobs = openBlobs(join(installation.data, 'blobs'), config.maxFileMb * 1048576, keys, (config.maxBasemapMb ?? config.maxFileMb) * 1048576)
  const mail = config.smtpUrl && config.mailFrom ? openMail(config.smtpUrl, config.mailFrom) : undefined

  let mayFollow: Wired['mayFollow'] = {}
  const hub = openHub({ metrics, onError: (error) => log.warn('live.rights', fault(error)), mayFollow: (actor, topics) => allowed(read, mayFollow, actor, topics) })
  const needs: Needs = {
    db, read, side, committer, hub, blobs, log, metrics, clock, mail, keys, signer: openSigner(installation.data), address: site.origin + site.prefix,
    webhookPrivate: config.webhookPrivate === 'yes',
    enqueue: (name, payload, how) => enqueue(db, name, payload, how),
    machine: machineOf(installation, config, { version: PROGRAM_VERSION, startedAt: clock() }, () => following()?.lag() ?? {}, () => hub.connections(), blobs.sealing),
  }
  const wired = wire(needs)
  mayFollow = { ...wired.mayFollow, job: mayFollowJobs }

  const router = { ...wired.router, jobs: jobsRoutes } as AnyRouter
  const endpoints = endpointsOf(router)
  let made: Promise<ReadableApi> | undefined
  const document = () => made ??= openApiDocument(router, endpoints, { version: PROGRAM_VERSION, prefix: site.prefix }) as unknown as Promise<ReadableApi>

  const open = ({ actor: asker, right, lang, at, peer, reply }: Opened): Context => {
    const { stands, ...actor } = asker
    let behalf = stands ? behalfOf(stands, right) : null
    if (behalf) actor.onBehalfOf = behalf
    // Only a deputy who holds the right by own grant elsewhere costs a look at where the order lands.
    const commit: Commit = async (order, decide) => {
      if (behalf === undefined) {
        behalf = behalfOf(stands!, right, await wired.pathOf?.(read, [order.subject ?? '', ...order.streams]) ?? '') ?? null
        if (behalf) actor.onBehalfOf = behalf
      }
      return committer.commit(order, actor, at, decide)
    }
    return { actor, lang, at, peer, reply, read, side, commit }
  }

  await migrateJobs(installation.connect)
  const jobs = await openJobs({
    connect: installation.connect, db, log, clock, onProgress: (id) => hub.publish(`job:${id}`, id, Date.now()),
    works: { ...wired.works, 'files.collect': async (_, { at }) => { await blobs.collect(read, side, at) }, 'files.seal': async (_, { signal }) => sealFiles(blobs, log, signal), 'jobs.forget': async (_, { at }) => forgetJobs(side, at) },
    cron: { ...wired.cron, 'files.collect': '17 * * * *', 'files.seal': '7 19 * * *', 'jobs.forget': '41 2 * * *' },
  })
  // What lies in clear or under an older key, from before this start.
  await enqueue(db, 'files.seal', {}, { key: 'files.seal' })
  gauges(metrics, committer, following)

  const http = openHttp({
    site, log, metrics, endpoints, open, authenticate: wired.authenticate, clock, hub, dist, document, metricsToken: config.metricsToken ?? null,
    files: (answers) => openFiles(blobs, read, side, wired.holders, wired.mayBasemap ?? (async () => false), answers),
    pages: { '/api': apiPage(document, site.prefix), '/problems': problemPage({ ...serverRefusals, ...fileRefusals, ...wired.refusals }, site.prefix) },
    health: async () => {
      await rows(read, sql`select 1`)
      const behind = Object.entries(following()?.lag() ?? {}).filter(([, { failures }]) => failures > 3).map(([name]) => name)
      return { ready: behind.length === 0, ...(behind.length > 0 ? { followers: behind } : {}) }
    },
  })
  return {
    http, endpoints, hub, needs, log, listen: http.listen,
    close: async () => {
      log.info('server.stopping')
      await http.close()
      await jobs.close()
      mail?.close()
      wired.close?.()
      stopMeasuring()
      log.flush()
    },
  }
}

async function sealFiles(blobs: Blobs, log: Logger, stop: AbortSignal): Promise<void> {
  const { sealed, unknown, damaged } = await blobs.seal(stop)
  if (sealed > 0) log.info('files.sealed', { count: sealed })
  for (const [key, count] of Object.entries(unknown)) log.error('files.key_missing', { key, count })
  if (damaged > 0) log.error('files.damaged', { count: damaged })
}

/** Each kind is asked once; a topic of an unknown kind is nobody's. */
async function allowed(read: Reader, by: Wired['mayFollow'], actor: Actor, topics: string[]): Promise<string[]> {
  const kinds = Map.groupBy(topics, (topic) => topic.split(':')[0]!)
  const answers = await Promise.all([...kinds].map(async ([kind, all]) => {
    const ask = Object.hasOwn(by, kind) ? by[kind] : undefined
    if (!ask) return []
    const may = new Set(await ask(read, actor, all.map((topic) => topic.slice(kind.length + 1))))
    return all.filter((topic) => may.has(topic.slice(kind.length + 1)))
  }))
  return answers.flat()
}

const mayFollowJobs: Wired['mayFollow'][string] = async (read, actor, ids) => {
  const uuids = ids.filter((id) => isUuid(id))
  return (await rows<{ id: string }>(read, sql`select id from job_progress where id = any(${uuids}::uuid[]) and asked_by = ${actor.id}`)).map((row) => row.id)
}

const KEEP_JOBS_MS = 30 * 24 * 3600_000
async function forgetJobs(side: SideWriter, at: Date): Promise<void> {
  await side.deleteFrom('job_progress').where('ended_at', '<', new Date(at.getTime() - KEEP_JOBS_MS)).execute()
}

function gauges(metrics: Metrics, { stats }: Committer, following: () => Following | undefined): void {
  for (const [name, help] of [['orders', 'Orders that commit took.'], ['refused', 'Orders that were refused.'], ['groups', 'Transactions they shared.'], ['facts', 'Facts journaled.']] as const) {
    metrics.gauge(`sansang_commit_${name}_total`, help, () => stats[name], 'counter')
  }
  metrics.gauge('sansang_follower_failures', 'Failures in a row, by follower.', () => Object.entries(following()?.lag() ?? {}).map(([follower, { failures }]) => [{ follower }, failures]))
}
