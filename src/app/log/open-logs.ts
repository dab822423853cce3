// The logs of a question, ready to be read. Logs of other tools that need more than one line at a time are read here and
// replaced by their events.
import { addAll, addFirst } from '../../base/lists.ts'
import { failureOf } from '../../engine/local/read-failure.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { type FoundLogs, findLogs } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import { copyInto, readLog } from '../../log/open-log.ts'
import { textsOfPath } from '../../log/path-texts.ts'
import { peekFile } from '../../log/peek-stream.ts'
import type { Ledger, RejectedLine } from '../../query/ledger.ts'
import type { ReadSource } from '../../query/line-counts.ts'
import { onlyFailures } from '../../query/made-ledger.ts'
import { LineCutter } from '../../scan/line-cutter.ts'
import { isOfSums, stepsOf } from '../../source/catalogue.ts'
import { makeEvents } from '../../source/make-events.ts'
import { type ReadLogRows, RowReader } from '../../source/read-rows.ts'
import type { LogRequest, LogSource } from '../request/requests.ts'
import type { EngineOptions } from '../workspace/open-engine.ts'
import { recogniseFile } from '../workspace/recognise-file.ts'
import { KeptRows } from './kept-rows.ts'

export interface OpenedLogs extends FoundLogs {
  /** Undefined if all are native. */
  readonly sources: readonly ReadSource[] | undefined
  /** What a reader of numbers from these logs must know. */
  readonly warnings: readonly string[]
}

export type LogOpening = Pick<LogSource, 'places' | 'cwd' | 'formatOf' | 'openStdin'>

export interface OpenHooks {
  readonly onProgress?: ((storedBytes: number, file: LogFile) => void) | undefined
  readonly onReject?: ((line: RejectedLine) => void) | undefined
}

/** Whether the caller may not see everything: about files they are then told only what could not be read. */
export interface OpenView {
  readonly isScoped: boolean
}

/** A file name, of one document or of lines, that no log of usagebook has. */
const DOCUMENT_NAME = /\.json(?:\.(?:gz|zst|br))?$/i
const LAST_DAY = 2_932_896
const OVERLAP =
  "A provider's sums of usage are read together with logs of requests. What is in both is counted twice; name one of them with --logs."

/** The logs of a question, as whoever asks may see them. */
export async function openLogsOf({ logs, filter, engine }: LogRequest, hooks: OpenHooks): Promise<OpenedLogs> {
  return await openLogs(logs, hooks, { isScoped: filter.scope !== undefined }, engine)
}

/** All files, whichever days are asked for: an event that a later file repeats is first in an earlier one. */
export async function openLogs(
  opening: LogOpening,
  hooks: OpenHooks,
  { isScoped }: OpenView = { isScoped: false },
  engine?: EngineOptions,
): Promise<OpenedLogs> {
  const { files: there, failures } = findLogs(opening.places, opening.cwd, isKnownDocument)
  const found = await Promise.all(there.map(file => peekFile(file, opening.openStdin)))
  const files = withoutTwins(found, opening).map(file => datedBy(opening.formatOf(file), file))
  const byFormat = new Map<SourceFormat, LogFile[]>()
  for (const file of files) {
    const format = opening.formatOf(file)
    if (format.steps === undefined && !(format.name !== 'native' && DOCUMENT_NAME.test(file.path))) continue
    const own = byFormat.get(format)
    if (own === undefined) byFormat.set(format, [file])
    else own.push(file)
  }
  const folder = hooks.onReject === undefined ? engine?.cache?.folder : undefined
  const kept = engine === undefined || folder === undefined ? undefined : new KeptRows(engine, folder)
  const made = new Map<LogFile, LogFile>()
  const warnings: string[] = []
  for (const [format, own] of byFormat) {
    const steps = stepsOf(format)
    const logs: ReadLogRows[] = []
    for (const file of own)
      logs.push(await readKept(file, format, opening, isScoped ? { onProgress: hooks.onProgress } : hooks, kept))
    const events = makeEvents(own, logs, format, steps)
    addAll(warnings, events.warnings)
    for (const [index, file] of events.files.entries()) made.set(own[index]!, isScoped ? hideLedger(file) : file)
  }
  kept?.end()
  const sources = sourcesOf(files, opening)
  const formats = new Set(files.map(opening.formatOf))
  if (formats.size > 1 && [...formats].some(isOfSums) && ![...formats].every(isOfSums)) warnings.push(OVERLAP)
  return { files: files.map(file => made.get(file) ?? file), failures, sources, warnings }
}

