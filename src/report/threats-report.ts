// The threats report: attacks that were seen, how severe, of which type, from where, and whether they were dealt with.
import { extentsBy, extraText, question } from './group/group-bys.ts'
import type { RollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { rollUpBoth, sumHeadline, tableOptions, totalsOf } from './table/both-ranges.ts'
import { namedTable } from './table/named-table.ts'
import { summarySection } from './table/summary-section.ts'
import { buildTable } from './table/table.ts'
import * as columns from './table/table-columns.ts'
import { namedRows } from './table/table-rows.ts'
import { NAME_COLUMN } from './table/table-spec.ts'

const KEYS = ['threat_type', 'severity', 'ip', 'resolved']

/** What a log may say of a threat besides its time and address. */
export const THREAT_EXTRAS = ['threat_type', 'severity', 'resolved'].map(extraText)

export const report: ReportDefinition = {
  name: 'threats',
  sections: ['summary', 'severities', 'types', 'addresses', 'recent'],
  hasCost: false,
  questions: () => [question('threats', ['threat'], [extentsBy('threats', KEYS)], THREAT_EXTRAS)],
  build,
}

/** What is not said to be resolved is not. */
export const countThreats: NonNullable<RollUp['countAs']> = keyOf => [
  ...(keyOf('resolved') === 'true' ? [] : ['unresolved']),
  ...(keyOf('severity') === 'critical' ? ['critical'] : keyOf('severity') === 'high' ? ['high'] : []),
]

function build(input: ReportInput): Report {
  const countAs = countThreats
  const total = totalsOf(input, 'threats', 'threats', { countAs, related: ['ip'] })
  const by = (key: string) => rollUpBoth(input, 'threats', 'threats', { by: [key], countAs })
  const list = [
    columns.sumColumn('analyses', 'count', 'Count'),
    columns.shareColumn('analyses', total[0], 'threats'),
    columns.sumColumn('unresolved', 'unresolved', 'Unresolved'),
    columns.sumColumn('critical', 'critical', 'Critical'),
    columns.sumColumn('high', 'high', 'High'),
    columns.instantColumn('last', 'Last seen', input.zone),
  ]
  const named = (name: string, rowName: string, title: string, key: string) =>
    namedTable(input, { name, rowName, title, columns: list }, by(key))
  return assembleReport(input, {
    name: 'threats',
    title: 'Threats',
    headlines: [
      sumHeadline('threats', 'analyses', total),
      sumHeadline('unresolved', 'unresolved', total),
      sumHeadline('critical', 'critical', total),
      sumHeadline('high', 'high', total),
    ],
    sections: [
      summarySection(
        [
          columns.sumColumn('analyses', 'total_threats', 'Threats'),
          columns.sumColumn('unresolved', 'unresolved_threats', 'Unresolved'),
          columns.sumColumn('critical', 'critical_threats', 'Critical'),
          columns.sumColumn('high', 'high_threats', 'High'),
          columns.distinctColumn('ip', 'addresses', 'Addresses'),
        ],
        total,
        tableOptions(input),
        ['total_threats'],
      ),
      { key: 'bySeverity', section: named('severities', 'severity', 'Severities', 'severity') },
      { key: 'topThreatTypes', section: named('types', 'type', 'Types', 'threat_type') },
      { key: 'topAddresses', section: named('addresses', 'address', 'Addresses', 'ip') },
      { key: 'recent', section: recentSection(input) },
    ],
  })
}

// Threats that are the same in all of this are one row, with how many there were.
function recentSection(input: ReportInput) {
  const [threats] = rollUpBoth(input, 'threats', 'threats', { by: KEYS })
  return buildTable(
    {
      name: 'recent',
      rowName: 'threat',
      title: 'Newest',
      keyColumns: [
        NAME_COLUMN,
        { key: 'severity', title: 'Severity', kind: 'text' },
        { key: 'address', title: 'Address', kind: 'text' },
        { key: 'resolved', title: 'Resolved', kind: 'text' },
      ],
      jsonKeys: ['type', 'severity', 'address', 'resolved'],
      columns: [
        columns.instantColumn('last', 'Last seen', input.zone),
        columns.sumColumn('analyses', 'count', 'Count'),
        { ...columns.instantColumn('first', 'First seen', input.zone), isOptional: true },
      ],
      order: 'newest',
      compared: [],
      hasRest: false,
    },
    namedRows(threats, null),
    { ...tableOptions(input), hasComparison: false },
  )
}
