// The metrics of the server: with the settings of the configuration, as `export metrics` has them.
import { expect, it } from 'vitest'
import { runProgram } from '../support/program.ts'
import { lines, runServer } from './support/running-server.ts'

const twice = { timestamp: '2026-02-01T23:30:00', client: 'diageo', model: 'gpt-4o', input_tokens: 1000, id: 'once' }
const FILES = {
  'usage_logs/2026-02-01.jsonl': lines(twice),
  'usage_logs/2026-02-02.jsonl': lines(twice, { ...twice, id: 'logged', cost_usd: '7' }),
  'more/2026-02-02.jsonl': lines({ ...twice, client: 'unilever', id: 'other' }),
}
const SETTINGS = {
  ...{ logs: ['usage_logs', 'more'], timezone: 'Asia/Kathmandu', logTimezone: 'America/New_York' },
  ...{ dedupe: 'all', cost: 'estimated', cache: false, threads: 1 },
}

it.each([
  ['none', {}],
  ['where logs are', { logs: SETTINGS.logs }],
  ['the zone of log times', { logTimezone: SETTINGS.logTimezone }],
  ['where an id counts once', { dedupe: SETTINGS.dedupe }],
  ['which cost counts', { cost: SETTINGS.cost }],
  ['all', SETTINGS],
])('settings of the configuration count as in export metrics: %s', async (name, settings) => {
  const files = { ...FILES, 'usagebook.config.json': JSON.stringify(settings) }
  const server = await runServer(files)
  const other = await runServer(files)
  const answer = await (await server.ask('admin', '/metrics')).text()
  const { code, stdout } = runProgram(other.root, ['export', 'metrics'])
  expect([code, answer]).toEqual([0, stdout])
  const plain = await (await (await runServer(FILES)).ask('admin', '/metrics')).text()
  expect([name, answer === plain]).toEqual([name, name === 'none'])
})
