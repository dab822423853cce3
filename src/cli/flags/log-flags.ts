// Flags that the commands that write logs share: the folder, and the time zone of its days.
import type { Flag } from './flag.ts'

export const LOG_FOLDER_FLAG = {
  name: 'logs',
  value: 'DIR',
  group: 'Log',
  help: 'the folder of the daily files; default that of the configuration, else usage_logs',
} as const satisfies Flag

export const LOG_DAY_FLAG = {
  name: 'timezone',
  value: 'ZONE',
  group: 'Log',
  help: 'IANA time zone of the days of files; default UTC, as in the logger',
} as const satisfies Flag
