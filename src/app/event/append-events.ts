// Appends events that another program wrote to the logs: each is checked as a reader would, given a time if it has none,
// and put into the file of its day.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { formatInstantUtc } from '../../base/calendar.ts'
import { instantOfTime } from '../../base/parse-time.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import { LineLog } from '../../capture/line-log.ts'
import { FIELD_BY_NAME } from '../../event/fields.ts'
import { flatNames } from '../../event/native-places.ts'
import { NATIVE_FORMAT } from '../../event/source-format.ts'
import { sumTokens } from '../../event/token-sums.ts'
import type { Problem, WrongValue } from '../../query/ledger.ts'
import { withoutMembers } from '../../scan/line-text.ts'
import { readLine } from '../../scan/read-line.ts'
import { logWriteProblem } from './log-write-problem.ts'

export interface AppendRequest {
  readonly dir: string
  /** In which the days of the files are cut. */
  readonly zone: Zone
  /** Of times without an offset. */
  readonly logZone: Zone
  readonly stdin: Readable
  now(): Instant
}

export interface AppendAnswer {
  readonly appended: number
  readonly rejected: readonly (Pick<Problem, 'line' | 'reason'> & Partial<WrongValue>)[]
}

/** Lines appended before the disk is waited for. */
const LINES_AT_ONCE = 1000
const TIME_NAMES: ReadonlySet<string> = new Set(flatNames(FIELD_BY_NAME.get('timestamp')!))

/** Appends all lines of the input that are events; the others are told with their line, from 1. */
export async function appendEvents(request: AppendRequest): Promise<AppendAnswer> {
  const log = new LineLog({ dir: request.dir, timezone: request.zone.name })
  const rejected: AppendAnswer['rejected'][number][] = []
  let line = 0
  let appended = 0
  for await (const text of createInterface({ input: request.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (text.trim() === '') continue
    const now = request.now()
    const result = readLine(text, NATIVE_FORMAT, [], true)
    if (result.kind === 'skipped') continue
    if (result.kind === 'rejected') {
      rejected.push({ line, reason: result.reason, ...result.wrong })
      continue
    }
    const { numbers } = result.values
    const { wrong } = sumTokens(name => numbers.get(name) ?? Number.NaN)
    if (wrong !== undefined) {
      rejected.push({ line, reason: 'bad-tokens', ...wrong })
      continue
    }
    const { time } = result.values
    log.add(
      time === undefined ? now : instantOfTime(time, request),
      time === undefined ? withTime(text, now) : text.trim(),
    )
    appended++
    if (appended % LINES_AT_ONCE === 0) await flush(log, request.dir)
  }
  await flush(log, request.dir)
  return { appended, rejected }
}

// Names of the time that have no value are left out, so that the line has exactly one.
function withTime(text: string, now: Instant): string {
  const body = withoutMembers(text.trim(), TIME_NAMES).slice(1).trimStart()
  return `{"timestamp":"${formatInstantUtc(now)}"${body.startsWith('}') ? '' : ','}${body}`
}

async function flush(log: LineLog, dir: string): Promise<void> {
  const problem = await log.flush()
  if (problem !== undefined) throw logWriteProblem(dir, problem)
}
