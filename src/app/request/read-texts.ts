// Options from named texts, such as a query string has: checked against the list of parameters and parsed.
import { optionName, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { OptionOf, Parameter } from './parameters.ts'
import { optionError } from './parse-option.ts'

type Parameters = Readonly<Record<string, Parameter>>

/** `texts` are by the names of parameters in code. Only what was said is in the options. */
export function readTexts<P extends Parameters>(
  parameters: P,
  texts: ReadonlyMap<string, readonly string[]>,
): { readonly [Name in keyof P]?: OptionOf<P[Name]> } {
  const options: Record<string, unknown> = {}
  for (const [option, values] of texts) {
    const parameter = Object.hasOwn(parameters, option) ? parameters[option]! : refuse(option, Object.keys(parameters))
    options[option] = readValues(option, parameter, values)
  }
  return options as { readonly [Name in keyof P]?: OptionOf<P[Name]> }
}

function readValues(option: string, { value, repeats, parse }: Parameter, texts: readonly string[]): unknown {
  if (repeats !== true && texts.length > 1) {
    throw new UsageError('flag-twice', `${optionName(option)} was given ${texts.length} times.`, {
      where: { option },
      hint: `Give ${optionName(option)} once.`,
    })
  }
  if (value === undefined) return readSwitch(option, texts[0]!)
  const read = texts.flatMap(text => (text === '' ? [] : parse === undefined ? [text] : parse(text, option)))
  // Nothing is most often a variable that is not set: as "no filter" it would report everything.
  if (read.length === 0) {
    throw optionError(option, '', 'there is no value in it', `Leave ${optionName(option)} out.`, 'flag-needs-value')
  }
  return repeats === true ? read : read[0]
}

function readSwitch(option: string, text: string): boolean {
  if (['', 'true', '1'].includes(text)) return true
  if (['false', '0'].includes(text)) return false
  throw optionError(option, text, 'neither true nor false', 'Give true or false.')
}

function refuse(option: string, known: readonly string[]): never {
  const near = nearestNames(option, known, 1)[0]
  throw new UsageError('unknown-option', `There is no option ${JSON.stringify(option)}.`, {
    where: { option },
    hint: `Use ${near === undefined ? known.map(optionName).join(', ') : optionName(near)}.`,
  })
}
