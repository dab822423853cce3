// Turns the names that people write (a field, one of its aliases, a dotted path) into columns of a query, and filters on them
// into conditions.
import { formatDecimal, roundDecimal } from '../base/decimal.ts'
import { optionName, UsageError } from '../base/errors.ts'
import { snakeCase } from '../base/names.ts'
import { parseNumberText } from '../base/number-text.ts'
import { FIELD_BY_NAME, READ_FIELDS, SECONDS_NAMES } from '../event/fields.ts'
import { parsePath } from '../event/source-format.ts'
import type { Condition, TextTest } from './condition.ts'
import { parseWhere } from './parse-where.ts'
import { type ExtraColumn, isTimeUnit } from './query.ts'

/** What is counted beside another number is a part of these in every report. */
const COUNTED_IN: Readonly<Record<string, string>> = {
  cache_read_input_tokens: 'cache_read_tokens',
  cache_creation_input_tokens: 'cache_write_tokens',
  thoughts_tokens: 'reasoning_tokens',
  tool_use_tokens: 'input_tokens',
}

const FIELD_OF_ALIAS: ReadonlyMap<string, string> = new Map(
  READ_FIELDS.flatMap(({ name, aliases }) =>
    [name, ...aliases].map(alias => [alias, COUNTED_IN[name] ?? name] as const),
  ),
)

/** Of what a status is said to be. */
const STATUS_OF_WORD: Readonly<Record<string, string>> = { true: 'ok', false: 'error' }

/** Durations are kept to the microsecond. */
const MS_DIGITS = 3
const SECONDS_DIGITS = 6

/** A column of a query, and the unit that its name asks for. */
export interface NamedColumn {
  readonly column: string
  readonly divisor?: number
}

/** What a column is called where somebody reads it. */
export function nameOfColumn(column: string): string {
  return column.replace(/^\./, '')
}

/** Collects the columns that a query needs beyond the fields of the event. */
export class ColumnNames {
  private readonly extrasByName = new Map<string, ExtraColumn>()

  get extras(): readonly ExtraColumn[] {
    return [...this.extrasByName.values()]
  }

  /** The column for a group-by: a unit of time, a field, or an extra text column. */
  keyColumn(name: string, asked: string): NamedColumn {
    return isTimeUnit(name) ? { column: name } : this.fieldColumn(name, asked)
  }

  conditionOf(where: string): Condition {
    const { field: name, test } = parseWhere(where)
    const named = this.fieldColumn(name, 'where')
    return { ...named, test: testOfColumn(named, test) }
  }

  private fieldColumn(name: string, asked: string): NamedColumn {
    const alias = FIELD_OF_ALIAS.has(name) ? name : snakeCase(name)
    const field = FIELD_OF_ALIAS.get(alias)
    if (field === undefined) return { column: this.extraText(name) }
    if (field === 'timestamp' || field === 'id') throw this.notAColumn(name, asked, field)
    return SECONDS_NAMES.has(alias) ? { column: field, divisor: 1000 } : { column: field }
  }

  // Begun with a dot, a name is no other column's: neither a field, nor a key of a query, nor what a report reads itself.
  private extraText(name: string): string {
    const column = `.${name}`
    this.extrasByName.set(column, { name: column, path: parsePath(name), kind: 'text', scale: 1 })
    return column
  }

  private notAColumn(name: string, asked: string, field: string): UsageError {
    const isTime = field === 'timestamp'
    return new UsageError(
      'bad-column',
      `${optionName(asked)} ${name}: the ${isTime ? 'time' : 'id'} of an event cannot be used here.`,
      {
        where: { option: asked },
        hint: isTime
          ? `Use ${optionName('startDate')} and ${optionName('endDate')}, or group by hour, day, week or month.`
          : 'Use another field.',
      },
    )
  }
}

/** Values of the status as reports know them: ok or error, also where `success` was asked to be true or false. */
export function statusTest(test: TextTest): TextTest {
  return mapValues(test, value => STATUS_OF_WORD[value.toLowerCase()] ?? value)
}

function testOfColumn({ column, divisor }: NamedColumn, test: TextTest): TextTest {
  if (column === 'status') return statusTest(test)
  const kind = FIELD_BY_NAME.get(column)?.kind
  if (kind === 'text' || kind === 'error') return test
  const compared = test.kind === 'patterns' && test.match === 'exact' ? { ...test, match: 'values' as const } : test
  if (kind === undefined) return compared
  const digits = kind !== 'duration' ? undefined : divisor === undefined ? MS_DIGITS : SECONDS_DIGITS
  return mapValues(compared, value => numberValue(value, digits))
}

// As the text of a number in a column of numbers is written.
function numberValue(value: string, digits: number | undefined): string {
  const number = parseNumberText(value)
  if (number === undefined) return value
  return formatDecimal(digits === undefined ? number : roundDecimal(number, digits))
}

function mapValues(test: TextTest, change: (value: string) => string): TextTest {
  if (test.kind === 'order') return { ...test, value: change(test.value) }
  return { ...test, accept: test.accept.map(change), refuse: test.refuse.map(change) }
}
