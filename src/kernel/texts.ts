// The texts of a kernel's table, made strings when they are asked for.

import type { TextTable } from '../base/dictionary.ts'
import { needHeapFor } from '../base/heap-room.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, wordAt } from './memory.ts'
import { TEXT_ENTRY_SHIFT, TEXT_LENGTH_AT, TEXT_PLACE_AT, TEXTS_ENTRIES_AT, TEXTS_SIZE_AT } from './protocol.ts'

/** Valid as long as the kernel lives. */
export class TextsOfKernel implements TextTable {
  private readonly kernel: KernelExports
  private readonly table: number
  private readonly known: string[] = []

  /** `table` is a place in the kernel, as in assembly/text-table.ts. */
  constructor(kernel: KernelExports, table: number) {
    this.kernel = kernel
    this.table = table
  }

  get size(): number {
    return wordAt(this.kernel, this.table + TEXTS_SIZE_AT)
  }

  textOf(code: number): string | undefined {
    if (code === 0) return undefined
    const known = this.known[code]
    if (known !== undefined) return known
    const entry = wordAt(this.kernel, this.table + TEXTS_ENTRIES_AT) + (code << TEXT_ENTRY_SHIFT)
    const length = wordAt(this.kernel, entry + TEXT_LENGTH_AT)
    const text = bytesAt(this.kernel, wordAt(this.kernel, entry + TEXT_PLACE_AT), length).toString('utf8')
    this.known[code] = text
    needHeapFor(code)
    return text
  }
}
