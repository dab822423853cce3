// One line of a log field by field: what was read from where, what was computed, what was not read, what is wrong.
import { InputError } from '../../base/errors.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { formatPath, placesOf } from '../../event/source-format.ts'
import { sumTokens } from '../../event/token-sums.ts'
import { describeLogFile, type LogFile } from '../../log/log-file.ts'
import { openLines } from '../../log/open-log.ts'
import { textsOfPath } from '../../log/path-texts.ts'
import { describeReason } from '../../query/ledger.ts'
import { describeValue } from '../../scan/describe-value.ts'
import { isObject, type JsonObject } from '../../scan/json-object.ts'
import { findValue } from '../../scan/plain-value.ts'
import { openBytes } from '../../scan/read-bytes.ts'
import { type LineValues, readObject } from '../../scan/read-line.ts'
import { stepsOf } from '../../source/catalogue.ts'

export interface ExplainedField {
  readonly field: string
  readonly value: string
  /** The path that it was read from, or another source in brackets. */
  readonly from: string
}

export interface ExplainedRow {
  /** How the line counts: "an event", "no event: …", "rejected: …". */
  readonly outcome: string
  readonly fields: readonly ExplainedField[]
  /** The tokens, after those that were counted separately were added to their totals. */
  readonly tokens: readonly (readonly [string, number])[]
}

export interface ExplainedLine {
  readonly file: string
  readonly line: number
  readonly format: string
  readonly rows: readonly ExplainedRow[]
  /** Values in the line that were not read, because no field looks for them or another place won. */
  readonly ignored: readonly (readonly [string, string])[]
  /** If the line itself gives no event: why. */
  readonly remark: string | undefined
}

const MOST_IGNORED = 40
const MOST_LEVELS = 6

/** `place` is FILE:LINE. */
export async function explainLine(
  place: string,
  formatOf: (file: LogFile) => SourceFormat,
  resolvePath: (path: string) => string,
): Promise<ExplainedLine> {
  const match = /^(.+):(\d+)$/.exec(place)
  const number = Number(match?.[2])
  if (match === null || number < 1) {
    throw new InputError('no-such-line', `${place} does not name a line of a log.`, {
      hint: 'Write FILE:LINE, such as usage_logs/2026-02-02.jsonl:3.',
    })
  }
  const path = resolvePath(match[1]!)
  const file = describeLogFile(path, match[1]!, null)
  const format = formatOf(file)
  const rowsOf = stepsOf(format)?.open() ?? ((object: JsonObject) => [{ object }])
  let found:
    | { text: string; object: JsonObject | undefined; rows: readonly { object: JsonObject | undefined }[] }
    | undefined
  let line = 0
  for await (const bytes of linesOf(file)) {
    if (++line > number) break
    const object = parse(bytes)
    // Lines above may set values for this line too, such as the model.
    const rows = object === undefined ? [] : rowsOf(object)
    if (line === number) found = { text: bytes.toString('utf8'), object, rows }
  }
  if (found === undefined) {
    throw new InputError('no-such-line', `${match[1]} has no line ${number}: it has ${line}.`, {
      hint: `Name a line from 1 to ${line}.`,
    })
  }
  const { text, object, rows } = found
  const head = { file: match[1]!, line: number, format: format.name }
  if (object === undefined)
    return {
      ...head,
      rows: [],
      ignored: [],
      remark: text.trim() === '' ? 'The line is blank.' : 'The line is not a JSON object, so it is rejected.',
    }
  const events = rows.flatMap(row => (row.object === undefined ? [] : [row.object]))
  const explained = events.map(row => explainRow(row, row === object ? text : '', format, file))
  // For rows that were made from the line, their format knows where the values are from.
  const isWhole = stepsOf(format) === undefined || events.some(row => row === object)
  const read = new Set(explained.flatMap(({ fields }) => fields.map(({ from }) => from)))
  const remark =
    events.length === 0 ? 'The line has no event of its own, but lines after it may depend on it.' : undefined
  return { ...head, rows: explained, ignored: isWhole ? ignoredOf(object, read) : [], remark }
}

