// usagebook mcp: the reports for assistants.
import { defineCommand } from '../command.ts'

export const command = defineCommand({
  words: ['mcp'],
  summary: 'the reports as tools for assistants (MCP)',
  description:
    'Speaks the protocol over standard input and output, as assistants start it. Its tools only read: reports, events, prices, formats and profiles. Names of clients and users are replaced by pseudonyms unless --names is given, and texts of prompts and answers never leave.',
  flags: [
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
  ],
  async run(options, context, workspace) {
    const { runMcp } = await import('../../mcp/run-mcp.ts')
    return await runMcp(options, context, workspace)
  },
})
