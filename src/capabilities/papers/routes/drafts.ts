// Papers that are being written: saved as they are typed, by whoever may issue for the unit; who saves says which version they changed.
import { Refusal } from '../../../kernel/order.ts'
import { paged, readCursor } from '../../../kernel/paging.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { CustodyNeeds } from '../../custodies/contract/needs.ts'
import type { DraftKind } from '../contract.ts'
import * as store from '../store/drafts.ts'
import { mayAt } from '../store/read.ts'

async function may(c: Context, unitId: string): Promise<void> {
  if (!await mayAt(c.read, c.actor, 'paper.issue', unitId)) throw new Refusal('NOT_FOUND')
}

export async function list({ read, actor, at }: Context, asked: { unit?: string | undefined; mine?: boolean | undefined; limit: number; cursor?: string | undefined }) {
  const { items, next } = paged(await store.listDrafts(read, actor, { ...asked, limit: asked.limit + 1 }, readCursor(asked.cursor)), asked.limit, (row) => row.key)
  return { items: items.map(({ key: _, savedAt, ...row }) => ({ ...row, savedAt: savedAt.toISOString() })), next, asOf: at.toISOString() }
}
export async function get(c: Context, { unitId, draftId }: { unitId: string; draftId: string }) {
  await may(c, unitId)
  return { draft: await store.draftOf(c.read, c.actor, unitId, draftId) ?? null }
}
export async function save(c: Context, { draftId, ...draft }: { unitId: string; draftId: string; expectedVersion: number; kind: DraftKind; grade: Grade; subject: string; form: string }, custody: CustodyNeeds) {
  await may(c, draft.unitId)
  await custody.drafting(c, draft.grade)
  if (!await store.saveDraft(c.side, c.actor.id, { id: draftId, ...draft }, c.at)) {
    const now = await store.draftOf(c.read, c.actor, draft.unitId, draftId)
    throw new Refusal('CHANGED', { version: now?.version ?? 0, changed: ['draft'] })
  }
  return { version: draft.expectedVersion + 1, savedAt: c.at.toISOString() }
}
export async function drop(c: Context, { unitId, draftId }: { unitId: string; draftId: string }) {
  await may(c, unitId)
  await store.dropDraft(c.side, c.actor.id, unitId, draftId)
  return { dropped: true }
}
