// The texts of a kernel's table, made strings when they are asked for.
import type { TextTable } from '../base/dictionary.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, wordAt } from './memory.ts'

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
    return wordAt(this.kernel, this.table + 8)
  }

  textOf(code: number): string | undefined {
    if (code === 0) return undefined
    const known = this.known[code]
    if (known !== undefined) return known
    const entry = wordAt(this.kernel, this.table + 12) + code * 64
    const text = bytesAt(this.kernel, wordAt(this.kernel, entry + 40), wordAt(this.kernel, entry + 32)).toString('utf8')
    this.known[code] = text
    return text
  }
}
