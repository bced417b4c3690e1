// A live screen on a bare socket: sees each message of a topic, and when.
import { connect } from 'node:net'
import type { LiveChange } from '../../src/kernel/live.ts'

export type Screen = { close: () => void }

/** `seen` gets the time of arrival and the message's text; parsing is the caller's, so that thousands of screens cost little here. */
export function openScreen(url: string, bearer: string, topic: string, seen: (at: number, data: string) => void): Promise<Screen> {
  const { hostname, port } = new URL(url)
  return new Promise((ready, no) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let text = ''
    socket.setEncoding('latin1')
    socket.once('error', no)
    socket.on('error', () => {})
    socket.on('data', (part: string) => {
      const at = performance.now()
      text += part
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const message = text.slice(0, end)
        text = text.slice(end + 2)
        if (message.includes('event: ready')) ready({ close: () => socket.destroy() })
        else if (message.includes('event: change')) seen(at, message.slice(message.indexOf('data: ') + 6))
      }
    })
    socket.write(`GET /live?topics=${encodeURIComponent(topic)} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${bearer}\r\nAccept: text/event-stream\r\n\r\n`)
  })
}

/** How many tasks are reported below the unit, if the message says so. */
export function reportedIn(data: string, unitId: string): number | undefined {
  const item = (JSON.parse(data) as LiveChange).items.find((i) => i.id === unitId)
  return (item?.patch as { of: [unknown, unknown, unknown, number[]][] } | undefined)?.of[0]?.[3][1]
}
