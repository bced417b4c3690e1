// A file that the server draws of what is typed, saved by the browser; nothing of it is kept.
import { Refused, url } from '../../../web/client.ts'

export async function saveDrawn(path: string, body: object, name: string, lang: string): Promise<void> {
  const answer = await fetch(url(path), { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', 'accept-language': lang }, body: JSON.stringify(body) })
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string }
    throw new Refused(problem.code ?? 'FAILED', answer.status, problem.detail ?? '')
  }
  const a = document.createElement('a')
  a.href = URL.createObjectURL(await answer.blob())
  a.download = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? name
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000)
}
