// Which value wins: the flag, then USAGEBOOK_*, then the configuration. Defaults are up to the code that reads the option.

import { flagWord, optionKey } from '../app/request/flag-word.ts'
import { settingValue } from '../app/request/settings-options.ts'
import type { Workspace } from '../app/workspace/workspace.ts'
import { UsageError } from '../base/errors.ts'
import type { Command, Options } from './command.ts'
import type { Context } from './context.ts'
import type { Flag } from './flags/flag.ts'
import { flagsOf, parseFlagValue } from './start/parse-arguments.ts'

export function mergeSettings(command: Command, typed: Options, workspace: Workspace, context: Context): Options {
  const merged: Record<string, unknown> = { ...typed }
  for (const flag of flagsOf(command)) {
    if (flag.configurable !== true) continue
    const key = optionKey(flag.name)
    if (merged[key] !== undefined) continue
    const value = environmentValue(flag, context) ?? settingValue(flag, key, workspace.settings)
    if (value !== undefined) merged[key] = value
  }
  return merged
}

/** The name under which a flag is read from the environment: USAGEBOOK_LOG_TIMEZONE. */
export function environmentName(flag: Pick<Flag, 'name'>): string {
  return `USAGEBOOK_${flag.name.toUpperCase().replaceAll('-', '_')}`
}

function environmentValue(flag: Flag, context: Context): unknown {
  const name = environmentName(flag)
  const text = context.environment[name]
  if (text === undefined || text === '') return undefined
  if (flag.value === undefined) return isOn(text, name)
  const value = parseEnvironment(flag, name, text)
  return flag.repeats === true && !Array.isArray(value) ? [value] : value
}

// The error names what was set, not the flag that nobody typed.
function parseEnvironment(flag: Flag, name: string, text: string): unknown {
  try {
    return parseFlagValue(flag, text)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const { message, hint } = error.inWords(option =>
      option === optionKey(flag.name) ? name : `--${flagWord(option)}`,
    )
    throw new UsageError('bad-environment', message, hint === undefined ? {} : { hint })
  }
}

function isOn(text: string, name: string): boolean {
  const folded = text.toLowerCase()
  if (['1', 'true', 'yes', 'on'].includes(folded)) return true
  if (['0', 'false', 'no', 'off'].includes(folded)) return false
  throw new UsageError('bad-environment', `${name}=${text} is neither on nor off.`, { hint: `Set ${name} to 1 or 0.` })
}
