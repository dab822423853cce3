// Where the answers of a report come from: the logs of this machine, or what other machines have added up.
import { type OpenHooks, openLogsOf } from '../log/open-logs.ts'
import type { LogRequest } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'
import type { AnswerSource } from './answer-source.ts'
import { findSummaries } from './find-summaries.ts'

export async function openSource(request: LogRequest, hooks: OpenHooks): Promise<AnswerSource> {
  const { places, cwd, tallies } = request.logs
  if (tallies !== undefined) {
    const { openTallies } = await import('../tally/open-tallies.ts')
    return openTallies(tallies, cwd)
  }
  const engine = openEngine(request.engine)
  const opened = await openLogsOf(request, hooks)
  return { engine, opened, removed: await findSummaries(places, cwd, opened.files) }
}
