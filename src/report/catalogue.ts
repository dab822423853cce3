// The list of all reports. Each is loaded only when it is asked for.
import type { ReportDefinition } from './model/report-definition.ts'

export interface ReportEntry {
  readonly name: string
  /** What it answers, for the help. */
  readonly summary: string
  load(): Promise<ReportDefinition>
}

export const REPORTS: readonly ReportEntry[] = [
  entry('usage', 'who used what, at what cost', async () => (await import('./usage/usage-definition.ts')).report),
  entry(
    'requests',
    'requests and failures over time, by user',
    async () => (await import('./requests-report.ts')).report,
  ),
  entry('errors', 'what failed, where, for whom', async () => (await import('./errors-report.ts')).report),
  entry(
    'sessions',
    'how long users stay, and what they do',
    async () => (await import('./session/sessions-report.ts')).report,
  ),
  entry(
    'latency',
    'how long it took, by endpoint, model, client',
    async () => (await import('./latency-report.ts')).report,
  ),
  entry(
    'models',
    'requests, tokens, cost and latency of each model',
    async () => (await import('./models-report.ts')).report,
  ),
  entry('features', 'what is used, and by whom', async () => (await import('./features-report.ts')).report),
  entry('activity', 'who did what, and when', async () => (await import('./activity-report.ts')).report),
  entry('countries', 'requests, users and cost by country', async () => (await import('./countries-report.ts')).report),
  entry(
    'feedback',
    'ratings over time, by profile and model',
    async () => (await import('./feedback-report.ts')).report,
  ),
  entry('threats', 'attacks by severity, type and address', async () => (await import('./threats-report.ts')).report),
  entry('uploads', 'files, their sizes and types', async () => (await import('./uploads-report.ts')).report),
  entry(
    'queries',
    'what users ask and how they are answered',
    async () => (await import('./queries-report.ts')).report,
  ),
  entry('clients', 'how each client does, ranked', async () => (await import('./clients-report.ts')).report),
  entry('trends', 'each metric against the range before', async () => (await import('./trends-report.ts')).report),
]

export const REPORT_NAMES: readonly string[] = REPORTS.map(({ name }) => name)

function entry(name: string, summary: string, load: () => Promise<ReportDefinition>): ReportEntry {
  return { name, summary, load }
}
