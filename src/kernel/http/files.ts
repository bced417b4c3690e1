// Upload and download: bytes, so no procedures of the contract.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Actor } from '../access.ts'
import { fileOf, refusedFile } from '../blobs.ts'
import type { Blobs } from '../blobs.ts'
import type { Reader, SideWriter } from '../db.ts'
import type { Lang } from '../contract.ts'
import { refusal } from '../problem.ts'
import type { Answers } from './answer.ts'
import { Download } from './download.ts'

/** Puts a mark on a file before it leaves; what comes out is a PDF. */
export type Marking = (bytes: Uint8Array, type: string) => Promise<Uint8Array>
/** May the actor read the record with this id? By the kind before the colon of `holder`. A function: yes, but no file of it leaves as it is. */
export type Holders = Record<string, (read: Reader, actor: Actor, id: string, file: { id: string; side: SideWriter; at: Date; lang: Lang }) => Promise<boolean | Marking>>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export type Files = {
  /** `as`: a basemap, for whom `mayBasemap` lets, with a limit of its own. */
  upload: (request: IncomingMessage, response: ServerResponse, actor: Actor, at: Date, as?: string) => Promise<void>
  /** `inline`: to be looked at where its kind allows it, else saved. */
  download: (request: IncomingMessage, response: ServerResponse, actor: Actor, id: string, asked: { at: Date; lang: Lang }, inline?: boolean) => Promise<void>
}

export function openFiles(blobs: Blobs, read: Reader, side: SideWriter, holders: Holders, mayBasemap: (read: Reader, actor: Actor) => Promise<boolean>, answers: Answers): Files {
  return {
    async upload(request, response, actor, at, as) {
      if (actor.scopes?.length === 0 || (as === 'basemap' && !(await mayBasemap(read, actor)))) throw refusal('FORBIDDEN')
      const name = fileName(request.headers['content-disposition'])
      if (name === undefined) throw refusal('INVALID', { issues: [{ code: 'custom', path: ['Content-Disposition'], params: { vi: "Cần có: attachment; filename*=UTF-8''tên-tệp.", en: "Needed: attachment; filename*=UTF-8''name." } }] })
      await answers.json(request, response, 201, await blobs.store(read, side, actor, at, name, request, as === 'basemap' ? as : undefined))
    },
    async download(request, response, actor, id, { at, lang }, inline = false) {
      const file = UUID.test(id) ? await fileOf(read, id) : undefined
      const [kind = '', record = ''] = file?.holder?.split(':') ?? []
      const may = file && (file.holder === null ? file.uploadedBy === actor.id : await holders[kind]?.(read, actor, record, { id, side, at, lang }))
      if (!may) throw refusal('NOT_FOUND')
      if (typeof may === 'function') {
        const parts: Buffer[] = []
        for await (const part of await blobs.open(file.sha256)) parts.push(part)
        const body = await may(Buffer.concat(parts), file.type).catch(() => { throw refusedFile('FILE_UNMARKABLE') })
        return answers.file(request, response, new Download({ name: file.name.replace(/(\.\w+)?$/, '.pdf'), type: 'application/pdf', body, inline }))
      }
      await answers.file(request, response, new Download({ name: file.name, type: file.type, size: Number(file.size), body: await blobs.open(file.sha256), inline }))
    },
  }
}

/** RFC 6266: `filename*` before `filename`. */
function fileName(header: string | undefined): string | undefined {
  const encoded = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(header ?? '')?.[1]
  try {
    return encoded ? decodeURIComponent(encoded) : /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header ?? '')?.slice(1).find((part) => part !== undefined)
  } catch {
    return undefined
  }
}
