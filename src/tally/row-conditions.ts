// Tests the rows of a Batch against the conditions of a query: texts once for each code, numbers and costs row by row.
import { decimalOfNumber, formatDecimal, makeDecimal } from '../base/decimal.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import { type Condition, compileTest } from '../query/condition.ts'
import { type Batch, COST_SCALE } from '../scan/reader.ts'
import { CodeMemo } from './code-memo.ts'
import type { Judged } from './judge.ts'

type RowTest = (row: number) => boolean

export class RowConditions {
  private readonly conditions: readonly {
    column: string
    passes: (text: string | undefined) => boolean
    memo: CodeMemo
  }[]

  constructor(conditions: readonly Condition[]) {
    this.conditions = conditions.map(({ column, test }) => {
      const compiled = compileTest(test)
      // An event without a kind is an analysis.
      const passes = column === 'event' ? (text: string | undefined) => compiled(text ?? 'analysis') : compiled
      return { column, passes, memo: new CodeMemo(text => (passes(text) ? 1 : 0)) }
    })
  }

  /** Whether a row of a judged batch fulfils all conditions; asked after its status and tokens are resolved. */
  of(judged: Judged): RowTest {
    const tests = this.conditions.map(({ column, passes, memo }): RowTest => {
      if (column === 'status') {
        const [ok, error] = [passes('ok'), passes('error')]
        return row => (judged.isError[row] === 1 ? error : ok)
      }
      const texts = judged.batch.texts.get(column)
      if (texts === undefined) {
        const textOf = numberTexts(column, judged)
        return row => passes(textOf(row))
      }
      const isPassing = memo.read(texts)
      return row => isPassing[texts.codes[row]!] === 1
    })
    return row => tests.every(test => test(row))
  }
}

/** The text of a number as a person would write it, by row; undefined where the line gives none. */
function numberTexts(column: string, judged: Judged): (row: number) => string | undefined {
  const { batch } = judged
  const kind = FIELD_BY_NAME.get(column)?.kind
  if (kind === 'cost') return row => costText(batch, row)
  const given = batch.numbers.get(column)!
  if (kind === 'duration') return row => numberText(given[row]! / 1000)
  // Tokens counted beside the input are a part of it after reading.
  const resolved = {
    input_tokens: judged.inputTokens,
    cache_read_tokens: judged.cacheReadTokens,
    cache_write_tokens: judged.cacheWriteTokens,
  }[column]
  return row => numberText(resolved !== undefined && resolved[row] !== 0 ? resolved[row]! : given[row]!)
}

function numberText(value: number): string | undefined {
  const decimal = decimalOfNumber(value)
  return decimal === undefined ? undefined : formatDecimal(decimal)
}

function costText(batch: Batch, row: number): string | undefined {
  const wide = batch.wideCosts.get(row)
  if (wide !== undefined) return formatDecimal(wide)
  const units = batch.costs[row]!
  return Number.isNaN(units) ? undefined : formatDecimal(makeDecimal(BigInt(units), COST_SCALE))
}
