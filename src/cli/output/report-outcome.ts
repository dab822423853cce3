// After a report was written: what is said on stderr, and the exit code.
import type { EmptyAnswer } from '../../app/report/explain-empty.ts'
import type { Outline } from '../../app/report/kept-page.ts'
import type { LogRequest, ReportRequest } from '../../app/report/run-report.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { Format } from '../../render/render.ts'
import { failureNotes } from '../../report/model/report-frame.ts'
import type { Options } from '../command.ts'
import type { Context } from '../context.ts'
import { exceedsRejects, type MaxRejects } from '../max-rejects.ts'

export interface Outcome {
  readonly page: Outline
  readonly asked: Pick<EmptyAnswer, 'files' | 'ledger'>
  readonly request: ReportRequest
  readonly format: Format
  /** Absolute; undefined for standard output. */
  readonly file: string | undefined
  /** The checks that say no; a file was then not written. */
  readonly refusals: readonly string[]
}

export async function concludeReport(outcome: Outcome, options: Options, context: Context): Promise<number> {
  const { page, file, refusals } = outcome
  const say = (text: string) => context.stderr.write(`${visibleText(text)}\n`)
  const areNotesShown = outcome.format === 'text' && file === undefined
  if (!areNotesShown) sayWarnings(page, options, context)
  if (isEmpty(page.ledger) && page.ledger.failures.length === 0) {
    const { kinds } = outcome.request.report.questions(outcome.request)[0]!
    await sayWhatIsMissing(outcome.request, { ...outcome.asked, kinds }, options, context)
  }
  for (const refusal of refusals) say(`check failed: ${refusal}`)
  if (refusals.length > 0 && file !== undefined) say(`Nothing was written to ${file}.`)
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
  answer: EmptyAnswer,
  options: Options,
  context: Context,
): Promise<void> {
  if (options.quiet === true) return
  const { explainEmpty } = await import('../../app/report/explain-empty.ts')
  for (const line of await explainEmpty(request, answer)) context.stderr.write(`${visibleText(line)}\n`)
}

function isEmpty({ used, summarized }: Outline['ledger']): boolean {
  return used === 0 && (summarized?.events ?? 0) === 0
}

/** What the checks that were asked for say against a report, in sentences. */
export function checksThatFail({ ledger, unpricedAnalyses }: Outline, options: Options): string[] {
  const { read, rejected, unread, compared } = ledger
  const limit = options.maxRejects as MaxRejects | undefined
  const failing: string[] = []
  if (options.strict === true && rejected > 0) failing.push(`${rejected} of ${read} lines were rejected (--strict).`)
  if (options.strict === true && (compared?.rejected ?? 0) > 0)
    failing.push(
      `${compared!.rejected} of ${compared!.read} lines of the period compared with were rejected (--strict).`,
    )
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
