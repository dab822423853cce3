// Flags that every command has.
import type { Flag } from './flag.ts'

export const rootFlag: Flag = {
  name: 'root',
  value: 'DIR',
  group: 'General',
  help: 'the workspace; else the nearest folder upward that holds usagebook.config.json, else this one',
}

export const configFlag: Flag = {
  name: 'config',
  value: 'FILE',
  group: 'General',
  help: 'read settings from this file before those of the workspace',
}

export const noConfigFlag: Flag = {
  name: 'no-config',
  group: 'General',
  help: 'read no configuration file but that of --config, as for cron',
}

export const colorFlag: Flag = {
  name: 'color',
  group: 'General',
  negated: true,
  help: 'colour always, or with --no-color never; else as the terminal can',
}

export const quietFlag: Flag = {
  name: 'quiet',
  short: 'q',
  group: 'General',
  help: 'no notes on stderr, only errors',
}

export const verboseFlag: Flag = {
  name: 'verbose',
  short: 'v',
  group: 'General',
  help: 'say on stderr what is being done',
}

export const COMMON_FLAGS: readonly Flag[] = [rootFlag, configFlag, noConfigFlag, colorFlag, quietFlag, verboseFlag]
