// Which addresses are told of what, and what became of it.
import { sql } from 'kysely'
import type { Projectors, Recorded } from '../../kernel/commit.ts'
import { rows } from '../../kernel/db.ts'
import type { FoldWriter, Reader, SideWriter, Writer } from '../../kernel/db.ts'
import type { Delivery, Webhook, WebhookAdded, WebhookChanged, WebhookPaused, WebhookRemoved, WebhookResumed } from './contract.ts'
import type { Told } from './decide.ts'

export const tables = ['webhooks']
const each = <F extends { type: string }>(set: (fact: F, r: Recorded<F>) => ReturnType<typeof sql>) => async (write: Writer, facts: Recorded<F>[]) => { for (const r of facts) await set(r.fact, r).execute(write) }
export const project = {
  'webhook.added.v1': [each<WebhookAdded>((f, r) => sql`insert into webhooks (id, address, types, from_position, added_by, added_at, version) values (${f.webhookId}, ${f.address}, ${f.types}::text[], ${r.position}, ${r.actorId}, ${r.at}, 1)`)],
  'webhook.changed.v1': [each<WebhookChanged>((f) => sql`update webhooks set types = ${f.types}::text[], version = version + 1 where id = ${f.webhookId}`)],
  'webhook.removed.v1': [each<WebhookRemoved>((f, r) => sql`update webhooks set removed_at = ${r.at}, version = version + 1 where id = ${f.webhookId}`)],
  'webhook.paused.v1': [each<WebhookPaused>((f, r) => sql`update webhooks set paused_at = ${r.at}, paused_why = ${f.why}, version = version + 1 where id = ${f.webhookId}`)],
  'webhook.resumed.v1': [each<WebhookResumed>((f) => sql`update webhooks set paused_at = null, paused_why = null, version = version + 1 where id = ${f.webhookId}`)],
} as unknown as Projectors

export type Hook = { id: string; address: string; types: string[]; pausedAt: Date | null; version: number }
export const hookOf = async (read: Reader, id: string): Promise<Hook | undefined> =>
  (await rows(read, sql<Hook>`select id, address, types, paused_at as "pausedAt", version from webhooks where id = ${id}::uuid and removed_at is null`))[0]
export const countHooks = async (read: Reader): Promise<number> => (await rows(read, sql<{ n: number }>`select count(*)::int as n from webhooks where removed_at is null`))[0]!.n

type Listed = Omit<Webhook, 'addedAt' | 'paused' | 'lastSentAt'> & { addedAt: Date; pausedAt: Date | null; pausedWhy: 'failing' | 'gone' | 'asked' | null; lastSentAt: Date | null }
export const listHooks = async (read: Reader): Promise<Webhook[]> => (await rows(read, sql<Listed>`
  select w.id, w.address, w.types, w.added_at as "addedAt", n.name as "addedBy", w.version, w.paused_at as "pausedAt", w.paused_why as "pausedWhy",
    d.waiting, d.failed, d.sent as "lastSentAt"
  from webhooks w left join public_people_names n on n.person_id = w.added_by
    cross join lateral (select count(*) filter (where state in ('waiting', 'held'))::int as waiting, count(*) filter (where state = 'failed')::int as failed, max(tried_at) filter (where state = 'sent') as sent from webhook_deliveries d where d.webhook_id = w.id) d
  where w.removed_at is null order by w.added_at, w.id`)).map(({ addedAt, pausedAt, pausedWhy, lastSentAt, ...rest }) => ({
  ...rest, addedAt: addedAt.toISOString(), paused: pausedAt ? { at: pausedAt.toISOString(), why: pausedWhy! } : null, lastSentAt: lastSentAt?.toISOString() ?? null,
}))

