// Where a field is looked for in a line.
import type { Mark } from './fields.ts'

/** A place in a line: object keys from the outside in. */
export type Path = readonly string[]

/** One name of a field; `factor` turns its number into the field's unit (1000 for seconds read as milliseconds). */
export interface FieldSource {
  readonly path: Path
  readonly factor: number
  /** What the place says beside its number. */
  readonly mark?: Mark
  /** A nested value here is none, instead of a wrong one. */
  readonly isLoose?: boolean
}
