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
