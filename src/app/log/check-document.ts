// A check of the logs as a JSON value.
import { countsByReason } from '../../query/ledger.ts'
import { differingObject } from '../../report/model/differing-duplicates.ts'
import { unreadObject } from '../../report/model/unread-usage.ts'
import type { LogCheck } from './check-logs.ts'

export function checkDocument({ ledger, files, ...rest }: LogCheck) {
  const { failures, problems, unread, differing, differingAt, differences, summarized, compared, ...counts } = ledger
  return {
    schema: 'usagebook/log-check@1',
    ...rest,
    ledger: { ...counts, rejectedBy: { ...countsByReason(ledger) } },
    differing: differingObject(ledger),
    unread: unread === undefined ? undefined : unreadObject(unread),
    files: files.map(({ name, ledger: { read, rejected, duplicate }, outsideDay, backwards }) => ({
      ...{ name, read, rejected, duplicate, outsideDay, backwards },
    })),
    problems: problems.map(problem => ({ ...problem })),
    failures: failures.map(failure => ({ ...failure })),
  }
}
