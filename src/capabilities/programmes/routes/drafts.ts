// The draft of a template's next version: saved, dropped, published, and what dates it would give one unit.
import { Refusal } from '../../../kernel/commit.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn, isZone } from '../../../pure/calendar.ts'
import { dueTooEarly, saidTooEarly } from '../decide/after.ts'
import { handedOn } from '../decide/cascade.ts'
import { FileReader } from '../../../pure/written.ts'
import { classOf, scheduleOf } from '../decide/schedule.ts'
import { readTemplate } from '../decide/template.ts'
import { writeTemplate } from '../decide/version.ts'
import { draftOf } from '../store/drafts.ts'
import { accessTemplate, mayAt, unitsUnder, versionOf } from '../store/read.ts'
import { countryOf } from './programmes.ts'
import type { Needs } from './programmes.ts'
import { refuseFaulty, versionFact } from './templates.ts'

type Order = { orderId: string; code: string; expectedVersion: number }

async function access({ actor }: Context, read: Context['read'], code: string) {
  const template = await accessTemplate(read, actor, 'template.import', code)
  return template && { ...template, draft: await draftOf(read, template.id) }
}

export async function getDraft({ countries }: Needs, context: Context, { code, known }: { code: string; known?: number | undefined }) {
  const { read } = context
  const found = await access(context, read, code)
  if (!found) throw new Refusal('NOT_FOUND')
  const { draft, newest } = found
  const open = draft !== undefined && draft.body !== null
  return {
    version: draft?.version ?? 0, newest, basedOn: open ? draft.basedOn : newest, draft: open,
    savedAt: open ? draft.savedAt.toISOString() : null, savedBy: open ? { id: draft.savedBy, name: draft.savedByName } : null,
    text: known !== undefined && known === draft?.version ? null : open ? draft.body : writeTemplate((await versionOf(read, found.id, newest))!.body, 'json'),
    countries: [...countries.values()].map(({ code, name }) => ({ code, name })),
  }
}

const changed = (version: number) => ({ refused: 'CHANGED', data: { version, changed: ['draft'] } }) as const

/** What cannot be read at all is refused; what is wrong in it is not: a draft may be unfinished. */
export async function saveDraft(context: Context, order: Order & { basedOn: number; text: string }): Promise<{ version: number }> {
  // Who may not edit it hears nothing of what is wrong in the file.
  if (!await access(context, context.read, order.code)) throw new Refusal('NOT_FOUND')
  const file = new FileReader(order.text)
  if (!file.ok || !file.top.value || typeof file.top.value !== 'object') refuseFaulty(file.ok ? [{ line: 1, column: 1, path: '', severity: 'error', message: { vi: 'không phải tệp mẫu', en: 'this is no template file' } }] : file.issues, context.lang)
  const text = JSON.stringify(file.top.value)
  const { orderId, code, expectedVersion, basedOn } = order
  return context.commit({ id: orderId, kind: 'template.draft.v1', streams: [`template:${code}`], body: { code, expectedVersion, basedOn, text } }, async (read) => {
    const found = await access(context, read, code)
    if (!found) return { refused: 'NOT_FOUND' }
    const version = found.draft?.version ?? 0
    if (version !== expectedVersion) return changed(version)
    if (basedOn > found.newest) return { refused: 'TEMPLATE_UNKNOWN', data: { template: `${code} ${basedOn}` } }
    return { facts: [{ type: 'template.drafted.v1', templateId: found.id, code, version: version + 1, basedOn, text }], answer: { version: version + 1 } }
  })
}

export function dropDraft(context: Context, { orderId, code, expectedVersion }: Order): Promise<{ version: number }> {
  return context.commit({ id: orderId, kind: 'template.draft.drop.v1', streams: [`template:${code}`], body: { code, expectedVersion } }, async (read) => {
    const found = await access(context, read, code)
    if (!found) return { refused: 'NOT_FOUND' }
    const version = found.draft?.version ?? 0
    if (version !== expectedVersion) return changed(version)
    if (!found.draft || found.draft.body === null) return { facts: [], answer: { version } }
    return { facts: [{ type: 'template.draft_ended.v1', templateId: found.id, code, version: version + 1, why: 'dropped' }], answer: { version: version + 1 } }
  })
}

