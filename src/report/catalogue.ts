// The list of all reports. Each is loaded only when it is asked for.
import type { ReportDefinition } from './report-definition.ts'

export interface ReportEntry {
  readonly name: string
  /** What it answers, for the help. */
  readonly summary: string
  load(): Promise<ReportDefinition>
}

export const REPORTS: readonly ReportEntry[] = [
  entry('usage', 'who used what, at what cost', async () => (await import('./usage-definition.ts')).report),
]

function entry(name: string, summary: string, load: () => Promise<ReportDefinition>): ReportEntry {
  return { name, summary, load }
}
