// Options as a program gives them: JavaScript values, checked with the same parsers as text in other doors.
import type { OptionOf, Parameter } from '../app/request/parameters.ts'
import { listOf, listOfValues, optionError } from '../app/request/parse-option.ts'
import { optionName, UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { REPORT_NAMES } from '../report/catalogue.ts'

type Parameters = Readonly<Record<string, Parameter>>

// Words stay words, numbers may be text too, and what is parsed from a text is given as that text.
type GivenOne<Value> = Value extends string ? Value : Value extends number ? number | string : string | number

type GivenValue<P> = P extends { readonly value: 'DATE' }
  ? string | Date
  : P extends { readonly repeats: true }
    ? OptionOf<P> extends readonly (infer One)[]
      ? GivenOne<One> | readonly GivenOne<One>[]
      : never
    : OptionOf<P> extends boolean
      ? boolean
      : GivenOne<OptionOf<P>>

/** The options of some parameters as a program gives them. */
export type GivenOptions<P extends Parameters> = { readonly [Name in keyof P]?: GivenValue<P[Name]> | undefined }

/** Options for the use-cases; what is wrong is a UsageError. */
export function readGiven<P extends Parameters>(
  parameters: P,
  given: object,
): { readonly [Name in keyof P]?: OptionOf<P[Name]> } {
  const options: Record<string, unknown> = {}
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined) continue
    const parameter = Object.hasOwn(parameters, option) ? parameters[option]! : refuse(option, Object.keys(parameters))
    options[option] = readValue(option, parameter, value)
  }
  return options as { readonly [Name in keyof P]?: OptionOf<P[Name]> }
}

function readValue(option: string, parameter: Parameter, value: unknown): unknown {
  if (parameter.value === undefined) {
    if (typeof value === 'boolean') return value
    throw optionError(option, String(value), 'neither true nor false', 'Give true or false.')
  }
  if (parameter.repeats !== true) return readOne(option, parameter, value)
  const read = Array.isArray(value)
    ? value.flatMap(item => readItem(option, parameter, item))
    : [readOne(option, parameter, value)].flat()
  if (read.length > 0) return read
  throw withoutValue(option, value)
}

// An item of a list is one value, commas and all.
function readItem(option: string, parameter: Parameter, item: unknown): unknown {
  const isCut = parameter.parse === listOf || parameter.parse === listOfValues
  return isCut ? textOf(option, item) : readOne(option, parameter, item)
}

function readOne(option: string, { parse }: Parameter, value: unknown): unknown {
  const text = textOf(option, value)
  if (text === '') throw withoutValue(option, text)
  return parse === undefined ? text : parse(text, option)
}

// Nothing is most often a variable that is not set: as "no filter" it would report everything.
function withoutValue(option: string, value: unknown): UsageError {
  const hint = `Leave ${optionName(option)} out.`
  return optionError(option, String(value), 'there is no value in it', hint, 'flag-needs-value')
}

function textOf(option: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  throw optionError(option, String(value), 'not a valid value', 'Give a text or a number.')
}

/** The name of a report, which is an option like the others. */
export function readReportName(name: string | undefined): string | undefined {
  if (name === undefined || REPORT_NAMES.includes(name)) return name
  throw optionError(
    'name',
    String(name),
    'there is no such report',
    nearestOf(String(name), REPORT_NAMES),
    'unknown-report',
  )
}

function refuse(option: string, known: readonly string[]): never {
  throw new UsageError('unknown-option', `There is no option ${JSON.stringify(option)}.`, {
    where: { option },
    hint: nearestOf(option, known),
  })
}

function nearestOf(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known, 1)[0]
  return near === undefined ? `Use one of ${known.join(', ')}.` : `Use ${near}.`
}
