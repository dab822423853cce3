// Turns the names that people write (a field, one of its aliases, a dotted path) into columns of a query.
import { UsageError } from '../base/errors.ts'
import { FIELD_BY_NAME, FIELDS } from '../event/fields.ts'
import { parsePath } from '../event/source-format.ts'
import type { Condition } from './condition.ts'
import { parseWhere } from './parse-where.ts'
import { type ExtraColumn, isTimeUnit } from './query.ts'

const FIELD_OF_ALIAS: ReadonlyMap<string, string> = new Map(
  FIELDS.flatMap(field => [field.name, ...field.aliases].map(name => [name, field.name] as const)),
)

/** Collects the columns that a query needs beyond the fields of the event. */
export class ColumnNames {
  private readonly extrasByName = new Map<string, ExtraColumn>()

  get extras(): readonly ExtraColumn[] {
    return [...this.extrasByName.values()]
  }

  /** The column for a condition: a field of any kind, or an extra text column. */
  conditionColumn(name: string, flag: string): string {
    const field = FIELD_OF_ALIAS.get(name)
    if (field === 'timestamp' || field === 'id') throw this.notAColumn(name, flag, field)
    return field ?? this.extraText(name)
  }

  /** The column for a group-by: a unit of time, a text field, or an extra text column. */
  keyColumn(name: string, flag: string): string {
    if (isTimeUnit(name)) return name
    const field = FIELD_OF_ALIAS.get(name)
    if (field === 'timestamp' || field === 'id') throw this.notAColumn(name, flag, field)
    const kind = field === undefined ? undefined : FIELD_BY_NAME.get(field)!.kind
    return kind === 'text' || kind === 'error' ? field! : this.extraText(name)
  }

  conditionOf(where: string): Condition {
    const { field, test } = parseWhere(where)
    return { column: this.conditionColumn(field, 'where'), test }
  }

  private extraText(name: string): string {
    this.extrasByName.set(name, { name, path: parsePath(name), kind: 'text', scale: 1 })
    return name
  }

  private notAColumn(name: string, flag: string, field: string): UsageError {
    const isTime = field === 'timestamp'
    return new UsageError(
      'bad-column',
      `--${flag} ${name}: the ${isTime ? 'time' : 'id'} of an event cannot be used here.`,
      {
        where: { flag: `--${flag}` },
        hint: isTime ? 'Use --since and --until, or group by hour, day, week or month.' : 'Use another field.',
      },
    )
  }
}