function explainRow(object: JsonObject, text: string, format: SourceFormat, file: LogFile): ExplainedRow {
  const texts = textsOfPath(format, file)
  const result = readObject(object, text, format, [], file.day !== null, texts)
  if (result.kind === 'skipped')
    return {
      outcome: 'no event: the format leaves it out',
      fields: fieldsOf(object, text, format, undefined, texts),
      tokens: [],
    }
  if (result.kind === 'rejected') {
    const why = describeReason({ reason: result.reason, ...result.wrong })
    return { outcome: `rejected: ${why}`, fields: fieldsOf(object, text, format, undefined, texts), tokens: [] }
  }
  const { values } = result
  const { wrong, ...sums } = sumTokens(name => values.numbers.get(name) ?? Number.NaN)
  const undecided =
    values.isUndecided === true
      ? '; the line does not say whether input and output include cached tokens and reasoning'
      : ''
  const outcome =
    wrong === undefined ? `an event${undecided}` : `rejected: bad-tokens: ${wrong.field} is ${wrong.value}`
  const tokens = Object.entries(sums).filter(([, count]) => count > 0)
  return { outcome, fields: fieldsOf(object, text, format, values, texts), tokens }
}

function fieldsOf(
  object: JsonObject,
  text: string,
  format: SourceFormat,
  values: LineValues | undefined,
  texts: ReadonlyMap<string, string> | undefined,
): ExplainedField[] {
  const fields: ExplainedField[] = []
  for (const field of format.fields.keys()) {
    const source = placesOf(format, field).find(place => isGiven(findValue(object, place, text).value))
    if (source === undefined) continue
    const { value } = findValue(object, source, text)
    fields.push({ field, value: describeValue(readValueOf(field, values) ?? value), from: formatPath(source.path) })
  }
  const named = new Set(fields.map(({ field }) => field))
  const more = (field: string, value: string, from: string) => {
    if (!named.has(field)) fields.push({ field, value: describeValue(value), from })
    named.add(field)
  }
  for (const [field, value] of texts ?? []) more(field, value, '(the path of the file)')
  for (const [field, value] of format.constants) more(field, value, '(the format)')
  for (const [field, value] of values?.texts ?? []) more(field, value, '(a rule of the format)')
  if (format.id.length > 0 && values?.id !== undefined)
    more('id', values.id, `(${format.id.map(formatPath).join(' and ')})`)
  return fields
}

// As it is after units and rules.
function readValueOf(field: string, values: LineValues | undefined): unknown {
  if (values === undefined) return undefined
  if (field === 'timestamp' && values.time !== undefined)
    return new Date(values.time.ms).toISOString().slice(0, values.time.isNaive ? -1 : undefined)
  const number = values.numbers.get(field)
  if (number !== undefined) return field === 'duration_ms' ? number / 1000 : number
  return values.texts.get(field)
}

function ignoredOf(object: JsonObject, read: ReadonlySet<string>): (readonly [string, string])[] {
  const ignored: (readonly [string, string])[] = []
  const look = (value: unknown, path: readonly string[]) => {
    if (ignored.length >= MOST_IGNORED) return
    const name = formatPath(path)
    if (path.length > 0 && read.has(name)) return
    if (isObject(value) && path.length < MOST_LEVELS && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) look(inner, [...path, key])
    } else if (path.length > 0) ignored.push([name, describeValue(value)])
  }
  look(object, [])
  return ignored
}

async function* linesOf(file: LogFile): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of openLines(file)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      yield bytes.subarray(start, end)
      start = end + 1
    }
    rest = Buffer.from(bytes.subarray(start))
  }
  if (rest.length > 0) yield rest
}

function parse(bytes: Buffer): JsonObject | undefined {
  const opened = openBytes(bytes)
  if (opened === undefined || opened.reason !== undefined) return undefined
  try {
    const value: unknown = JSON.parse(opened.text)
    return isObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
