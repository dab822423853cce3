// Tests the rows of a Batch against the conditions of a query: texts once for each code, numbers and costs row by row.
import { type Condition, compileTest } from '../query/condition.ts'
import { CodeMemo } from './code-memo.ts'
import type { Judged } from './judged.ts'
import { numberTexts } from './number-texts.ts'

type RowTest = (row: number) => boolean

export class RowConditions {
  private readonly conditions: readonly {
    column: string
    divisor: number | undefined
    passes: (text: string | undefined) => boolean
    memo: CodeMemo
  }[]

  constructor(conditions: readonly Condition[]) {
    this.conditions = conditions.map(({ column, divisor, test }) => {
      const compiled = compileTest(test)
      // An event without a kind is an analysis.
      const passes = column === 'event' ? (text: string | undefined) => compiled(text ?? 'analysis') : compiled
      return { column, divisor, passes, memo: new CodeMemo(text => (passes(text) ? 1 : 0)) }
    })
  }

  /** Whether a row of a judged batch fulfils all conditions; asked after its status and tokens are resolved. */
  of(judged: Judged): RowTest {
    const tests = this.conditions.map(({ column, divisor, passes, memo }): RowTest => {
      if (column === 'status') {
        const [ok, error] = [passes('ok'), passes('error')]
        return row => (judged.isError[row] === 1 ? error : ok)
      }
      const texts = judged.batch.texts.get(column)
      if (texts === undefined) {
        const textOf = numberTexts(column, judged, divisor)
        return row => passes(textOf(row))
      }
      const isPassing = memo.read(texts)
      return row => isPassing[texts.codes[row]!] === 1
    })
    return row => tests.every(test => test(row))
  }
}
