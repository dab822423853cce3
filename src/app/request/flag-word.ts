// How an option is called where words have dashes: as a flag, as a parameter of a query.

/** `lastDays` as `last-days`. */
export function flagWord(option: string): string {
  return option.replace(/(?<=[a-z0-9])[A-Z]|(?<=[a-z])\d/g, letter => `-${letter.toLowerCase()}`)
}