/** What was saved becomes the next version, unless one came in between that the draft does not know. */
export function publishDraft(context: Context, { orderId, code, expectedVersion }: Order) {
  return context.commit<{ code: string; versionId: string; version: number; unchanged: boolean }>({ id: orderId, kind: 'template.publish.v1', streams: [`template:${code}`], body: { code, expectedVersion } }, async (read) => {
    const found = await access(context, read, code)
    if (!found) return { refused: 'NOT_FOUND' }
    const { draft, newest } = found
    if (!draft || draft.body === null) return { refused: 'NO_DRAFT' }
    if (draft.version !== expectedVersion || draft.basedOn !== newest) return changed(draft.version)
    const { body, issues } = readTemplate(draft.body)
    if (!body || body.code !== code) return refuseFaulty(body ? [{ line: 1, column: 1, path: 'code', severity: 'error', message: { vi: 'mã mẫu không đổi được', en: 'a template keeps its code' } }] : issues, context.lang)
    const ended = { type: 'template.draft_ended.v1' as const, templateId: found.id, code, version: draft.version + 1, why: 'published' as const }
    const { fact, answer } = await versionFact(read, context.at, body, found.unitId, found)
    return { facts: fact ? [fact, ended] : [ended], answer }
  })
}

/** As a cascade would date it, were there no events below: a date that follows those below falls on the event's own milestone. */
export async function previewDates(needs: Needs, { read, actor, lang }: Context, ask: { text: string; unitId: string; class?: string | undefined; day: string; country?: string | undefined }) {
  if (!await mayAt(read, actor, 'template.import', ask.unitId)) throw new Refusal('NOT_FOUND')
  const { countries } = needs
  const { body, issues } = readTemplate(ask.text)
  if (!body) return refuseFaulty(issues, lang)
  const code = ask.country ?? body.country ?? [...countries.keys()][0] ?? ''
  const country = countries.has(code) ? await countryOf(needs, read, code) : undefined
  if (!country) throw new Refusal('COUNTRY_UNKNOWN', { country: code })
  const zone = body.zone && isZone(body.zone) ? body.zone : country.zone
  const units = await unitsUnder(read, ask.unitId)
  const unit = units.find((u) => u.id === ask.unitId)
  if (!unit) throw new Refusal('NOT_FOUND')
  const eventClass = (ask.class ? classOf(body, ask.class) : undefined) ?? body.classes.find((c) => c.kinds.includes(unit.kind)) ?? body.classes[0]!
  const schedule = scheduleOf(body, { kind: unit.kind, class: eventClass.code, day: ask.day, opens: body.opens, zone, country, children: new Map(), childCount: 0 })
  const handed = Map.groupBy(handedOn(body, unit, schedule, units), (h) => h.item)
  const off = new Map([...country.off])

  return {
    kind: unit.kind, class: eventClass.code, zone,
    milestones: body.milestones.flatMap((m) => { const at = schedule.milestones[m.code]; return at === undefined ? [] : [{ code: m.code, name: m.name, at, dayOff: off.get(dayIn(new Date(at), zone)) ?? null }] }),
    tasks: body.tasks.flatMap((t) => { const at = schedule.due[t.code]; return at === undefined ? [] : [{ code: t.code, name: t.name, workstream: t.workstream, at, handed: handed.get(t.code)?.length ?? 0 }] }),
    early: saidTooEarly(body, dueTooEarly(body, schedule, (at) => dayIn(new Date(at), zone))),
    requirements: body.requirements.flatMap((r) => { const from = schedule.requirements[r.code]; return from === undefined ? [] : [{ code: r.code, name: r.name, from }] }),
  }
}
