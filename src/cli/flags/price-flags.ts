// Flags that several price commands have.
import { listOf } from '../../app/request/parse-option.ts'
import type { Flag } from './flag.ts'

export const modelFlag = {
  name: 'model',
  value: 'NAME',
  group: 'Filters',
  help: 'only these models: a,b, * as wildcard, !a for all but',
  parse: listOf,
  repeats: true,
} as const satisfies Flag

export const providerFlag = {
  name: 'provider',
  value: 'NAME',
  group: 'Filters',
  help: 'only these providers',
  parse: listOf,
  repeats: true,
} as const satisfies Flag
