// Sends a report as mail and says what became of it: nothing, where all is well and nobody looks.
import { undeliveredText } from '../../app/alert/messages.ts'
import { type MailRequest, mailReport } from '../../app/report/mail-report.ts'
import type { AskedChecks } from '../../app/request/checks.ts'
import type { ReportRequest } from '../../app/request/requests.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { CommonOptions } from '../command.ts'
import type { Context } from '../context.ts'
import { noteOf } from '../flags/profile-flags.ts'
import { sayRefusals, sayWarnings } from './report-outcome.ts'

export interface MailFlags extends AskedChecks {
  readonly mail?: readonly string[] | undefined
  readonly mailAttach?: MailRequest['attach'] | undefined
  readonly columns?: readonly string[] | undefined
}

export async function sendReport(
  options: MailFlags & CommonOptions,
  context: Context,
  workspace: Workspace,
  build: (isForReading: boolean) => Promise<ReportRequest>,
): Promise<number> {
  const { mail: targets = [], mailAttach = [], columns = null } = options
  const note = noteOf(options, context)
  const { report, refusals, before, undelivered } = await mailReport({
    ...{ targets: [...new Set(targets)], attach: [...new Set(mailAttach)], columns, checks: options },
    ...{ occasion: context.occasion, words: context.argv, workspace, sender: context.sender ?? context, build, note },
  })
  sayWarnings(report, options, context)
  sayRefusals(refusals, context)
  if (refusals.length > 0) {
    context.stderr.write('Nothing was sent.\n')
    return report.ledger.failures.length > 0 ? 1 : 3
  }
  for (const target of before) note(`${target} has been sent this mail before, and is not sent it again`)
  for (const one of undelivered) context.stderr.write(`error: ${visibleText(undeliveredText(one))}\n`)
  if (undelivered.length > 0 || report.ledger.failures.length > 0) return 1
  if (context.isStdoutTerminal && before.length < targets.length)
    context.stdout.write(`Sent to ${visibleText(targets.join(', '))}.\n`)
  return 0
}
