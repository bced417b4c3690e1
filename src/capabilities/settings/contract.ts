// What belongs to the whole installation: its language, its identity provider, its copies, and how it is. For administrators of the whole tree alone.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Instant, Lang, Text, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { GRADES } from '../../pure/grades.ts'
import { settingsRefusals } from './contract/refusals.ts'

import { ChangeDays, DaysEffect, OwnDays, PreviewDays } from './contract/days.ts'

export { settingsRefusals } from './contract/refusals.ts'
export type { SettingsRefused } from './contract/refusals.ts'
export { settingsStories } from './contract/facts.ts'
export type * from './contract/facts.ts'

/** Counted on every root of the tree: these are the installation's, not a unit's. */
export const settingsRights = ['installation.manage'] as const

const Who = z.object({ id: z.uuid(), name: z.string().nullable() })
const Line = z.string().trim().min(1).max(200)
const change = { ...order, expectedVersion: z.int().min(0) }

/** https, or http on this machine itself; without a query. */
const Issuer = z.url({ protocol: /^https?$/ }).max(400)
export const Match = z.enum(['email', 'account'])
/** `secret` left out: the one of before stays. `claim` counts where `match` is `account`. */
export const ConnectProvider = z.object({
  ...change, issuer: Issuer, clientId: Line, secret: z.string().trim().min(1).max(400).optional(), scopes: z.string().trim().regex(/^[\w:./-]+( [\w:./-]+)*$/).max(200).default('openid email profile'), match: Match.default('email'),
  claim: z.string().trim().regex(/^[\w:./-]+$/).max(80).default('preferred_username'), name: z.string().trim().max(60).default(''),
})
export type ConnectProvider = z.infer<typeof ConnectProvider>
/** `from`: set here, or by the server's own variables, which go before. `secret`: kept, none, or kept under a key that is gone. */
const ProviderState = z.object({ issuer: z.string(), clientId: z.string(), scopes: z.string(), match: Match, claim: z.string(), name: z.string().nullable(), secret: z.enum(['kept', 'none', 'lost']), from: z.enum(['settings', 'environment']) })

/** Over TLS from the start (465), upgraded before anything is said (587), or on this very machine without. `user` empty: the server asks for nobody. `password` left out: the one of before stays. */
export const ConnectMail = z.object({
  ...change, host: z.string().trim().toLowerCase().max(253).regex(/^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/), port: z.int().min(1).max(65_535), tls: z.enum(['implicit', 'starttls', 'none']),
  user: z.string().trim().max(200).default(''), password: z.string().min(1).max(400).optional(), fromName: z.string().trim().regex(/^[^<>"\r\n]*$/).max(80).default(''), fromAddress: z.email().max(200),
})
export type ConnectMail = z.infer<typeof ConnectMail>
/** `set`: what an administrator set here, with `password` kept, none, or kept under a key that is gone; it sends nothing while it is lost. */
const MailState = z.object({
  on: z.boolean(), from: z.string().nullable(), server: z.string().nullable(), by: z.enum(['settings', 'environment']).nullable(),
  set: z.object({ host: z.string(), port: z.int(), tls: z.enum(['implicit', 'starttls', 'none']), user: z.string(), fromName: z.string(), fromAddress: z.string(), password: z.enum(['kept', 'none', 'lost']) }).nullable(),
})

export const Backup = z.object({ id: z.uuid(), name: z.string(), at: Instant, by: Who, bytes: z.int(), files: z.int(), lines: z.int(), sha256: z.string(), /** Still lies in the folder. */ there: z.boolean() })
export type Backup = z.infer<typeof Backup>
export const Period = z.enum(['task', 'record', 'programme', 'paper', 'plan', 'plan_remark', 'proposal', 'report', 'meeting', 'access_log'])
const period = { class: Period, years: z.int().min(1).max(100) }
const Holiday = z.object({ day: z.iso.date(), name: Text, work: z.boolean() })

export const SettingsNow = z.object({
  version: z.int(), lang: Lang, /** The highest grade whose content may lie here. */ ceiling: z.enum(GRADES), zone: z.string(), address: z.string(),
  countries: z.array(z.object({ code: z.string(), name: Text, zone: z.string(), years: z.array(z.object({ year: z.int(), announced: z.boolean(), days: z.array(Holiday) })) })),
  ownDays: z.array(OwnDays),
  mail: MailState,
  provider: ProviderState.nullable(), /** What the provider has to be told. */ returnAddress: z.string(), passkeys: z.boolean(),
  /** `class`: may be changed, within the limits; null: a rule of the program. */
  retention: z.array(z.object({ what: Text, until: Text, class: Period.nullable(), years: z.int().nullable(), least: z.int().nullable(), most: z.int().nullable() })),
})
export type SettingsNow = z.infer<typeof SettingsNow>

const Count = z.int().nullable()
/** A null could not be found out. */
export const Health = z.object({
  asOf: Instant, program: z.string(), startedAt: Instant, node: z.string(),
  database: z.object({ version: z.string(), bytes: z.int(), own: z.boolean() }),
  journal: z.object({
    lines: z.int(), lastAt: Instant.nullable(), anchor: z.object({ day: z.iso.date(), streams: z.int(), hash: z.string() }).nullable(),
    verified: z.object({ at: Instant, by: Who, lines: z.int(), streams: z.int(), broken: z.int(), first: z.string().nullable() }).nullable(),
  }),
  storage: z.object({ data: z.string(), blobs: z.object({ count: z.int(), bytes: z.int(), /** Encrypted under a key that is not here, by its id. */ lost: z.array(z.object({ key: z.string(), count: z.int() })), damaged: z.int() }), disk: z.object({ free: z.int(), total: z.int() }).nullable() }),
  backups: z.object({ folder: z.string(), /** On the disk of the data: no help where that disk breaks. */ sameDisk: z.boolean(), last: Instant.nullable() }),
  jobs: z.object({ waiting: z.int(), running: z.int(), failed: z.int(), listed: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(['waiting', 'running', 'failed']), attempts: z.int(), most: z.int(), at: Instant })) }),
  followers: z.array(z.object({ name: z.string(), /** Lines of the journal that it has not passed; at most 10,001 are counted. */ behind: z.int(), failures: z.int(), lastAt: Instant.nullable() })),
  live: z.int(), mail: z.object({ on: z.boolean(), answers: z.boolean().nullable(), waiting: Count }),
})
export type Health = z.infer<typeof Health>

