// Sessions as columns: there may be as many as events, so none becomes an object before it is shown.
import type { GroupCost } from '../../pricing/group-cost.ts'
import type { Range } from '../../query/query.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { type PlacesByCode, placesByCode } from '../group/places-by-code.ts'
import { compareKeys } from '../table/order.ts'
import { countsOf, RowCosts } from './session-costs.ts'
import { CLIENT, EVENT, NONE, SESSION, type SessionRows, USER } from './session-rows.ts'

/** Kinds of events that sessions tell apart. */
const [OTHER, ANALYSIS, REQUEST, QUERY, END] = [0, 1, 2, 3, 4] as const
const KINDS: Readonly<Record<string, number>> = {
  analysis: ANALYSIS,
  request: REQUEST,
  user_query: QUERY,
  session_end: END,
}

export class Sessions {
  readonly size: number
  readonly firsts: Float64Array
  readonly lasts: Float64Array
  readonly events: Float64Array
  /** Events of the kind `analysis`: which other events carry usage is not known here. */
  readonly analyses: Float64Array
  readonly requests: Float64Array
  /** Events of the kind user_query. */
  readonly queries: Float64Array
  readonly errors: Float64Array
  /** 1 where it has a session_end. */
  readonly isCompleted: Uint8Array
  /** Codes of its first event that has one. */
  readonly users: Owners
  readonly clients: Owners
  private readonly table: TallyGroups
  private readonly rows: SessionRows
  private readonly ids: Uint32Array
  private readonly costs: RowCosts | undefined
  private bySession: PlacesByCode | undefined

  /** Counts are those of a table that has them; else there are none. */
  constructor(table: TallyGroups, rows: SessionRows) {
    const { count } = rows
    this.table = table
    this.rows = rows
    this.size = count
    this.firsts = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
    this.lasts = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
    this.ids = new Uint32Array(count)
    this.users = new Owners(table, USER, count)
    this.clients = new Owners(table, CLIENT, count)
    const counted = table.by.sums.length === 0 ? 0 : count
    this.events = new Float64Array(counted)
    this.analyses = new Float64Array(counted)
    this.requests = new Float64Array(counted)
    this.queries = new Float64Array(counted)
    this.errors = new Float64Array(counted)
    this.isCompleted = new Uint8Array(counted)
    this.addExtents()
    if (counted > 0) this.addCounts()
    this.costs = table.by.sums.includes('costPicoUsd') ? new RowCosts(table) : undefined
  }

  /** Null for one that was found by its pauses. */
  idOf(session: number): KeyValue {
    return this.table.tables[SESSION]!.valueOf(this.ids[session]!)
  }

  lengthOf(session: number): number {
    return this.lasts[session]! - this.firsts[session]!
  }

