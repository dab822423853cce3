// Adds to the answers of a report what the summaries of removed events know. A summary answers all of a report's questions
// or none, so that its sections are of the same events; what it could not answer is counted with the reason.
import type { Zone } from '../../base/zone.ts'
import type { Summarized, UnusedReason } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import type { Question } from '../../report/model/report-definition.ts'
import { answerSummary } from '../../tally/answer-summary.ts'
import { joinVersions } from '../../tally/join-versions.ts'
import type { LogSummary } from '../../tally/log-summary.ts'
import { emptyTally, type GrowingTally, mergeTally, type Tally } from '../../tally/tally.ts'

/** Questions that were asked in one query, and its answer. */
export interface AnsweredPass {
  readonly questions: readonly Question[]
  readonly query: Query
  readonly tally: Tally
}

export function addSummaries(
  passes: readonly AnsweredPass[],
  summaries: readonly LogSummary[],
  { zone, joinsVersions }: { readonly zone: Zone; readonly joinsVersions: boolean },
): readonly AnsweredPass[] {
  const grown = new Map<AnsweredPass, GrowingTally>()
  const days = new Set<number>()
  const unusedBy: Partial<Record<UnusedReason, number>> = {}
  let events = 0
  for (const summary of summaries) {
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
      mergeTally(tally, joinsVersions ? joinVersions(pass.query, answer.tally) : answer.tally)
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

function copyOf({ query, tally }: AnsweredPass): GrowingTally {
  const copy = emptyTally(query)
  mergeTally(copy, tally)
  return copy
}
