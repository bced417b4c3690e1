// A mail server of forty lines, on a port of this machine.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** Keeps what it is sent. `signIn`: takes mail of this account alone; `from`: of this sender alone. */
export async function openSink({ signIn, from }: { signIn?: { user: string; password: string }; from?: string } = {}) {
  const mails: { from: string; to: string; data: string }[] = []
  const server = createServer((socket) => {
    let signedIn = signIn === undefined
    let mail = { from: '', to: '', data: '' }
    let inData = false
    let held = ''
    socket.write('220 sink ESMTP\r\n')
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      held += chunk.toString()
      for (;;) {
        if (inData) {
          const end = held.indexOf('\r\n.\r\n')
          if (end < 0) return
          mails.push({ ...mail, data: held.slice(0, end) })
          held = held.slice(end + 5)
          inData = false
          mail = { from: '', to: '', data: '' }
          socket.write('250 kept\r\n')
          continue
        }
        const end = held.indexOf('\r\n')
        if (end < 0) return
        const line = held.slice(0, end)
        held = held.slice(end + 2)
        if (/^EHLO|^HELO/i.test(line)) socket.write(`250-sink\r\n${signIn ? '250-AUTH PLAIN\r\n' : ''}250 8BITMIME\r\n`)
        else if (/^AUTH PLAIN /i.test(line)) {
          signedIn = Buffer.from(line.slice(11), 'base64').toString() === `\0${signIn?.user}\0${signIn?.password}`
          socket.write(signedIn ? '235 come in\r\n' : '535 5.7.8 who are you\r\n')
        } else if (/^MAIL FROM/i.test(line) && (!signedIn || (from && !line.includes(from)))) socket.write('550 5.7.1 not for you\r\n')
        else if (/^MAIL FROM/i.test(line)) { mail.from = line; socket.write('250 ok\r\n') }
        else if (/^RCPT TO/i.test(line)) { mail.to += line; socket.write('250 ok\r\n') }
        else if (/^DATA/i.test(line)) { inData = true; socket.write('354 go\r\n') }
        else if (/^STARTTLS/i.test(line)) socket.write('502 not here\r\n')
        else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { mails, port: (server.address() as AddressInfo).port, close: () => server.close() }
}