type DeliveryRow = Omit<Delivery, 'at' | 'triedAt'> & { at: Date; triedAt: Date | null }
export const listDeliveries = async (read: Reader, webhookId: string, before: { at: string; id: string } | undefined, limit: number): Promise<Delivery[]> => (await rows(read, sql<DeliveryRow>`
  select id, type, subject, at, state, attempts, status, problem, tried_at as "triedAt" from webhook_deliveries
  where webhook_id = ${webhookId} and ${before ? sql`(at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`} order by at desc, id desc limit ${limit}`)).map(({ at, triedAt, ...rest }) => ({ ...rest, at: at.toISOString(), triedAt: triedAt?.toISOString() ?? null }))

export type Due = Told & { webhookId: string; state: Delivery['state']; attempts: number }
export const deliveryOf = async (read: Reader, id: string): Promise<Due | undefined> =>
  (await rows(read, sql<Due>`select id, webhook_id as "webhookId", type, position, stream, subject, order_id as "orderId", at, state, attempts from webhook_deliveries where id = ${id}::uuid`))[0]
/** What a pause held back. */
export const heldOf = async (read: Reader, webhookId: string): Promise<string[]> => (await rows(read, sql<{ id: string }>`select id from webhook_deliveries where webhook_id = ${webhookId} and state = 'held' order by at, id`)).map((row) => row.id)

/** What follows the journal: each webhook that asked for a kind. Told twice, it stands once; answers the new ones. */
export async function addDeliveries(fold: FoldWriter, facts: { type: string; position: number; stream: string; subject: string; orderId: string; at: Date }[], idOf: (webhookId: string, position: number) => string): Promise<string[]> {
  const hooks = await rows(fold as unknown as Reader, sql<{ id: string; types: string[]; from: number }>`select id, types, from_position as "from" from webhooks where removed_at is null`)
  const due = hooks.flatMap((hook) => facts.filter((fact) => fact.position > hook.from && hook.types.includes(fact.type)).map((fact) => ({ ...fact, webhookId: hook.id, id: idOf(hook.id, fact.position) })))
  if (due.length === 0) return []
  const made = await sql<{ id: string }>`insert into webhook_deliveries (id, webhook_id, type, position, stream, subject, order_id, at)
    select * from unnest(${due.map((d) => d.id)}::uuid[], ${due.map((d) => d.webhookId)}::uuid[], ${due.map((d) => d.type)}::text[], ${due.map((d) => d.position)}::bigint[], ${due.map((d) => d.stream)}::text[], ${due.map((d) => d.subject)}::text[],
      ${due.map((d) => d.orderId)}::text[], ${due.map((d) => d.at)}::timestamptz[]) on conflict (id) do nothing returning id`.execute(fold)
  return made.rows.map((row) => row.id)
}
export const addTest = (side: SideWriter, id: string, webhookId: string, at: Date) => side.insertInto('webhook_deliveries').values({ id, webhook_id: webhookId, type: 'webhook.test', at, state: 'waiting', attempts: 0 }).execute()
export const markDelivery = (side: SideWriter, id: string, set: { state: Delivery['state']; attempts?: number; status?: number | null; problem?: string | null; tried_at?: Date }) => side.updateTable('webhook_deliveries').set(set).where('id', '=', id).execute()
export const forgetDeliveries = (side: SideWriter, before: Date) => side.deleteFrom('webhook_deliveries').where('at', '<', before).execute()

/** Failures in a row after this one; a success begins anew. */
export async function countFailure(side: SideWriter, read: Reader, webhookId: string, at: Date): Promise<{ failures: number; since: Date }> {
  await side.insertInto('webhook_health').values({ webhook_id: webhookId, failures: 1, since: at }).onConflict((on) => on.column('webhook_id').doUpdateSet({ failures: sql`webhook_health.failures + 1` })).execute()
  return (await rows(read, sql<{ failures: number; since: Date }>`select failures, since from webhook_health where webhook_id = ${webhookId}`))[0]!
}
export const clearFailures = (side: SideWriter, webhookId: string) => side.deleteFrom('webhook_health').where('webhook_id', '=', webhookId).execute()

/** Administrators of the whole: whoever is one on a root or on the forest. */
export const administrators = async (read: Reader, at: Date): Promise<string[]> => (await rows(read, sql<{ id: string }>`
  select distinct g.person_id as id from access_grants g left join public_units_tree u on u.unit_id = g.unit_id
  where g.role = 'administrator' and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at}) and (g.unit_id is null or u.parent_id is null)`)).map((row) => row.id)
