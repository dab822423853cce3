// Lines that repeat an id with other tokens or another cost than the line that counts.

export interface DifferingField {
  readonly field: string
  /** The first line that differs in it, and what it says. */
  readonly file: string
  readonly line: number
  readonly value: string
  /** The line that counts, and what it says. */
  readonly firstFile: string
  readonly firstLine: number
  readonly firstValue: string
  /** Lines that differ in it, of those that were looked at. */
  readonly lines: number
}

export interface DifferingDuplicates {
  readonly lines: number
  readonly fields: readonly DifferingField[]
}
