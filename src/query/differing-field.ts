// A field in which a line that repeats an id differs from the line that counts.

export interface DifferingField {
  readonly field: string
  /** The line that repeats the id, and what it says. */
  readonly file: string
  readonly line: number
  readonly value: string
  /** The line that counts, and what it says. */
  readonly firstFile: string
  readonly firstLine: number
  readonly firstValue: string
}
