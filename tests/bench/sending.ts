// Reports at a steady rate, whether or not the server keeps up: a report that waits for its turn is counted from when it should have been sent.
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openClient } from './client.ts'

export type Sent = { taskId: string; at: number; answered: number }

export async function sendReports(url: string, taskIds: string[], perSecond: number, connections = 16): Promise<Sent[]> {
  const clients = await Promise.all(Array.from({ length: connections }, (_, n) => openClient(url, String(n))))
  const begin = performance.now()
  const sent: Sent[] = []
  let next = 0
  await Promise.all(clients.map(async (client) => {
    for (;;) {
      const i = next++
      const taskId = taskIds[i]
      if (taskId === undefined) return
      const at = begin + (i * 1000) / perSecond
      const early = at - performance.now()
      if (early > 0) await new Promise((go) => setTimeout(go, early))
      const answer = await client.send('POST', `/api/v1/tasks/${taskId}/report`, { orderId: uuidv7(), evidence: { label: 'Biên bản kiểm tra' } })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
      sent.push({ taskId, at, answered: performance.now() })
    }
  }))
  for (const client of clients) client.close()
  return sent
}

/**
 * The n-th report is on a screen with the first message whose count has risen by n. Reports sent within the same few milliseconds may be recorded in
 * another order; the count does not care.
 */
export function latencies(sent: Sent[], before: number, messages: { at: number; reported: number }[]): number[] {
  const times = sent.map((s) => s.at).sort((a, b) => a - b)
  const found: number[] = []
  let m = 0
  for (let n = 0; n < times.length; n++) {
    while (m < messages.length && messages[m]!.reported < before + n + 1) m++
    if (m === messages.length) throw new Error(`${times.length - n} of ${times.length} reports never came to the screen`)
    found.push(messages[m]!.at - times[n]!)
  }
  return found
}
