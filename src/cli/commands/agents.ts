// usagebook agents: what the coding agents of this machine used.
import { AGENT_GROUPS, buildAgentsRequest } from '../../app/agent/agents-request.ts'
import { defineCommand } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import * as flags from '../flags/report-flags.ts'
import { showReport } from './report.ts'

export const command = defineCommand({
  words: ['agents'],
  summary: 'what the coding agents of this machine used',
  description: `The sessions of Claude Code, Codex, Gemini CLI and pi, wherever they keep them, by day, agent and model. --group-by takes ${AGENT_GROUPS.join(', ')}; a block is five hours from the first use on.`,
  flags: [
    ...flags.RANGE_FLAGS,
    ...flags.only(flags.FILTER_FLAGS, 'model', 'where'),
    ...flags.only(flags.INPUT_FLAGS, 'threads'),
    ...flags.OUTPUT_FLAGS.filter(
      ({ name }) => name !== 'family' && name !== 'section' && name !== 'by' && name !== 'idle',
    ),
    ...flags.MONEY_FLAGS,
    ...flags.CHECK_FLAGS,
  ],
  examples: [
    ['usagebook agents --since 7d', 'the last week, by day'],
    ['usagebook agents --group-by project,model --json', 'which projects used which models'],
    ['usagebook agents --group-by block', 'blocks of five hours'],
  ],
  exitCodes: { 1: EXIT_CODES[1]!, 3: EXIT_CODES[3]! },
  run: async (options, context, workspace) =>
    await showReport(options, context, isRead => buildAgentsRequest(options, isRead, context, workspace)),
})
