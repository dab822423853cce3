// A report as a mail: stored in the outbox under an id that is made of what it says, or of the job and the time that it is for,
// so that a retry or a kill makes no second one; then sent like every other message.
import { createHash } from 'node:crypto'
import { formatInstant, formatInstantUtc } from '../../base/calendar.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { UTC } from '../../base/zone.ts'
import type { Message } from '../../notify/message.ts'
import type { StoredMail } from '../../notify/outbox.ts'
import { renderMail } from '../../render/mail.ts'
import { renderReport } from '../../render/render.ts'
import { renderText } from '../../render/text.ts'
import type { Report } from '../../report/model/report.ts'
import type { Undelivered } from '../alert/deliver.ts'
import { deliverMessages } from '../alert/messages.ts'
import { outboxOf } from '../alert/outbox-of.ts'
import { readAlertPlan } from '../alert/read-plan.ts'
import { unknownTarget } from '../alert/test-targets.ts'
import type { Host } from '../host.ts'
import { type AskedChecks, checksThatFail, type Refusal } from '../request/checks.ts'
import type { ReportRequest } from '../request/requests.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Attached } from './mail-attachments.ts'
import { runReport } from './run-report.ts'

export interface MailRequest {
  /** Names of targets in alerts.json. */
  readonly targets: readonly string[]
  readonly attach: readonly Attached[]
  readonly columns: readonly string[] | null
  readonly checks: AskedChecks
  /** Names the job and its time; undefined where somebody asks by hand. */
  readonly occasion: string | undefined
  /** The command line, for people and as a part of the name of a job's mail. */
  readonly words: readonly string[]
  readonly workspace: Workspace
  /** Sends by its clock. */
  readonly sender: Host
  build(isForReading: boolean): Promise<ReportRequest>
  note(text: string): void
}

export interface MailAnswer {
  readonly report: Report
  /** Where there are any, nothing was put. */
  readonly refusals: readonly Refusal[]
  /** Targets that were sent this mail before. */
  readonly before: readonly string[]
  readonly undelivered: readonly Undelivered[]
}

const TYPES: Readonly<Record<Attached, string>> = {
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
}
const LOOK = { width: undefined, colorLevel: 0, hasUnicode: true, hasHeader: true, hasBom: false } as const
const TEXT_WIDTH = 78
const LONGEST_TEXT = 60_000

export async function mailReport(request: MailRequest): Promise<MailAnswer> {
  const { workspace, sender, targets, build, note } = request
  requireMailTargets(targets, workspace.root)
  const { report } = await runReport(await build(true), {})
  const refusals = checksThatFail(report, request.checks)
  if (refusals.length > 0) return { report, refusals, before: [], undelivered: [] }
  const mail = await makeMail(report, request)
  const message = messageOf(report, mail, request)
  const outbox = outboxOf(workspace.root)
  const put = targets.map(target => ({ target, ...outbox.put(message, target, mail) }))
  const ids = new Set(put.map(({ id }) => id))
  const before = put.filter(({ id }) => outbox.status(id).state === 'delivered').map(({ target }) => target)
  const { undelivered } = await deliverMessages(workspace, sender, note)
  return {
    ...{ report, refusals, before },
    undelivered: undelivered.filter(({ id }) => ids.has(id)),
  }
}

function requireMailTargets(names: readonly string[], root: string): void {
  const { targets } = readAlertPlan(root, UTC)
  for (const name of names) {
    if (!Object.hasOwn(targets, name)) throw unknownTarget(name, Object.keys(targets))
    if ('mail' in targets[name]!) continue
    const mails = Object.keys(targets).filter(other => 'mail' in targets[other]!)
    const hint = mails.length === 0 ? 'Add a target with "mail" to alerts.json.' : `Use one of ${mails.join(', ')}.`
    throw new UsageError('no-mail-target', `${optionName('mail')} ${JSON.stringify(name)}: this target gets no mail.`, {
      where: { option: 'mail' },
      hint,
    })
  }
}

async function makeMail(report: Report, { attach, columns, build }: MailRequest): Promise<StoredMail> {
  const { subject, html } = renderMail(report, columns)
  const text = renderText(report, { ...LOOK, width: TEXT_WIDTH, columns })
  const attachments: StoredMail['attachments'][number][] = []
  const whole = attach.length === 0 ? undefined : (await runReport(await build(false), {})).report
  for (const format of attach) {
    const pieces = await renderReport(whole!, { ...LOOK, format, columns, hasBom: format === 'csv' })
    attachments.push({
      filename: `${fileName(report)}.${format}`,
      content: [...pieces].join(''),
      contentType: TYPES[format],
    })
  }
  return { subject, html, text: cutText(text), attachments }
}

function messageOf(report: Report, mail: StoredMail, { occasion, words, sender }: MailRequest): Message {
  const { from, timezone, label } = report.period
  const now = sender.now()
  // A page says when it was made, which is no other mail.
  const said = occasion === undefined ? [mail.subject, mail.text, mail.html] : [occasion, mail.subject, ...words]
  const names = mail.attachments.map(({ filename }) => filename)
  return {
    ...{ kind: 'fire', rule: 'report', severity: 'low', labels: {}, period: label || 'no events' },
    episode: createHash('sha256')
      .update(JSON.stringify([said, names]))
      .digest('hex')
      .slice(0, 32),
    ...{ title: mail.subject, value: '', limit: '', causes: [], next: `usagebook ${words.join(' ')}` },
    window: `${label} (${timezone})`,
    since: from === null ? formatInstantUtc(now) : formatInstant(now, UTC),
  }
}

function fileName({ title, period }: Report): string {
  const words = `${title} ${period.label}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return words.replace(/^-+|-+$/g, '').slice(0, 80)
}

function cutText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  const end = text.lastIndexOf('\n', LONGEST_TEXT)
  const missing = text.slice(end + 1).split('\n').length - 1
  return `${text.slice(0, end + 1)}… ${missing} more lines\n`
}
