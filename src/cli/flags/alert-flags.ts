// Flags that the commands of alerts and budgets share, and how they turn them into what a check asks with.
import type { AlertAsking } from '../../app/alert/ask-cost.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import type { Context } from '../context.ts'
import type { FlagOptions } from './flag.ts'
import { formatFlag } from './format-flag.ts'
import * as flags from './report-flags.ts'

/** Of every command that asks the logs. */
export const ASKING_FLAGS = [
  ...flags.only(flags.RANGE_FLAGS, 'timezone', 'log-timezone'),
  ...flags.only(flags.INPUT_FLAGS, 'logs', 'source-format', 'dedupe', 'threads', 'cache'),
  ...flags.only(flags.MONEY_FLAGS, 'cost'),
  formatFlag(['text', 'json']),
] as const

/** What a command asks with, without what only it understands. */
export function askingOf(
  options: Partial<FlagOptions<(typeof ASKING_FLAGS)[number]>>,
  context: Context,
  workspace: Workspace,
): AlertAsking {
  const { timezone, logTimezone, logs, sourceFormat, dedupe, threads, cache, cost } = options
  const asked = { timezone, logTimezone, logs, sourceFormat, dedupe, threads, cache, cost }
  return { options: asked, host: context, workspace }
}
