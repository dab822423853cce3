// The jobs that a new workspace is offered: exports that add up, and what keeps a busy workspace fast and small.

export const SCHEDULE_SCHEMA_URL = 'https://unpkg.com/usagebook@0/docs/schema/schedule.json'

interface OfferedJob {
  readonly name: string
  readonly cron: string
  readonly run: string
}

/** Nothing is lost by them: what is pruned goes into the archive. */
export const OFFERED_JOBS: readonly OfferedJob[] = [
  { name: 'dashboard-periods', cron: '0 1 * * *', run: 'cache warm' },
  {
    name: 'daily-metrics',
    cron: '0 2 * * *',
    run: 'report trends --period yesterday -o reports/metrics/{period}.json',
  },
  { name: 'cleanup-events', cron: '0 3 * * 0', run: 'log prune --older-than 400d --archive archive' },
  { name: 'cleanup-sessions', cron: '0 4 * * 0', run: 'log prune --sessions 180d --archive archive' },
  { name: 'hourly-statistics', cron: '5 * * * *', run: 'export metrics -o reports/metrics/usagebook.prom' },
  { name: 'weekly-report', cron: '0 9 * * 1', run: 'report --period last-week -o reports/weekly/{period}.html' },
  {
    name: 'daily-export',
    cron: '0 8 * * *',
    run: 'report --period yesterday --strict -o reports/daily/{period}.csv',
  },
  {
    name: 'weekly-export',
    cron: '0 9 * * 1',
    run: 'report --period last-week --strict -o reports/weekly/{period}.csv',
  },
  {
    name: 'monthly-export',
    cron: '0 10 1 * *',
    run: 'report --period last-month --strict -o reports/monthly/{period}.csv',
  },
]

/** `schedule.json` with these jobs, a line for each. */
export function offeredSchedule(): string {
  const jobs = OFFERED_JOBS.map(job => {
    const keys = Object.entries(job).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    return `    { ${keys.join(', ')} }`
  })
  return `{\n  "$schema": "${SCHEDULE_SCHEMA_URL}",\n  "jobs": [\n${jobs.join(',\n')}\n  ]\n}\n`
}
