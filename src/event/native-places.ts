// Where the native format looks for each field: its own names, and names in the usage objects of providers.
import { camelCase } from '../base/names.ts'
import type { FieldSource } from './field-source.ts'
import { type Field, MARK_OF_NAME, MODEL_PLACES, SECONDS_NAMES, USAGE_NAMES } from './fields.ts'

/** A name as it is listed, and in camelCase. */
export function spellings(name: string): readonly string[] {
  const camel = camelCase(name)
  return camel === name ? [name] : [name, camel]
}

/** The names of a field at the top of a line, the winning one first. */
export function flatNames(field: Field): readonly string[] {
  return [field.name, ...field.aliases].flatMap(spellings)
}

/** The places of a field in a line, the winning one first. */
export function nativePlaces(field: Field): readonly FieldSource[] {
  const models = field.name === 'model' ? MODEL_PLACES : []
  return [
    ...[field.name, ...field.aliases].flatMap(sourcesOf),
    ...models.map(place => ({ path: place.split('.'), factor: 1, isLoose: true })),
  ]
}

/** The places of a field in a usage object. What is looked for in somebody else's object is no mistake where it is nested. */
export function placesInUsage(field: Field): readonly FieldSource[] {
  const own = field.kind === 'tokens' ? [field.name, ...field.aliases] : []
  const names = [...own, ...(USAGE_NAMES[field.name]?.split(' ') ?? [])]
  const sources = names.flatMap(sourcesOf)
  return field.kind === 'tokens' ? sources : sources.map(source => ({ ...source, isLoose: true }))
}

function sourcesOf(name: string): readonly FieldSource[] {
  const mark = MARK_OF_NAME.get(name)
  const factor = SECONDS_NAMES.has(name) ? 1000 : 1
  return spellings(name).map(spelling => {
    const path = spelling.split('.')
    return mark === undefined ? { path, factor } : { path, factor, mark }
  })
}
