// If analyses carry no usage, looks again: is that so for all analyses of a log file or of a model, and which fields of their
// lines may contain it? If all events carry usage, as their sums show, nothing is read again.
import type { Readable } from 'node:stream'
import { systemCode } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Engine } from '../../engine/engine.ts'
import { streamLines } from '../../engine/local/stream-lines.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { type UsageLike, usageLikeFinder } from '../../event/usage-like.ts'
import { type FoundLine, findLinesWith, plainPartOf, type SearchBudget } from '../../log/find-lines.ts'
import { canReadAgain, type LogFile } from '../../log/log-file.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { Query } from '../../query/query.ts'
import type { UnreadField, UnreadUsage } from '../../query/unread-usage.ts'
import { describeValue } from '../../scan/describe-value.ts'
import type { Judged } from '../../tally/judged.ts'
import { usageTest } from '../../tally/row-measures.ts'
import { sampleEvents } from '../event/sample-events.ts'
import type { LogRequest } from '../request/requests.ts'
import { type EventsWithoutUsage, eventsWithoutUsage, usageByKind } from './events-without-usage.ts'

export interface UnreadSearch {
  /** Of all usage events that are meant. */
  readonly all: EventsWithoutUsage
  /** Those that they were added up from. */
  readonly files: readonly LogFile[]
  /** Which events are meant. */
  readonly query: Pick<Query, 'range' | 'timezone' | 'logTimezone' | 'scope' | 'conditions' | 'dedupe' | 'extras'>
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly openStdin: () => Readable
  readonly prices: PriceBook
  readonly engine: Engine
}

/** Looks again at the events that a question to the logs was about, all files of the question being `files`. */
export async function findUnreadIn(
  { logs, filter }: LogRequest,
  all: EventsWithoutUsage,
  files: readonly LogFile[],
  prices: PriceBook,
  engine: Engine,
): Promise<UnreadUsage | undefined> {
  const { formatOf, openStdin, logTimezone } = logs
  const { scope, zone, conditions, dedupe, extras } = filter
  const range = { from: filter.range.from, to: filter.range.to }
  return await findUnreadUsage({
    all,
    files,
    query: { range, timezone: zone.name, logTimezone, scope, conditions, dedupe, extras },
    formatOf,
    openStdin,
    prices,
    engine,
  })
}

const MOST_FIELDS = 20
/** Events without usage that are looked at in a file, and in a file after many were. Each takes a tenth of a millisecond or more. */
const MOST_OF_FILE = 100
const FEW_OF_FILE = 10
const MOST_OF_ALL = 100
/** Lines that hold the name of a model without usage. */
const MOST_OF_MODEL = 50
const MOST_SEARCHED_BYTES = 64 * 1024 * 1024
const NEWLINE = Buffer.from('\n')

export async function findUnreadUsage(search: UnreadSearch): Promise<UnreadUsage | undefined> {
  const { all } = search
  if (all.unknown === 0) return undefined
  const isTrueOfAll = all.isSilent
  const silentModels = new Map(all.silentModels)
  const fields = new FoundFields()
  const silentFiles: LogFile[] = []
  let inFiles = 0
  let looked = 0
  for (const file of search.files) {
    if (isTrueOfAll && looked >= MOST_OF_ALL) break
    const sample = await sampleFile(file, search, looked < MOST_OF_ALL ? MOST_OF_FILE : FEW_OF_FILE)
    looked += sample.looked
    const own = isTrueOfAll || !sample.isSilent ? undefined : await sumsOfFile(file, search)
    const isSilent = own !== undefined && own.unknown > 0 && own.isSilent
    if (isTrueOfAll || isSilent) fields.add(sample.fields)
    if (!isSilent) continue
    silentFiles.push(file)
    inFiles += own.unknown
    for (const [model, unknown] of own.silentModels) {
      const left = silentModels.get(model)
      if (left !== undefined) silentModels.set(model, left - unknown)
    }
  }
  if (isTrueOfAll) return { analyses: all.unknown, of: all.events, files: [], models: [], fields: fields.list() }
  const models = [...silentModels].filter(([, left]) => left > 0)
  const analyses = Math.min(
    all.unknown,
    models.reduce((sum, [, left]) => sum + left, inFiles),
  )
  if (analyses === 0) return undefined
  const others = search.files.filter(file => canReadAgain(file) && !silentFiles.includes(file))
  const budget = { leftBytes: MOST_SEARCHED_BYTES }
  for (const [model] of models)
    if (model !== null) await addFieldsOfModel(String(model), others, search, budget, fields)
  const files = silentFiles.map(file => file.name)
  const names = models.map(([model]) => model as string | null)
  return { analyses, of: all.events, files, models: names, fields: fields.list() }
}

