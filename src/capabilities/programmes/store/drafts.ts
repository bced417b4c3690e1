// The draft of a template's next version.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import type { Recorded } from '../../../kernel/commit.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { TemplateDrafted, TemplateDraftEnded } from '../contract.ts'

export type DraftRow = { version: number; basedOn: number; body: string | null; savedAt: Date; savedBy: string; savedByName: string | null }
export const draftOf = async (read: Reader, templateId: string): Promise<DraftRow | undefined> =>
  (await rows(read, sql<DraftRow>`select d.version, d.based_on as "basedOn", d.body, d.saved_at as "savedAt", d.saved_by as "savedBy", n.name as "savedByName"
    from template_drafts d left join public_people_names n on n.person_id = d.saved_by where d.template_id = ${templateId}`))[0]

export async function saveDraft(write: Writer, facts: Recorded<TemplateDrafted>[]): Promise<void> {
  for (const { fact: f, at, actorId } of facts) {
    await sql`insert into template_drafts (template_id, version, based_on, body, saved_at, saved_by) values (${f.templateId}, ${f.version}, ${f.basedOn}, ${f.text}, ${at}, ${actorId})
      on conflict (template_id) do update set version = excluded.version, based_on = excluded.based_on, body = excluded.body, saved_at = excluded.saved_at, saved_by = excluded.saved_by`.execute(write)
  }
}
export async function endDraft(write: Writer, facts: Recorded<TemplateDraftEnded>[]): Promise<void> {
  for (const { fact: f, at, actorId } of facts) await sql`update template_drafts set version = ${f.version}, body = null, saved_at = ${at}, saved_by = ${actorId} where template_id = ${f.templateId}`.execute(write)
}
/** Who may edit a template hears of its draft. */
export const mayFollowDrafts = async (read: Reader, actor: Actor, codes: string[]): Promise<string[]> =>
  (await rows(read, sql<{ code: string }>`select t.code from templates t where t.code = any(${codes}::text[]) and ${granted(actor, 'template.import', 't.unit_id')}`)).map((row) => row.code)
