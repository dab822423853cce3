// A check of the logs as a JSON value.
import { countsByReason } from '../../query/ledger.ts'
import { differingObject } from '../../report/model/differing-duplicates.ts'
import { unreadObject } from '../../report/model/unread-usage.ts'
import type { LogCheck } from './check-logs.ts'

export function checkDocument({ ledger, files, ...findings }: LogCheck) {
  const { failures, problems, unread, differing, differingAt, differences, summarized, compared, ...rest } = ledger
  const { lines, sources, warnings, undecided, ...counts } = rest
  return {
    schema: 'usagebook/log-check@1',
    ...findings,
    ledger: {
      ...counts,
      rejectedBy: { ...countsByReason(ledger) },
      undecided: undecided === 0 ? undefined : undecided,
      lines: lines === undefined ? undefined : { ...lines },
    },
    sources: sources?.map(source => ({ ...source })),
    warnings: warnings === undefined ? undefined : [...warnings],
    differing: differingObject(ledger),
    unread: unread === undefined ? undefined : unreadObject(unread),
    files: files.map(({ name, ledger: { read, rejected, duplicate }, outsideDay, backwards }) => ({
      ...{ name, read, rejected, duplicate, outsideDay, backwards },
    })),
    problems: problems.map(problem => ({ ...problem })),
    failures: failures.map(failure => ({ ...failure })),
  }
}
