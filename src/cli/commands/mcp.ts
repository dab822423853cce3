// usagebook mcp: the reports for assistants.
import { wholeNumber } from '../../app/request/parse-option.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { defineCommand } from '../command.ts'

export const command = defineCommand({
  words: ['mcp'],
  summary: 'the reports as tools for assistants (MCP)',
  description:
    'Speaks the protocol over standard input and output, as assistants start it; with --http, over HTTP on this machine, to who has a token of "usagebook access token create". Its tools only read: reports, events, prices, formats and profiles. Names of clients and users are replaced by pseudonyms unless --names is given, and texts of prompts and answers never leave.',
  flags: [
    { name: 'http', group: 'General', help: 'listen on a port of this machine instead' },
    {
      name: 'port',
      value: 'N',
      group: 'General',
      help: 'the port; default 7184, 0 for any that is free',
      parse: wholeNumber(0, 65_535),
    },
    { name: 'names', group: 'General', help: 'show the names of clients and users' },
    {
      name: 'field',
      value: 'NAME',
      group: 'General',
      repeats: true,
      help: 'another field of the logs whose texts may leave, such as region',
    },
  ],
  examples: [
    ['usagebook mcp', 'as an assistant starts it'],
    ['usagebook mcp --names --field region', 'with names, and a field of your own'],
    ['usagebook mcp --http', 'for clients that connect to an address'],
  ],
  exitCodes: { 1: 'the port is taken' },
  async run(options, context, workspace) {
    if (options.port !== undefined && options.http !== true) {
      throw new UsageError('port-without-http', `${optionName('port')} says nothing without ${optionName('http')}.`, {
        where: { option: 'port' },
        hint: `Add ${optionName('http')}, or leave ${optionName('port')} out.`,
      })
    }
    const { runMcp } = await import('../../mcp/run-mcp.ts')
    return await runMcp(options, context, workspace)
  },
})
