// What each version of a profile was used for, from the documents of the reports that tell it.
import { decimalOfNumber } from '../../base/decimal.ts'
import { isDecimal } from '../../base/json.ts'
import { type JsonObject, parseExactJson } from '../../profile/exact-json.ts'
import type { Cell } from '../../report/model/report.ts'

/** By the id of the version; what a report does not know is null. */
export interface VersionUsage {
  readonly analyses: Cell
  readonly errors: Cell
  readonly errorRate: Cell
  /** A decimal. */
  readonly costUsd: Cell
  /** Whether the cost is more than that, because something has no price. */
  readonly isPart: boolean
  readonly meanRating: Cell
}

/** `usage` is grouped by profile. Both are JSON texts. */
export function versionUsageOf(usage: string, feedback: string): ReadonlyMap<string, VersionUsage> {
  const rated = new Map(rowsOf(feedback, 'byProfile').map(row => [row.profile ?? row.name, row]))
  const entries = rowsOf(usage, 'rows').map(row => {
    const { profile, analyses, errors, errorRate, costUsd, unpricedAnalyses } = row
    const meanRating = rated.get(profile)?.meanRating
    return [
      String(profile),
      {
        analyses: cellOf(analyses),
        errors: cellOf(errors),
        errorRate: cellOf(errorRate),
        costUsd: typeof costUsd === 'number' ? (decimalOfNumber(costUsd) ?? null) : cellOf(costUsd),
        isPart: Number(unpricedAnalyses ?? 0) > 0,
        meanRating: cellOf(meanRating),
      },
    ] as const
  })
  return new Map(entries)
}

function rowsOf(document: string, key: string): readonly JsonObject[] {
  return ((parseExactJson(document) as JsonObject)[key] ?? []) as unknown as readonly JsonObject[]
}

function cellOf(value: unknown): Cell {
  return isDecimal(value) || typeof value === 'number' ? (value as Cell) : null
}
