// Looks once more where analyses carry no usage: whether that is true of all of them, of a log file or of a model, and which
// fields of their lines may hold it. Where all events carry usage, as their sums tell, nothing is read again.
import type { Readable } from 'node:stream'
import type { JsonObject } from '../../base/json.ts'
import type { Engine } from '../../engine/engine.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { usageLikeFinder } from '../../event/usage-like.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { Query } from '../../query/query.ts'
import type { UnreadField, UnreadUsage } from '../../query/unread-usage.ts'
import { describeValue } from '../../scan/describe-value.ts'
import type { Groups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { usageTest } from '../../tally/row-measures.ts'
import { sampleEvents } from '../event/sample-events.ts'
import { eventsWithoutUsage, usageByKind } from './events-without-usage.ts'

export interface UnreadSearch {
  /** Of all usage events that are meant; it tells of usage, see events-without-usage.ts. */
  readonly table: Groups
  /** Those that the table was added up from. */
  readonly files: readonly LogFile[]
  /** Which events are meant. */
  readonly query: Pick<Query, 'range' | 'timezone' | 'logTimezone' | 'conditions' | 'dedupe' | 'extras'>
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly openStdin: () => Readable
  readonly prices: PriceBook
  readonly engine: Engine
}

const MOST_FIELDS = 20
/** Events without usage that are looked at in a file, and in a file after many were. */
const MOST_OF_FILE = 2000
const FEW_OF_FILE = 100
const MOST_OF_ALL = 10_000

export async function findUnreadUsage(search: UnreadSearch): Promise<UnreadUsage | undefined> {
  const all = eventsWithoutUsage(search.table, search.prices)
  if (all.unknown === 0) return undefined
  const isTrueOfAll = all.isSilent
  const silentModels = new Map(all.silentModels)
  const fields = new FoundFields()
  const files: string[] = []
  let inFiles = 0
  let looked = 0
  for (const file of search.files) {
    if (isTrueOfAll && looked >= MOST_OF_ALL) break
    const sample = await sampleFile(file, search, all.silentModels, looked < MOST_OF_ALL ? MOST_OF_FILE : FEW_OF_FILE)
    looked += sample.looked
    const own = isTrueOfAll || !sample.isSilent ? undefined : await sumsOfFile(file, search)
    const isSilent = own !== undefined && own.unknown > 0 && own.isSilent
    fields.add(isTrueOfAll || isSilent ? sample.fields : sample.fieldsOfModels)
    if (!isSilent) continue
    files.push(file.name)
    inFiles += own.unknown
    for (const [model, unknown] of own.silentModels) {
      const left = silentModels.get(model)
      if (left !== undefined) silentModels.set(model, left - unknown)
    }
  }
  const found = { of: all.events, fields: fields.list() }
  if (isTrueOfAll) return { analyses: all.unknown, files: [], models: [], ...found }
  const models = [...silentModels].filter(([, left]) => left > 0)
  const analyses = Math.min(
    all.unknown,
    models.reduce((sum, [, left]) => sum + left, inFiles),
  )
  if (analyses === 0) return undefined
  return { analyses, files, models: models.map(([model]) => model as string | null), ...found }
}

interface Sample {
  /** No event that was looked at carries usage. */
  readonly isSilent: boolean
  readonly looked: number
  readonly fields: FoundFields
  /** Of events of silent models alone. */
  readonly fieldsOfModels: FoundFields
}

async function sampleFile(
  file: LogFile,
  search: UnreadSearch,
  silentModels: ReadonlyMap<KeyValue, number>,
  most: number,
): Promise<Sample> {
  const format = search.formatOf(file)
  const usageLike = usageLikeFinder(format)
  const [fields, fieldsOfModels] = [new FoundFields(), new FoundFields()]
  let carrying = 0
  let looked = 0
  await sampleEvents(queryOf(search), format, file, ({ judged, linesBefore }) => {
    const { batch, rows, used } = judged
    const carries = usageTest(batch)
    const models = batch.texts.get('model')!
    for (const row of rows.subarray(0, used)) {
      if (carries(row)) carrying++
      const isOfModel = silentModels.has(models.table.textOf(models.codes[row]!) ?? null)
      if (carries(row) || (carrying > 0 && !isOfModel)) continue
      looked++
      const found = usageLike(parseLine(batch.lineBytesOf(row)))
      for (const { field, value } of found) {
        const one = {
          field,
          file: file.name,
          line: linesBefore + batch.lines[row]!,
          example: describeValue(value),
          lines: 1,
        }
        fields.addOne(one)
        if (isOfModel) fieldsOfModels.addOne(one)
      }
    }
    return looked >= most || (carrying > 0 && (silentModels.size === 0 || most === FEW_OF_FILE)) ? 'enough' : 'more'
  })
  return { isSilent: carrying === 0 && looked > 0, looked, fields, fieldsOfModels }
}

async function sumsOfFile(file: LogFile, search: UnreadSearch) {
  const { formatOf, openStdin, engine, prices } = search
  const tally = await engine.run({ query: queryOf(search), files: [file], formatOf, openStdin, hooks: {} })
  return eventsWithoutUsage(tally.tables.get('usage')!, prices)
}

// Ids that stand in several files are not looked for.
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

  addOne(found: UnreadField): void {
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
