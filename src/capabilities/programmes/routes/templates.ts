// The orders on templates, for requests and for commands.
import { createHash } from 'node:crypto'
import { Refusal } from '../../../kernel/commit.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Issue, TemplateBody, TemplateImported } from '../contract.ts'
import { readTemplate } from '../decide/template.ts'
import { diffVersions, stable, writeTemplate } from '../decide/version.ts'
import { accessTemplate, mayAt, templateByCode, versionOf } from '../store/read.ts'
import type { TemplateRow } from '../store/read.ts'

export type Imported = { code: string; versionId: string; version: number; unchanged: boolean; issues: Issue[] }

/** The file's faults as one refusal: its first error in words, all of them as data. */
export function refuseFaulty(issues: readonly Issue[], lang: 'vi' | 'en'): never {
  const errors = issues.filter((i) => i.severity === 'error')
  throw new Refusal('TEMPLATE_FAULTY', { count: errors.length, line: errors[0]!.line, first: errors[0]!.message[lang], issues: issues.slice(0, 100) })
}
export const countsOf = (body: TemplateBody): Record<string, number> =>
  ({ workstreams: body.workstreams.length, milestones: body.milestones.length, classes: body.classes.length, tasks: body.tasks.length, requirements: body.requirements.length, agenda: body.agenda.length })

export function checkTemplate(text: string) {
  const { body, issues, code } = readTemplate(text)
  return { issues, ok: body !== undefined, code, counts: body ? countsOf(body) : {} }
}

const hashOf = (body: TemplateBody): string => createHash('sha256').update(stable(body)).digest('hex')

/** The next version of a template. The same content again is none. */
export async function versionFact(read: Context['read'], at: Date, body: TemplateBody, unitId: string, known: TemplateRow | undefined): Promise<{ fact?: TemplateImported; answer: Omit<Imported, 'issues'> }> {
  const hash = hashOf(body)
  const newest = known && await versionOf(read, known.id, known.newest)
  if (newest?.hash === hash) return { answer: { code: body.code, versionId: newest.id, version: newest.version, unchanged: true } }
  const templateId = known?.id ?? derivedId(at, 'template', body.code)
  const version = (known?.newest ?? 0) + 1
  const versionId = derivedId(at, 'template', body.code, version, hash)
  return { fact: { type: 'template.imported.v1', templateId, versionId, code: body.code, version, unitId: known?.unitId ?? unitId, body, hash }, answer: { code: body.code, versionId, version, unchanged: false } }
}

export async function importTemplate({ actor, at, lang, commit }: Context, order: { orderId: string; unitId: string; text: string }): Promise<Imported> {
  const { body, issues } = readTemplate(order.text)
  if (!body) return refuseFaulty(issues, lang)
  const hash = hashOf(body)
  // One stream for all templates: two imports of a new code cannot both be its first version.
  const done = await commit<Omit<Imported, 'issues'>>({ id: order.orderId, kind: 'template.import.v1', streams: [`template:${body.code}`], body: { unitId: order.unitId, hash } }, async (read) => {
    const known = await templateByCode(read, body.code)
    if (!await mayAt(read, actor, 'template.import', known?.unitId ?? order.unitId)) return { refused: 'NOT_FOUND' }
    const { fact, answer } = await versionFact(read, at, body, order.unitId, known)
    return { facts: fact ? [fact] : [], answer }
  })
  return { ...done, issues }
}

async function one({ read, actor }: Context, code: string, version: number) {
  const template = await accessTemplate(read, actor, 'template.read', code)
  const found = template && await versionOf(read, template.id, version)
  if (!found) throw new Refusal('NOT_FOUND')
  return found
}
export async function getVersion(context: Context, code: string, version: number) {
  const { id, importedAt, body } = await one(context, code, version)
  return { id, version, importedAt: importedAt.toISOString(), body }
}
export async function exportVersion(context: Context, code: string, version: number, format: 'yaml' | 'json') {
  const { body } = await one(context, code, version)
  return { name: `${code}-${version}.${format}`, text: writeTemplate(body, format) }
}
export async function diffTemplate(context: Context, code: string, from: number, to: number) {
  const [a, b] = [await one(context, code, from), await one(context, code, to)]
  return { changes: diffVersions(a.body, b.body) }
}
