// The flags that say what a share link shows: those of reports, as texts that are kept as they were typed.
import { LINK_PARAMETERS } from '../../app/access/link-parameters.ts'
import { flagWord, optionKey } from '../../app/request/flag-word.ts'
import type { Parameter } from '../../app/request/parameters.ts'
import type { Flag, FlagGroup } from './flag.ts'

const FILTERS: readonly string[] = ['user', 'profile', 'model', 'provider', 'feature', 'event', 'status', 'where']

export const LINK_FLAGS: readonly Flag[] = Object.entries<Parameter>(LINK_PARAMETERS).map(([option, parameter]) => {
  const { help, value, choices, repeats } = parameter
  const group: FlagGroup = FILTERS.includes(option) ? 'Filters' : 'Range'
  return {
    name: flagWord(option),
    group,
    help,
    ...(value === undefined ? {} : { value }),
    ...(choices === undefined ? {} : { choices }),
    ...(repeats === undefined ? {} : { repeats }),
  }
})

/** What was typed of them, by the names of the flags. */
export function linkParametersOf(options: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const typed = LINK_FLAGS.flatMap(({ name }) => {
    const given = options[optionKey(name)]
    return given === undefined ? [] : [[name, Array.isArray(given) ? given.map(String) : [String(given)]] as const]
  })
  return Object.fromEntries(typed)
}
