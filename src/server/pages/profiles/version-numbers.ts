// What each version was used for: analyses, cost, errors and ratings, before a change and after it.
import type { HistoryEntry } from '../../../app/profile/answers.ts'
import { type VersionUsage, versionUsageOf } from '../../../app/profile/version-usage.ts'
import type { ReportOptions } from '../../../app/request/parameters.ts'
import { formatCell, moneyDigitsOf } from '../../../render/cell/format-cell.ts'
import { html, type Markup } from '../../../render/html/markup.ts'
import { partAmount } from '../../../render/html/table-row.ts'
import type { Cell, ColumnKind } from '../../../report/model/report.ts'
import type { Call } from '../../route.ts'
import { ask } from '../../routes/documents.ts'
import { merged, REPORT_PARAMETERS } from '../../routes/reports.ts'
import { hasNoLogs, table } from '../parts.ts'

const NONE: VersionUsage = { analyses: 0, errors: 0, errorRate: null, costUsd: null, meanRating: null, isPart: false }

export async function versionNumbers(
  call: Call,
  profile: string,
  versions: readonly Pick<HistoryEntry, 'version' | 'profileId'>[],
): Promise<Markup> {
  const usage = await usageOf(call, profile)
  const rows = versions.map(({ version, profileId }) => ({ version, numbers: usage?.get(profileId) ?? NONE }))
  const moneyDigits = moneyDigitsOf(rows.map(({ numbers }) => numbers.costUsd))
  const shown = (cell: Cell, kind: ColumnKind, isPart = false) => {
    const text = formatCell(cell, kind, { currency: 'USD', moneyDigits }, isPart)
    return isPart ? partAmount(text) : text
  }
  return html`<h2>In use</h2>${table({
    caption: 'What each version was used for',
    heads: [
      { title: 'Version' },
      { title: 'Analyses', isNumber: true },
      { title: 'Cost', isNumber: true },
      { title: 'Errors', isNumber: true },
      { title: 'Error rate', isNumber: true },
      { title: 'Rating', isNumber: true },
    ],
    rows:
      usage === undefined
        ? []
        : rows.map(({ version, numbers }) => [
            `Version ${version}`,
            shown(numbers.analyses, 'count'),
            shown(numbers.costUsd, 'money', numbers.isPart),
            shown(numbers.errors, 'count'),
            shown(numbers.errorRate, 'share'),
            shown(numbers.meanRating, 'number'),
          ]),
    empty: 'There are no logs yet, so nothing is known of its use.',
  })}`
}

// Undefined where there are no logs.
async function usageOf(call: Call, profile: string): Promise<ReadonlyMap<string, VersionUsage> | undefined> {
  try {
    const { format: _, ...options } = await merged<ReportOptions>({ ...call, options: {} }, REPORT_PARAMETERS)
    const one = { ...options, profile: [profile], top: 0 }
    const [usage, feedback] = await Promise.all([
      ask(call, { kind: 'report', options: { ...one, name: 'usage', groupBy: ['profile'] }, format: 'json' }),
      ask(call, { kind: 'report', options: { ...one, name: 'feedback' }, format: 'json' }),
    ])
    return versionUsageOf(textOf(usage.body), textOf(feedback.body))
  } catch (error) {
    if (hasNoLogs(error)) return undefined
    throw error
  }
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString()
}
