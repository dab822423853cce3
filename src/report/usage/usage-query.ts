// The group-bys of the usage report. Client is part of every key, so that a filter by client can be answered from cached
// sums; the rate class is in every key with tokens, so that costs are computed from sums.
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { GroupBy } from '../../query/query.ts'
import { RATE_KEYS } from '../../query/rate-class.ts'

function sumsBy(name: string, keys: readonly string[]): GroupBy {
  return { name, keys: [...keys, ...RATE_KEYS], sums: USAGE_MEASURES, hasDurations: false, hasExtent: false }
}

function durationsBy(name: string, keys: readonly string[]): GroupBy {
  return { name, keys, sums: [], hasDurations: true, hasExtent: false }
}

export const USAGE_GROUP_BYS: readonly GroupBy[] = [
  sumsBy('profiles', ['client', 'profile']),
  sumsBy('users', ['client', 'user']),
  sumsBy('days', ['client', 'day']),
  durationsBy('profileDurations', ['client', 'profile']),
  durationsBy('userDurations', ['client', 'user']),
  durationsBy('dayDurations', ['client', 'day']),
  durationsBy('modelDurations', ['client', 'model']),
]
