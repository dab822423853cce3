// Decides which rows count: one of those that share a key, in whatever files. The others are its duplicates.
import type { Keep } from '../event/source-format.ts'
import type { HeldLog, HeldRow, Steps } from './source.ts'

/** Settles the rows of all logs of a format, which are in the order of their names. Returns the warnings. */
export function settle(logs: readonly HeldLog[], keep: Keep, steps: Steps | undefined): readonly string[] {
  const warnings = steps?.settle?.(logs) ?? []
  const winners = new Map<string, HeldRow>()
  for (const { rows } of logs) {
    for (const row of rows) {
      if (row.key === undefined || row.isDuplicate) continue
      const known = winners.get(row.key)
      winners.set(row.key, known === undefined ? row : winnerOf(known, row, keep, steps?.isAtFirstTime === true))
    }
  }
  return warnings
}

// Called with the earlier of two rows first.
function winnerOf(known: HeldRow, row: HeldRow, keep: Keep, isAtFirstTime: boolean): HeldRow {
  const winner =
    (keep === 'last' && isLater(row, known)) || (keep === 'most-output' && isMore(row, known)) ? row : known
  const loser = winner === row ? known : row
  loser.isDuplicate = true
  if (isAtFirstTime && isBefore(loser, winner)) winner.time = loser.time
  return winner
}

function isLater({ version }: HeldRow, known: HeldRow): boolean {
  return version === undefined || known.version === undefined || version >= known.version
}

function isMore(row: HeldRow, known: HeldRow): boolean {
  return row.outputTokens !== known.outputTokens
    ? row.outputTokens > known.outputTokens
    : row.totalTokens > known.totalTokens
}

function isBefore({ time: one }: HeldRow, { time: other }: HeldRow): boolean {
  return one !== undefined && (other === undefined || one.ms < other.ms)
}
