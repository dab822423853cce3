// A source format: how the lines of a log map to fields, as data. The native one is made from the list of fields.
import { FIELDS, SECONDS_NAMES } from './fields.ts'

/** A place in a line: object keys from the outside in. */
export type Path = readonly string[]

/** One name of a field; `factor` turns its number into the field's unit (1000 for seconds read as milliseconds). */
export interface FieldSource {
  readonly path: Path
  readonly factor: number
}

/** A line is skipped where the value at `path`, as text ('' where absent), is one of `values` or, if `negated`, none of them. */
export interface SkipRule {
  readonly path: Path
  readonly values: readonly string[]
  readonly negated: boolean
}

export interface SourceFormat {
  readonly name: string
  /** The places of each field, the winning one first. A field that is not here is never read. */
  readonly fields: ReadonlyMap<string, readonly FieldSource[]>
  /** Values of text fields that a line has where it gives none. */
  readonly constants: ReadonlyMap<string, string>
  readonly skip: readonly SkipRule[]
  /** The id is made of these values joined; empty where the id is the field `id`. */
  readonly id: readonly Path[]
}

export const NATIVE_FORMAT: SourceFormat = {
  name: 'native',
  fields: new Map(
    FIELDS.map(field => [
      field.name,
      [field.name, ...field.aliases].map(name => ({ path: [name], factor: SECONDS_NAMES.has(name) ? 1000 : 1 })),
    ]),
  ),
  constants: new Map(),
  skip: [],
  id: [],
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
