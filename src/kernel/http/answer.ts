// How an answer leaves: JSON, a problem, a file.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzip } from 'node:zlib'
import { promisify } from 'node:util'
import type { Lang } from '../contract.ts'
import { PROBLEM_JSON, problemOf } from '../problem.ts'
import type { ProblemError } from '../problem.ts'
import { attachment, PDF_POLICY, rangeOf } from './download.ts'
import type { Download } from './download.ts'

const zip = promisify(gzip)
const WORTH_ZIPPING = 8 * 1024

export type Answers = {
  json: (request: IncomingMessage, response: ServerResponse, status: number, value: unknown, headers?: string[]) => Promise<void> | void
  /** JSON, or a stream whose type the headers say. */
  any: (request: IncomingMessage, response: ServerResponse, status: number, value: unknown, headers: string[]) => Promise<void> | void
  problem: (response: ServerResponse, error: ProblemError, lang: Lang, trace?: string) => void
  file: (request: IncomingMessage, response: ServerResponse, file: Download, headers?: string[]) => Promise<void>
}

const JSON_TYPE = ['Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store']
const TEXT = /^(text\/|application\/json)/

export function answersOf(security: string[], prefix: string): Answers {
  const plain = [...JSON_TYPE, ...security]
  const forPdf = security.map((value, i) => (security[i - 1] === 'Content-Security-Policy' ? PDF_POLICY : value))
  const answers: Answers = {
    any(request, response, status, value, headers) {
      if (!(value instanceof ReadableStream)) return answers.json(request, response, status, value, headers)
      response.writeHead(status, ['Cache-Control', 'private, no-store', ...security, ...headers])
      return pipeline(Readable.fromWeb(value as never), response)
    },
    json(request, response, status, value, headers = []) {
      if (value === undefined) {
        response.writeHead(status === 200 ? 204 : status, ['Cache-Control', 'no-store', ...security, ...headers])
        response.end()
        return
      }
      const text = JSON.stringify(value)
      if (text.length < WORTH_ZIPPING || !accepts(request, 'gzip')) {
        response.writeHead(status, [...plain, 'Content-Length', String(Buffer.byteLength(text)), ...headers])
        response.end(text) // as text, not bytes: head and body then leave in one write
        return
      }
      return zip(text, { level: 4 }).then((bytes) => {
        response.writeHead(status, [...plain, 'Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding', 'Content-Length', String(bytes.length), ...headers])
        response.end(bytes)
      })
    },
    problem(response, error, lang, trace) {
      const text = JSON.stringify(problemOf(error, lang, prefix, trace))
      response.writeHead(error.status, [
        'Content-Type', PROBLEM_JSON, 'Cache-Control', 'no-store', 'Content-Language', lang, ...security, 'Content-Length', String(Buffer.byteLength(text)),
        ...Object.entries(error.headers ?? {}).flat(),
      ])
      response.end(text)
    },
    async file(request, response, file, headers = []) {
      const zipped = file.size === undefined && TEXT.test(file.type) && accepts(request, 'gzip')
      const range = file.part && rangeOf(request.headers.range, file.size!)
      if (range === false) {
        response.writeHead(416, ['Content-Range', `bytes */${file.size!}`, 'Content-Length', '0', ...security])
        return void response.end()
      }
      const length = range ? range.to - range.from + 1 : file.size
      response.writeHead(range ? 206 : 200, [
        'Content-Type', file.type, 'Content-Disposition', attachment(file.name, file.inline ? 'inline' : 'attachment'), 'Cache-Control', file.forever ? 'private, max-age=2592000, immutable' : 'private, no-store', ...(file.inline && file.type === 'application/pdf' ? forPdf : security),
        ...(length === undefined ? [] : ['Content-Length', String(length)]), ...(file.part ? ['Accept-Ranges', 'bytes'] : []), ...(range ? ['Content-Range', `bytes ${range.from}-${range.to}/${file.size!}`] : []), ...(file.packed ? ['Content-Encoding', 'gzip'] : []), ...(zipped ? ['Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding'] : []), ...headers,
      ])
      if (file.body instanceof Uint8Array) return void response.end(file.body)
      const body = Readable.from(inBlocks(range ? file.part!(range.from, range.to) : file.body), { objectMode: false })
      return zipped ? pipeline(body, createGzip({ level: 4 }), response) : pipeline(body, response)
    },
  }
  return answers
}

export const accepts = (request: IncomingMessage, coding: 'br' | 'gzip'): boolean => {
  const header = request.headers['accept-encoding']
  return typeof header === 'string' && new RegExp(`\\b${coding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(header)
}

const BLOCK = 32 * 1024

/** Rows leave together: a write for each costs ten times as much as making them. */
async function* inBlocks(body: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  let text = ''
  for await (const part of body) {
    if (typeof part === 'string') {
      text += part
      if (text.length < BLOCK) continue
      yield Buffer.from(text)
      text = ''
    } else {
      if (text) yield Buffer.from(text)
      text = ''
      yield Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    }
  }
  if (text) yield Buffer.from(text)
}
