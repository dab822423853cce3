// Options as a program gives them: values of JavaScript, held against the same parsers as what is typed elsewhere.

import type { OptionOf, Parameter } from '../app/request/parameters.ts'
import { listOf, listOfValues, optionError } from '../app/request/parse-option.ts'
import { REPORT_NAMES } from '../app/request/report-request.ts'
import { optionName, UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'

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
  // Nothing is most often a variable that is not set: as "no filter" it would report everything.
  throw optionError(
    option,
    String(value),
    'there is no value in it',
    `Leave ${optionName(option)} out.`,
    'flag-needs-value',
  )
}

// An item of a list is one value, commas and all.
function readItem(option: string, parameter: Parameter, item: unknown): unknown {
  const isCut = parameter.parse === listOf || parameter.parse === listOfValues
  return isCut ? textOf(option, item) : readOne(option, parameter, item)
}

function readOne(option: string, { parse }: Parameter, value: unknown): unknown {
  const text = textOf(option, value)
  if (text === '') {
    throw optionError(option, text, 'there is no value in it', `Leave ${optionName(option)} out.`, 'flag-needs-value')
  }
  return parse === undefined ? text : parse(text, option)
}

function textOf(option: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  throw optionError(option, String(value), 'not a value that fits', 'Give a text or a number.')
}

/** The name of a report, which is an option like the others. */
export function readReportName(name: string | undefined): string | undefined {
  if (name === undefined || REPORT_NAMES.includes(name)) return name
  const near = nearestNames(String(name), REPORT_NAMES, 1)[0]
  const hint = near === undefined ? `Use one of ${REPORT_NAMES.join(', ')}.` : `Use ${near}.`
  throw optionError('name', String(name), 'there is no such report', hint, 'unknown-report')
}

function refuse(option: string, known: readonly string[]): never {
  const near = nearestNames(option, known, 1)[0]
  throw new UsageError('unknown-option', `There is no option ${JSON.stringify(option)}.`, {
    where: { option },
    hint: near === undefined ? `Use one of ${known.join(', ')}.` : `Use ${near}.`,
  })
}
