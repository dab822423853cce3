// The names of a group-by's fields next to the measures, in every format: each name means one column, so that no column
// hides another.
import { camelCase } from '../../base/names.ts'
import { MEASURE_KEYS } from './usage-table.ts'

export interface GroupName {
  /** In CSV, text and `--columns`. */
  readonly key: string
  readonly jsonKey: string
}

/** JSON keys that are no columns. */
const OTHER_KEYS = ['section', 'previous', 'change', 'compared', 'compared_start', 'compared_end']
const TAKEN: ReadonlySet<string> = new Set([...MEASURE_KEYS, ...OTHER_KEYS].map(camelCase))

/**
 * A field that is called as a measure is gets `group_` before its name. JSON keys are camelCase, but where two fields would then
 * share one, the names as they are. `names` has no name twice, `others` are taken too.
 */
export function groupNames(names: readonly string[], others: readonly string[] = []): GroupName[] {
  const keys: string[] = []
  for (const name of names) {
    let key = name
    while (
      isTaken(key) ||
      others.includes(camelCase(key)) ||
      keys.includes(key) ||
      (key !== name && names.includes(key))
    )
      key = `group_${key}`
    keys.push(key)
  }
  const jsonKeys = keys.map(camelCase)
  const isUnique = new Set(jsonKeys).size === keys.length
  return keys.map((key, index) => ({ key, jsonKey: isUnique ? jsonKeys[index]! : key }))
}

// Costs in any currency are measures: cost_eur.
function isTaken(key: string): boolean {
  return TAKEN.has(camelCase(key)) || /^cost_?[a-z]{3}$/i.test(key)
}
