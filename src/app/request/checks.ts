// Conditions that a report's numbers must meet (--strict and the like). A check that fails gives the reason in a sentence.
import { isEmptyLedger, type Ledger } from '../../query/ledger.ts'
import { optionError } from './parse-option.ts'

/** How many rejected lines are allowed: a number, or a part of those read. */
export interface MaxRejects {
  readonly count: number
  readonly isPercent: boolean
}

/** The parser of `maxRejects`. */
export function parseMaxRejects(text: string, option: string): MaxRejects {
  const match = /^(?:(\d+)|(\d+(?:\.\d+)?)%)$/.exec(text)
  if (match !== null) return { count: Number(match[1] ?? match[2]), isPercent: match[2] !== undefined }
  const hint = 'Give a whole number of lines, or a percentage like 0.5%.'
  throw optionError(option, text, 'neither a number nor a percentage', hint)
}

function exceedsRejects(limit: MaxRejects, rejected: number, read: number): boolean {
  return limit.isPercent ? rejected * 100 > limit.count * read : rejected > limit.count
}

export interface AskedChecks {
  readonly strict?: boolean | undefined
  readonly maxRejects?: MaxRejects | undefined
  readonly strictPricing?: boolean | undefined
  readonly failOnEmpty?: boolean | undefined
}

/** A check that says no, and why: a sentence without its full stop. */
export interface Refusal {
  readonly option: keyof AskedChecks
  readonly why: string
}

export interface CheckedReport {
  readonly ledger: Pick<Ledger, 'read' | 'rejected' | 'unread' | 'used' | 'summarized' | 'compared'>
  readonly unpricedAnalyses: number
}

/** What the checks that were asked for say against a report. */
export function checksThatFail({ ledger, unpricedAnalyses }: CheckedReport, asked: AskedChecks): Refusal[] {
  const { read, rejected, unread, compared } = ledger
  const { strict, maxRejects, strictPricing, failOnEmpty } = asked
  const failing: Refusal[] = []
  const fail = (option: keyof AskedChecks, why: string) => failing.push({ option, why })
  if (strict === true && rejected > 0) fail('strict', `${rejected} of ${read} lines were rejected`)
  if (strict === true && (compared?.rejected ?? 0) > 0)
    fail('strict', `${compared!.rejected} of ${compared!.read} lines of the period compared with were rejected`)
  if (maxRejects !== undefined && exceedsRejects(maxRejects, rejected, read)) {
    const allowed = maxRejects.isPercent ? `${maxRejects.count} %` : String(maxRejects.count)
    fail('maxRejects', `${rejected} of ${read} lines were rejected, more than ${allowed}`)
  }
  if (strict === true && unread !== undefined) fail('strict', unreadText(unread))
  if (strictPricing === true && unpricedAnalyses > 0) {
    const analyses = unpricedAnalyses === 1 ? '1 analysis has' : `${unpricedAnalyses} analyses have`
    fail('strictPricing', `${analyses} no price`)
  } else if (strictPricing === true && unread !== undefined) fail('strictPricing', unreadText(unread))
  if (failOnEmpty === true && isEmptyLedger(ledger)) fail('failOnEmpty', 'nothing matched')
  return failing
}

function unreadText({ analyses, of }: NonNullable<Ledger['unread']>): string {
  return `${analyses} of ${of} ${of === 1 ? 'analysis carries' : 'analyses carry'} no usage that could be read`
}
