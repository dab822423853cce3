// What the main thread and the others say to each other. Everything can be sent between threads.
import type { SourceFormat } from '../../event/source-format.ts'
import type { PackedTally } from '../../kernel/packed-tally.ts'
import type { Ledger, RejectedLine } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import type { ReadBlocks } from '../file-blocks.ts'
import type { WorkItem } from './work.ts'

/** What a thread is started with. */
export interface ThreadWork {
  readonly query: Query
  readonly module: WebAssembly.Module
  readonly items: readonly WorkItem[]
  /** The format of each item. */
  readonly formats: readonly SourceFormat[]
  /** The number of the next item that nobody has taken. */
  readonly next: SharedArrayBuffer
  readonly wantsRejects: boolean
  /** Whether every item's tally is wanted by itself. */
  readonly wantsItems: boolean
  readonly blockBytes: number | undefined
}

export type ThreadMessage =
  | { readonly kind: 'bytes'; readonly item: number; readonly bytes: number }
  | { readonly kind: 'rejects'; readonly lines: readonly RejectedLine[] }
  | {
      readonly kind: 'item'
      readonly item: number
      readonly ledger: Ledger
      readonly lines: number
      readonly tally: PackedTally | null
      readonly seen: Uint32Array | null
      readonly blocks: ReadBlocks | undefined
    }
  /** The last one: the tallies of all its items, by the first item of their format. */
  | { readonly kind: 'done'; readonly tallies: readonly (readonly [number, PackedTally])[] }
  /** The last one: something went wrong that is no failure of a file. With a code it is nothing wrong with the program. */
  | {
      readonly kind: 'error'
      readonly path: string
      readonly message: string
      readonly stack: string
      readonly code?: string
      readonly hint?: string
    }
