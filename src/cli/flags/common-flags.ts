// Flags that every command has.
import type { Flag } from './flag.ts'

export const rootFlag = {
  name: 'root',
  value: 'DIR',
  group: 'General',
  help: 'the workspace; default the nearest folder upward with usagebook.config.json, else this one',
} as const satisfies Flag

export const configFlag = {
  name: 'config',
  value: 'FILE',
  group: 'General',
  help: 'read settings from this file before those of the workspace',
} as const satisfies Flag

export const noConfigFlag = {
  name: 'no-config',
  group: 'General',
  help: 'read no configuration file except that of --config, such as for cron',
} as const satisfies Flag

export const colorFlag = {
  name: 'color',
  group: 'General',
  negated: true,
  help: 'always colour, or with --no-color never; default as the terminal allows',
} as const satisfies Flag

export const quietFlag = {
  name: 'quiet',
  short: 'q',
  group: 'General',
  help: 'no notes on stderr, only errors',
} as const satisfies Flag

export const verboseFlag = {
  name: 'verbose',
  short: 'v',
  group: 'General',
  help: 'say on stderr what is being done',
} as const satisfies Flag

export const COMMON_FLAGS = [rootFlag, configFlag, noConfigFlag, colorFlag, quietFlag, verboseFlag] as const
