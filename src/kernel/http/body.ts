// Reads what was sent: bounded in size and time, JSON in NFC without NUL.
import type { IncomingMessage } from 'node:http'
import { StandardBracketNotationSerializer } from '@orpc/openapi-client/standard'
import { refusal } from '../problem.ts'

const JSON_LIMIT = 1024 * 1024
const FORM_LIMIT = 17 * 1024 * 1024
const PATIENCE_MS = 15_000

// One clock for all bodies under way: a timer each would cost more than the reading.
const waiting = new Map<IncomingMessage, { since: number; late: () => void }>()
setInterval(() => { const now = Date.now(); for (const { since, late } of waiting.values()) if (now - since > PATIENCE_MS) late() }, 1000).unref()

export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const length = Number(request.headers['content-length'] ?? 0)
  if (length > limit) return Promise.reject(refusal('TOO_LARGE', { data: { limit }, headers: { Connection: 'close' } }))
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined
    let more: Buffer[] | undefined
    let size = 0
    const fail = (error: Error) => { waiting.delete(request); request.removeAllListeners('data'); request.resume(); reject(error) }
    waiting.set(request, { since: Date.now(), late: () => fail(refusal('TOO_SLOW', { headers: { Connection: 'close' } })) })
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) return fail(refusal('TOO_LARGE', { data: { limit }, headers: { Connection: 'close' } }))
      if (first) (more ??= [first]).push(chunk)
      else first = chunk
    })
    request.on('end', () => { waiting.delete(request); resolve(more ? Buffer.concat(more) : first ?? Buffer.alloc(0)) })
    request.on('error', fail)
    request.on('close', () => { if (!request.complete) fail(new Error('the client went away')) })
  })
}

const ASCII = /^[\x00-\x7f]*$/
const nul = () => refusal('INVALID', { issues: [{ code: 'no_nul', path: [] }] })

/** What a procedure is sent: JSON, or a form where there is a file in it (as oRPC's client sends it). Nothing sent: no input. */
export function readInput(request: IncomingMessage, limit?: number): Promise<unknown> {
  return /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '') ? readForm(request, limit ?? FORM_LIMIT) : readJson(request, limit)
}

async function readForm(request: IncomingMessage, limit: number): Promise<unknown> {
  const bytes = await readBody(request, limit)
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': request.headers['content-type']! } }).formData().catch(() => { throw refusal('MALFORMED') })
  return fields([...form].map(([key, value]): [string, string | Blob] => [key.normalize('NFC'), typeof value === 'string' ? value.normalize('NFC') : value]))
}

/** Names in bracket notation, as in a query: a[], a[0], a[b]. */
export function fields(all: [string, string | Blob][]): unknown {
  if (all.some(([key, value]) => key.includes('\0') || (typeof value === 'string' && value.includes('\0')))) throw nul()
  return brackets.deserialize(all)
}
const brackets = new StandardBracketNotationSerializer()

/** PostgreSQL keeps no NUL; names and texts are kept in NFC whatever keyboard or file they came from. */
export async function readJson(request: IncomingMessage, limit = JSON_LIMIT): Promise<unknown> {
  const bytes = await readBody(request, limit)
  if (bytes.length === 0) return undefined
  if (!/^application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(request.headers['content-type'] ?? '')) throw refusal('MEDIA_TYPE', { data: { expected: 'application/json' } })
  const text = bytes.toString('utf8')
  if (text.includes('\\u0000')) throw nul()
  try {
    return JSON.parse(ASCII.test(text) && !text.includes('\\u') ? text : text.normalize('NFC'), text.includes('\\u') ? normalised : undefined)
  } catch {
    throw refusal('MALFORMED')
  }
}

/** An escaped letter is normalised after parsing: `a\u0300` is only ASCII in the JSON. Half a surrogate pair, which only an escape can bring, is no text for PostgreSQL. */
function normalised(_: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().normalize('NFC')
  if (typeof value === 'object' && value !== null && !Object.keys(value).every((key) => key.isWellFormed())) throw new SyntaxError('a key that is no text')
  return value
}

export const readQuery = (query: string): unknown => fields(query === '' ? [] : [...new URLSearchParams(query)].map(([key, value]) => [key.normalize('NFC'), value.normalize('NFC')]))
