// An event as a line of the log. Wrong values are left out and counted; nothing here throws for a wrong value.
import { FIELDS } from '../event/fields.ts'
import { DEMO_FIELD, KIND_FIELDS, type LoggedKind } from '../event/kind-fields.ts'
import { errorMessage, errorTypeOf } from './error-text.ts'
import { inputName } from './event-input.ts'
import { cutText, type FieldText, FORMAT_BY_TYPE, type FormatField, formatText } from './field-text.ts'
import { isoClock } from './iso-clock.ts'
import { rememberLast } from './remember.ts'
import { scrubMessage } from './scrub-message.ts'
import { contradictoryTokens } from './token-rules.ts'

/** How much the log may know of people and of what they write. */
export interface LinePolicy {
  /** Log what was asked and answered, not only how long it was. */
  readonly isTextLogged: boolean
  /** Replaces users, where they are to be replaced. */
  readonly pseudonym: ((text: string) => string) | undefined
  /** Shortens, replaces or drops addresses. */
  readonly writeAddress: (address: string) => string | undefined
  /** Stands in every line. */
  readonly isDemo: boolean
}

export interface EventLine {
  /** JSON with its newline; undefined where the event says nothing. */
  readonly line: string | undefined
  /** Values that were wrong and are not in it. */
  readonly wrongValues: number
}

type Input = Readonly<Record<string, unknown>>
export interface EventFields {
  /** Undefined where the event says nothing. */
  readonly text: string | undefined
  readonly wrongValues: number
}

export type FieldWriter = (kind: LoggedKind, input: Input) => EventFields
export type LineWriter = (kind: LoggedKind, input: Input, ms: number) => EventLine

const MAX_ANSWER = 1000
const MAX_CONTENT = 10_000

/** A function that writes the lines of one log. It may throw what a getter of its input throws. */
export function lineWriter(policy: LinePolicy, fieldsOf = fieldWriter(policy)): LineWriter {
  const isoOf = isoClock()
  const end = lineEnd(policy)
  return (kind, input, ms) => {
    const { text, wrongValues } = fieldsOf(kind, input)
    const line = text === undefined ? undefined : `{"timestamp":"${isoOf(ms)}","event":"${kind}"${text}${end}`
    return { line, wrongValues }
  }
}

export function lineEnd({ isDemo }: LinePolicy): string {
  return isDemo ? `,"${DEMO_FIELD}":true}\n` : '}\n'
}

/** A function that writes the fields of events but for their time and kind, each after a comma. */
export function fieldWriter(policy: LinePolicy): FieldWriter {
  const tables = new Map<LoggedKind, KindTable>()
  return (kind, input) => {
    let table = tables.get(kind)
    if (table === undefined) {
      table = tableOf(kind, policy)
      tables.set(kind, table)
    }
    for (const required of table.required) {
      if (!attempt(required.format, input[required.name])) return { text: undefined, wrongValues: 1 }
    }
    const contradictory = contradictoryTokens(input)
    let fields = ''
    let wrongValues = 0
    let left = MAX_FIELDS
    for (const name in input) {
      if (left-- === 0) {
        wrongValues++
        break
      }
      const value = input[name]
      if (value === undefined || value === null || value === '' || name === 'timestamp') continue
      const field = table.fields.get(name)
      const text = field === undefined || contradictory?.has(name) ? undefined : attempt(field, value)
      if (text === undefined) wrongValues++
      else fields += text
    }
    return { text: fields + impliedFields(kind, table, input), wrongValues }
  }
}

// A value may be anything, and throw when it is looked at.
function attempt(field: FormatField, value: unknown): FieldText {
  try {
    return field(value)
  } catch {
    // It is counted as wrong, and the rest of the event stays.
    return undefined
  }
}

interface KindTable {
  /** By camelCase name: `,"input_tokens":12` of a value, '' where it is not to be logged, undefined where it is wrong. */
  readonly fields: ReadonlyMap<string, FormatField>
  readonly required: readonly { readonly name: string; readonly format: FormatField }[]
}

