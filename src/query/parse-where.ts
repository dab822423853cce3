// `--where` expressions: a field, an operator, a value.
import { optionName, UsageError } from '../base/errors.ts'
import { splitValues } from '../base/value-list.ts'
import { NONE_TEXT, type TextTest } from './condition.ts'

export interface WhereClause {
  /** As it was typed: a field, an alias or a dotted path. */
  readonly field: string
  readonly test: TextTest
}

const CLAUSE = /^\s*([^=!<>~]+?)\s*(!=|!~|<=|>=|==|=|<|>|~)\s*(.*?)\s*$/s

/** `endpoint=/api/chat`, `status_code>=500`, `region!=eu,us`, `name="a,b"`, `file_name~*.csv`, `file_name!~*.csv`. */
export function parseWhere(text: string): WhereClause {
  const match = CLAUSE.exec(text)
  if (match === null) {
    throw badWhere(
      text,
      'no field, operator and value',
      `Write a field, one of = != < <= > >= ~ !~, and a value, in quotes: ${optionName('where')} 'status_code>=500'.`,
    )
  }
  const [, field = '', operator = '=', value = ''] = match
  const values = splitValues(value)
  if (values === undefined) {
    throw badWhere(
      text,
      'a quote is not closed',
      `Close it, as in ${optionName('where')} 'name="a,b"'; a quote in quotes is written "".`,
    )
  }
  return { field, test: testOf(operator, value, values) }
}

function badWhere(text: string, why: string, hint: string): UsageError {
  return new UsageError('bad-where', `${optionName('where')} ${JSON.stringify(text)}: ${why}.`, {
    where: { option: 'where' },
    hint,
  })
}

function testOf(operator: string, value: string, values: readonly string[]): TextTest {
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return { kind: 'order', operator, value: values.length === 1 ? values[0]! : value }
  }
  // No value is asked for by itself, and not by a comma too many.
  const given = values.filter(part => part !== '')
  const list = given.length === 0 ? [NONE_TEXT] : given
  const match = operator.endsWith('~') ? 'wildcards' : 'exact'
  return operator.startsWith('!')
    ? { kind: 'patterns', accept: [], refuse: list, match }
    : { kind: 'patterns', accept: list, refuse: [], match }
}
