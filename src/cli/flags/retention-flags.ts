// How long events are kept.
import { parseAge } from '../../app/request/parse-option.ts'
import type { Flag } from './flag.ts'

export const RETENTION_FLAGS = [
  {
    name: 'older-than',
    value: 'AGE',
    group: 'Log',
    help: 'remove events older than this, such as 90d or 12w',
    parse: parseAge,
  },
  { name: 'errors', value: 'AGE', group: 'Log', help: 'another age for events of kind error', parse: parseAge },
  {
    name: 'sessions',
    value: 'AGE',
    group: 'Log',
    help: 'another age for starts and ends of sessions',
    parse: parseAge,
  },
] as const satisfies readonly Flag[]
