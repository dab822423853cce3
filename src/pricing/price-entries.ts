// The parsed content of prices.json. Separate from the parser, so that looking up a price loads no schema.
import type { PricePeriod } from './terms.ts'

export const PRICE_FILE = 'prices.json'

export interface FileEntry {
  /** As it is written; `pattern` is the same in lower case. */
  readonly model: string
  readonly pattern: string
  readonly provider: string | undefined
  readonly period: PricePeriod
  readonly line: number
  /** "prices.3" */
  readonly path: string
}

export interface FileAlias {
  readonly name: string
  readonly model: string
  readonly provider: string | undefined
  readonly line: number
  readonly path: string
}

export interface PriceFile {
  readonly file: string
  readonly entries: readonly FileEntry[]
  /** By name in lower case. */
  readonly aliases: ReadonlyMap<string, FileAlias>
}
