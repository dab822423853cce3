// Sentences about a report: what was read, where the prices come from, what it is compared with, why there is nothing in it.
import { withThousands } from '../../base/thousands.ts'
import { isEmptyLedger } from '../../query/ledger.ts'
import type { Report, Section } from '../../report/model/report.ts'

export function describeLedger({ ledger, priceSource }: Report): string {
  const counts = (['used', 'filtered', 'other', 'duplicate', 'rejected'] as const)
    .filter(name => name === 'used' || (ledger[name] > 0 && !(name === 'filtered' && ledger.isScoped)))
    .map(name => `${withThousands(String(ledger[name]))} ${name}`)
  const files = ledger.files === 1 ? '1 file' : `${withThousands(String(ledger.files))} files`
  const read = describeRead(ledger)
  const sentence = `${ledger.isScoped ? '' : `${read} of ${files}: `}${counts.join(', ')}.`
  return priceSource === null ? sentence : `${sentence} Prices: ${priceSource}.`
}

function describeRead({ read, lines }: Report['ledger']): string {
  const count = withThousands(String(read))
  if (lines === undefined) return `${count} ${read === 1 ? 'line' : 'lines'}`
  return `${count} ${read === 1 ? 'event' : 'events'} in ${withThousands(String(lines.read))} ${lines.read === 1 ? 'line' : 'lines'}`
}

/** What the changes of a report are against. */
export function describeCompared({ label }: NonNullable<Report['compared']>): string {
  return label === '' ? 'compared with a time without events' : `compared with ${label}`
}

/** Whether a report has no rows to show; its headlines are what a summary says. */
export function hasNothing(sections: readonly Section[], ledger: Report['ledger']): boolean {
  const isSummary = sections.length > 0 && sections.every(({ name }) => name === 'summary')
  if (isSummary) return isEmptyLedger(ledger)
  return sections.every(({ name, rows }) => name === 'summary' || rows.length === 0)
}

/** Why a report has no rows. */
export function describeNothing({ read, rejected, isScoped }: Report['ledger']): string {
  if (isScoped) return 'No event is in this range, passes these filters and counts in this report.'
  if (read === 0) return 'No log line was read: there are no logs here, or none for the days asked for.'
  const lines = withThousands(String(read))
  if (rejected === read) return `Of ${lines} lines read, none is an event: all were rejected.`
  return `Of ${lines} lines read, none is in this range, passes these filters and counts in this report.`
}