function tableOf(kind: LoggedKind, policy: LinePolicy): KindTable {
  const fields = new Map<string, FormatField>()
  const required: { name: string; format: FormatField }[] = []
  for (const { name, kind: type } of FIELDS) {
    if (type === 'time' || name === 'event') continue
    const format = withName(name, POLICY_FORMATS[name]?.(policy) ?? FORMAT_BY_TYPE[type])
    fields.set(inputName(name), REPEATED_FIELDS.has(name) ? remembered(format) : format)
  }
  for (const { name, kind: owner, type, isRequired } of KIND_FIELDS) {
    if (owner !== kind) continue
    const format = withName(name, type === 'content' ? contentFormat(kind, policy) : FORMAT_BY_TYPE[type])
    fields.set(inputName(name), format)
    if (isRequired) required.push({ name: inputName(name), format })
  }
  return { fields, required }
}

/** Fields of which a log has few values: their text is remembered. */
const REPEATED_FIELDS = new Set(
  'client user profile feature model provider service_tier status_code endpoint method country ip user_agent'.split(
    ' ',
  ),
)
const REMEMBERED = 1000
/** There are no forty fields; of an object with more names than this the rest is one wrong value. */
const MAX_FIELDS = 200
/** Of a longer text only the beginning is looked at, hashed or scrubbed. */
const MAX_MAPPED = 10_000

function withName(name: string, format: FormatField): FormatField {
  const prefix = `,"${name}":`
  return value => {
    const text = format(value)
    return text === undefined || text === '' ? text : prefix + text
  }
}

function remembered(format: FormatField): FormatField {
  const formatKnown = rememberLast<string | number, FieldText>(REMEMBERED, format)
  return value => (typeof value === 'string' || typeof value === 'number' ? formatKnown(value) : format(value))
}

/** Fields in which people or secrets could stand. */
const POLICY_FORMATS: Readonly<Record<string, (policy: LinePolicy) => FormatField>> = {
  user: policy => (policy.pseudonym === undefined ? formatText : mappedText(policy.pseudonym)),
  ip: policy => mappedText(policy.writeAddress),
  error: policy => {
    const format = scrubbedText(policy)
    return value => format(errorMessage(value))
  },
  error_type: scrubbedText,
  endpoint: () => mappedText(text => text.replace(/[?#].*$/s, '')),
  status: () => value => (value === 'ok' || value === 'error' ? `"${value}"` : undefined),
}

// Who replaces people wants them in no message either.
function scrubbedText({ pseudonym }: LinePolicy): FormatField {
  return mappedText(text => scrubMessage(text, pseudonym !== undefined))
}

function mappedText(map: (text: string) => string | undefined): FormatField {
  return value => {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    const text = map(cutText(String(value), MAX_MAPPED))
    return text === undefined ? '' : formatText(text)
  }
}

// Content that is not to be logged is left out, which is not wrong.
function contentFormat(kind: LoggedKind, policy: LinePolicy): FormatField {
  const most = kind === 'agent_response' ? MAX_ANSWER : MAX_CONTENT
  return value => {
    if (typeof value !== 'string') return undefined
    return policy.isTextLogged ? JSON.stringify(cutText(value, most)) : ''
  }
}

/** What the application has said without saying it: the length of a text, the class of an Error. */
function impliedFields(kind: LoggedKind, table: KindTable, input: Input): string {
  let implied = ''
  const { text, error } = input
  if (typeof text === 'string' && input.textLength == null && table.fields.has('textLength'))
    implied += `,"text_length":${text.length}`
  if (typeof error === 'object' && error !== null && input.errorType == null)
    implied += attempt(value => table.fields.get('errorType')?.(errorTypeOf(value) ?? ''), error) ?? ''
  if (kind === 'error' && input.status == null) implied += ',"status":"error"'
  return implied
}
