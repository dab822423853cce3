// From the name of an option in code to its name with dashes, as in flags and query parameters; and back.

/** `lastDays` as `last-days`. */
export function flagWord(option: string): string {
  return option.replace(/(?<=[a-z0-9])[A-Z]|(?<=[a-z])\d/g, letter => `-${letter.toLowerCase()}`)
}

/** `last-days` as `lastDays`: the key of a flag in the options. */
export function optionKey(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
