// The last sentences of a report: what was read, and where the prices come from.
import { withThousands } from '../base/thousands.ts'
import type { Report } from '../report/report.ts'

export function describeLedger({ ledger, priceSource }: Report): string {
  const counts = (['used', 'filtered', 'other', 'duplicate', 'rejected'] as const)
    .filter(name => name === 'used' || ledger[name] > 0)
    .map(name => `${withThousands(String(ledger[name]))} ${name}`)
  const files = ledger.files === 1 ? '1 file' : `${withThousands(String(ledger.files))} files`
  const read = `${withThousands(String(ledger.read))} ${ledger.read === 1 ? 'line' : 'lines'}`
  const sentence = `${read} of ${files}: ${counts.join(', ')}.`
  return priceSource === null ? sentence : `${sentence} Prices: ${priceSource}.`
}
