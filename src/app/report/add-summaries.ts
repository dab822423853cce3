// Adds the summaries of removed events to the answers of a report. A summary answers either all questions of a report or none,
// so that all sections are about the same events; a summary that could not be used is counted, with the reason.
import { largestOf } from '../../base/lists.ts'
import type { Zone } from '../../base/zone.ts'
import type { Summarized, UnusedBy } from '../../query/ledger.ts'
import type { Query, Range } from '../../query/query.ts'
import type { Question } from '../../report/model/report-definition.ts'
import { answerSummary, countRemoved } from '../../tally/answer-summary.ts'
import { joinVersions } from '../../tally/join-versions.ts'
import type { LogSummary } from '../../tally/log-summary.ts'
import { emptyTally, type GrowingTally, mergeTally, type Tally } from '../../tally/tally.ts'
import type { FoundSummary } from './find-summaries.ts'
import { markSilent } from './silent-logs.ts'

/** Questions that were asked in one query, and its answer. */
export interface AnsweredPass {
  readonly questions: readonly Question[]
  readonly query: Query
  /** What was read for it, where the answer depends on more than the range of the query. */
  readonly around?: Range
  readonly tally: Tally
}

export function addSummaries(
  passes: readonly AnsweredPass[],
  summaries: readonly FoundSummary[],
  { zone, joinsVersions }: { readonly zone: Zone; readonly joinsVersions: boolean },
  silentLogs: ReadonlySet<string> = new Set(),
): readonly AnsweredPass[] {
  const grown = new Map<AnsweredPass, GrowingTally>()
  const days = new Set<number>()
  const unusedBy: UnusedBy = {}
  let events = 0
  for (const summary of summaries) {
    const beside = countBeside(passes, summary, zone)
    if (beside > 0) unusedBy.beside = (unusedBy.beside ?? 0) + beside
    const answers = passes.map(({ query }) => answerSummary(query, summary, zone))
    const unused = answers.flatMap(answer => ('unused' in answer ? [answer] : []))
    const [worst] = unused.sort((a, b) => b.events - a.events)
    if (worst !== undefined) {
      if (worst.events > 0) unusedBy[worst.unused] = (unusedBy[worst.unused] ?? 0) + worst.events
      continue
    }
    answers.forEach((answer, index) => {
      if ('unused' in answer || answer.events === 0) return
      const pass = passes[index]!
      const tally = grown.get(pass) ?? copyOf(pass)
      grown.set(pass, tally)
      const told = silentLogs.has(summary.log) ? markSilent(pass.query, answer.tally) : answer.tally
      mergeTally(tally, joinsVersions ? joinVersions(pass.query, told) : told)
      if (index === 0) events += answer.events
      for (const day of answer.days) days.add(day)
    })
  }
  if (events === 0 && Object.keys(unusedBy).length === 0) return passes
  const summarized: Summarized = { events, days: days.size, unusedBy }
  return passes.map(pass => {
    const tally = grown.get(pass) ?? pass.tally
    return { ...pass, tally: { ...tally, ledger: { ...tally.ledger, summarized } } }
  })
}

// What was removed around the range, next to events that the answer depends on.
function countBeside(passes: readonly AnsweredPass[], summary: LogSummary, zone: Zone): number {
  const counts = passes.map(({ query, around }) =>
    around === undefined
      ? 0
      : countRemoved({ ...query, range: around }, summary, zone) - countRemoved(query, summary, zone),
  )
  return largestOf(counts, 0)
}

function copyOf({ query, tally }: AnsweredPass): GrowingTally {
  const copy = emptyTally(query)
  mergeTally(copy, tally)
  return copy
}
