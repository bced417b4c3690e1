// Two pages that the server writes itself, without script: the API to read, and what a problem type means.
import type { Lang, Refusals } from '../contract.ts'
import type { Page } from '../http.ts'

type Schema = { type?: string | string[]; $ref?: string; format?: string; enum?: unknown[]; const?: unknown; properties?: Record<string, Schema>; required?: string[]; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; description?: string; maxLength?: number; minimum?: number; maximum?: number; [more: string]: unknown }
type Body = { content?: Record<string, { schema?: Schema }>; description?: string; $ref?: string }
type Operation = { operationId?: string; summary?: string; description?: string; tags?: string[]; security?: object[]; parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]; requestBody?: Body; responses?: Record<string, Body>; 'x-right'?: string }
export type ReadableApi = { info: { title: string; version: string; description?: string }; servers?: { url: string }[]; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

const WORDS = {
  title: { vi: 'Giao diện lập trình', en: 'Programming interface' }, machine: { vi: 'Bản cho máy đọc (OpenAPI 3.1)', en: 'For machines (OpenAPI 3.1)' },
  intro: {
    vi: 'Mỗi lệnh có một orderId do bên gửi tạo (UUIDv7): gửi hai lần vẫn chỉ thực hiện một lần và nhận cùng câu trả lời. Danh sách trả về {items, next, asOf}. Từ chối là problem+json (RFC 9457): code ổn định, detail là câu theo Accept-Language.',
    en: 'Every order has an orderId made by its sender (UUIDv7): sent twice, it happens once and gives the same answer. Lists answer {items, next, asOf}. Refusals are problem+json (RFC 9457): code is stable, detail is a sentence by Accept-Language.',
  },
  token: { vi: 'Đăng nhập cho chương trình: tạo mã bằng “sansang token create”, gửi trong Authorization: Bearer.', en: 'For programs: make a token with “sansang token create” and send it as Authorization: Bearer.' },
  needs: { vi: 'Quyền', en: 'Right' }, open: { vi: 'không cần đăng nhập', en: 'no sign-in' }, any: { vi: 'đã đăng nhập', en: 'signed in' },
  parameters: { vi: 'Tham số', en: 'Parameters' }, sent: { vi: 'Gửi', en: 'Sent' }, answered: { vi: 'Trả về', en: 'Answered' }, refused: { vi: 'Từ chối', en: 'Refused' },
  must: { vi: 'bắt buộc', en: 'required' }, problem: { vi: 'Loại lỗi', en: 'Problem type' }, back: { vi: 'Về trang giao diện lập trình', en: 'Back to the programming interface' },
} as const

const escape = (text: unknown): string => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const CSS = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid #8886}
details{border:1px solid #8886;border-radius:6px;margin:.4rem 0;padding:.3rem .7rem}summary{cursor:pointer;min-height:24px}summary code{font-weight:600}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0}
pre{overflow:auto;background:#8881;padding:.6rem;border-radius:4px;font-size:.85rem}.m{display:inline-block;min-width:4.2rem;font-family:monospace;font-weight:700}nav a{margin-right:1rem}a:focus-visible,summary:focus-visible{outline:3px solid #06c}@media(prefers-color-scheme:dark){a{color:#7ab8ff}}`

const shell = (lang: Lang, nonce: string, title: string, body: string): string =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)} · Sẵn Sàng</title><style nonce="${nonce}">${CSS}</style></head><body>${body}</body></html>`

/** A schema in a form that a person reads: names, kinds, what is required. */
function shape(schema: Schema | undefined, all: Record<string, Schema>, depth = 0): string {
  if (!schema) return 'any'
  if (schema.$ref) return depth > 6 ? '…' : shape(all[schema.$ref.split('/').at(-1)!], all, depth + 1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(' | ')
  const union = schema.anyOf ?? schema.oneOf
  if (union) return [...new Set(union.map((s) => shape(s, all, depth + 1)))].join(' | ')
  if (schema.allOf) return schema.allOf.map((s) => shape(s, all, depth + 1)).join(' & ')
  if (schema.properties) {
    if (depth > 6) return '{…}'
    const pad = '  '.repeat(depth + 1)
    return `{\n${Object.entries(schema.properties).map(([name, s]) => `${pad}${name}${schema.required?.includes(name) ? '' : '?'}: ${shape(s, all, depth + 1)}`).join('\n')}\n${'  '.repeat(depth)}}`
  }
  if (schema.items) return `${shape(schema.items, all, depth)}[]`
  const bounds = [schema.format, schema.maxLength && `≤ ${schema.maxLength}`].filter(Boolean).join(', ')
  return `${[schema.type ?? 'any'].flat().join(' | ')}${bounds ? ` (${bounds})` : ''}`
}

function operation(method: string, path: string, op: Operation, all: Record<string, Schema>, lang: Lang, prefix: string): string {
  const t = (word: keyof typeof WORDS) => escape(WORDS[word][lang])
  const right = op.security?.length === 0 ? t('open') : op['x-right'] ? `<code>${escape(op['x-right'])}</code>` : t('any')
  const schemaOf = (body: Body | undefined) => Object.values(body?.content ?? {})[0]?.schema
  const refusals = Object.entries(op.responses ?? {}).filter(([status]) => Number(status) >= 400).flatMap(([status, r]) => {
    const codes = (schemaOf(r)?.allOf?.[1]?.properties?.['code']?.enum as string[] | undefined) ?? (r.description ?? '').match(/\b[A-Z][A-Z_]{3,}\b/g) ?? []
    return codes.map((code) => `<a href="${prefix}/problems/${escape(code)}?lang=${lang}">${escape(code)}</a> (${status})`)
  })
  const ok = Object.entries(op.responses ?? {}).find(([status]) => Number(status) < 300)
  return `<details id="${escape(op.operationId ?? '')}"><summary><span class="m">${method.toUpperCase()}</span> <code>${escape(path)}</code> ${escape(op.summary ?? '')}</summary>
<p>${escape(op.description ?? '')} <small>${t('needs')}: ${right}</small></p>
${op.parameters?.length ? `<h3>${t('parameters')}</h3><dl>${op.parameters.map((p) => `<dt>${escape(p.name)}</dt><dd>${escape(p.in)}, ${escape(shape(p.schema, all))}${p.required ? `, ${t('must')}` : ''}</dd>`).join('')}</dl>` : ''}
${op.requestBody ? `<h3>${t('sent')}</h3><pre tabindex="0">${escape(shape(schemaOf(op.requestBody), all))}</pre>` : ''}
${ok ? `<h3>${t('answered')} ${ok[0]}</h3><pre tabindex="0">${escape(shape(schemaOf(ok[1]), all))}</pre>` : ''}
${refusals.length > 0 ? `<h3>${t('refused')}</h3><p>${refusals.join(', ')}</p>` : ''}</details>`
}

export const apiPage = (document: () => Promise<ReadableApi>, prefix: string): Page => async ({ lang, nonce }) => {
  const api = await document()
  const t = (word: keyof typeof WORDS) => escape(WORDS[word][lang])
  const other = lang === 'vi' ? 'en' : 'vi'
  const tags = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(api.paths)) for (const [method, op] of Object.entries(methods)) {
    const tag = op.tags?.[0] ?? 'api'
    tags.set(tag, [...(tags.get(tag) ?? []), operation(method, `${api.servers?.[0]?.url ?? ''}${path}`, op, api.components.schemas, lang, prefix)])
  }
  return shell(lang, nonce, WORDS.title[lang], `<header><h1>Sẵn Sàng ${escape(api.info.version)}: ${t('title')}</h1><nav><a href="${prefix}/api/openapi.json">${t('machine')}</a><a href="${prefix}/api?lang=${other}" lang="${other}">${other === 'vi' ? 'Tiếng Việt' : 'English'}</a></nav></header>
<main><p>${t('intro')}</p><p>${t('token')}</p>${[...tags].map(([tag, all]) => `<section><h2>${escape(tag)}</h2>${all.join('')}</section>`).join('')}</main>`)
}

/** `/problems/TASK_CLOSED`: where a problem's `type` leads. */
export const problemPage = (refusals: Refusals, prefix: string): Page => ({ lang, nonce, path }) => {
  const code = path.slice('/problems/'.length)
  const known = Object.hasOwn(refusals, code) ? refusals[code] : undefined
  if (!known) return Promise.resolve(undefined)
  const other = lang === 'vi' ? 'en' : 'vi'
  return Promise.resolve(shell(lang, nonce, code, `<main><h1>${escape(code)}</h1><p>${escape(WORDS.problem[lang])}, HTTP ${known.status}</p><p>${escape(known.message[lang])}</p><p lang="${other}">${escape(known.message[other])}</p>
<p><a href="${prefix}/api?lang=${lang}">${escape(WORDS.back[lang])}</a></p></main>`))
}
