// Rules about webhooks, without a database and without a network.


export const MOST_WEBHOOKS = 20
export const MOST_ATTEMPTS = 10
/** The queue waits e^attempt seconds: 3 s, 7 s, 20 s … 2 h. Paused where so many attempts in a row failed, the first of them so long ago. */
const PAUSE_AFTER = { failures: 8, ms: 15 * 60_000 }
/** `status` 410: the receiver says that it is gone for good. */
export function pauseWhy(health: { failures: number; since: Date }, status: number | null, at: Date): 'failing' | 'gone' | undefined {
  if (status === 410) return 'gone'
  return health.failures >= PAUSE_AFTER.failures && at.getTime() - health.since.getTime() >= PAUSE_AFTER.ms ? 'failing' : undefined
}

export type Told = { id: string; type: string; at: Date; position: number | null; stream: string | null; subject: string | null; orderId: string | null }
/** Ids and types only: who receives it reads the rest by the API, with a token and its rights. */
export const bodyOf = ({ type, at, position, stream, subject, orderId }: Told): string => JSON.stringify({ type, timestamp: at.toISOString(), data: { position, stream, subject, order: orderId } })

/** Facts about persons, accounts, settings and webhooks themselves stay inside. */
export const isTold = (type: string): boolean => !/^(person|account|grant|grants|token|session|slip|slips|passkey|provider|password|second_factor|calendar|language|backup|journal|webhook|retention|days|inbox|watch|people|staff)\./.test(type)

export const DELIVER = 'webhooks.deliver'
/** What is asked of the queue. */
export const deliver = (deliveryId: string) => [DELIVER, { deliveryId }, { key: `webhook:${deliveryId}`, attempts: MOST_ATTEMPTS }] as const
