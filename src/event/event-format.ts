// The format of events that were made from another tool's lines: each field under its own name, and nothing else.
import type { FieldSource } from './field-source.ts'
import { SOURCE_FIELDS } from './fields.ts'
import type { SourceFormat } from './source-format.ts'

function fieldsWithout(names: readonly string[]): ReadonlyMap<string, readonly FieldSource[]> {
  const fields = SOURCE_FIELDS.filter(({ name }) => !names.includes(name))
  return new Map(fields.map(({ name }) => [name, [{ path: [name], factor: 1 }]]))
}

/** What is added to another number on reading was added when the event was made. */
const ADDED = ['cache_read_input_tokens', 'cache_creation_input_tokens', 'thoughts_tokens', 'tool_use_tokens']

const EVENT_FORMAT: SourceFormat = {
  name: 'event',
  fields: fieldsWithout([...ADDED, 'requests']),
  usage: { places: [], fields: new Map() },
  constants: new Map(),
  skip: [],
  id: [],
}

/** The same for events that may stand for many requests. */
const SUMS_FORMAT: SourceFormat = { ...EVENT_FORMAT, name: 'sums', fields: fieldsWithout(ADDED) }

/** The format of the events that were made of lines of another one. */
export function eventFormatOf({ fields }: SourceFormat): SourceFormat {
  return fields.has('requests') ? SUMS_FORMAT : EVENT_FORMAT
}
