// Mail, where a server for it is set. A mail is text in one language; who gets it is looked up when it leaves, so no address lies in the queue.
import { createTransport } from 'nodemailer'

export type Mail = { to: { name: string; address: string }; subject: string; text: string; /** Names the mail for the recipient's client, so that a second attempt is no second mail. */ id: string }
export type Mailer = { send: (mail: Mail) => Promise<void>; check: () => Promise<boolean>; close: () => void }

export function openMail(server: URL, from: string): Mailer {
  const transport = createTransport({
    host: server.hostname, port: Number(server.port) || (server.protocol === 'smtps:' ? 465 : 587), secure: server.protocol === 'smtps:',
    // Credentials never leave unencrypted; a relay on this machine or network without any may be plain.
    ...(server.username ? { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) }, requireTLS: server.protocol !== 'smtps:' } : {}),
    pool: true, maxConnections: 2, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
  })
  return {
    send: async ({ to, subject, text, id }) => {
      const oneLine = (s: string) => s.replace(/[\r\n]+/g, ' ').slice(0, 200)
      await transport.sendMail({
        from, to: { name: oneLine(to.name), address: to.address }, subject: oneLine(subject), text, messageId: `<${id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'sansang'}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      })
    },
    check: () => transport.verify().then(() => true, () => false),
    close: () => transport.close(),
  }
}
