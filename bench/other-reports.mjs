// The other reports on the same logs as the usage report: read anew, and asked again of the cache. The kind of every event is
// made that which the report counts, by a format that reads it elsewhere and finds nothing there.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { logsOf } from './logs.mjs'
import { measure, runOnce } from './measure.mjs'
import { PROGRAM } from './peers.mjs'
import { timesTable } from './table.mjs'

const KINDS = {
  requests: 'request',
  errors: 'analysis',
  latency: 'analysis',
  models: 'analysis',
  features: 'analysis',
  clients: 'analysis',
  countries: 'request',
  trends: 'analysis',
  activity: 'activity',
  sessions: 'analysis',
  queries: 'user_query',
  uploads: 'file_upload',
  feedback: 'feedback',
  threats: 'threat',
}

export function measureOtherReports({ data, gb, runs, say }) {
  const logs = logsOf(data, 'native', gb)
  const workspace = join(data, 'kinds')
  writeWorkspace(workspace)
  const env = { XDG_CACHE_HOME: join(data, 'kinds-cache') }
  rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true })
  const flags = ['--root', workspace, '--logs', logs, '--dedupe', 'off', '--timezone', 'UTC']
  const call = (words, kind) => [process.execPath, PROGRAM, ...words, ...flags, '--source-format', formatOf(kind)]
  const reports = Object.entries(KINDS).map(([name, kind]) => ({ name, command: call(['report', name], kind) }))
  const month = ['--start-date', '2026-10-01', '--end-date', '2026-10-30']
  const others = [
    { name: 'dashboard', command: call(['dashboard', ...month], 'analysis') },
    { name: 'events --limit 25', command: call(['events', '--limit', '25'], 'analysis') },
  ]
  const usage = { name: 'usage', command: call(['report'], 'analysis') }
  const cold = measure(
    [usage, ...reports, ...others].map(({ name, command }) => ({ name, command: [...command, '--no-cache'] })),
    Math.min(runs, 3),
  )
  // Written once, and looked at a second time once the clock is surely past the writing.
  for (let time = 0; time < 2; time++) for (const { command } of reports) runOnce({ command, env })
  const node = { name: 'node -e 0', command: [process.execPath, '-e', '0'] }
  const warm = measure([node, ...reports.map(report => ({ ...report, env }))], runs)
  say('### The other reports, cold\n')
  say(timesTable(cold, 'usage'))
  say('### The other reports, asked again\n')
  say(timesTable(warm, 'node -e 0'))
  return { cold, warm, names: Object.keys(KINDS) }
}

function formatOf(kind) {
  return kind.replace('_', '-')
}

function writeWorkspace(workspace) {
  mkdirSync(workspace, { recursive: true })
  const formats = Object.fromEntries(
    [...new Set(Object.values(KINDS))].map(kind => [
      formatOf(kind),
      { extends: 'native', fields: { event: 'kind' }, constants: { event: kind } },
    ]),
  )
  writeFileSync(join(workspace, 'usagebook.config.json'), JSON.stringify({ formats }))
}
