// After commit: what a webhook asked for becomes a delivery and a job in the same transaction; and who runs the installation hears that one was paused.
import type { Follower } from '../../kernel/follow.ts'
import type { Reader } from '../../kernel/db.ts'
import { derivedId } from '../../kernel/ids.ts'
import { enqueue } from '../../kernel/jobs.ts'
import type { InboxSource } from '../inboxes/contract.ts'
import type { WebhookPaused } from './contract.ts'
import { deliver, isTold } from './decide.ts'
import { addDeliveries, administrators } from './store.ts'

export const followers: Follower[] = [{
  name: 'webhooks', types: '*', gather: 500,
  handle: async (batch, fold) => {
    const facts = batch.filter((r) => isTold(r.type)).map(({ type, position, stream, subject, orderId, at }) => ({ type, position, stream, subject, orderId, at }))
    if (facts.length > 0) for (const id of await addDeliveries(fold, facts, (hook, position) => derivedId(new Date(0), 'webhook', hook, position))) await enqueue(fold, ...deliver(id))
  },
}]

export const inboxSource: InboxSource = {
  types: ['webhook.paused.v1'],
  sentences: { 'webhooks.paused': { vi: 'Đã tạm dừng gửi tin đến {address}: nơi nhận không trả lời. Xem ở Quản trị → Cài đặt → Địa chỉ nhận tin.', en: 'Sending to {address} is paused: the receiver does not answer. See Administration → Settings → Webhooks.' } },
  send: async (given, read) => {
    const to = await administrators(read as Reader, given.at(-1)!.at)
    return given.flatMap(({ fact, orderId }, of) => {
      const { webhookId, address, why } = fact as WebhookPaused
      return why === 'asked' ? [] : to.map((personId) => ({ to: { personId }, kind: 'alert' as const, about: { kind: 'webhook', id: webhookId }, code: 'webhooks.paused', params: { address }, of, key: `webhook:${orderId}:${personId}` }))
    })
  },
}
