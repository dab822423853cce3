// Makes a JSON text wrong, or right in an unusual way, as a seed says.
import type { Random } from '../scan/random.ts'

const VALUES = [
  'null',
  'true',
  '-1',
  '0',
  '1e999',
  '1e-999',
  '123456789012345678901234567890.5',
  '""',
  '"*"',
  '"../../x"',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '[]',
  '{}',
  '[[]]',
  '{"":{"":0}}',
  '"9999-99-99"',
  '"2026-02-30"',
  '"Mars/Phobos"',
  '"a,b"',
]
const KEYS = ['__proto__', 'constructor', '', 'a.b', '$schema', 'version', 'clients', 'to', '\u202e', 'x'.repeat(300)]

/** A changed text, now and then no text at all but bytes. */
export function mutateJson(text: string, random: Random): Buffer {
  let changed = text
  for (let count = 1 + random.below(3); count > 0; count--) changed = random.pick(CHANGES)(changed, random)
  return random.chance(0.05) ? mutateBytes(Buffer.from(changed), random) : Buffer.from(changed)
}

type Change = (text: string, random: Random) => string

const replaceValue: Change = (text, random) =>
  replaceOne(text, /"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.eE+-]*|true|false|null/g, random, () => random.pick(VALUES))
const replaceKey: Change = (text, random) =>
  replaceOne(text, /"(?:[^"\\]|\\.)*"(?=\s*:)/g, random, () => JSON.stringify(random.pick(KEYS)))
const removePunctuation: Change = (text, random) => replaceOne(text, /[{}[\],:"]/g, random, () => '')
const doublePart: Change = (text, random) => {
  const from = random.below(text.length + 1)
  const part = text.slice(from, from + random.below(60))
  return text.slice(0, from) + part + text.slice(from)
}
const cut: Change = (text, random) => text.slice(0, random.below(text.length + 1))
const nest: Change = (text, random) => {
  const levels = random.pick([3, 150, 20_000])
  return replaceOne(
    text,
    /"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.]*/g,
    random,
    () => `${'['.repeat(levels)}1${']'.repeat(levels)}`,
  )
}
const wholly: Change = (_, random) =>
  random.pick(['', ' ', '\ufeff', 'null', '[]', '{}', '"text"', '7', '{"a":1}{"a":1}', '// note\n{}'])
const withMark: Change = text => `\ufeff${text.replaceAll('\n', '\r\n')}`

const CHANGES: readonly Change[] = [
  replaceValue,
  replaceValue,
  replaceKey,
  removePunctuation,
  doublePart,
  cut,
  nest,
  wholly,
  withMark,
]

function replaceOne(text: string, pattern: RegExp, random: Random, next: (found: string) => string): string {
  const matches = [...text.matchAll(pattern)]
  if (matches.length === 0) return text
  const { 0: found, index } = random.pick(matches)
  return text.slice(0, index) + next(found) + text.slice(index + found.length)
}

function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  if (changed.length > 0) changed[random.below(changed.length)] = 128 + random.below(128)
  return changed
}
