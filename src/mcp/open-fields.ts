// Which fields of the logs may leave: those that every event has by the list of fields, numbers, and what whoever runs the server
// names. Any other text may be a prompt or an answer, whatever its field is called.
import { isDecimal, type JsonValue, NumberLiteral } from '../base/json.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import { nameOfColumn } from '../query/columns.ts'
import type { Condition } from '../query/condition.ts'
import { ProblemError } from '../server/problem.ts'

type Event = { readonly [key: string]: JsonValue }

export class OpenFields {
  private readonly more: ReadonlySet<string>

  constructor(more: readonly string[]) {
    this.more = new Set(more)
  }

  /** An event with what may leave of it. */
  of(event: Event): Event {
    const open = Object.entries(event).flatMap(([key, value]): [string, JsonValue][] => {
      const shown = this.shown(key, value)
      return shown === undefined ? [] : [[key, shown]]
    })
    return Object.fromEntries(open)
  }

  /** Refuses a column whose texts may not leave: grouped by, they would be in the answer, and filtered by, they could be guessed. */
  refuseHidden(column: string, option: string): void {
    if (!column.startsWith('.') || this.more.has(nameOfColumn(column))) return
    throw new ProblemError({
      status: 400,
      code: 'hidden-field',
      title: `${option}: this server does not let the field ${JSON.stringify(nameOfColumn(column))} leave, since it may hold what was asked and answered.`,
      hint: `Use a field of every event, such as client, model, feature or endpoint; whoever runs the server can allow others with --field.`,
    })
  }

  refuseHiddenIn(conditions: readonly Condition[]): void {
    for (const { column } of conditions) this.refuseHidden(column, 'where')
  }

  private shown(key: string, value: JsonValue): JsonValue | undefined {
    if (isNumber(value)) return value
    const isKnown = FIELD_BY_NAME.has(key) || this.more.has(key)
    if (typeof value === 'string') return isKnown ? value : undefined
    // Checks are counted; of what else is nested, nobody knows what it holds.
    if (key === 'checks') return countOf(value)
    return undefined
  }
}

function isNumber(value: JsonValue): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint' ||
    value instanceof NumberLiteral ||
    isDecimal(value)
  )
}

function countOf(value: JsonValue): number | undefined {
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}
