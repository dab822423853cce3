// usagebook serve: the API and the pages.
import { wholeNumber } from '../../app/request/parse-option.ts'
import { defineCommand } from '../command.ts'

export const command = defineCommand({
  words: ['serve'],
  summary: 'an API and a live dashboard of the workspace',
  description:
    'Prints its address and, if nobody has logged in yet, a link for one login. It can be reached only from this machine unless --host says otherwise. Every minute it checks rules and budgets as "usagebook check" does, and runs the jobs of schedule.json that are due; cron may do the same beside it.',
  flags: [
    { name: 'host', value: 'ADDRESS', group: 'General', help: 'the address to listen on; default 127.0.0.1' },
    {
      name: 'port',
      value: 'N',
      group: 'General',
      help: 'the port; default 7183, 0 for any that is free',
      parse: wholeNumber(0, 65_535),
    },
    {
      name: 'base-path',
      value: 'PATH',
      group: 'General',
      help: 'the path under which a proxy publishes it; default /',
    },
    {
      name: 'allow-host',
      value: 'NAME',
      group: 'General',
      repeats: true,
      help: 'another host name that it answers to, as browsers send it',
    },
    { name: 'no-check', group: 'General', help: 'check no rules and budgets; without it that is done every minute' },
    { name: 'no-schedule', group: 'General', help: 'run no jobs of schedule.json' },
    { name: 'open', group: 'General', help: 'open it in the browser' },
  ],
  examples: [
    ['usagebook serve', 'for yourself, on this machine'],
    ['usagebook serve --base-path /usage --allow-host ai.example.com', 'behind a proxy of this machine'],
  ],
  exitCodes: { 1: 'the port is taken' },
  async run(options, context, workspace) {
    const { runServer } = await import('../../server/run-server.ts')
    return await runServer(options, context, workspace)
  },
})
