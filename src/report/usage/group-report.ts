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
import {
  buildPeriod,
  describeFilters,
  documentHead,
  ledgerNotes,
  ledgerObject,
  periodObject,
} from '../model/report-frame.ts'
import { comparedPeriodOf, withComparedPeriod } from '../table/compared-period.ts'
import { compareKeys } from '../table/order.ts'
import { currencyHead, currencyNotes, unpricedNotes } from '../table/price-notes.ts'
import { unpricedModels, unpricedObjects } from '../table/unpriced.ts'
import { groupEntries } from './group-entries.ts'
import { groupNames } from './group-names.ts'
import { comparisonObject, currencyObject, measuresObject } from './usage-cells.ts'
import { measuresOf } from './usage-measures.ts'
import { buildSection } from './usage-section.ts'
import { usageHeadlines } from './usage-summary.ts'

export function groupReportGroupBys(fields: readonly GroupField[]): GroupBy[] {
  const keys = fields.map(field => field.column)
  return [
    { name: 'groups', keys: [...keys, ...RATE_KEYS], sums: USAGE_MEASURES, hasDurations: false, hasExtent: false },
    { name: 'groupDurations', keys, sums: [], hasDurations: true, hasExtent: false },
  ]
}

export function buildGroupReport(input: ReportInput, fields: readonly GroupField[]): Report {
  const { tally, zone, prices } = input
  const groups = groupsOf(tally, input.basisOf, fields)
  const before = input.before === null ? null : groupsOf(input.before.tally, input.basisOf, fields)
  const total = measuresOf(groups.total)
  const unpriced = unpricedModels(tally.tables.get('groups')!, input)
  const period = buildPeriod(input.range, tally, zone)
  const compared = comparedPeriodOf(input)
  const hasCost = prices !== null
  const { currency } = input
  const names = groupNames(fields.map(field => field.name))
  const section = buildSection(
    {
      name: 'groups',
      rowName: 'group',
      title: 'Groups',
      keyColumns: names.map(({ key }) => ({ key, title: key, kind: 'text' })),
      jsonKeys: names.map(({ jsonKey }) => jsonKey),
      order: isTimeUnit(fields[0]!.column) ? 'key' : 'cost',
      keyOrders: fields.map(({ column }) => (isNumberField(column) ? compareNumbers : compareKeys)),
      timeAt: fields.findIndex(({ column }) => isTimeUnit(column)),
      hasDistincts: false,
      series: null,
    },
    groupEntries(groups.all, before?.all ?? null, fields, input),
    { hasCost, hasComparison: before !== null, top: input.top, sort: input.sort, total, whole: groups.total, currency },
  )
  return {
    title: `Usage by ${fields.map(field => field.name).join(', ')}`,
    period,
    compared,
    filters: describeFilters(input.filters),
    headlines: usageHeadlines(total, before === null ? null : measuresOf(before.total), { hasCost, currency }),
    facts: [],
    sections: withComparedPeriod([section], compared, zone),
    ledger: tally.ledger,
    unpricedAnalyses: total.unpricedAnalyses,
    notes: [
      ...ledgerNotes(tally.ledger),
      ...absentNotes(groups.all, fields),
      ...(prices !== null ? [...unpricedNotes(unpriced, total, prices.mode), ...currencyNotes(currency)] : []),
    ],
    currency: currency?.currency ?? 'USD',
    priceSource: prices === null ? null : prices.source,
    document: {
      ...documentHead('group-report@1', input.now, period, input.filters, zone),
      compare: compared === null ? undefined : periodObject(compared, zone),
      groupBy: fields.map(field => field.name),
      prices: prices === null ? undefined : { source: prices.source, hash: prices.hash, mode: prices.mode },
      ...currencyHead(currency),
      ledger: ledgerObject(tally.ledger),
      summary: {
        ...measuresObject(total, hasCost),
        ...(hasCost ? currencyObject(total, currency) : {}),
        ...(before === null ? {} : comparisonObject(total, before.total, hasCost)),
      },
      rows: section.objects,
      unpriced: prices === null ? undefined : unpricedObjects(unpriced),
      problems: tally.ledger.problems.map(problem => ({ ...problem })),
    },
  }
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

// A mistyped name is a field that no event has.
function absentNotes(groups: Groups, fields: readonly GroupField[]): Note[] {
  const rows = groups.all
  if (rows.length === 0) return []
  return fields
    .filter((_, index) => rows.every(({ keys }) => keys[index] === null))
    .map(({ name }) => ({
      kind: 'warning',
      text: `No event has a value of ${JSON.stringify(name)}.`,
      hint: 'Check the name in --group-by.',
    }))
}

// Numbers of a field are texts, as all keys are that are no times.
function compareNumbers(a: KeyValue, b: KeyValue): number {
  if (a === null || b === null) return compareKeys(a, b)
  return compareDecimals(parseDecimal(String(a))!, parseDecimal(String(b))!)
}
