// What a handler answers when the answer is a file: streamed, never opened in the page's own origin.
export class Download {
  name: string
  type: string
  body: AsyncIterable<string | Uint8Array> | Uint8Array
  size: number | undefined
  constructor(file: { name: string; type: string; body: AsyncIterable<string | Uint8Array> | Uint8Array; size?: number }) {
    this.name = file.name
    this.type = file.type
    this.body = file.body
    this.size = file.size ?? (file.body instanceof Uint8Array ? file.body.length : undefined)
  }
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
export function attachment(name: string): string {
  const clean = name.replace(/[\x00-\x1f\x7f/\\]/g, '_')
  const ascii = clean.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, (d) => (d === 'đ' ? 'd' : 'D')).replace(/[^\x20-\x7e]|["%]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
}
