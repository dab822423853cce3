// Flags that the profile and client commands share, and how they turn them into options.
import { profileHome } from '../../app/profile/home.ts'
import { listOf, wholeNumber } from '../../app/request/parse-option.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { CommonOptions } from '../command.ts'
import type { Context } from '../context.ts'
import type { Flag, FlagOptions } from './flag.ts'
import { formatFlag } from './format-flag.ts'

export const byFlag = {
  name: 'by',
  value: 'WHO',
  group: 'Profile',
  help: 'who makes the change; default USAGEBOOK_USER, else the login name',
} as const satisfies Flag

const messageFlag = {
  name: 'message',
  short: 'm',
  value: 'TEXT',
  group: 'Profile',
  help: 'why',
} as const satisfies Flag

const dryRunFlag = {
  name: 'dry-run',
  group: 'Profile',
  help: 'say what would be done and change nothing',
} as const satisfies Flag

/** The flags of every change. */
export const CHANGE_FLAGS = [
  byFlag,
  messageFlag,
  dryRunFlag,
  formatFlag(['text', 'json']),
] as const satisfies readonly Flag[]

export const expectVersionFlag = {
  name: 'expect-version',
  value: 'N',
  group: 'Checks',
  help: 'change nothing and exit 4 if the newest version is another one',
  parse: wholeNumber(1),
} as const satisfies Flag

export const setFlag = {
  name: 'set',
  value: 'PATH=VALUE',
  group: 'Profile',
  repeats: true,
  help: 'put a value at a path like checks.logo.weight: JSON where it parses as JSON, else text',
} as const satisfies Flag

export function clientsFlag<const Name extends string>(name: Name, help: string) {
  return { name, value: 'A,B', group: 'Profile', repeats: true, help, parse: listOf } as const
}

type ChangeOptions = FlagOptions<(typeof CHANGE_FLAGS)[number]>

/** What the use-cases of profiles need to work in a workspace. */
export function homeOf(workspace: Workspace, options: CommonOptions, context: Context) {
  return profileHome(workspace.root, context, noteOf(options, context))
}

/** Tells on stderr of what is done on the side. */
export function noteOf(options: CommonOptions, context: Context): (text: string) => void {
  return text => {
    if (options.quiet !== true) context.stderr.write(`note: ${visibleText(text)}\n`)
  }
}

/** What every change is asked with. */
export function changeRequestOf(options: ChangeOptions, context: Context) {
  return {
    by: actorOf(options, context),
    message: options.message,
    isDryRun: options.dryRun === true,
  }
}

export function isJson(options: { readonly format?: string | undefined }): boolean {
  return options.format === 'json'
}

export function actorOf(options: FlagOptions<typeof byFlag>, context: Context): string {
  const typed = options.by
  const name = typed ?? (context.environment.USAGEBOOK_USER || context.loginName())
  if (name !== undefined && name.trim() !== '') return name
  throw new UsageError('no-actor', 'This change has no author.', {
    where: { option: 'by' },
    hint: `Say who with ${optionName('by')}, or set USAGEBOOK_USER.`,
  })
}
