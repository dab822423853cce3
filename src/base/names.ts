// Names in the three ways in which they are written: camelCase in JSON and code, snake_case in CSV, words with dashes in flags.

/** `cost_usd` or `cost-usd` as `costUsd`. */
export function camelCase(name: string): string {
  return name.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** `costUsd` or `cost-usd` as `cost_usd`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replaceAll('-', '_')
}