function hideLedger(file: LogFile): LogFile {
  return file.made === undefined ? file : { ...file, made: { ...file.made, ledger: onlyFailures(file.made.ledger) } }
}

// Folders contain many documents that are not logs.
export function isKnownDocument(file: LogFile): boolean {
  return DOCUMENT_NAME.test(file.path) && recogniseFile(file).name !== 'native'
}

async function readKept(
  file: LogFile,
  format: SourceFormat,
  opening: LogOpening,
  hooks: OpenHooks,
  kept: KeptRows | undefined,
): Promise<ReadLogRows> {
  const looked = kept?.look(file, format)
  const known = looked && kept?.read(looked)
  if (known !== undefined) {
    hooks.onProgress?.(known.ledger.bytes, file)
    return known
  }
  const log = await readRows(file, format, opening, hooks)
  if (looked !== undefined) kept?.keep(looked, log)
  return log
}

async function readRows(
  file: LogFile,
  format: SourceFormat,
  { openStdin }: LogOpening,
  { onProgress, onReject }: OpenHooks,
): Promise<ReadLogRows> {
  const texts = textsOfPath(format, file)
  const steps = stepsOf(format)
  const reader = new RowReader({ name: file.name, format, steps, texts, hasFileDay: file.day !== null, onReject })
  const target = DOCUMENT_NAME.test(file.path) ? new WholeBytes(reader) : new LineCutter(reader)
  let storedBytes = 0
  const count = ({ length }: Uint8Array) => {
    storedBytes += length
    onProgress?.(length, file)
  }
  const failures = []
  try {
    await readLog(file, target, openStdin, count)
  } catch (error) {
    failures.push(failureOf(file, error))
  }
  target.end()
  const log = reader.end()
  log.ledger.bytes = storedBytes
  addAll(log.ledger.failures, failures)
  return log
}

/** Takes all bytes of a file, which may be one document, or lines. */
class WholeBytes {
  private readonly reader: RowReader
  private readonly chunks: Buffer[] = []
  private readonly block = Buffer.allocUnsafe(256 * 1024)

  constructor(reader: RowReader) {
    this.reader = reader
  }

  space(): Uint8Array {
    return this.block
  }

  advance(byteCount: number): void {
    this.chunks.push(Buffer.from(this.block.subarray(0, byteCount)))
  }

  end(): void {
    const bytes = Buffer.concat(this.chunks)
    if (bytes.length === 0 || this.reader.document(bytes)) return
    const cutter = new LineCutter(this.reader)
    copyInto(cutter, bytes)
    cutter.end()
  }
}

// The meaning of a date in a file's name depends on the format.
function datedBy({ fileDate }: SourceFormat, file: LogFile): LogFile {
  if (fileDate === undefined || file.days === null) return file
  const days = fileDate === 'none' ? null : { first: file.days.first, last: LAST_DAY as typeof file.days.last }
  return { ...file, days, day: null }
}

// If an agent's log is there both plain and compressed, the plain one counts.
function withoutTwins(files: readonly LogFile[], { formatOf }: LogOpening): readonly LogFile[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  return files.filter(({ path, packing }) => {
    const plain = packing === 'none' ? undefined : byPath.get(path.slice(0, path.lastIndexOf('.')))
    return plain === undefined || formatOf(plain).steps === undefined
  })
}

function sourcesOf(files: readonly LogFile[], { formatOf }: LogOpening): readonly ReadSource[] | undefined {
  const sources = new Map<string, ReadSource>()
  for (const file of files) {
    const format = formatOf(file).name
    if (format === 'native') continue
    const place = placeOf(file)
    const key = `${format} ${place}`
    sources.set(key, { format, place, files: (sources.get(key)?.files ?? 0) + 1 })
  }
  return sources.size === 0 ? undefined : [...sources.values()]
}

// The folder that a file is named from.
function placeOf({ path, name, place }: LogFile): string {
  if (place !== undefined) return place
  return path.endsWith(`/${name}`) ? path.slice(0, -name.length - 1) : path
}

/** Adds what was found out about the logs to the ledger of the answers. */
export function tellOfLogs(ledger: Ledger, { failures, sources, warnings }: OpenedLogs): void {
  addFirst(ledger.failures, failures)
  if (sources !== undefined) ledger.sources = sources
  if (warnings.length > 0) ledger.warnings = warnings
}