interface Sample {
  /** No event that was looked at carries usage. */
  readonly isSilent: boolean
  readonly looked: number
  readonly fields: FoundFields
}

// Up to the first event that carries usage.
async function sampleFile(file: LogFile, search: UnreadSearch, most: number): Promise<Sample> {
  // Its sums alone can say.
  if (file.away !== undefined) return { isSilent: true, looked: 0, fields: new FoundFields() }
  const format = search.formatOf(file)
  const usageLike = usageLikeFinder(format)
  const fields = new FoundFields()
  let isCarrying = false
  let looked = 0
  await sampleEvents(queryOf(search), format, file, ({ judged, linesBefore }) => {
    const { batch, rows, used } = judged
    const carries = usageTest(batch)
    for (const row of rows.subarray(0, used)) {
      isCarrying ||= carries(row)
      if (isCarrying || looked >= most) return 'enough'
      looked++
      fields.addLine(usageLike(parseLine(batch.lineBytesOf(row))), file, linesBefore + batch.lines[row]!)
    }
    return 'more'
  })
  return { isSilent: !isCarrying && looked > 0, looked, fields }
}

// Lines that hold the name are found by their bytes: reading all to find the few of one model takes many times as long as the report.
async function addFieldsOfModel(
  model: string,
  files: readonly LogFile[],
  search: UnreadSearch,
  budget: SearchBudget,
  fields: FoundFields,
): Promise<void> {
  let left = MOST_OF_MODEL
  for (const file of files) {
    if (left <= 0) return
    const lines = await takeLinesWith(file, plainPartOf(model), left, budget)
    const format = search.formatOf(file)
    const usageLike = usageLikeFinder(format)
    const take = ({ batch, rows, used }: Judged) => {
      const carries = usageTest(batch)
      const models = batch.texts.get('model')!
      for (const row of rows.subarray(0, used)) {
        if (carries(row) || models.table.textOf(models.codes[row]!) !== model) continue
        left--
        fields.addLine(usageLike(parseLine(batch.lineBytesOf(row))), file, lines[batch.lines[row]! - 1]!.number)
      }
    }
    const bytes = Buffer.concat(lines.flatMap(line => [line.bytes, NEWLINE]))
    streamLines(queryOf(search), format, file, bytes, take, () => undefined)
  }
}

async function takeLinesWith(file: LogFile, text: string, most: number, budget: SearchBudget): Promise<FoundLine[]> {
  const lines: FoundLine[] = []
  if (text === '') return lines
  try {
    for await (const { number, bytes } of findLinesWith(file, Buffer.from(text), budget)) {
      lines.push({ number, bytes: Buffer.from(bytes) })
      if (lines.length >= most) break
    }
  } catch (error) {
    // What is damaged is told by whoever reads all.
    if (systemCode(error) === undefined) throw error
  }
  return lines
}

async function sumsOfFile(file: LogFile, search: UnreadSearch) {
  const { formatOf, openStdin, engine, prices } = search
  const tally = await engine.run({ query: queryOf(search), files: [file], formatOf, openStdin, hooks: {} })
  return eventsWithoutUsage(tally.tables.get('usage')!, prices)
}

// Ids that appear in several files are not looked for.
function queryOf({ query, prices }: UnreadSearch): Query {
  const dedupe = query.dedupe === 'off' ? 'off' : 'file'
  return { ...query, kinds: 'usage', dedupe, cuts: prices.cuts, groupBys: [usageByKind('usage')] }
}

function parseLine(bytes: Uint8Array): JsonObject {
  const text = Buffer.from(bytes).toString()
  return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text) as JsonObject
}

class FoundFields {
  private readonly byName = new Map<string, UnreadField>()

  addLine(found: readonly UsageLike[], { name: file }: LogFile, line: number): void {
    for (const { field, value } of found) this.addOne({ field, file, line, example: describeValue(value), lines: 1 })
  }

  private addOne(found: UnreadField): void {
    const known = this.byName.get(found.field)
    this.byName.set(found.field, known === undefined ? found : { ...known, lines: known.lines + found.lines })
  }

  add(others: FoundFields): void {
    for (const found of others.byName.values()) this.addOne(found)
  }

  /** The most frequent first. */
  list(): UnreadField[] {
    return [...this.byName.values()].sort((a, b) => b.lines - a.lines).slice(0, MOST_FIELDS)
  }
}
