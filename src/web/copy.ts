// The clipboard. Without TLS a browser keeps `navigator.clipboard` from a page: then its own copying does it, which any page may begin at a press.
import { saidNow } from './at-once.ts'
import { toast } from './kit/toast.tsx'

/** What is copied, by type: `{ 'text/plain': … }`. */
type Copied = Record<string, string>

function byEvent(parts: Copied): boolean {
  let done = false
  const put = (event: ClipboardEvent) => {
    for (const [type, text] of Object.entries(parts)) event.clipboardData?.setData(type, text)
    event.preventDefault()
    event.stopImmediatePropagation()
    done = true
  }
  document.addEventListener('copy', put, true)
  document.execCommand('copy') // eslint-disable-line typescript/no-deprecated -- the only way over plain http
  document.removeEventListener('copy', put, true)
  return done
}

/** Copies at a press, and says that it did (`said`) or that it could not. */
export async function copy(what: string | Copied, said: string): Promise<void> {
  const parts = typeof what === 'string' ? { 'text/plain': what } : what
  const done = await (async () => {
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })])))])
      return true
    } catch { return byEvent(parts) }
  })()
  if (done) toast(said); else toast(saidNow()('copy.not'), { look: 'bad' })
}
