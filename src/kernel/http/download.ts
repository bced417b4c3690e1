// What a handler answers when the answer is a file: streamed, and saved unless it is one of the few kinds that can be looked at in place.
/** By their sniffed kind. Nothing that a browser could run: no SVG, no HTML, no text. */
const SHOWN = /^(application\/pdf|image\/(png|jpeg|webp))$/
/**
 * A PDF is opened by the browser's own viewer, which runs in a process of its own without our origin; its kind is fixed by `nosniff`. Chrome shows none under `sandbox`
 * or `object-src 'none'` (crbug.com/271452, 413851), so what remains is that only our own pages may frame it.
 */
export const PDF_POLICY = "frame-ancestors 'self'"

export class Download {
  name: string
  type: string
  body: AsyncIterable<string | Uint8Array> | Uint8Array
  size: number | undefined
  /** Shown in the page that asks for it, where its kind is one of SHOWN. */
  inline: boolean
  /** Where it is set, `Range` is answered with these bytes alone, both ends counted. `size` must be known. */
  part: ((from: number, to: number) => AsyncIterable<Uint8Array>) | undefined
  /** The content under this address never changes: browsers keep it. */
  forever: boolean
  /** `body` is packed already. */
  packed: boolean
  constructor(file: { name: string; type: string; body: AsyncIterable<string | Uint8Array> | Uint8Array; size?: number; inline?: boolean; part?: Download['part']; forever?: boolean; packed?: boolean }) {
    this.inline = (file.inline ?? false) && SHOWN.test(file.type)
    this.name = file.name
    this.type = file.type
    this.body = file.body
    this.part = file.part
    this.forever = file.forever ?? false
    this.packed = file.packed ?? false
    this.size = file.size ?? (file.body instanceof Uint8Array ? file.body.length : undefined)
  }
}

/** The one range asked for, both ends counted; undefined: the whole (also for several ranges, which a server may answer so); false: there is nothing there. */
export function rangeOf(header: string | undefined, size: number): { from: number; to: number } | false | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '') ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from <= to ? { from, to } : false
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
export function attachment(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const clean = name.replace(/[\x00-\x1f\x7f/\\]/g, '_')
  const ascii = clean.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, (d) => (d === 'đ' ? 'd' : 'D')).replace(/[^\x20-\x7e]|["%]/g, '_')
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
}