const manage = (method: 'GET' | 'POST', path: `/${string}`, summary: string) =>
  oc.$meta<Meta>({ right: 'installation.manage' }).errors(errors(settingsRefusals)).route({ method, path, tags: ['settings'], summary })
const Changed = z.object({ version: z.int() })
const Job = z.object({ jobId: z.uuid() })

export const settingsContract = {
  get: manage('GET', '/settings', 'Settings of the installation').input(z.object({}).optional()).output(SettingsNow),
  chooseLanguage: manage('POST', '/settings/language', 'The language of who never chose one').input(z.object({ ...change, lang: Lang })).output(Changed),
  setCeiling: manage('POST', '/settings/ceiling', 'The highest grade of secrecy whose content may lie on this server; needs a sign-in or a proof of the last fifteen minutes').input(z.object({ ...change, ceiling: z.enum(GRADES) })).output(Changed),
  previewDays: manage('POST', '/settings/days/preview', 'What other days off would change').input(PreviewDays).output(DaysEffect),
  changeDays: manage('POST', '/settings/days', 'Days off and worked beside the country’s file, as a whole; dates that stand stay').input(ChangeDays).output(Changed),
  previewRetention: manage('POST', '/settings/retention/preview', 'How many records another retention period reaches').input(z.object(period))
    .output(z.object({ years: z.int().describe('in force'), total: z.int(), over: z.int().describe('erased in the next night under the new period') })),
  setRetention: manage('POST', '/settings/retention', 'Keep a class of words for another number of years').input(z.object({ ...change, ...period })).output(Changed),
  connectProvider: manage('POST', '/settings/provider', 'Connect the organisation’s identity provider (OpenID Connect)').input(ConnectProvider).output(Changed),
  disconnectProvider: manage('POST', '/settings/provider/disconnect', 'Disconnect the identity provider').input(z.object(change)).output(Changed),
  checkProvider: manage('POST', '/settings/provider/check', 'Ask the provider whether it answers').input(z.object({}).optional()).output(z.object({ authorization: z.string(), token: z.string() })),
  connectMail: manage('POST', '/settings/mail', 'Set the server that mails leave through').input(ConnectMail).output(Changed),
  disconnectMail: manage('POST', '/settings/mail/disconnect', 'Send no more mail').input(z.object(change)).output(Changed),
  testMail: manage('POST', '/settings/mail/test', 'Send a mail to oneself').input(z.object({}).optional()).output(z.object({ sent: z.boolean() })),
  health: manage('GET', '/settings/health', 'How the system is').input(z.object({}).optional()).output(Health),
  verifyJournal: manage('POST', '/settings/journal/verify', 'Verify the whole journal, as a job').input(z.object({}).optional()).output(Job),
  backups: manage('GET', '/settings/backups', 'Copies made here, newest first').input(z.object(cursor)).output(page(Backup)),
  backUp: manage('POST', '/settings/backups', 'Back everything up now, as a job').input(z.object({}).optional()).output(Job),
  downloadBackup: manage('GET', '/settings/backups/{backupId}/download', 'A copy as one tar file; needs a sign-in or a proof of the last fifteen minutes').input(z.object({ backupId: z.uuid() })),
  deleteBackup: manage('POST', '/settings/backups/{backupId}/delete', 'Delete an old copy; never the newest that is there; needs a proof of the last fifteen minutes').input(z.object({ ...order, backupId: z.uuid() })).output(z.object({ name: z.string() })),
  retryJob: manage('POST', '/settings/jobs/{jobId}/retry', 'Run a failed job again').input(z.object({ jobId: z.string().regex(/^\d{1,18}$/) })).output(z.object({})),
}
