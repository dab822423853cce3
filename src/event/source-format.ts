// A source format: how the lines of a log map to fields, as data. The native one is made from the list of fields.
import type { FieldSource, Path } from './field-source.ts'
import { READ_FIELDS, USAGE_PLACES } from './fields.ts'
import { nativePlaces, placesInUsage, spellings } from './native-places.ts'

/** A line is skipped where the value at `path`, as text ('' where absent), is one of `values` or, if `negated`, none of them. */
export interface SkipRule {
  readonly path: Path
  readonly values: readonly string[]
  readonly negated: boolean
}

/** Objects in which providers say what was used: their places, the winning one first, and the places of fields in each. */
export interface UsageObjects {
  readonly places: readonly Path[]
  readonly fields: ReadonlyMap<string, readonly FieldSource[]>
}

/** Whether cached tokens, or reasoning, are inside or beside the number that they are told with; or each line says it by its numbers. */
export type Counting = 'inside' | 'beside' | 'infer'

/** What holds of lines of which all conditions are true. */
export interface LineRule {
  readonly conditions: readonly SkipRule[]
  /** Values that fields then have, as text. */
  readonly set: ReadonlyMap<string, string>
  /** Fields that then have none. */
  readonly unset: readonly string[]
}

/** Which line of those that share an id counts. */
export type Keep = 'first' | 'last' | 'most-output'

/** What only the plain reader does with the lines of a format. */
export interface PlainRules {
  /** Texts that say that there is no value. */
  readonly absent: readonly string[]
  /** Times without an offset are UTC, whatever the zone of logs. */
  readonly isUtc: boolean
  readonly cache: Counting
  readonly reasoning: Counting
  readonly rules: readonly LineRule[]
  /** Fields that a file's path gives: a regular expression with a group for each. */
  readonly path: { readonly pattern: string; readonly fields: readonly string[] } | undefined
}

export interface SourceFormat {
  readonly name: string
  /** The places of each field, the winning one first. A field that is not here is never read. */
  readonly fields: ReadonlyMap<string, readonly FieldSource[]>
  /** Where a field is looked for that has no value in its places. */
  readonly usage: UsageObjects
  /** Values of text fields that a line has where it gives none. */
  readonly constants: ReadonlyMap<string, string>
  readonly skip: readonly SkipRule[]
  /** The id is made of these values joined; empty where the id is the field `id`. */
  readonly id: readonly Path[]
  /** Present where the kernel cannot read the format. */
  readonly plain?: PlainRules
  /**
   * What a date in the name of a file says: the day of its events, the day of the first of them, or nothing. The day where
   * it is absent.
   */
  readonly fileDate?: 'start' | 'none'
  /** Present where lines become events only when whole files, or all files, are known: see src/source/. */
  readonly steps?: SourceSteps
}

export interface SourceSteps {
  /** The code of a format that ships, by name; undefined for none. */
  readonly code: string | undefined
  /** Of lines with one id, in whatever file, the one that counts. */
  readonly keep: Keep
}

export const NO_PLAIN_RULES: PlainRules = {
  absent: [],
  isUtc: false,
  cache: 'inside',
  reasoning: 'inside',
  rules: [],
  path: undefined,
}

export const NATIVE_FORMAT: SourceFormat = {
  name: 'native',
  fields: new Map(READ_FIELDS.map(field => [field.name, nativePlaces(field)])),
  usage: {
    places: USAGE_PLACES.flatMap(spellings).map(parsePath),
    fields: new Map(
      READ_FIELDS.map(field => [field.name, placesInUsage(field)] as const).filter(([, places]) => places.length > 0),
    ),
  },
  constants: new Map(),
  skip: [],
  id: [],
}

/** All places of a field in a line, the winning one first. */
export function placesOf({ fields, usage }: SourceFormat, field: string): readonly FieldSource[] {
  const inside = usage.fields.get(field) ?? []
  const nested = usage.places.flatMap(place => inside.map(source => ({ ...source, path: [...place, ...source.path] })))
  return [...(fields.get(field) ?? []), ...nested]
}

/** "usage.input" as a path; a dot that is part of a key is written `\.`. */
export function parsePath(text: string): Path {
  const parts = text.match(/(?:\\.|[^.\\])+/g) ?? []
  return parts.map(part => part.replace(/\\(.)/g, '$1'))
}

/** A path as text that `parsePath` reads back. */
export function formatPath(path: Path): string {
  return path.map(part => part.replace(/[.\\]/g, '\\$&')).join('.')
}
