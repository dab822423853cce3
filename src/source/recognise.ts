// Recognises the format of a log by the structure of its first lines. The format of another tool wins over the native one.
import { parseCondition } from '../event/build-format.ts'
import { parsePath, type SkipRule } from '../event/source-format.ts'
import { isObject, type JsonObject, valueAt } from '../scan/json-object.ts'
import { isTrueOf } from '../scan/line-object.ts'
import { SOURCES } from './catalogue.ts'
import { hasMark, MARKS } from './marks.ts'
import type { Source } from './source.ts'

/** How many lines of a log are examined. */
export const MOST_LINES = 64

type Sign = { readonly text: string; readonly holds: (object: JsonObject) => boolean }

interface KnownSource {
  readonly source: Source
  readonly signs: readonly (readonly Sign[])[]
}

function known(source: Source): KnownSource {
  return { source, signs: source.signs.map(list => list.map(compileSign)) }
}

/** The format of a log that begins with these bytes; undefined if it is unknown. */
export function recognise(head: Buffer): Source | undefined {
  const text = firstLines(head)
  if (!hasMark(text)) return undefined
  const likely = SOURCES.filter(({ name }) => MARKS[name]!.some(mark => text.includes(mark))).map(known)
  const objects = objectsOf(head)
  let best: { source: Source; fitting: number } | undefined
  for (const { source, signs } of likely) {
    const fitting = objects.filter(object => fits(object, signs)).length
    if (fitting * 2 >= objects.length && fitting > (best?.fitting ?? 0)) best = { source, fitting }
  }
  return best?.source
}

// As Latin-1 text, one character per byte: marks are ASCII. Only the lines that are examined count.
function firstLines(head: Buffer): string {
  const text = head.toString('latin1')
  let end = 0
  for (let line = 0; line < MOST_LINES; line++) {
    const next = text.indexOf('\n', end)
    if (next === -1) return text
    end = next + 1
  }
  return text.slice(0, end)
}

/** The format that the objects are nearest to, and what they lack. Conditions that a path must be absent do not count. */
export function nearestSource(
  objects: readonly JsonObject[],
): { source: Source; missing: readonly string[] } | undefined {
  let best: { source: Source; missing: string[]; held: number } | undefined
  for (const { source, signs } of SOURCES.map(known)) {
    for (const list of signs) {
      const wanted = list.filter(sign => !sign.text.endsWith('='))
      for (const object of objects) {
        const missing = wanted.filter(sign => !sign.holds(object)).map(sign => sign.text)
        const held = (wanted.length - missing.length) / wanted.length
        if (held >= LEAST_NEAR && held > (best?.held ?? 0)) best = { source, missing, held }
      }
    }
  }
  return best
}

const LEAST_NEAR = 0.5

/** The objects in the first lines, or in a document; anything else is left out. */
export function objectsOf(head: Buffer): JsonObject[] {
  const document = parse(head.toString('utf8'))
  if (document !== undefined) return [document].flat().filter(isObject).slice(0, MOST_LINES)
  const lines = head.toString('utf8').split('\n', MOST_LINES + 1)
  return lines.flatMap(line => {
    const object = parse(line)
    return isObject(object) ? [object] : []
  })
}

function fits(object: JsonObject, signs: KnownSource['signs']): boolean {
  return signs.some(list => list.every(sign => sign.holds(object)))
}

function compileSign(text: string): Sign {
  if (!text.includes('=')) {
    const path = parsePath(text)
    return { text, holds: object => valueAt(object, path) !== undefined }
  }
  const rule: SkipRule = parseCondition(text)
  return { text, holds: object => isTrueOf(object, rule) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
