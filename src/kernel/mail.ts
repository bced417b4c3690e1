// Mail, where a server for it is set. A mail is text in one language; who gets it is looked up when it leaves, so no address lies in the queue.

export type Mail = { to: { name: string; address: string }; subject: string; text: string; /** Names the mail for the recipient's client, so that a second attempt is no second mail. */ id: string }
/** `refused`: the mail server will never take it for this recipient; `later`: not now. It throws where the server itself is away, without the address that such errors name. */
export type Mailer = { send: (mail: Mail) => Promise<'sent' | 'refused' | 'later'>; check: () => Promise<boolean>; close: () => void }

export function openMail(server: URL, from: string): Mailer {
  // Its library is loaded with the first mail.
  const open = async () => (await import('nodemailer')).createTransport({
    host: server.hostname, port: Number(server.port) || (server.protocol === 'smtps:' ? 465 : 587), secure: server.protocol === 'smtps:',
    // Credentials never leave unencrypted; a relay on this machine or network without any may be plain.
    ...(server.username ? { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) }, requireTLS: server.protocol !== 'smtps:' } : {}),
    pool: true, maxConnections: 2, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
  })
  let opened: ReturnType<typeof open> | undefined
  const transport = () => (opened ??= open())
  return {
    send: async ({ to, subject, text, id }) => {
      const oneLine = (s: string) => s.replace(/[\r\n]+/g, ' ').slice(0, 200)
      try {
        await (await transport()).sendMail({
          from, to: { name: oneLine(to.name), address: to.address }, subject: oneLine(subject), text, messageId: `<${id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'sansang'}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return 'sent'
      } catch (error) {
        const { code, command, responseCode = 0 } = error as { code?: string; command?: string; responseCode?: number }
        // This recipient or this text; a sender that is not allowed is the installation's own mistake, and no mail may be lost by it.
        if ((code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM') return responseCode >= 400 && responseCode < 500 ? 'later' : 'refused'
        throw new Error(`the mail server did not take a mail (${code ?? 'unknown'} ${responseCode})`)
      }
    },
    check: () => transport().then((one) => one.verify()).then(() => true, () => false),
    close: () => { void opened?.then((one) => one.close()) },
  }
}
