// `--family`: the versions of a profile added up, `brand_check_v2` under `brand_check`.
import type { Query } from '../query/query.ts'
import type { KeyValue } from './key-table.ts'
import { emptyTally, mergeTable, type Tally } from './tally.ts'

/** The same tally with all versions of a profile under the name of the first. */
export function joinVersions(query: Query, tally: Tally): Tally {
  const joined = emptyTally(query)
  for (const [name, table] of joined.tables) mergeTable(table, tally.tables.get(name)!, { rename: familyValue })
  return { ...tally, tables: joined.tables }
}

function familyValue(key: string, value: KeyValue): KeyValue {
  return key === 'profile' && typeof value === 'string' ? familyOf(value) : value
}

/** `brand_check_v2` as `brand_check`. */
export function familyOf(profile: string): string {
  return profile.replace(/_v\d+$/, '')
}
