// The operator's own programs are told of facts at their https address: signed, with ids and types only; they read the rest by the API with a token.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Instant, Text, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

const Type = z.string().regex(/^[a-z_]+\.[a-z_]+\.v\d+$/).max(80)
const types = z.array(Type).min(1).max(200)
export const Webhook = z.object({
  id: z.uuid(), address: z.string(), types: z.array(z.string()), addedAt: Instant, addedBy: z.string().nullable(), version: z.int(),
  paused: z.object({ at: Instant, why: z.enum(['failing', 'gone', 'asked']) }).nullable(), /** Of the last 30 days. */ waiting: z.int(), failed: z.int(), lastSentAt: Instant.nullable(),
})
export type Webhook = z.infer<typeof Webhook>
export const Delivery = z.object({
  id: z.uuid(), type: z.string(), subject: z.string().nullable(), at: Instant, state: z.enum(['waiting', 'sent', 'failed', 'held']), attempts: z.int(), status: z.int().nullable(), problem: z.string().nullable(), triedAt: Instant.nullable(),
})
export type Delivery = z.infer<typeof Delivery>
const hook = { webhookId: z.uuid() }
const change = { ...order, ...hook, expectedVersion: z.int().min(1) }

/** Stream `webhook:<id>`. */
export type WebhookAdded = { type: 'webhook.added.v1'; webhookId: string; address: string; types: string[]; count: number }
export type WebhookChanged = { type: 'webhook.changed.v1'; webhookId: string; types: string[]; count: number }
export type WebhookRemoved = { type: 'webhook.removed.v1'; webhookId: string; address: string }
export type WebhookPaused = { type: 'webhook.paused.v1'; webhookId: string; address: string; why: 'failing' | 'gone' | 'asked' }
export type WebhookResumed = { type: 'webhook.resumed.v1'; webhookId: string; address: string }
export type WebhookFact = WebhookAdded | WebhookChanged | WebhookRemoved | WebhookPaused | WebhookResumed
export const webhooksStories: Record<WebhookFact['type'], { vi: string; en: string }> = {
  'webhook.added.v1': { vi: 'Thêm địa chỉ nhận tin {address}: {count} loại bản ghi', en: 'Added the webhook {address}: {count} [count:kind|kinds] of facts' },
  'webhook.changed.v1': { vi: 'Đổi loại bản ghi gửi đi: {count} loại', en: 'Changed what is sent: {count} [count:kind|kinds] of facts' },
  'webhook.removed.v1': { vi: 'Bỏ địa chỉ nhận tin {address}', en: 'Removed the webhook {address}' },
  'webhook.paused.v1': { vi: 'Tạm dừng gửi đến {address} ({why})', en: 'Paused sending to {address} ({why})' },
  'webhook.resumed.v1': { vi: 'Gửi lại đến {address}', en: 'Resumed sending to {address}' },
}
export const webhooksWords = { failing: { vi: 'lỗi liên tiếp', en: 'failing' }, gone: { vi: 'nơi nhận từ chối hẳn', en: 'gone' }, asked: { vi: 'do người quản trị', en: 'asked for' } }

export const webhookRefusals = {
  WEBHOOK_ADDRESS: { status: 422, message: { vi: 'Địa chỉ phải là https://, không có tên đăng nhập, ? và #.', en: 'The address must be https://, without a name, ? and #.' } },
  WEBHOOK_PRIVATE: { status: 422, message: { vi: 'Địa chỉ nằm trong mạng nội bộ hoặc trên chính máy này. Muốn gửi đến đó, đặt SANSANG_WEBHOOK_PRIVATE=yes trên máy chủ.', en: 'The address lies in a private network or on this very machine. To send there, set SANSANG_WEBHOOK_PRIVATE=yes on the server.' } },
  WEBHOOK_UNKNOWN: { status: 422, message: { vi: 'Tên miền của địa chỉ không tìm thấy từ máy chủ này.', en: 'The name in the address is not found from this server.' } },
  WEBHOOK_TYPE: { status: 422, message: { vi: 'Loại bản ghi “{type}” không gửi ra ngoài.', en: 'Facts of the kind “{type}” are not sent out.' } },
  WEBHOOKS_FULL: { status: 409, message: { vi: 'Đã có {most} địa chỉ nhận tin. Bỏ một địa chỉ rồi thêm mới.', en: 'There are {most} webhooks already. Remove one first.' } },
} as const satisfies Refusals
export type WebhookRefused = keyof typeof webhookRefusals | 'NOT_FOUND' | 'FORBIDDEN' | 'CHANGED'

const manage = (method: 'GET' | 'POST', path: `/${string}`, summary: string) => oc.$meta<Meta>({ right: 'installation.manage' }).errors(errors(webhookRefusals)).route({ method, path, tags: ['webhooks'], summary })
const Version = z.object({ version: z.int() })
export const webhooksContract = {
  list: manage('GET', '/webhooks', 'Addresses that are told of facts').input(z.object({}).optional()).output(z.object({ items: z.array(Webhook), asOf: Instant })),
  types: manage('GET', '/webhooks/types', 'Kinds of facts that can be told').input(z.object({}).optional()).output(z.object({ items: z.array(z.object({ type: z.string(), story: Text })) })),
  add: manage('POST', '/webhooks', 'Tell an https address of facts; the secret that signs is answered once').input(z.object({ ...order, address: z.string().trim().max(400), types }))
    .output(z.object({ webhookId: z.uuid(), secret: z.string().describe('whsec_…, of Standard Webhooks: signs webhook-id.webhook-timestamp.body with HMAC-SHA256') })),
  change: manage('POST', '/webhooks/{webhookId}', 'Tell it of other kinds').input(z.object({ ...change, types })).output(Version),
  pause: manage('POST', '/webhooks/{webhookId}/pause', 'Tell it nothing for now; what happens is held').input(z.object(change)).output(Version),
  resume: manage('POST', '/webhooks/{webhookId}/resume', 'Tell it again, what was held first').input(z.object(change)).output(Version),
  remove: manage('POST', '/webhooks/{webhookId}/remove', 'Tell it no more').input(z.object(change)).output(z.object({})),
  test: manage('POST', '/webhooks/{webhookId}/test', 'Send it a test').input(z.object(hook)).output(z.object({ deliveryId: z.uuid() })),
  deliveries: manage('GET', '/webhooks/{webhookId}/deliveries', 'What was told of late, newest first').input(z.object({ ...hook, ...cursor })).output(page(Delivery)),
}
