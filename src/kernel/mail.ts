// Mail, where a server for it is set. A mail is text in one language; who gets it is looked up when it leaves, so no address lies in the queue.

export type Mail = { to: { name: string; address: string }; subject: string; text: string; /** Names the mail for the recipient's client, so that a second attempt is no second mail. */ id: string }
/** `refused`: the mail server will never take it for this recipient; `later`: not now. It throws a MailFault where the server itself is away, without the address that such errors name. */
export type Mailer = { send: (mail: Mail) => Promise<'sent' | 'refused' | 'later'>; check: () => Promise<boolean>; close: () => void }

/** `tls`: from the first byte; asked for before anything is said; used where offered; never (a relay on this very machine). */
export type MailServer = { host: string; port: number; tls: 'implicit' | 'starttls' | 'offered' | 'none'; user?: string; password?: string }
export type Sender = string | { name: string; address: string }

/** Why a mail server did not take a mail: its name is unknown, it does not answer, no safe connection, who it is asked by, from whom the mail comes, or by the code alone. Names no address. */
export class MailFault extends Error {
  readonly why: 'name' | 'away' | 'tls' | 'sign_in' | 'sender' | 'other'
  readonly code: string
  constructor(why: MailFault['why'], code: string) {
    super(`the mail server did not take a mail (${code})`)
    this.why = why
    this.code = code
  }
}
type Fault = { code?: string; originalCode?: string; command?: string; responseCode?: number }
function faultOf({ code = 'unknown', originalCode = '', command, responseCode }: Fault): MailFault {
  const why = code === 'EDNS' || /^(ENOTFOUND|EAI_AGAIN)$/.test(originalCode) ? 'name'
    : code === 'EAUTH' || code === 'ENOAUTH' ? 'sign_in'
    : code === 'ETLS' || /^(ERR_TLS|ERR_SSL|CERT|EPROTO|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/.test(originalCode) ? 'tls'
    : command === 'MAIL FROM' ? 'sender'
    : /^(ECONNECTION|ETIMEDOUT|ESOCKET)$/.test(code) ? 'away' : 'other'
  return new MailFault(why, [code, originalCode, responseCode].filter(Boolean).join(' '))
}

/** Credentials never leave unencrypted; a relay on this machine or network without any may be plain. */
const serverOf = (url: URL): MailServer => ({
  host: url.hostname, port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587), tls: url.protocol === 'smtps:' ? 'implicit' : url.username ? 'starttls' : 'offered',
  ...(url.username ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } : {}),
})

export function openMail(server: URL | MailServer, from: Sender): Mailer {
  const { host, port, tls, user, password = '' } = server instanceof URL ? serverOf(server) : server
  const domain = (typeof from === 'string' ? /@([^>\s]+)/.exec(from)?.[1] : from.address.split('@')[1]) ?? 'sansang'
  // Its library is loaded with the first mail.
  const open = async () => (await import('nodemailer')).createTransport({
    host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none', ...(user ? { auth: { user, pass: password } } : {}),
    pool: true, maxConnections: 2, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
  })
  let opened: ReturnType<typeof open> | undefined
  const transport = () => (opened ??= open())
  return {
    send: async ({ to, subject, text, id }) => {
      const oneLine = (s: string) => s.replace(/[\r\n]+/g, ' ').slice(0, 200)
      try {
        await (await transport()).sendMail({
          from, to: { name: oneLine(to.name), address: to.address }, subject: oneLine(subject), text, messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return 'sent'
      } catch (error) {
        const { code, command, responseCode = 0 } = error as Fault
        // This recipient or this text; a sender that is not allowed is the installation's own mistake, and no mail may be lost by it.
        if ((code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM') return responseCode >= 400 && responseCode < 500 ? 'later' : 'refused'
        throw faultOf(error as Fault)
      }
    },
    check: () => transport().then((one) => one.verify()).then(() => true, () => false),
    close: () => { void opened?.then((one) => one.close()) },
  }
}
