// The flags of reports: which events count, what is shown, money, checks.
import { CHECKS, ELSEWHERE, FILTERS, INPUT, MONEY, OUTPUT, RANGE } from '../../app/request/parameters.ts'
import { flagsOfParameters } from './flag.ts'

export const RANGE_FLAGS = flagsOfParameters('Range', RANGE, {
  startDate: { aliases: ['since'] },
  endDate: { aliases: ['until'] },
})

export const FILTER_FLAGS = flagsOfParameters('Filters', FILTERS)

export const INPUT_FLAGS = flagsOfParameters('Input', INPUT, {
  cache: { more: '--no-cache reads everything again' },
})

export const ELSEWHERE_FLAGS = flagsOfParameters('Input', ELSEWHERE)

export const OUTPUT_FLAGS = flagsOfParameters('Output', OUTPUT, {
  format: {
    switches: OUTPUT.format.choices,
    more: 'default text, or what --output ends in; --json is --format json, and so on',
  },
  output: { short: 'o', more: 'in reports and exports, {client} makes a file for each client, and {period} names it' },
  header: { more: '--no-header leaves it out' },
})

export const MONEY_FLAGS = flagsOfParameters('Money', MONEY)

export const CHECK_FLAGS = flagsOfParameters('Checks', CHECKS)

/** Some of the flags of a list. */
export function only<One extends { readonly name: string }, const Name extends One['name']>(
  flags: readonly One[],
  ...names: readonly Name[]
): readonly Extract<One, { readonly name: Name }>[] {
  const isWanted = (flag: One): flag is Extract<One, { readonly name: Name }> => names.some(name => name === flag.name)
  return flags.filter(isWanted)
}
