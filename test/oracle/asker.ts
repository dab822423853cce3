// Runs a question in one way of reading and compares what comes out, value by value.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runInProcess } from '../support/run-in-process.ts'
import { prepareCache, tuningOf, type Way } from '../support/ways.ts'
import type { Cell, Row } from './answer.ts'
import type { LogFile } from './events.ts'
import type { Logs } from './generate.ts'
import { Literal, type Members, type Value, writeJson } from './json.ts'
import { readNumber, write } from './numbers.ts'
import type { Ledger } from './question.ts'

export class Difference extends Error {}

/** Thrown where summaries of pruned lines cannot answer, and say so. */
export class Unanswered extends Error {}

export class Asker {
  answers = 0
  questions = 0
  values = 0
  lastWords: readonly string[] = []
  readonly logs: Logs
  /** As they were written. */
  readonly files: readonly LogFile[]
  /** The zone in which pruned lines were read; absent where none were pruned. */
  readonly prunedIn: string | undefined
  private readonly folder: string
  private readonly way: Way

  constructor(folder: string, way: Way, logs: Logs, prunedIn: string | undefined) {
    this.prunedIn = prunedIn
    this.folder = folder
    this.way = way
    this.logs = logs
    this.files = logs.files
  }

  async run(words: readonly string[]): Promise<string> {
    this.lastWords = words
    const cache = join(this.folder, 'cache', String(this.way.cache))
    const environment = { TZ: 'UTC', USAGEBOOK_NOW: new Date(this.logs.now).toISOString(), XDG_CACHE_HOME: cache }
    const reading = { tuning: tuningOf(this.way), threads: this.way.threads }
    const run = () => runInProcess([...words, '-q'], this.folder, environment, undefined, reading)
    if (this.way.cache === 'cold') rmSync(cache, { recursive: true, force: true })
    await prepareCache(this.way, join(this.folder, 'usage_logs'), run)
    const { stdout, stderr, code } = await run()
    if (code !== '0') throw new Difference(`exit ${code}: ${stderr.slice(0, 300)}`)
    this.questions++
    return stdout
  }

  /** Notes that a row of an answer was compared. */
  compared(): void {
    this.answers++
  }

  same(actual: Cell | undefined, expected: Cell, where: string): void {
    this.values++
    if (actual !== expected)
      throw new Difference(`${where}: usagebook says ${String(actual)}, the oracle ${String(expected)}`)
  }
}

const LEDGER = ['read', 'used', 'filtered', 'other', 'duplicate', 'rejected'] as const

export function sameLedger(asker: Asker, document: Members, ledger: Ledger): void {
  const given = document.get('ledger') as Members
  if (asker.prunedIn !== undefined) {
    for (const key of ['summarized', 'compared']) {
      const unusedBy = (given.get(key) as Members | undefined)?.get('unusedBy') as Members | undefined
      if ((unusedBy?.size ?? 0) > 0) throw new Unanswered()
    }
    return
  }
  asker.compared()
  for (const key of LEDGER) asker.same(cellOf(given.get(key)), String(ledger[key]), `ledger ${key}`)
  const differing = given.get('differing') as Members | undefined
  asker.same(cellOf(differing?.get('lines')) ?? '0', String(ledger.differing), 'ledger differing')
  for (const [reason, count] of Object.entries(ledger.rejectedBy))
    asker.same(cellOf((given.get('rejectedBy') as Members).get(reason)), String(count), `rejected ${reason}`)
}

/** A value of a JSON answer as the oracle writes it. */
export function cellOf(value: Value | undefined): Cell | undefined {
  if (value === null || value === undefined) return value
  if (value instanceof Literal) return write(readNumber(value.text)!)
  return typeof value === 'string' ? value : writeJson(value)
}

export function sameRow(asker: Asker, actual: Members, expected: Row, without: readonly string[], where: string): void {
  asker.compared()
  for (const [key, value] of Object.entries(expected)) {
    if (without.includes(key)) continue
    const [outer = '', inner] = key.split('.')
    const given = inner === undefined ? actual.get(outer) : (actual.get(outer) as Members | undefined)?.get(inner)
    if (key === 'meanDurationMs') sameMean(asker, given, value, where)
    else asker.same(cellOf(given), value, `${where} ${key}`)
  }
}

// Reports round to the microsecond what they divide as doubles.
function sameMean(asker: Asker, given: Value | undefined, expected: Cell, where: string): void {
  const actual = cellOf(given)
  const isNear = Math.abs(Number(actual ?? Number.NaN) - Number(expected ?? Number.NaN)) < 0.00051
  asker.same(isNear ? expected : actual, expected, `${where} mean`)
}

// What could run as a formula has an apostrophe before it.
export function sameCsvCell(asker: Asker, given: string, expected: Cell, where: string): void {
  asker.same(given, expected === null ? '' : /^[=+\-@]/.test(expected) ? `'${expected}` : expected, where)
}

const CSV = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g
const TSV = /(?:"((?:[^"]|"")*)"|([^"\t\n]*))(\t|\n|$)/g

export function readCsv(text: string, format: 'csv' | 'tsv' = 'csv'): string[][] {
  const rows: string[][] = [[]]
  for (const [whole, quoted, bare, end] of text.matchAll(format === 'csv' ? CSV : TSV)) {
    if (whole === '' && end === '') break
    rows.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'))
    if (end === '\n') rows.push([])
  }
  return rows.filter(row => row.length > 0)
}
