// The period that a report is compared with, as every format of the report names it.
import { formatInstant } from '../../base/calendar.ts'
import { listOf } from '../../base/lazy-list.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import type { Cell, Column, ReportPeriod, Section } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { buildPeriod } from '../model/report-frame.ts'

const COLUMNS: readonly Column[] = [
  { key: 'compared_start', title: 'Compared from', kind: 'instant' },
  { key: 'compared_end', title: 'Compared to', kind: 'instant' },
]

/** Null for a report that is compared with nothing. */
export function comparedPeriodOf({ before, zone }: Pick<ReportInput, 'before' | 'zone'>): ReportPeriod | null {
  return before === null ? null : buildPeriod(before.range, before.tally, zone)
}

/** The sections with the start and the end of that period in every row: a table of bare cells has no other place for them. */
export function withComparedPeriod(
  sections: readonly Section[],
  compared: ReportPeriod | null,
  zone: Zone,
): readonly Section[] {
  if (compared === null) return sections
  const textOf = (instant: Instant | null) => (instant === null ? null : formatInstant(instant, zone))
  const cells = [textOf(compared.from), textOf(compared.to)]
  const extend = (row: readonly Cell[]) => [...row, ...cells]
  return sections.map(section => ({
    ...section,
    // Not looked at here: objects are made when they are asked for.
    get objects() {
      return section.objects
    },
    columns: [...section.columns, ...COLUMNS],
    rows: listOf(section.rows, extend),
    rest: section.rest === null ? null : { ...section.rest, row: extend(section.rest.row) },
  }))
}
