// After a report was written: what is said on stderr, and the exit code.
import type { explainEmpty } from '../app/explain-empty.ts'
import type { Outline } from '../app/kept-page.ts'
import type { AskedReport, LogRequest, ReportRequest } from '../app/run-report.ts'
import { visibleText } from '../base/safe-text.ts'
import type { Format } from '../render/render.ts'
import { failureNotes } from '../report/report-frame.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'
import { exceedsRejects, type MaxRejects } from './max-rejects.ts'

export interface Outcome {
  readonly page: Outline
  /** All log files that there are, chosen or not. */
  readonly files: AskedReport['files']
  readonly request: ReportRequest
  readonly format: Format
  readonly isToFile: boolean
}

export async function concludeReport(outcome: Outcome, options: Options, context: Context): Promise<number> {
  const { page } = outcome
  const say = (text: string) => context.stderr.write(`${visibleText(text)}\n`)
  const areNotesShown = outcome.format === 'text' && !outcome.isToFile
  if (!areNotesShown) sayWarnings(page, options, context)
  if (isEmpty(page.ledger) && page.ledger.failures.length === 0) {
    const { kinds } = outcome.request.report.questions(outcome.request)[0]!
    await sayWhatIsMissing(outcome.request, kinds, outcome.files, options, context)
  }
  const refusals = checksThatFail(page, options)
  for (const refusal of refusals) say(`check failed: ${refusal}`)
  if (page.ledger.failures.length > 0) return 1
  return refusals.length > 0 ? 3 : 0
}

/** What is wrong with a report that does not say so itself: an incomplete one, rejected lines. */
export function sayWarnings({ notes, ledger }: Warned, options: Options, context: Context): void {
  // What could not be read ends with exit code 1, so it is an error, and said also where only errors are.
  for (const { kind, text, hint } of options.quiet === true ? failureNotes(ledger) : notes) {
    if (kind === 'warning') context.stderr.write(`${visibleText(`warning: ${text} ${hint ?? ''}`.trimEnd())}\n`)
  }
}

type Warned = Pick<Outline, 'notes'> & { readonly ledger: Parameters<typeof failureNotes>[0] }

/** Nothing matched: says on stderr what there is instead. */
export async function sayWhatIsMissing(
  request: LogRequest,
  kinds: Parameters<typeof explainEmpty>[1],
  files: AskedReport['files'],
  options: Options,
  context: Context,
): Promise<void> {
  if (options.quiet === true) return
  const { explainEmpty } = await import('../app/explain-empty.ts')
  for (const line of await explainEmpty(request, kinds, files)) context.stderr.write(`${visibleText(line)}\n`)
}

function isEmpty({ used, summarized }: Outline['ledger']): boolean {
  return used === 0 && (summarized?.events ?? 0) === 0
}

function checksThatFail({ ledger, unpricedAnalyses }: Outline, options: Options): string[] {
  const { read, rejected, unread } = ledger
  const limit = options.maxRejects as MaxRejects | undefined
  const failing: string[] = []
  if (options.strict === true && rejected > 0) failing.push(`${rejected} of ${read} lines were rejected (--strict).`)
  if (limit !== undefined && exceedsRejects(limit, rejected, read)) {
    const allowed = limit.isPercent ? `${limit.count} %` : String(limit.count)
    failing.push(`${rejected} of ${read} lines were rejected, more than ${allowed} (--max-rejects).`)
  }
  if (options.strict === true && unread !== undefined) failing.push(`${unreadText(unread)} (--strict).`)
  if (options.strictPricing === true && unpricedAnalyses > 0) {
    const analyses = unpricedAnalyses === 1 ? '1 analysis has' : `${unpricedAnalyses} analyses have`
    failing.push(`${analyses} no price (--strict-pricing).`)
  } else if (options.strictPricing === true && unread !== undefined) {
    failing.push(`${unreadText(unread)} (--strict-pricing).`)
  }
  if (options.failOnEmpty === true && isEmpty(ledger)) failing.push('nothing matched (--fail-on-empty).')
  return failing
}

function unreadText({ analyses, of }: NonNullable<Outline['ledger']['unread']>): string {
  return `${analyses} of ${of} ${of === 1 ? 'analysis carries' : 'analyses carry'} no usage that could be read`
}
