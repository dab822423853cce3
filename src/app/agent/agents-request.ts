// From options to the request for a report over the coding agents of this machine: their folders, and fields under the names
// that their users know.
import { InputError, optionName, UsageError } from '../../base/errors.ts'
import { isTimeUnit } from '../../query/query.ts'
import type { Host } from '../host.ts'
import type { ReportOptions } from '../request/parameters.ts'
import { buildReportRequest } from '../request/report-request.ts'
import type { ReportRequest } from '../request/requests.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { findAgents } from './find-agents.ts'

/** What a group is called, and the field of events that it is. A block is five hours, see join-blocks.ts. */
const FIELD_OF_GROUP: Readonly<Record<string, string>> = {
  ...{ agent: 'feature', project: 'client', session: 'session', model: 'model', provider: 'provider' },
  ...{ block: 'hour', day: 'day', week: 'week', month: 'month' },
}

export const AGENT_GROUPS: readonly string[] = Object.keys(FIELD_OF_GROUP)
const DEFAULT_GROUPS = ['day', 'agent', 'model']

export async function buildAgentsRequest(
  options: ReportOptions,
  isForReading: boolean,
  host: Host,
  workspace: Workspace,
): Promise<ReportRequest> {
  const found = findAgents(host)
  if (found.length === 0) {
    throw new InputError(
      'no-agents',
      'No coding agent has left sessions where Claude Code, Codex, Gemini CLI and pi keep them.',
      {
        hint: 'Say where they are with CLAUDE_CONFIG_DIR or CODEX_HOME, or read them with "usagebook --logs PATH".',
      },
    )
  }
  const groups = [...new Set(options.groupBy ?? DEFAULT_GROUPS)]
  const unknown = groups.find(group => FIELD_OF_GROUP[group] === undefined)
  if (unknown !== undefined) {
    throw new UsageError(
      'unknown-group',
      `${optionName('groupBy')} ${unknown}: sessions of agents have no such field.`,
      {
        where: { option: 'groupBy' },
        hint: `Use some of ${AGENT_GROUPS.join(', ')}.`,
      },
    )
  }
  const logs = found.map(({ path }) => path)
  const asked = { ...options, name: undefined, files: undefined, logs, groupBy: groups.map(fieldOf) }
  const request = await buildReportRequest(asked, isForReading, host, workspace)
  const named = request.view.groupBy!.map((field, index) => ({ ...field, name: groups[index]! }))
  return {
    ...request,
    view: { ...request.view, groupBy: named, sort: options.sort ?? groups.find(isTime) ?? null },
    filter: { ...request.filter, joinsBlocks: groups.includes('block') },
  }
}

function isTime(group: string): boolean {
  return isTimeUnit(fieldOf(group))
}

function fieldOf(group: string): string {
  return FIELD_OF_GROUP[group]!
}
