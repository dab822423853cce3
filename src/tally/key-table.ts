// The values of one key column as codes: texts and whole numbers. Code 0 is "no value".
import type { TextTable } from '../base/dictionary.ts'
import { needHeapFor } from '../base/heap-room.ts'

export type KeyValue = string | number | null

/** Where the codes of a group's key come from. */
export interface KeyTable {
  readonly size: number
  valueOf(code: number): KeyValue
}

/** A key table that grows. */
export class KeyDictionary implements KeyTable {
  private readonly codes = new Map<string | number, number>()
  private readonly values: KeyValue[] = [null]

  get size(): number {
    return this.values.length
  }

  valueOf(code: number): KeyValue {
    return this.values[code]!
  }

  codeOf(value: KeyValue): number {
    if (value === null) return 0
    let code = this.codes.get(value)
    if (code === undefined) {
      code = this.values.length
      this.codes.set(value, code)
      this.values.push(value)
      needHeapFor(code)
    }
    return code
  }
}

/** A reader's text table as a key table. */
export function keyTableOf(table: TextTable): KeyTable {
  return {
    get size() {
      return table.size
    },
    valueOf: code => table.textOf(code) ?? null,
  }
}
