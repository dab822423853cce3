// Checks a file against the rules of FOCUS that a file alone can tell: written from the text of the specification, for any file.
import { parseJsonNumber } from '../../base/number-text.ts'
import { FOCUS_COLUMNS, type FocusColumn, type FocusVersion, focusColumns } from './focus-columns.ts'
import { type Cells, ROW_RULES } from './focus-row-rules.ts'

export interface FocusProblem {
  /** The name of the rule: the column, and what is wrong. */
  readonly rule: string
  readonly message: string
  /** Where the first is; the header is line 1. */
  readonly line: number
  readonly value: string | null
  count: number
}

export interface FocusCheck {
  readonly rows: number
  readonly problems: readonly FocusProblem[]
}

const CUSTOM = /^x_[A-Za-z][A-Za-z0-9]*$/
const PASCAL = /^[A-Z][A-Za-z0-9]*$/
const NUMBER = /^-?\d+(\.\d+)?(E-?\d+)?$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** The rules of a version, over records of a file the first of which is its header. */
export class FocusChecker {
  private readonly version: FocusVersion
  private readonly problems = new Map<string, FocusProblem>()
  private header: readonly string[] | undefined
  private columns: readonly (FocusColumn | undefined)[] = []
  private readonly places = new Map<string, number>()
  private readonly parents = new Map<string, Map<string, string>>()
  private rows = 0

  constructor(version: FocusVersion) {
    this.version = version
  }

  add(line: number, cells: readonly (string | null)[]): void {
    if (this.header === undefined) {
      this.addHeader(cells)
      return
    }
    this.rows++
    if (cells.length !== this.header.length) {
      this.tell('File.Record', `a record has ${cells.length} cells, the header ${this.header.length}`, line, null)
      return
    }
    for (const [at, column] of this.columns.entries())
      if (column !== undefined) this.checkCell(column, cells[at]!, line)
    const of: Cells = name => {
      const at = this.places.get(name)
      return at === undefined ? undefined : cells[at]
    }
    for (const { rule, message, column, isBroken } of ROW_RULES)
      if (isBroken(of)) this.tell(rule, message, line, of(column) ?? null)
    this.checkParent('SkuPriceId', 'SkuId', of, line)
    this.checkParent('ServiceName', 'ServiceCategory', of, line)
  }

  result(): FocusCheck {
    if (this.header === undefined) this.tell('File.Header', 'the file has no header', 1, null)
    return { rows: this.rows, problems: [...this.problems.values()] }
  }

  private addHeader(cells: readonly (string | null)[]): void {
    const names = cells.map(cell => cell ?? '')
    this.header = names
    const known = focusColumns(this.version)
    for (const [at, name] of names.entries()) {
      if (this.places.has(name)) this.tell('ColumnHandling.Unique', 'a column is there twice', 1, name)
      this.places.set(name, at)
      const column = known.find(one => one.name === name)
      const isOfOther = column === undefined && FOCUS_COLUMNS.some(one => one.name === name)
      if (isOfOther) this.tell(`${name}.Version`, `FOCUS ${this.version} has no such column`, 1, name)
      else if (column === undefined && PASCAL.test(name))
        this.tell('ColumnHandling.Custom', 'a column of your own must begin with x_', 1, name)
      else if (column === undefined && !CUSTOM.test(name))
        this.tell('ColumnHandling.Name', 'a column is named in Pascal case, one of your own with x_ before it', 1, name)
    }
    this.columns = names.map(name => known.find(one => one.name === name))
    for (const { name, presence } of known)
      if (presence === 'always' && !this.places.has(name))
        this.tell(`${name}.Presence`, 'the column is missing', 1, null)
  }

  private checkCell({ name, kind, isNullable, allowed }: FocusColumn, value: string | null, line: number): void {
    if (value === null) {
      if (!isNullable) this.tell(`${name}.Null`, 'must have a value', line, null)
      return
    }
    const tell = (what: string, message: string) => this.tell(`${name}.${what}`, message, line, value)
    if (value.trim() === '' || /^(null|n\/?a|not applicable|none)$/i.test(value))
      tell('NullHandling', 'a placeholder stands for no value: leave it empty')
    else if (allowed !== undefined && !allowed.includes(value)) tell('Allowed', `must be one of ${allowed.join(', ')}`)
    else if (kind === 'decimal' && !NUMBER.test(value)) tell('NumericFormat', 'is not a number such as 12.5 or 1.25E-7')
    else if (kind === 'instant' && !isInstant(value))
      tell('DateTimeFormat', 'is not an instant in UTC such as 2026-01-31T00:00:00Z')
    else if (kind === 'currency' && !CURRENCIES.has(value)) tell('CurrencyFormat', 'is not a currency code of ISO 4217')
    else if (kind === 'id' && parseJsonNumber(value) !== undefined)
      tell('StringHandling', 'is a number, so that readers take the ids of the column for numbers')
    else if (kind === 'pairs' || kind === 'object') {
      const why = whyNoObject(value, kind === 'pairs')
      if (why !== undefined) tell(kind === 'pairs' ? 'KeyValueFormat' : 'JsonObjectFormat', why)
    }
  }

  /** A child has one parent in the whole file. */
  private checkParent(child: string, parent: string, of: Cells, line: number): void {
    const [name, above] = [of(child), of(parent)]
    if (name === undefined || name === null || above === undefined) return
    const known = this.parents.get(child) ?? new Map<string, string>()
    this.parents.set(child, known)
    const first = known.get(name)
    if (first === undefined) known.set(name, above ?? '')
    else if (first !== (above ?? '')) this.tell(`${child}.Parent`, `has more than one ${parent}`, line, name)
  }

  private tell(rule: string, message: string, line: number, value: string | null): void {
    const key = `${rule} ${rule.startsWith('ColumnHandling') ? value : ''}`
    const known = this.problems.get(key)
    if (known !== undefined) known.count++
    else this.problems.set(key, { rule, message, line, value, count: 1 })
  }
}

function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text))
}

/** Undefined where a text is an object; of pairs, one of texts, numbers and truths, each key once. */
function whyNoObject(text: string, isOfPairs: boolean): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // What is no JSON is told as such.
    return 'is not JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not a JSON object'
  if (!isOfPairs) return undefined
  const values = Object.values(value)
  if (values.some(one => typeof one === 'object' && one !== null)) return 'holds an object or a list'
  const keys = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map(match => match[1]!)
  return new Set(keys).size < keys.length ? 'has a key twice' : undefined
}
