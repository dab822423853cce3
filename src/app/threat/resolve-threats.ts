// Says of threats that somebody has dealt with them: an event for each, appended to the logs like any other. One that is
// resolved already is left as it is, and where one id is unknown nothing is written.
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { formatDay, formatInstantUtc } from '../../base/calendar.ts'
import { ConfigError, systemCode, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { type Instant, UTC } from '../../base/zone.ts'
import { type LockOwner, withLock } from '../../durable/lock.ts'
import { RESOLVED_KIND } from '../../event/kind-fields.ts'
import { describeLogFile } from '../../log/log-file.ts'
import { extraText } from '../../report/group/group-bys.ts'
import { readLine } from '../../scan/read-line.ts'
import { appendEvents } from '../event/append-events.ts'
import { logWriteProblem } from '../event/log-write-problem.ts'
import type { LogSource } from '../request/requests.ts'
import type { FoundThreat } from './find-threats.ts'
import type { ResolveAnswer, ResolvedThreat } from './resolve-answer.ts'

export interface ResolveRequest {
  readonly ids: readonly string[]
  /** What was done about them. */
  readonly note: string | undefined
  /** The folder of logs that is written to. */
  readonly dir: string
  readonly formatOf: LogSource['formatOf']
  readonly owner: LockOwner
  now(): Instant
}

const LOCK_FILE = '.resolve.lock'
const NEAREST = 3
const ID_CHARACTERS = 22

/** `find` gives all threats that whoever asks may see; it is asked again once nobody else can resolve any. */
export async function resolveThreats(
  request: ResolveRequest,
  find: () => Promise<readonly FoundThreat[]>,
): Promise<ResolveAnswer> {
  const ids = [...new Set(request.ids)]
  const found = threatsOf(ids, await find())
  if (!found.some(({ resolved }) => !resolved)) return answerOf([], found)
  return await withoutOthers(request, async () => {
    const now = threatsOf(ids, await find())
    const open = now.filter(({ resolved }) => !resolved)
    await append(open, request)
    return answerOf(
      open,
      now.filter(({ resolved }) => resolved),
    )
  })
}

type Threat = ResolvedThreat & Pick<FoundThreat, 'resolved'>

// Of all clients that have a threat with one of the ids; one that is logged twice is resolved where one of its lines is.
function threatsOf(ids: readonly string[], found: readonly FoundThreat[]): readonly Threat[] {
  const threats = new Map<string, Threat>()
  const wanted = new Set(ids)
  for (const { id, client, resolved } of found) {
    if (id === null || !wanted.has(id)) continue
    const key = JSON.stringify([id, client])
    threats.set(key, { id, client, resolved: resolved || threats.get(key)?.resolved === true })
  }
  const known = new Set([...threats.values()].map(({ id }) => id))
  const unknown = ids.filter(id => !known.has(id))
  if (unknown.length > 0) throw unknownThreats(unknown, found)
  return [...threats.values()].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

async function append(threats: readonly ResolvedThreat[], request: ResolveRequest): Promise<void> {
  const { dir, note, now } = request
  const timestamp = formatInstantUtc(now())
  const lines = threats.map(({ id, client }) =>
    JSON.stringify({
      // Of the same threat the same, so that what two machines write counts once.
      ...{ timestamp, event: RESOLVED_KIND, id: idOf(client, id) },
      ...(client === null ? {} : { client }),
      threat_id: id,
      ...(note === undefined ? {} : { note }),
    }),
  )
  for (const line of lines) refuseOtherFormat(line, request)
  const stdin = Readable.from(lines.map(line => `${line}\n`))
  const { rejected } = await appendEvents({ dir, zone: UTC, logZone: UTC, stdin, now })
  if (rejected.length > 0) throw new Error(`a resolution was rejected: ${rejected[0]!.reason}`)
}

function idOf(client: string | null, id: string): string {
  const hash = createHash('sha256').update(JSON.stringify([client, id]))
  return `resolved-${hash.digest('base64url').slice(0, ID_CHARACTERS)}`
}

// What nobody could read there would not count.
function refuseOtherFormat(line: string, { dir, formatOf, now }: ResolveRequest): void {
  const name = `${formatDay(UTC.dayOf(now()))}.jsonl`
  const format = formatOf(describeLogFile(join(dir, name), name, null))
  const result = readLine(line, format, [extraText('threat_id')], true)
  if (result.kind === 'event' && result.values.texts.get('event') === RESOLVED_KIND) return
  throw new ConfigError(
    'other-log-format',
    `The logs in ${dir} are in the format ${format.name}, which has no threats.`,
    {
      where: { file: dir },
      hint: 'Name a folder of native logs first, under "logs" in the configuration.',
    },
  )
}

async function withoutOthers<T>({ dir, owner }: ResolveRequest, work: () => Promise<T>): Promise<T> {
  const lock = join(dir, LOCK_FILE)
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    return await withLock(lock, owner, work, { what: { busyCode: 'threats-busy', words: 'The threats' } })
  } catch (error) {
    const path = systemCode(error) === undefined ? undefined : (error as NodeJS.ErrnoException).path
    throw path === lock || path === dir ? logWriteProblem(dir, error) : error
  }
}

function answerOf(resolved: readonly ResolvedThreat[], before: readonly ResolvedThreat[]): ResolveAnswer {
  const message = [
    ...(resolved.length > 0 || before.length === 0 ? [`${countText(resolved.length)} resolved`] : []),
    ...(before.length > 0 ? [`${countText(before.length)} already resolved`] : []),
  ].join(', ')
  const plain = (threats: readonly ResolvedThreat[]) => threats.map(({ id, client }) => ({ id, client }))
  return { status: 'success', message: `${message}.`, resolved: plain(resolved), alreadyResolved: plain(before) }
}

function countText(count: number): string {
  return `${count} threat${count === 1 ? '' : 's'}`
}

function unknownThreats(unknown: readonly string[], found: readonly FoundThreat[]): UsageError {
  const names = unknown.map(id => JSON.stringify(id)).join(', ')
  const ids = new Set(found.flatMap(({ id }) => (id === null ? [] : [id])))
  const near = nearestNames(unknown[0]!, ids, NEAREST)
  const without = found.reduce((sum, { id, count }) => sum + (id === null ? count : 0), 0)
  const lost =
    without === 0 ? '' : ` ${countText(without)} ${without === 1 ? 'has' : 'have'} no id and cannot be resolved.`
  const what = unknown.length === 1 ? `There is no threat with the id ${names}.` : `There are no threats ${names}.`
  return new UsageError('unknown-threat', `${what}${lost}`, {
    hint: near.length > 0 ? `Use ${near.join(' or ')}.` : 'Use an id from the list of threats.',
  })
}
