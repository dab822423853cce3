// Flags that the profile and client commands share, and what they make of them.
import { pid } from 'node:process'
import { optionName, UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { Options } from '../command.ts'
import type { Context } from '../context.ts'
import type { Workspace } from '../workspace.ts'
import { type Flag, listOf, wholeNumber } from './flag.ts'
import { formatFlag } from './format-flag.ts'

const byFlag: Flag = {
  name: 'by',
  value: 'WHO',
  group: 'Profile',
  help: 'who makes the change; else USAGEBOOK_USER, else the login name',
}

const messageFlag: Flag = { name: 'message', short: 'm', value: 'TEXT', group: 'Profile', help: 'why' }

const dryRunFlag: Flag = { name: 'dry-run', group: 'Profile', help: 'say what would be done and change nothing' }

/** The flags of every change. */
export const CHANGE_FLAGS: readonly Flag[] = [byFlag, messageFlag, dryRunFlag, formatFlag(['text', 'json'])]

export const expectVersionFlag: Flag = {
  name: 'expect-version',
  value: 'N',
  group: 'Checks',
  help: 'change nothing and end with 4 if the newest version is another one',
  parse: wholeNumber(1),
}

export const setFlag: Flag = {
  name: 'set',
  value: 'PATH=VALUE',
  group: 'Profile',
  repeats: true,
  help: 'put a value at a path like checks.logo.weight: JSON where it parses as JSON, else text',
}

export function clientsFlag(name: string, help: string): Flag {
  return { name, value: 'A,B', group: 'Profile', repeats: true, help, parse: listOf }
}

/** Whom a lock names as its holder. */
export function ownerOf({ hostName }: Context) {
  return { hostName, processId: pid }
}

/** What the use-cases of profiles need to work in a workspace. */
export function homeOf(workspace: Workspace, options: Options, context: Context) {
  return {
    root: workspace.root,
    ...ownerOf(context),
    now: () => context.now(),
    note: (text: string) => {
      if (options.quiet !== true) context.stderr.write(`note: ${visibleText(text)}\n`)
    },
  }
}

/** What every change is asked with. */
export function changeRequestOf(options: Options, context: Context) {
  return {
    by: actorOf(options, context),
    message: options.message as string | undefined,
    isDryRun: options.dryRun === true,
  }
}

export function isJson(options: Options): boolean {
  return options.format === 'json'
}

export function listOption(options: Options, key: string): readonly string[] {
  return (options[key] ?? []) as readonly string[]
}

function actorOf(options: Options, context: Context): string {
  const typed = options.by as string | undefined
  const name = typed ?? (context.environment.USAGEBOOK_USER || context.loginName())
  if (name !== undefined && name.trim() !== '') return name
  throw new UsageError('no-actor', 'It is not known who makes this change.', {
    where: { option: 'by' },
    hint: `Say who with ${optionName('by')}, or set USAGEBOOK_USER.`,
  })
}
