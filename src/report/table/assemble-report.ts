// Puts a report together from its parts: everything around the sections is the same for all reports.
import { optionName, UsageError } from '../../base/errors.ts'
import type { JsonValue } from '../../base/json.ts'
import { snakeCase } from '../../base/names.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Group } from '../group/group.ts'
import { inNumber } from '../model/headline.ts'
import type { Headline, Note, Report, Section } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import {
  buildPeriod,
  describeFilters,
  documentHead,
  ledgerNotes,
  ledgerObject,
  periodObject,
  problemObjects,
  sourcesObject,
} from '../model/report-frame.ts'
import { comparedPeriodOf, withComparedPeriod } from './compared-period.ts'
import { findColumn } from './find-column.ts'
import { currencyHead, currencyNotes, unpricedBeforeNotes, unpricedNotes } from './price-notes.ts'
import { unpricedModels, unpricedObjects } from './unpriced.ts'

/** A section and where it stands in the JSON document. */
export interface PlacedSection {
  readonly section: Section
  /** Null for a section that is in the document in another way. */
  readonly key: string | null
  /** In place of the section's objects. */
  readonly value?: JsonValue
}

export interface ReportParts {
  /** As in the command: "requests". */
  readonly name: string
  readonly title: string
  /** Of the document, where it is not the first version of that of a report. */
  readonly schema?: string
  readonly headlines: readonly Headline[]
  readonly facts?: readonly string[]
  readonly sections: readonly PlacedSection[]
  /** Keys of the document before those of the prices and the ledger, and before those of the sections. */
  readonly head?: { readonly [key: string]: JsonValue }
  readonly lead?: { readonly [key: string]: JsonValue | undefined }
  readonly notes?: readonly Note[]
  /** The table of the first question whose rows have a price, and what they add up to; for what is said of prices. */
  readonly priced?: { readonly table: string; readonly total: Group }
}

export function assembleReport(input: ReportInput, parts: ReportParts): Report {
  const { tally, zone, prices, currency } = input
  const period = buildPeriod(input.range, tally, zone)
  const compared = comparedPeriodOf(input)
  const unpriced = prices === null || parts.priced === undefined ? null : unpricedOf(input, parts.priced)
  const placed = parts.sections.filter(({ section }) => isWanted(input, section.name))
  if (input.sort !== null) requireColumn(input.sort, placed)
  return {
    title: input.title ?? parts.title,
    period,
    compared,
    filters: describeFilters(input.filters),
    headlines: parts.headlines.map(inNumber),
    facts: parts.facts ?? [],
    sections: withComparedPeriod(
      placed.map(({ section }) => section),
      compared,
      zone,
    ),
    ledger: tally.ledger,
    unpricedAnalyses: unpriced?.total.unpricedAnalyses ?? 0,
    notes: [
      ...ledgerNotes(tally.ledger),
      ...(parts.notes ?? []),
      ...(unpriced === null
        ? []
        : [
            ...unpricedNotes(unpriced.models, unpriced.total, { mode: prices!.mode, unread: tally.ledger.unread }),
            ...unpricedBeforeNotes(unpriced.before, prices!.mode),
            ...currencyNotes(currency),
          ]),
    ],
    currency: currency?.currency ?? 'USD',
    priceSource: unpriced === null ? null : prices!.source,
    // Only one form of a report is its document, and objects are dearer than cells.
    get document() {
      return {
        ...documentHead(parts.schema ?? `${parts.name}-report@1`, input.now, period, input.filters, zone),
        compare: compared === null ? undefined : periodObject(compared, zone),
        ...parts.head,
        ...(unpriced === null ? {} : { prices: { source: prices!.source, hash: prices!.hash, mode: prices!.mode } }),
        ...(unpriced === null ? {} : currencyHead(currency)),
        ledger: ledgerObject(tally.ledger),
        sources: sourcesObject(tally.ledger),
        ...parts.lead,
        ...Object.fromEntries(
          placed.flatMap(({ section, key, value }) => (key === null ? [] : [[key, value ?? section.objects]])),
        ),
        ...(unpriced === null ? {} : { unpriced: unpricedObjects(unpriced.models) }),
        ...(unpriced === null || unpriced.before.length === 0
          ? {}
          : { unpricedBefore: unpricedObjects(unpriced.before) }),
        problems: problemObjects(tally.ledger),
      }
    },
  }
}

function isWanted({ sections }: ReportInput, name: string): boolean {
  return sections === null || sections.includes(name)
}

// A column may stand in some of the sections only; the others keep their order.
function requireColumn(name: string, placed: readonly PlacedSection[]): void {
  const columns = placed.flatMap(({ section }) => section.columns)
  if (findColumn(columns, name) >= 0) return
  const keys = [...new Set(columns.map(column => column.key))]
  const near = nearestNames(snakeCase(name), keys, 1)[0]
  throw new UsageError(
    'unknown-sort',
    `${optionName('sort')} ${JSON.stringify(name)}: the report has no such column.`,
    {
      where: { option: 'sort' },
      hint: `Use ${near === undefined ? '' : `${near}, or others of `}${keys.join(', ')}.`,
    },
  )
}

function unpricedOf(input: ReportInput, { table, total: { cost } }: NonNullable<ReportParts['priced']>) {
  const { analyses, unpricedAnalyses } = cost
  return {
    models: unpricedModels(input.tally.tables.get(table)!, input),
    before: input.before === null ? [] : unpricedModels(input.before.tally.tables.get(table)!, input),
    total: { analyses, unpricedAnalyses },
  }
}
