import { Refused, url } from './client.ts'

/** Sends one file as it is; the answer's id goes into the order. Throws the server's own sentence. */
export async function upload(file: File, lang: string, as?: 'basemap'): Promise<string> {
  const answer = await fetch(url(`api/v1/files${as ? `?as=${as}` : ''}`), {
    method: 'POST', credentials: 'same-origin', body: file,
    headers: { 'content-type': file.type || 'application/octet-stream', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`, 'accept-language': lang },
  })
  const body = (await answer.json().catch(() => ({}))) as { id?: string; detail?: string }
  if (!answer.ok || !body.id) throw new Refused('FILE', answer.status || 415, body.detail ?? file.name)
  return body.id
}
