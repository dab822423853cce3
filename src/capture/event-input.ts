// What an application passes to the logger: the fields of an event in camelCase, typed from the lists in src/event.
import type { FIELDS, FieldKind } from '../event/fields.ts'
import type { KIND_FIELDS, KindFieldType, LoggedKind, Severity } from '../event/kind-fields.ts'

/** `input_tokens` as `inputTokens`. */
export type CamelCase<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text

interface FieldValues extends Record<FieldKind, unknown> {
  /** A Date, milliseconds since 1970, or ISO 8601 with an offset. */
  time: Date | number | string
  text: string | number
  /** An Error gives its message, and its class as `errorType`. */
  error: unknown
  tokens: number
  /** A number, or a collection that stands for its size. */
  entries: number | object
  duration: number
  /** Dollars; as text where a double has too few digits. */
  cost: number | string
}

interface KindFieldValues extends Record<KindFieldType, unknown> {
  text: string | number
  content: string
  count: number
  rating: number
  severity: Severity
  flag: boolean
  json: unknown
}

type Absent = null | undefined
type CoreField = (typeof FIELDS)[number]
type FieldOfKind<Kind extends LoggedKind> = Extract<(typeof KIND_FIELDS)[number], { kind: Kind }>

/** The fields that an event of any kind may have. Absent, `null` and `''` mean the same. */
export type EventInput = {
  readonly [F in CoreField as CamelCase<Exclude<F['name'], 'event'>>]?: FieldValues[F['kind']] | Absent
}

/** The fields of one kind of event: those of every kind and its own. */
export type InputOfKind<Kind extends LoggedKind> = EventInput & {
  readonly [F in FieldOfKind<Kind> as CamelCase<F['name']>]?: KindFieldValues[F['type']] | Absent
}

export type FeedbackInput = InputOfKind<'feedback'> & { readonly rating: number }
export type CustomInput = Omit<InputOfKind<'custom'>, 'name' | 'data'>

/** The camelCase name of a field. */
export function inputName(fieldName: string): string {
  return fieldName.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
