// Where a field is looked for in a line.
import type { Mark } from './fields.ts'

/** A place in a line: object keys from the outside in. */
export type Path = readonly string[]

/** What a number says of a time or a cost: which part of a second it counts, or of a dollar. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns'

/** What only the plain reader can read. */
export interface PlainSource {
  /** Numbers that are added to the one at the path; of several that are absent, the others count. */
  readonly plus?: readonly Path[]
  /** The time at which begins what ends at the path: the value is what lies between. */
  readonly since?: Path
  /** On its way the path leads through text that is JSON. */
  readonly isInText?: boolean
  /** What a number at the path counts since 1970; without it, seconds below 10^11 and else milliseconds. */
  readonly epoch?: EpochUnit
  /** The number is cents. */
  readonly areCents?: boolean
  /** What is taken off a text: the path before a model's name, always or in an ARN. */
  readonly strip?: 'arn' | 'path'
}

/** One name of a field; `factor` turns its number into the field's unit (1000 for seconds read as milliseconds). */
export interface FieldSource {
  readonly path: Path
  readonly factor: number
  /** What the place says beside its number. */
  readonly mark?: Mark
  /** A nested value here is none, instead of a wrong one. */
  readonly isLoose?: boolean
  readonly plain?: PlainSource
}
