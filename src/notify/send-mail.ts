// Sends mail by SMTP, with nodemailer, which is loaded for it. Encrypted, unless the configuration says that it is not to be.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rootCertificates } from 'node:tls'
import { systemCode, systemReason } from '../base/errors.ts'
import type { MailSettings } from './mail-settings.ts'
import { readSecret } from './secret-reference.ts'
import type { Failure, Sending } from './sending.ts'

const TIME_LIMIT_MS = 20_000

export interface Mail {
  /** The same at every try, and of no other mail: the first part of its Message-ID. */
  readonly name: string
  /** The same for all mails that belong together. */
  readonly thread?: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly { readonly filename: string; readonly content: string; readonly contentType: string }[]
}

/** Sends it to those who do not have it yet; an answer names those who have it now where others have not. */
export async function sendMail(mail: Mail, to: readonly string[], sending: Sending): Promise<Failure> {
  const settings = sending.mail
  if (settings === undefined) return ofTarget('usagebook.config.json names no mail server ("mail")')
  const options = connectionOf(settings, sending)
  if ('problem' in options) return ofTarget(options.problem)
  const missing = to.filter(address => !sending.arrivedAt.includes(address))
  const { default: nodemailer } = await import('nodemailer')
  const transport = nodemailer.createTransport({ ...options, disableFileAccess: true, disableUrlAccess: true })
  const domain = /@([\w.-]+)/.exec(settings.from)?.[1] ?? 'usagebook.invalid'
  try {
    const { accepted, rejected } = await transport.sendMail({
      from: settings.from,
      to: [...to],
      envelope: { from: addressOf(settings.from), to: missing },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      attachments: [...mail.attachments],
      messageId: `<${mail.name}@${domain}>`,
      ...(mail.thread === undefined
        ? {}
        : { references: `<${mail.thread}@${domain}>`, inReplyTo: `<${mail.thread}@${domain}>` }),
      date: new Date(sending.now()),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    if (rejected.length === 0) return undefined
    return {
      problem: `the mail server refused ${rejected.length} of ${to.length} recipients`,
      isOfTarget: false,
      arrivedAt: [...sending.arrivedAt, ...missing.filter(address => accepted.some(one => textOf(one) === address))],
    }
  } catch (error) {
    return failureOf(error)
  } finally {
    transport.close()
  }
}

function connectionOf(settings: MailSettings, sending: Sending) {
  const { host, user, passwordFrom, caFile, tls = 'starttls' } = settings
  const password = passwordFrom === undefined ? undefined : readSecret(passwordFrom, sending)
  if (password !== undefined && 'problem' in password) return password
  const ca = caFile === undefined ? undefined : readCertificates(resolve(sending.root, caFile))
  if (ca !== undefined && 'problem' in ca) return ca
  return {
    host,
    port: settings.port ?? (tls === 'implicit' ? 465 : 587),
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(ca === undefined ? {} : { tls: ca }),
    ...(user === undefined ? {} : { auth: { user, pass: password?.secret ?? '' } }),
    connectionTimeout: TIME_LIMIT_MS,
    greetingTimeout: TIME_LIMIT_MS,
    socketTimeout: TIME_LIMIT_MS,
  }
}

function readCertificates(file: string) {
  try {
    return { ca: [...rootCertificates, readFileSync(file, 'utf8')] }
  } catch (error) {
    return { problem: `the file ${file} of the certificates cannot be read: ${systemReason(error)}` }
  }
}

// What the server says may repeat what it was told, so only its number is passed on.
function failureOf(error: unknown): Failure {
  const { responseCode } = error as { responseCode?: number }
  const answered = responseCode === undefined ? '' : `: the mail server answered ${responseCode}`
  const code = systemCode(error)
  const reasons: Readonly<Record<string, string>> = {
    EAUTH: `the login was refused${answered}`,
    ETLS: 'no encrypted connection could be made ("tls" in "mail" says how)',
    ECONNECTION: `the mail server cannot be reached${answered}`,
    ESOCKET: 'the connection to the mail server failed',
    EDNS: 'the name of the mail server is not known',
    ETIMEDOUT: 'the mail server did not answer in time',
    EENVELOPE: `the mail server refused the recipients or the sender${answered}`,
    EMESSAGE: `the mail server refused the mail${answered}`,
  }
  const problem =
    (code === undefined ? undefined : reasons[code]) ?? `the mail could not be sent (${code ?? 'no reason given'})`
  return { problem, isOfTarget: code !== 'EENVELOPE' && code !== 'EMESSAGE' }
}

function ofTarget(problem: string): Failure {
  return { problem, isOfTarget: true }
}

/** Of "Usage <usagebook@example.com>", what is in the brackets. */
function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()
}

function textOf(address: string | { readonly address: string }): string {
  return typeof address === 'string' ? address : address.address
}
