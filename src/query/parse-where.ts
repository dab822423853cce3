// `--where` expressions: a field, an operator, a value.
import { UsageError } from '../base/errors.ts'
import type { TextTest } from './condition.ts'

export interface WhereClause {
  /** As it was typed: a field, an alias or a dotted path. */
  readonly field: string
  readonly test: TextTest
}

const CLAUSE = /^\s*([^=!<>~]+?)\s*(!=|!~|<=|>=|=|<|>|~)\s*(.*?)\s*$/s

/** `endpoint=/api/chat`, `status_code>=500`, `region!=eu,us`, `file_name~*.csv`, `file_name!~*.csv`. */
export function parseWhere(text: string): WhereClause {
  const match = CLAUSE.exec(text)
  if (match === null) {
    throw new UsageError('bad-where', `--where ${JSON.stringify(text)}: no field, operator and value.`, {
      where: { flag: '--where' },
      hint: "Write a field, one of = != < <= > >= ~ !~, and a value, in quotes: --where 'status_code>=500'.",
    })
  }
  const [, field = '', operator = '=', value = ''] = match
  return { field, test: testOf(operator, value) }
}

function testOf(operator: string, value: string): TextTest {
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return { kind: 'order', operator, value }
  }
  const values = value === '' ? ['(none)'] : value.split(',').map(part => part.trim())
  const match = operator.endsWith('~') ? 'wildcards' : 'exact'
  const isNegated = operator.startsWith('!')
  return { kind: 'patterns', accept: isNegated ? [] : values, refuse: isNegated ? values : [], match }
}