  /** The sessions that count in a range: those that start in it. */
  startedIn({ from, to }: Range): Uint32Array {
    const { firsts, size } = this
    const [least, end] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY]
    const started = new Uint32Array(size)
    let count = 0
    for (let session = 0; session < size; session++) {
      const first = firsts[session]!
      if (first >= least && first < end) started[count++] = session
    }
    return started.subarray(0, count)
  }

  /** So many of the longest in their order, or all. */
  longestOf(sessions: Uint32Array, count: number): Uint32Array {
    const long = sessions.slice(0, count).sort((a, b) => this.compare(a, b))
    if (long.length === sessions.length) return long
    // Of the next ones few are as long as the shortest of the longest so far.
    const more: number[] = []
    let least = this.lengthOf(long.at(-1)!)
    const merge = () => {
      const all = Uint32Array.from([...long, ...more.splice(0)]).sort((a, b) => this.compare(a, b))
      long.set(all.subarray(0, count))
      least = this.lengthOf(long.at(-1)!)
    }
    for (let index = count; index < sessions.length; index++) {
      const session = sessions[index]!
      if (this.lengthOf(session) >= least && more.push(session) >= count) merge()
    }
    merge()
    return long
  }

  /** Sets when sessions of an id began, for those of which that is known; their events of then may not be among these. */
  takeFirsts(firstOf: (id: KeyValue) => number | undefined): void {
    for (let session = 0; session < this.size; session++) {
      if (this.ids[session] !== 0) this.firsts[session] = firstOf(this.idOf(session)) ?? this.firsts[session]!
    }
  }

  /** The last instant of the sessions without an id that count in a range; -Infinity where there are none. */
  lastOfUsers(range: Range): number {
    let last = Number.NEGATIVE_INFINITY
    for (const session of this.startedIn(range)) {
      if (this.ids[session] === 0) last = Math.max(last, this.lasts[session]!)
    }
    return last
  }

  /** Adds what sessions cost to the costs that `costOf` gives for them, where it gives one. */
  addCosts(costOf: (session: number) => GroupCost | undefined): void {
    const { costs } = this
    if (costs === undefined) return
    const { order, ofRow } = this.rows
    for (const row of order) {
      const session = ofRow[row]!
      const cost = session === NONE ? undefined : costOf(session)
      if (cost !== undefined) costs.addTo(cost, row)
    }
  }

  /** Adds what a session cost. */
  addCostTo(cost: GroupCost, session: number): void {
    if (this.costs === undefined) return
    this.bySession ??= placesByCode(this.rows.ofRow, this.table.size, this.size)
    const { places, starts } = this.bySession
    for (let at = starts[session]!; at < starts[session + 1]!; at++) this.costs.addTo(cost, places[at]!)
  }

  /** The longest first; of those as long, the first. */
  compare(a: number, b: number): number {
    const order = this.lengthOf(b) - this.lengthOf(a) || this.firsts[a]! - this.firsts[b]!
    return order || compareKeys(this.users.valueOf(a), this.users.valueOf(b)) || compareKeys(this.idOf(a), this.idOf(b))
  }

  private addExtents(): void {
    const { table, firsts, lasts, ids } = this
    const { order, ofRow } = this.rows
    const idCodes = table.keys[SESSION]!
    const { firsts: rowFirsts, lasts: rowLasts } = table
    for (const row of order) {
      const session = ofRow[row]!
      if (session === NONE) continue
      const first = rowFirsts[row]!
      const last = rowLasts[row]!
      if (first < firsts[session]!) firsts[session] = first
      if (last > lasts[session]!) lasts[session] = last
      ids[session] = idCodes[row]!
      this.users.take(session, row, first)
      this.clients.take(session, row, first)
    }
  }

  private addCounts(): void {
    const { table } = this
    const { order, ofRow } = this.rows
    const events = countsOf(table, 'analyses')
    const errors = countsOf(table, 'errors')
    const codes = table.keys[EVENT]!
    const kinds = kindsOf(table)
    for (const row of order) {
      const session = ofRow[row]!
      if (session === NONE) continue
      const count = events[row]!
      const kind = kinds[codes[row]!]!
      this.events[session]! += count
      this.errors[session]! += errors[row]!
      if (kind === ANALYSIS) this.analyses[session]! += count
      else if (kind === REQUEST) this.requests[session]! += count
      else if (kind === QUERY) this.queries[session]! += count
      else if (kind === END) this.isCompleted[session] = 1
    }
  }
}

function kindsOf({ tables }: TallyGroups): Uint8Array {
  const kinds = tables[EVENT]!
  return Uint8Array.from({ length: kinds.size }, (_, code) => KINDS[String(kinds.valueOf(code))] ?? OTHER)
}

/** Whose the sessions are: of the first event that says it. */
class Owners {
  readonly codes: Uint32Array
  private readonly instants: Float64Array
  private readonly ofRow: ArrayLike<number>
  private readonly values: TallyGroups['tables'][number]

  constructor(table: TallyGroups, key: number, count: number) {
    this.codes = new Uint32Array(count)
    this.instants = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
    this.ofRow = table.keys[key]!
    this.values = table.tables[key]!
  }

  /** All codes are below it. */
  get valueCount(): number {
    return this.values.size
  }

  nameOf(code: number): KeyValue {
    return this.values.valueOf(code)
  }

  valueOf(session: number): KeyValue {
    return this.nameOf(this.codes[session]!)
  }

  // Of two that begin together the first by name is whose session it is, so that no order of rows matters.
  take(session: number, row: number, first: number): void {
    const code = this.ofRow[row]!
    const instant = this.instants[session]!
    if (code === 0 || first > instant || (first === instant && !this.isBefore(code, this.codes[session]!))) return
    this.codes[session] = code
    this.instants[session] = first
  }

  private isBefore(code: number, known: number): boolean {
    return code !== known && compareKeys(this.nameOf(code), this.nameOf(known)) < 0
  }
}
