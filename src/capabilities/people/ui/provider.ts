// To the organisation's identity provider and back. The ticket that finishes the sign-in stays in this tab alone.
import { api } from '../../../web/client.ts'

const KEPT = 'sansang.provider'
export type Left = { ticket: string; to?: string }

export async function leaveForProvider(to: string | undefined): Promise<void> {
  const { address, ticket } = await api.people.providerStart({})
  sessionStorage.setItem(KEPT, JSON.stringify({ ticket, ...(to ? { to } : {}) }))
  location.assign(address)
}

/** Once: whoever reloads the page that the provider sent them to begins anew. */
export function cameBack(): Left | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Left | null
    sessionStorage.removeItem(KEPT)
    return kept ?? undefined
  } catch { return undefined }
}
