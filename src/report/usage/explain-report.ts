// `--explain`: why the cost is another than in the period compared with, as a waterfall, a table of cells and a sentence.
import { absoluteDecimal, compareDecimals, type Decimal, subtractDecimals, ZERO } from '../../base/decimal.ts'
import { convertUsd, DOLLAR } from '../../pricing/currency.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { GroupBy } from '../../query/query.ts'
import { RATE_KEYS } from '../../query/rate-class.ts'
import { cellsOf } from '../explain/cells.ts'
import { addParts, mapParts, NO_PARTS, PART_NAMES, type Parts } from '../explain/parts.ts'
import { explainInWords, type ToldLine } from '../explain/sentence.ts'
import { totalOf } from '../group/roll-up.ts'
import type { Report, Waterfall } from '../model/report.ts'
import type { ExplainView, ReportInput } from '../model/report-definition.ts'
import { assembleReport } from '../table/assemble-report.ts'
import { bothRanges } from '../table/both-ranges.ts'
import { objectMaker } from '../table/row-objects.ts'
import { type ExplainLine, explainSection, KIND_COLUMN, linesOf } from './explain-table.ts'
import { usageHeadlines } from './usage-headlines.ts'
import { measureColumns, usageTable } from './usage-table.ts'

const TABLE = 'explain'
const ONE: Decimal = { units: 1n, scale: 0 }
const STEP_LABELS: Readonly<Record<keyof Parts, string>> = {
  volume: 'Volume',
  mix: 'Mix',
  price: 'Price',
  new: 'New',
  lost: 'Lost',
  unpriced: 'No price',
}

export function explainGroupBys({ fields }: ExplainView): GroupBy[] {
  const keys = [...fields.map(({ column }) => column), ...RATE_KEYS]
  return [{ name: TABLE, keys, sums: USAGE_MEASURES, hasDurations: false, hasExtent: false }]
}

export function buildExplainReport(input: ReportInput, view: ExplainView): Report {
  const { basisOf } = input
  const tables = bothRanges(input, ({ tally }) => tally.tables.get(TABLE)!)
  const totals = bothRanges(input, ({ tally }) => totalOf(tally.tables.get(TABLE)!, { basisOf }))
  const lines = linesOf(cellsOf({ after: tables[0], before: tables[1]! }, basisOf, view), input, view)
  const [after, before] = totals.map(group => group!.cost.result().cost ?? ZERO) as [Decimal, Decimal]
  const total = {
    before,
    after,
    parts: lines.reduce((sum, { parts }) => addParts(sum, parts), NO_PARTS),
    change: subtractDecimals(after, before),
  }
  const sentence = sentenceOf(lines, total.change, input, view)
  const section = explainSection(input, view, lines)
  const [now, past] = totals
  const names = { name: 'summary', rowName: 'total', title: 'Summary', keyColumns: [], jsonKeys: [] }
  const summary = { ...usageTable(names, now, input), objectColumns: measureColumns(input) }
  const summaryOf = objectMaker(summary, { hasComparison: true })
  return assembleReport(input, {
    name: 'explain',
    title: 'Why the cost changed',
    headlines: usageHeadlines(input, totals),
    facts: [sentence],
    priced: { table: TABLE, total: now },
    head: { explainBy: [...view.fields.map(({ name }) => name), ...(view.isByKind ? [KIND_COLUMN.key] : [])] },
    lead: { summary: summaryOf({ keys: [], labels: [], group: now, previous: past }) },
    sections: [
      {
        key: 'explain',
        section: { ...section, waterfall: waterfallOf(total, input) },
        get value() {
          const { quantity, method } = view
          return { sentence, quantity, method, total: { ...total, parts: { ...total.parts } }, lines: section.objects }
        },
      },
    ],
  })
}

interface Total {
  readonly before: Decimal
  readonly after: Decimal
  readonly parts: Parts
}

// Steps of nothing are left out, so that what there is can be seen.
function waterfallOf({ before, after, parts }: Total, { currency }: ReportInput): Waterfall {
  const rate = currency ?? DOLLAR
  const steps = PART_NAMES.filter(name => parts[name].units !== 0n).map(name => ({
    label: STEP_LABELS[name],
    amount: convertUsd(parts[name], rate),
    isTotal: false,
  }))
  const total = (label: string, usd: Decimal) => ({ label, amount: convertUsd(usd, rate), isTotal: true })
  return {
    title: 'From the cost before to the cost now',
    currency: rate.currency,
    steps: [total('Before', before), ...steps, total('Now', after)],
  }
}

function sentenceOf(lines: readonly ExplainLine[], usd: Decimal, input: ReportInput, view: ExplainView): string {
  const { fields, quantity } = view
  const rate = input.currency ?? DOLLAR
  const change = convertUsd(usd, rate)
  const modelAt = fields.findIndex(({ column }) => column === 'model')
  const nameAt = (labels: ExplainLine['labels'], at: number) =>
    fields[at] === undefined ? 'all' : (labels[at] ?? `events without a ${fields[at].name}`)
  const told = lines.map(
    ({ labels, cell, parts }): ToldLine => ({
      who: nameAt(labels, 0),
      what: nameAt(labels, modelAt < 0 ? fields.length - 1 : modelAt),
      parts: mapParts(name => convertUsd(parts[name], rate)),
      before: cell.before?.quantity ?? 0n,
      after: cell.after?.quantity ?? 0n,
    }),
  )
  const isSmall = told.every(({ parts }) => PART_NAMES.every(name => isBelowOne(parts[name]))) && isBelowOne(change)
  const style = { currency: rate.currency, moneyDigits: isSmall ? 4 : 2 }
  return explainInWords(told, { change, quantity, style, hasWhat: fields.length > 0, isModel: modelAt >= 0 })
}

function isBelowOne(amount: Decimal): boolean {
  return compareDecimals(absoluteDecimal(amount), ONE) < 0
}
