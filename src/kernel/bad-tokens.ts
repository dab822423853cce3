// Rows of a kernel whose tokens contradict each other, as rejected lines.
import { sumTokens } from '../event/token-sums.ts'
import { readBytes } from '../scan/read-bytes.ts'
import type { Reject, ScanPlan } from '../scan/reader.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, lineOfRow, wordsAt } from './memory.ts'

export interface BadRow {
  readonly row: number
  readonly line: number
  readonly reason: 'bad-tokens'
}

/** Those of the block at hand. */
export function badRows(kernel: KernelExports): BadRow[] {
  const rows = [...wordsAt(kernel, kernel.BAD.value, kernel.bad.value)]
  return rows.map(row => ({ row, line: lineOfRow(kernel, row), reason: 'bad-tokens' }))
}

/** What is wrong is not kept in the kernel, so the line is read once more where somebody will see it. */
export function badTokens(kernel: KernelExports, plan: ScanPlan, { row, line }: BadRow, isSeen: boolean): Reject {
  if (!isSeen) return { line, reason: 'bad-tokens', bytes: new Uint8Array(0) }
  const start = wordsAt(kernel, kernel.LINES.value, row * 2 + 1)[row * 2]!
  const bytes = Buffer.from(bytesAt(kernel, start, kernel.endOfLine(start) - start))
  const result = readBytes(bytes, plan, { hasFileDay: true }, true)?.result
  const numbers = result?.kind === 'event' ? result.values.numbers : new Map<string, number>()
  const { wrong } = sumTokens(name => numbers.get(name) ?? Number.NaN)
  return { line, reason: 'bad-tokens', wrong, bytes: Uint8Array.from(bytes) }
}
