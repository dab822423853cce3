// What a text means, worked out once for each code of a reader's table.
import type { TextColumn } from '../scan/reader.ts'

/** Remembers a small whole number for every code of a text table; another table, of another reader, begins anew. */
export class CodeMemo {
  private readonly meaningOf: (text: string | undefined) => number
  private meanings = new Int32Array(0)
  private known = 0
  private of: TextColumn['table'] | undefined

  constructor(meaningOf: (text: string | undefined) => number) {
    this.meaningOf = meaningOf
  }

  /** Meanings by code, complete for every code that the column's table has now. */
  read(column: TextColumn): Int32Array {
    const { table } = column
    if (table !== this.of) {
      this.of = table
      this.known = 0
    }
    if (table.size > this.meanings.length) {
      const larger = new Int32Array(Math.max(table.size, this.meanings.length * 2, 64))
      larger.set(this.meanings)
      this.meanings = larger
    }
    for (; this.known < table.size; this.known++) this.meanings[this.known] = this.meaningOf(table.textOf(this.known))
    return this.meanings
  }
}
