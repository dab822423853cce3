// Which rows of a batch are in scope, checked once for each code of a text.
import { compileRule, type ScopeRule } from '../query/scope.ts'
import type { Batch } from '../scan/reader.ts'
import { CodeMemo } from './code-memo.ts'

export class RowScope {
  private readonly rules: readonly { column: string; memo: CodeMemo }[]

  constructor(scope: readonly ScopeRule[]) {
    this.rules = scope.map(rule => {
      const holds = compileRule(rule)
      return { column: rule.column, memo: new CodeMemo(text => (holds(text) ? 1 : 0)) }
    })
  }

  /** Not to be asked of rows that are left out: the reader has judged these. */
  of(batch: Batch): (row: number) => boolean {
    const tests = this.rules.map(({ column, memo }) => {
      const texts = batch.texts.get(column)!
      const holds = memo.read(texts)
      return (row: number) => holds[texts.codes[row]!] === 1
    })
    return row => tests.every(test => test(row))
  }
}
