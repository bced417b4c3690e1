// Sends JSON over kept connections with as little work as can be: the clients share two cores with what they measure.
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export type Answer = { status: number; body: string }
export type Client = { send: (method: string, path: string, body?: unknown) => Promise<Answer>; close: () => void }

/** One connection, one request at a time. */
export function openClient(url: string, bearer: string): Promise<Client> {
  const { hostname, port } = new URL(url)
  return new Promise((ready, no) => {
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let got: Buffer = Buffer.alloc(0)
    let waiting: { go: (answer: Answer) => void; no: (error: Error) => void } | undefined
    socket.once('error', no)
    socket.on('error', (error) => waiting?.no(error))
    socket.on('close', () => waiting?.no(new Error('the server closed the connection')))
    socket.on('data', (part: Buffer) => {
      got = got.length === 0 ? part : Buffer.concat([got, part])
      const answer = parse(got)
      if (!answer) return
      got = Buffer.alloc(0)
      const { go } = waiting!
      waiting = undefined
      go(answer)
    })
    socket.once('connect', () => ready({
      send: (method, path, body) => new Promise((go, reject) => {
        if (socket.destroyed) return reject(new Error('the server closed the connection, which was quiet for too long'))
        waiting = { go, no: reject }
        const text = body === undefined ? '' : JSON.stringify(body)
        socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${bearer}\r\nAccept: application/json\r\n${text ? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` : ''}\r\n${text}`)
      }),
      close: () => socket.destroy(),
    }))
  })
}

/** A whole answer, or undefined while some of it is missing. */
function parse(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(head)
  if (length) return bytes.length >= end + 4 + Number(length[1]) ? { status, body: bytes.toString('utf8', end + 4, end + 4 + Number(length[1])) } : undefined
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { status, body: '' }
  let body = ''
  for (let at = end + 4; ;) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (bytes.length < line + 2 + size + 2) return undefined
    if (size === 0) return { status, body }
    body += bytes.toString('utf8', line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}
