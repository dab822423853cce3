// Fills the columns of a Batch row by row. Used where lines are read one at a time.
import { type Decimal, makeDecimal } from '../base/decimal.ts'
import { Dictionary } from '../base/dictionary.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import { costUnitsOf } from './cost-units.ts'
import { fingerprint } from './fingerprint.ts'
import type { LineValues } from './read-line.ts'
import { type Batch, kindOfTime, type Reject, type ScanPlan } from './reader.ts'

export class BatchBuilder {
  rows = 0
  undecided = 0
  rejects: Reject[] = []
  private readonly capacity: number
  private readonly plan: ScanPlan
  private readonly lines: Uint32Array
  private readonly times: Float64Array
  private readonly timeKinds: Uint8Array
  private readonly skipped: Uint8Array
  private readonly texts = new Map<string, { codes: Uint32Array; table: Dictionary }>()
  private readonly numbers = new Map<string, Float64Array>()
  private readonly costs: Float64Array
  private wideCosts = new Map<number, Decimal>()
  private readonly ids: Uint32Array
  private lineTexts: string[] = []

  constructor(plan: ScanPlan, capacity: number) {
    this.plan = plan
    this.capacity = capacity
    this.lines = new Uint32Array(capacity)
    this.times = new Float64Array(capacity)
    this.timeKinds = new Uint8Array(capacity)
    this.skipped = new Uint8Array(capacity)
    this.costs = new Float64Array(capacity)
    this.ids = new Uint32Array(plan.wantsIds ? capacity * 4 : 0)
    for (const name of plan.columns) {
      const kind = FIELD_BY_NAME.get(name)?.kind
      if (kind === 'text' || kind === 'error') this.addTextColumn(name)
      else if (kind !== 'cost' && kind !== 'time') this.numbers.set(name, new Float64Array(capacity))
    }
    for (const extra of plan.extras) {
      if (extra.kind === 'text') this.addTextColumn(extra.name)
      else this.numbers.set(extra.name, new Float64Array(capacity))
    }
  }

  get isFull(): boolean {
    return this.rows === this.capacity
  }

  get isEmpty(): boolean {
    return this.rows === 0 && this.rejects.length === 0
  }

  addEvent(line: number, lineText: string, values: LineValues): void {
    const row = this.rows++
    this.lines[row] = line
    this.lineTexts.push(lineText)
    this.skipped[row] = 0
    this.times[row] = values.time?.ms ?? 0
    this.timeKinds[row] = kindOfTime(values.time)
    for (const [name, column] of this.texts) column.codes[row] = column.table.codeOf(values.texts.get(name))
    for (const [name, column] of this.numbers) column[row] = values.numbers.get(name) ?? Number.NaN
    this.addCost(row, values.cost)
    if (this.plan.wantsIds) this.addId(row, values.id)
    if (values.isUndecided === true) this.undecided++
  }

  addSkipped(line: number, lineText: string): void {
    this.addEvent(line, lineText, NOTHING)
    this.skipped[this.rows - 1] = 1
  }

  addReject(reject: Reject): void {
    this.rejects.push(reject)
  }

  /** The batch so far; after `clear` the builder starts the next one with the same dictionaries. */
  get batch(): Batch {
    const { rows, lines, times, timeKinds, skipped, texts, numbers, costs, wideCosts, ids, rejects, lineTexts } = this
    const lineTextOf = (row: number) => lineTexts[row]!
    const lineBytesOf = (row: number) => Buffer.from(lineTexts[row]!)
    const columns = { lines, times, timeKinds, skipped, texts, numbers, costs, wideCosts, ids }
    return { rows, ...columns, rejects, undecided: this.undecided, lineBytesOf, lineTextOf }
  }

  clear(): void {
    this.rows = 0
    this.undecided = 0
    this.rejects = []
    this.lineTexts = []
    this.wideCosts = new Map()
  }

  private addTextColumn(name: string): void {
    this.texts.set(name, { codes: new Uint32Array(this.capacity), table: new Dictionary() })
  }

  private addCost(row: number, cost: Decimal | undefined): void {
    if (cost === undefined) {
      this.costs[row] = Number.NaN
      return
    }
    const units = costUnitsOf(cost)
    this.costs[row] = units ?? 0
    if (units === undefined) this.wideCosts.set(row, makeDecimal(cost.units, cost.scale))
  }

  private addId(row: number, id: string | undefined): void {
    const bytes = Buffer.from(id ?? '')
    if (id === undefined) this.ids.fill(0, row * 4, row * 4 + 4)
    else fingerprint(bytes, 0, bytes.length, this.ids, row * 4)
  }
}

const NOTHING: LineValues = { time: undefined, id: undefined, texts: new Map(), numbers: new Map(), cost: undefined }
