// What the text format knows about the terminal or file that it is written to.

export interface TextOptions {
  /** Columns of the terminal; undefined where nothing is cut. */
  readonly width: number | undefined
  readonly colorLevel: 0 | 1 | 2 | 3
  readonly hasUnicode: boolean
  readonly columns: readonly string[] | null
}
