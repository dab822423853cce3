// The other reports on the same logs as the usage report, cold.
import { logsOf } from './logs.mjs'
import { measure } from './measure.mjs'
import { PROGRAM } from './peers.mjs'
import { timesTable } from './table.mjs'

const REPORTS = ['requests', 'errors', 'latency', 'models', 'features', 'clients', 'trends', 'activity', 'sessions']

export function measureOtherReports({ data, gb, runs, say }) {
  const folder = logsOf(data, 'native', gb)
  const flags = ['--logs', folder, '--no-cache', '--no-config', '--dedupe', 'off', '--timezone', 'UTC']
  // An analysis is no request, so the reports about requests are told to count it.
  const call = (...words) => [process.execPath, PROGRAM, ...words, '--event', 'analysis', ...flags]
  const times = measure(
    [
      { name: 'usage', command: call('report') },
      ...REPORTS.map(name => ({ name, command: call('report', name) })),
      { name: 'events --limit 25', command: call('events', '--limit', '25') },
    ],
    Math.min(runs, 3),
  )
  say('### The other reports, cold\n')
  say(timesTable(times, 'usage'))
  return times
}
