// Whose line it is if it becomes no event, because it is rejected or left out: decided by its client and user, if it is a JSON
// object in which they can be read. Any other such line belongs to nobody.
import type { SourceFormat } from '../event/source-format.ts'
import { compileRule, type ScopeRule } from '../query/scope.ts'
import { parseObject } from './json-object.ts'
import { noValues, readField, sourcesOf } from './read-line.ts'

/** Whether all rules hold for a line without its line end. */
export function isInScope(
  line: string,
  format: SourceFormat,
  scope: readonly ScopeRule[],
  fileTexts?: ReadonlyMap<string, string>,
): boolean {
  const object = parseObject(line)
  if (typeof object === 'string') return false
  return scope.every(rule => {
    const { column } = rule
    const values = noValues()
    const problem = readField(column, sourcesOf(format, column, object), object, line, values, format.plain?.absent)
    const text = values.texts.get(column) ?? fileTexts?.get(column) ?? format.constants.get(column)
    return problem === undefined && !isRuled(format, column) && compileRule(rule)(text)
  })
}

// What a rule of the format makes of a field is known of events alone.
function isRuled({ plain }: SourceFormat, column: string): boolean {
  return plain?.rules.some(({ set, unset }) => set.has(column) || unset.includes(column)) === true
}
