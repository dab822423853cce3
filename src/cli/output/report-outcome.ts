// After a report has been written: the messages on stderr, and the exit code.
import type { EmptyAnswer } from '../../app/report/explain-empty.ts'
import type { Outline } from '../../app/report/kept-page.ts'
import type { Refusal } from '../../app/request/checks.ts'
import { flagWord } from '../../app/request/flag-word.ts'
import type { LogRequest } from '../../app/request/requests.ts'
import { visibleText } from '../../base/safe-text.ts'
import { isEmptyLedger } from '../../query/ledger.ts'
import type { Format } from '../../render/render.ts'
import { failureNotes } from '../../report/model/report-frame.ts'
import type { Context } from '../context.ts'

export interface Quietable {
  readonly quiet?: boolean | undefined
}

export interface Outcome {
  readonly page: Outline
  /** Undefined where the page was made before; one with nothing on it is not kept. */
  readonly asked: EmptyAnswer | undefined
  readonly request: LogRequest
  readonly format: Format
  /** Absolute; undefined for standard output. */
  readonly file: string | undefined
  /** The checks that say no; a file was then not written. */
  readonly refusals: readonly Refusal[]
}

export async function concludeReport(outcome: Outcome, options: Quietable, context: Context): Promise<number> {
  const { page, asked, file, refusals } = outcome
  const say = (text: string) => context.stderr.write(`${visibleText(text)}\n`)
  const areNotesShown = outcome.format === 'text' && file === undefined
  if (!areNotesShown) sayWarnings(page, options, context)
  if (asked !== undefined && isEmptyLedger(page.ledger) && page.ledger.failures.length === 0)
    await sayWhatIsMissing(outcome.request, asked, options, context)
  sayRefusals(refusals, context)
  if (refusals.length > 0 && file !== undefined) say(`Nothing was written to ${file}.`)
  if (page.ledger.failures.length > 0) return 1
  return refusals.length > 0 ? 3 : 0
}

/** The checks that say no. */
export function sayRefusals(refusals: readonly Refusal[], context: Context): void {
  for (const { option, why } of refusals)
    context.stderr.write(`${visibleText(`check failed: ${why} (--${flagWord(option)}).`)}\n`)
}

/** What is wrong with a report that does not say so itself: an incomplete one, rejected lines. */
export function sayWarnings({ notes, ledger }: Warned, options: Quietable, context: Context): void {
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
  options: Quietable,
  context: Context,
): Promise<void> {
  if (options.quiet === true) return
  const { explainEmpty } = await import('../../app/report/explain-empty.ts')
  for (const line of await explainEmpty(request, answer)) context.stderr.write(`${visibleText(line)}\n`)
}
