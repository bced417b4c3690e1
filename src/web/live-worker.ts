// One line for all tabs of this browser: a browser allows six connections to a host, and ten open tabs must not use them up.
import { LiveLink } from './live-link.ts'
import type { LiveMessage } from './live-link.ts'

type Tab = { port: MessagePort; topics: string[]; seen: number }
const tabs = new Set<Tab>()
let link: LiveLink | undefined

const tell = (message: LiveMessage) => {
  const wanted = message.kind === 'change' ? message.change.topic : undefined
  for (const tab of tabs) if (wanted === undefined || tab.topics.includes(wanted)) tab.port.postMessage(message)
}

// A closed tab cannot say so reliably: it is dropped when it has not been heard for two minutes.
setInterval(() => {
  for (const tab of tabs) if (Date.now() - tab.seen > 120_000) tabs.delete(tab)
  link?.want([...tabs].flatMap((tab) => tab.topics))
}, 30_000)

;(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const tab: Tab = { port: event.ports[0]!, topics: [], seen: Date.now() }
  tabs.add(tab)
  tab.port.onmessage = ({ data }: MessageEvent<{ base?: string; topics?: string[]; retry?: boolean; leave?: boolean }>) => {
    tab.seen = Date.now()
    tabs.add(tab)
    if (data.leave) tabs.delete(tab)
    if (data.base) link ??= new LiveLink(data.base, tell)
    if (data.topics) tab.topics = data.topics
    if (data.topics || data.leave) link?.want([...tabs].flatMap((one) => one.topics))
    if (data.retry) link?.retry()
    if (data.base && link) tab.port.postMessage({ kind: 'state', line: link.line } satisfies LiveMessage)
  }
}
