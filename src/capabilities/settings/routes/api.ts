// What the handlers of this capability share: the implementer, what wiring gives them, and who may.
import { implement } from '@orpc/server'
import type { Actor } from '../../../kernel/access.ts'
import { Refusal } from '../../../kernel/commit.ts'
import type { Commit } from '../../../kernel/commit.ts'
import type { Lang, Text } from '../../../kernel/contract.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Works } from '../../../kernel/jobs.ts'
import type { QueuedJob } from '../../../kernel/jobs.ts'
import type { Keys } from '../../../kernel/keys.ts'
import type { MailNow } from './mail.ts'
import { refusals } from '../../../kernel/rpc.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Country, OwnDays } from '../../../pure/calendar-country.ts'
import type { DaysEffect } from '../contract/days.ts'
import { settingsContract } from '../contract.ts'
import { mayManage } from '../store.ts'

export const api = implement(settingsContract).$context<Context>().use(refusals)

/** A provider as signing in needs it. */
export type ProviderUsed = { issuer: string; clientId: string; secret: string; scopes: string; match: 'email' | 'account'; claim: string; name: string | null }
export type Made = { bytes: number; files: number; lines: number; sha256: string }

export type Needs = {
  address: () => string
  keys: () => Keys
  side: SideWriter
  zone: string
  countries: ReadonlyMap<string, Country>
  /** How often contacts were read: in all, or until a day. */
  accessLog: (read: Reader, over: Date | null) => Promise<number>
  /** What the dates of programmes would be with other days. */
  datesUnder: (read: Reader, country: string, own: OwnDays, at: Date) => Promise<DaysEffect['programmes']>
  retention: { what: Text; until: Text }[]
  /** Set by variables of the server: goes before what is set here. */
  environment: ProviderUsed | null
  passkeys: () => boolean
  /** The mail server in force: the environment's, or the one set here. */
  mail: (read: Reader) => Promise<MailNow | undefined>
  mailsWaiting: (read: Reader, at: Date) => Promise<number>
  mailboxOf: (read: Reader, personId: string) => Promise<{ name: string; address: string } | undefined>
  /** Whether the provider answers, and where it would send people. */
  askProvider: (provider: ProviderUsed) => Promise<{ authorization: string; token: string }>
  /** The asker signed in, or showed who they are, a moment ago. */
  isFresh: (context: Context) => Promise<boolean>
  commitAs: (actor: Actor, at: Date) => Commit
  enqueue: (name: string, payload: object, options: { askedBy: string; attempts: number; queue: string }) => Promise<string | undefined>
  program: { version: string; startedAt: Date; data: string; own: boolean }
  backups: {
    folder: string
    /** When the command last made one, elsewhere. */
    byCommand: () => string | undefined
    make: (name: string, at: Date, told: (parts: number, of: number) => void) => Promise<Made>
    there: (name: string) => boolean
    open: (name: string) => AsyncIterable<Uint8Array>
    remove: (name: string) => Promise<void>
  }
  queue: { now: () => Promise<{ counts: Record<QueuedJob['state'], number>; listed: QueuedJob[] }>; retry: (id: string) => Promise<boolean> }
  followers: () => Record<string, { failures: number; lastAt: Date | null }>
  live: () => number
  /** What the last look over the files found: under keys that are not here, or damaged. */
  sealing: () => { unknown: Record<string, number>; damaged: number } | undefined
}
export type { Lang, Works }

export const STREAM = 'settings'

export async function must({ read, actor }: Context): Promise<void> {
  if (!(await mayManage(read, actor))) throw new Refusal('FORBIDDEN')
}
