// Checks the names and types of options, for applications without a compiler: with a misspelt `pseudonymize` the names of
// all users would be logged, and with a text instead of a list no request at all.
import { UsageError } from '../base/errors.ts'

type OptionType = 'text' | 'number' | 'flag' | 'function' | 'list' | 'object'

/** Which types each option takes. */
export type OptionTypes<Options> = Readonly<Record<keyof Options, readonly OptionType[]>>

/** Throws for the first option that is not one, or whose value is of no type that it takes; undefined is not given. */
export function checkOptions<Options extends object>(options: Options, types: OptionTypes<Options>, path = ''): void {
  if (!isOfType(options, 'object')) throw wrongOption(path || 'options', options, 'Give an object.')
  const names = Object.keys(types) as (keyof Options & string)[]
  for (const [name, value] of Object.entries(options)) {
    const known = names.find(option => option === name)
    const place = path === '' ? name : `${path}.${name}`
    if (known === undefined)
      throw optionError(place, `The usage log has no option ${place}.`, `Use one of ${names.join(', ')}.`)
    if (value !== undefined && !types[known].some(type => isOfType(value, type)))
      throw wrongOption(place, value, `Give a ${types[known].join(' or a ')}.`)
  }
}

/** The error of an option that cannot be used. */
export function wrongOption(name: string, value: unknown, hint: string): UsageError {
  return optionError(name, `The option ${name} of the usage log cannot be ${String(value)}.`, hint)
}

function optionError(path: string, message: string, hint: string): UsageError {
  return new UsageError('bad-capture-option', message, { where: { path }, hint })
}

function isOfType(value: unknown, type: OptionType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}
