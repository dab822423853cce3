// Usage that was logged but not understood: analyses that seem to carry none, and the fields that may contain it.

/** A field that looks like usage and was not read. */
export interface UnreadField {
  /** A dotted path. */
  readonly field: string
  /** Where it stands first. */
  readonly file: string
  readonly line: number
  /** What it holds there, harmless to print. */
  readonly example: string
  /** Of the lines that were looked at, how many have it. */
  readonly lines: number
}

export interface UnreadUsage {
  /** Analyses of the logs and models of which none carries tokens, a cost or checks, so that their cost is unknown. */
  readonly analyses: number
  /** Of so many in all. */
  readonly of: number
  /** The log files of which that is true; empty where it is true of all. */
  readonly files: readonly string[]
  /** Models of which it is true, in whatever file. */
  readonly models: readonly (string | null)[]
  /** Most frequent first; empty where no field looks like usage, or where it could not be looked for. */
  readonly fields: readonly UnreadField[]
}
