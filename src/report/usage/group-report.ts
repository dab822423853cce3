// `--group-by`: one flat table of usage by any fields and units of time.
import { compareDecimals, parseDecimal } from '../../base/decimal.ts'
import type { BasisOf } from '../../pricing/group-cost.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import { type GroupBy, isTimeUnit } from '../../query/query.ts'
import { RATE_KEYS } from '../../query/rate-class.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { isNumberField } from '../../tally/number-texts.ts'
import type { Tally } from '../../tally/tally.ts'
import type { Group, Groups } from '../group/group.ts'
import { addSketches, rollUp, sketchOfAll } from '../group/roll-up.ts'
import type { Note, Report } from '../model/report.ts'
import type { GroupField, ReportInput } from '../model/report-definition.ts'
import { assembleReport } from '../table/assemble-report.ts'
import { bothRanges, tableOptions } from '../table/both-ranges.ts'
import { compareKeys } from '../table/order.ts'
import { objectMaker } from '../table/row-objects.ts'
import { buildTable } from '../table/table.ts'
import type { TableSpec } from '../table/table-spec.ts'
import { groupNames } from './group-names.ts'
import { groupRows } from './group-rows.ts'
import { usageHeadlines } from './usage-headlines.ts'
import { measureColumns, usageTable } from './usage-table.ts'

export function groupReportGroupBys(fields: readonly GroupField[]): GroupBy[] {
  const keys = fields.map(field => field.column)
  return [
    { name: 'groups', keys: [...keys, ...RATE_KEYS], sums: USAGE_MEASURES, hasDurations: false, hasExtent: false },
    { name: 'groupDurations', keys, sums: [], hasDurations: true, hasExtent: false },
  ]
}

export function buildGroupReport(input: ReportInput, fields: readonly GroupField[]): Report {
  const [groups, before] = bothRanges(input, ({ tally }) => groupsOf(tally, input.basisOf, fields))
  const total = [groups.total, before?.total ?? null] as const
  const hasComparison = before !== null
  const names = groupNames(fields.map(field => field.name))
  const spec: TableSpec = {
    ...usageTable(
      {
        name: 'groups',
        rowName: 'group',
        title: 'Groups',
        keyColumns: names.map(({ key }) => ({ key, title: key, kind: 'text' })),
        jsonKeys: names.map(({ jsonKey }) => jsonKey),
        ...(isTimeUnit(fields[0]!.column) ? { order: 'time' } : {}),
      },
      groups.total,
      input,
    ),
    keyOrders: fields.map(({ column }) => (isNumberField(column) ? compareNumbers : compareKeys)),
    timeAt: fields.findIndex(({ column }) => isTimeUnit(column)),
  }
  const notes = absentNotes(groups.all, fields)
  const rows = groupRows(groups.all, before?.all ?? null, fields, input)
  const summaryOf = objectMaker({ ...spec, jsonKeys: [], objectColumns: measureColumns(input) }, { hasComparison })
  return assembleReport(input, {
    name: 'group',
    title: `Usage by ${fields.map(field => field.name).join(', ')}`,
    headlines: usageHeadlines(input, total),
    notes,
    priced: { table: 'groups', total: groups.total },
    head: { groupBy: fields.map(field => field.name) },
    lead: { summary: summaryOf({ keys: [], labels: [], group: total[0], previous: total[1] }) },
    sections: [{ key: 'rows', section: buildTable(spec, rows, tableOptions(input)) }],
  })
}

interface GroupsOfRange {
  readonly total: Group
  readonly all: Groups
}

function groupsOf(tally: Tally, basisOf: BasisOf, fields: readonly GroupField[]): GroupsOfRange {
  const by = fields.map(field => field.column)
  const durations = tally.tables.get('groupDurations')!
  const all = rollUp(tally.tables.get('groups')!, { by, basisOf })
  const total = all.total()
  addSketches(durations, by, all)
  total.addSketch(() => sketchOfAll(durations))
  return { total, all }
}

export const ABSENT_FIELD_HINT = 'Check the name in --group-by.'

// A mistyped name is a field that no event has.
function absentNotes(groups: Groups, fields: readonly GroupField[]): Note[] {
  const rows = groups.all
  if (rows.length === 0) return []
  return fields
    .filter((_, index) => rows.every(({ keys }) => keys[index] === null))
    .map(({ name }) => ({
      kind: 'warning',
      text: `No event has a value of ${JSON.stringify(name)}.`,
      hint: ABSENT_FIELD_HINT,
    }))
}

// Numbers of a field are texts, as all keys are that are no times.
function compareNumbers(a: KeyValue, b: KeyValue): number {
  if (a === null || b === null) return compareKeys(a, b)
  return compareDecimals(parseDecimal(String(a))!, parseDecimal(String(b))!)
}
