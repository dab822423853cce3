// What is exported passes the published rules of FOCUS 1.2, read from the requirements model where there is one.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { csvRecords } from '../../../src/export/focus/csv-records.ts'
import { askIn } from '../../support/ask.ts'
import { storyWorkspace } from '../../support/library.ts'

/** Names the file of the requirements model. */
const VARIABLE = 'USAGEBOOK_FOCUS_MODEL'

interface Check {
  readonly CheckFunction?: string
  readonly Items?: readonly Check[]
  readonly ColumnName?: string
  readonly ColumnAName?: string
  readonly ColumnBName?: string
  readonly ResultColumnName?: string
  readonly ExpectedCount?: number
  readonly Value?: string | number | null
}

interface Rule {
  readonly Function: string
  readonly Reference: string
  readonly Status: string
  readonly ApplicabilityCriteria: readonly string[]
  readonly ValidationCriteria: {
    readonly Keyword: string
    readonly MustSatisfy: string
    readonly Requirement: Check
    readonly Condition: Check
  }
}

type Row = ReadonlyMap<string, string | null>

const NUMBER = /^-?\d+(\.\d+)?(E-?\d+)?$/
const isSame = (cell: string | null, value: Check['Value']) =>
  value === null || value === undefined || cell === null
    ? cell === (value ?? null)
    : cell === String(value) || (NUMBER.test(cell) && typeof value === 'number' && Number(cell) === value)

/** What a usage log tells nothing of, so that its columns are left out. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'AVAILABILITY_ZONE_SUPPORTED',
  'BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED',
  'CAPACITY_RESERVATION_SUPPORTED',
  'COMMITMENT_DISCOUNT_SUPPORTED',
  'REGION_SUPPORTED',
])

/** The columns that a check reads. */
function columnsOf({ Items = [], ...check }: Check): string[] {
  const own = [check.ColumnName, check.ColumnAName, check.ColumnBName, check.ResultColumnName]
  return [...own.filter(name => name !== undefined), ...Items.flatMap(columnsOf)]
}

/** Undefined where the model has no check, or one for another rule. */
function holds(check: Check, row: Row): boolean | undefined {
  const cell = (name: string | undefined) => row.get(name ?? '') ?? null
  const value = cell(check.ColumnName)
  switch (check.CheckFunction) {
    case 'AND':
      return (check.Items ?? []).every(item => holds(item, row) !== false)
    case 'OR':
      return (check.Items ?? []).some(item => holds(item, row) === true)
    case 'ColumnPresent':
      return row.has(check.ColumnName!)
    case 'CheckValue':
      return isSame(value, check.Value)
    case 'CheckNotValue':
      return !isSame(value, check.Value)
    case 'CheckSameValue':
      return cell(check.ColumnAName) === cell(check.ColumnBName)
    case 'CheckNotSameValue':
      return cell(check.ColumnAName) !== cell(check.ColumnBName)
    case 'TypeDecimal':
    case 'FormatNumeric':
    case 'CheckDecimalValue':
      return value === null || NUMBER.test(value)
    case 'CheckGreaterOrEqualThanValue':
      return value === null || Number(value) >= Number(check.Value)
    case 'TypeString':
      return value === null || !NUMBER.test(value)
    case 'TypeDateTime':
    case 'FormatDateTime':
      return value === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)
    case 'CheckNationalCurrency':
    case 'FormatCurrency':
      return value === null || /^[A-Z]{3}$/.test(value)
    case 'FormatKeyValue':
      return value === null || Object.values(JSON.parse(value)).every(one => typeof one !== 'object')
    case 'ColumnByColumnEqualsColumnValue':
      return Number(cell(check.ColumnAName)) * Number(cell(check.ColumnBName)) === Number(cell(check.ResultColumnName))
    default:
      return undefined
  }
}

async function rowsOf(text: string): Promise<Row[]> {
  const rows: Row[] = []
  let names: readonly string[] = []
  const chunks = (async function* () {
    yield text
  })()
  for await (const { line, cells } of csvRecords(chunks)) {
    if (line === 1) names = cells.map(cell => cell!)
    else rows.push(new Map(cells.map((cell, at) => [names[at]!, cell])))
  }
  return rows
}

function distinctCounts(check: Check, rows: readonly Row[]): number[] {
  const parents = new Map<string | null, Set<string | null>>()
  for (const row of rows) {
    const key = row.get(check.ColumnAName!) ?? null
    parents.set(key, (parents.get(key) ?? new Set()).add(row.get(check.ColumnBName!) ?? null))
  }
  return [...parents.values()].map(({ size }) => size)
}

test('the export of the story passes every rule of the model that can be checked on a file', async context => {
  const path = process.env[VARIABLE]
  if (path === undefined || !existsSync(path)) {
    console.log(`SKIPPED: the published rules of FOCUS 1.2. Name the file of its requirements model in ${VARIABLE}.`)
    context.skip()
    return
  }
  const model = JSON.parse(readFileSync(path, 'utf8')) as { readonly ModelRules: Readonly<Record<string, Rule>> }
  const words = ['export', 'focus', '--period', '2026-01', '--focus-version', '1.2', '--tag', 'user', '-q']
  const root = storyWorkspace()
  const { stdout, code } = await askIn(root, [...words, '--logs', `${root}/usage_logs`])
  const rows = await rowsOf(stdout)
  const broken: string[] = []
  let checked = 0
  for (const [id, rule] of Object.entries(model.ModelRules)) {
    const { Function: kind, Status, ValidationCriteria } = rule
    if (rule.ApplicabilityCriteria.some(one => UNSUPPORTED.has(one))) continue
    const { Keyword, Requirement, Condition, MustSatisfy } = ValidationCriteria
    const isOfColumns = kind !== 'Presence'
    if (isOfColumns && columnsOf(Requirement).some(name => !rows[0]!.has(name))) continue
    if (Status !== 'Active' || kind === 'Composite' || !/^MUST/.test(Keyword)) continue
    if (Requirement.CheckFunction === 'CheckDistinctCount') {
      checked++
      if (distinctCounts(Requirement, rows).some(count => count !== Requirement.ExpectedCount))
        broken.push(`${id} ${MustSatisfy}`)
      continue
    }
    const applies = rows.filter(row => Condition.CheckFunction === undefined || holds(Condition, row) === true)
    const results = applies.map(row => holds(Requirement, row)).filter(result => result !== undefined)
    if (results.length > 0) checked++
    if (results.includes(false)) broken.push(`${id} ${MustSatisfy}`)
  }

  expect(code).toBe('0')
  expect(rows.length).toBeGreaterThan(100)
  expect(checked).toBeGreaterThan(150)
  expect(broken).toEqual([])
})
