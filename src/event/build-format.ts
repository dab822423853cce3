// Builds a source format from its description. Separate from the schema, because the built-in formats need no check.
import type { EpochUnit, FieldSource, PlainSource } from './field-source.ts'
import { FIELD_BY_NAME, type Mark } from './fields.ts'
import type { FormatDescription, Place } from './format-schema.ts'
import {
  NATIVE_FORMAT,
  NO_PLAIN_RULES,
  type PlainRules,
  parsePath,
  type SkipRule,
  type SourceFormat,
} from './source-format.ts'
import { DURATION_FACTORS } from './units.ts'

/** The format that a description means. */
export function buildFormat(name: string, description: FormatDescription): SourceFormat {
  const isNative = description.extends === 'native'
  const own = new Map<string, readonly FieldSource[]>(
    Object.entries(description.fields ?? {}).map(([field, places]) => [
      field,
      ([places].flat() as Place[]).map(place => sourceOf(field, place)),
    ]),
  )
  for (const [field, whole, mark] of BESIDE) if (own.has(field)) own.set(whole, markAll(own.get(whole) ?? [], mark))
  const { usage } = NATIVE_FORMAT
  const plain = plainRulesOf(description, [...own.values()].flat())
  const { fileDate, keep } = description
  return {
    name,
    fields: new Map([...(isNative ? NATIVE_FORMAT.fields : []), ...own]),
    usage: isNative
      ? { ...usage, fields: new Map([...usage.fields].filter(([field]) => !own.has(field))) }
      : { places: [], fields: new Map() },
    constants: new Map(Object.entries(description.constants ?? {}) as [string, string][]),
    skip: (description.skip ?? []).map(parseCondition),
    id: (description.id ?? []).map(parsePath),
    ...(plain === undefined ? {} : { plain }),
    ...(fileDate === undefined || fileDate === 'day' ? {} : { fileDate }),
    ...(keep === undefined ? {} : { steps: { code: undefined, keep } }),
  }
}

// Undefined where nothing asks for more than the kernel can read.
function plainRulesOf(description: FormatDescription, sources: readonly FieldSource[]): PlainRules | undefined {
  const { absent = [], zone, cache = 'inside', reasoning = 'inside', when = [], path } = description
  const isPlain =
    sources.some(place => place.plain !== undefined) ||
    absent.length > 0 ||
    zone !== undefined ||
    cache !== 'inside' ||
    reasoning !== 'inside' ||
    when.length > 0 ||
    path !== undefined
  if (!isPlain) return undefined
  return {
    ...NO_PLAIN_RULES,
    absent,
    isUtc: zone !== undefined,
    cache,
    reasoning,
    path: path === undefined ? undefined : pathPattern(path),
    rules: when.map(rule => ({
      conditions: rule.if.map(parseCondition),
      set: new Map(Object.entries(rule.set ?? {}) as [string, string][]),
      unset: rule.unset ?? [],
    })),
  }
}

// A format that says where something is counted beside a whole has it added to that.
const BESIDE = [
  ['thoughts_tokens', 'output_tokens', 'thoughts_beside'],
  ['tool_use_tokens', 'input_tokens', 'tools_beside'],
] as const

function markAll(sources: readonly FieldSource[], mark: Mark): FieldSource[] {
  return sources.map(place => ({ ...place, mark }))
}

function sourceOf(field: string, place: Place): FieldSource {
  if (typeof place === 'string') return { path: parsePath(place), factor: 1 }
  if ('from' in place) {
    const epoch = place.unit === undefined ? {} : { epoch: place.unit as EpochUnit }
    return { path: parsePath(place.to), factor: 1, plain: { since: parsePath(place.from), ...epoch } }
  }
  const kind = FIELD_BY_NAME.get(field)!.kind
  const { unit } = place
  const factor = kind === 'duration' && unit !== undefined ? DURATION_FACTORS[unit]! : 1
  const [path, ...plus] = ('sum' in place ? place.sum : [place.path]).map(parsePath)
  const plain: PlainSource = {
    ...(plus.length > 0 ? { plus } : {}),
    ...(place.json === true ? { isInText: true } : {}),
    ...(kind === 'time' && unit !== undefined ? { epoch: unit as EpochUnit } : {}),
    ...(unit === 'cents' ? { areCents: true } : {}),
    ...('strip' in place && place.strip !== undefined ? { strip: place.strip } : {}),
  }
  return { path: path!, factor, ...(Object.keys(plain).length === 0 ? {} : { plain }) }
}

export function parseCondition(text: string): SkipRule {
  const [left = '', right = ''] = text.split(/!?=/, 2)
  return { path: parsePath(left), values: right.split(','), negated: text.includes('!=') }
}

// "{client}/*.jsonl" as a regular expression that fits the end of a path.
function pathPattern(text: string): NonNullable<PlainRules['path']> {
  const fields: string[] = []
  const pattern = text
    .split(/(\{[a-z_]+\}|\*\*|\*)/)
    .map(part => {
      if (part === '**') return '.*'
      if (part === '*') return '[^/]*'
      if (!/^\{[a-z_]+\}$/.test(part)) return part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&')
      fields.push(part.slice(1, -1))
      return '([^/]+?)'
    })
    .join('')
  return { pattern: `(?:^|/)${pattern}$`, fields }
}
