// What the answers of a report come from: an engine, the logs that it is asked about, and what was removed from them.
import type { Engine } from '../../engine/engine.ts'
import type { OpenedLogs } from '../log/open-logs.ts'
import type { FoundSummaries } from './find-summaries.ts'

export interface AnswerSource {
  readonly engine: Engine
  readonly opened: OpenedLogs
  /** Of events that were removed from the logs. */
  readonly removed: FoundSummaries
}
