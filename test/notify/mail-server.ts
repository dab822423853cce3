// A real SMTP server of this machine that keeps what it gets.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { CERTIFICATE, KEY } from './localhost-certificate.ts'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly isEncrypted: boolean
  readonly user: string | undefined
  /** The header fields by lower-case name, unfolded. */
  readonly headers: Readonly<Record<string, string>>
  readonly source: string
}

export interface MailServerOptions {
  readonly tls?: 'starttls' | 'implicit' | 'none'
  readonly password?: string
  /** The number with which a recipient is refused. */
  refuse?(address: string): number | undefined
}

export async function startMailServer(options: MailServerOptions = {}) {
  const received: ReceivedMail[] = []
  const { tls = 'starttls', password } = options
  const server = new SMTPServer({
    key: KEY,
    cert: CERTIFICATE,
    secure: tls === 'implicit',
    disabledCommands: tls === 'none' ? ['STARTTLS'] : [],
    authOptional: password === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: auth.username ?? '' }) : done(new Error('no, not hunter2')),
    onRcptTo: ({ address }, _session, done) => {
      const code = options.refuse?.(address)
      done(code === undefined ? null : Object.assign(new Error('no'), { responseCode: code }))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString()
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          isEncrypted: session.secure,
          user: session.user === undefined ? undefined : String(session.user),
          headers: headersOf(source),
          source,
        })
        done()
      })
    },
  })
  // A sender that does not believe the certificate hangs up.
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, received }
}

function headersOf(source: string): Record<string, string> {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  return Object.fromEntries(
    head.split('\r\n').map(line => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
}

/** A part of a mail by its type, decoded. */
export function partOf({ source }: ReceivedMail, type: string): string {
  // Those of nodemailer; a line of a text may begin with dashes too.
  const parts = source.split(/\r\n----_NmP[^\r\n]+/)
  const part = parts.find(one => one.toLowerCase().includes(`content-type: ${type}`))
  if (part === undefined) throw new Error(`there is no part of type ${type}`)
  const [head = '', ...rest] = part.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const plain = body.replace(/=\r\n/g, '')
  if (!/quoted-printable/i.test(head)) return plain
  const bytes = plain.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
