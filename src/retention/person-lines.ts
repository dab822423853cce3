// The lines of a person: those in which a field that names the user is exactly that name, however it is escaped. They are
// removed, or the name in them is replaced.
import { isJson } from '../base/json.ts'
import type { Path } from '../event/field-source.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../event/source-format.ts'
import { valueSpansAt } from '../scan/line-text.ts'
import { readLine } from '../scan/read-line.ts'
import type { KeepsLine } from './judged-lines.ts'

export interface Person {
  readonly user: string
  /** What stands for the name from now on; null where the lines are removed. */
  readonly pseudonym: string | null
}

export interface PersonLines {
  readonly keeps: KeepsLine
  /** How many of the lines that stayed as they are hold the name in another field, or within a longer text. */
  readonly mentions: number
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Judges the lines of a log in a format. */
export class PersonFinder implements PersonLines {
  mentions = 0
  private readonly person: Person
  private readonly format: SourceFormat
  private readonly paths: readonly Path[]
  private readonly bytes: Buffer
  /** The name in a text, and not as a part of a longer one. */
  private readonly mention: RegExp

  constructor(person: Person, format: SourceFormat) {
    this.person = person
    this.format = format
    this.paths = userPaths(format)
    this.bytes = Buffer.from(person.user)
    const name = person.user.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    this.mention = new RegExp(`(?<![\\w@.+-])${name}(?![\\w@+-]|\\.\\w)`)
  }

  readonly keeps: KeepsLine = line => {
    // With an escape in it, a name may be written in another way.
    if (!line.includes('\\') && !line.includes(this.bytes)) return true
    const text = line.toString('utf8')
    const spans = isJson(text) ? this.spansOf(text) : undefined
    // What is no event counts nowhere: of a piece of a line nobody can tell whose it is.
    if (spans === undefined) return !line.includes(this.bytes)
    if (spans.length === 0) {
      if (this.mention.test(text)) this.mentions++
      return true
    }
    const { pseudonym } = this.person
    if (pseudonym !== null) return Buffer.from(replaceSpans(text, spans, JSON.stringify(pseudonym)))
    return this.isOther(text) ? Buffer.from(replaceSpans(text, spans, 'null')) : false
  }

  private spansOf(text: string): Span[] {
    const spans = this.paths.flatMap(path => valueSpansAt(text, path))
    return spans.filter(({ start, end }) => textOf(text.slice(start, end)) === this.person.user)
  }

  // An event of somebody else that names the person in a field that does not count.
  private isOther(text: string): boolean {
    const result = readLine(text, this.format, [], true)
    return result.kind === 'event' && result.values.texts.get('user') !== this.person.user
  }
}

/** Whether a rejected line, as `--rejects` writes it, holds the name. */
export function holdsRejected(line: Buffer, user: string): boolean {
  if (!isJson(line.toString('utf8'))) return line.includes(user)
  const { text, base64 } = JSON.parse(line.toString('utf8')) as { text?: unknown; base64?: unknown }
  const bytes = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : Buffer.from(String(text ?? ''))
  return bytes.includes(user) || bytes.includes(JSON.stringify(user).slice(1, -1))
}

// All names of the field, whichever the format reads.
function userPaths(format: SourceFormat): Path[] {
  const sources = [...(NATIVE_FORMAT.fields.get('user') ?? []), ...(format.fields.get('user') ?? [])]
  return [...new Map(sources.map(({ path }) => [JSON.stringify(path), path])).values()]
}

// Numbers and booleans stand for their text, as in reading.
function textOf(literal: string): string {
  return literal.startsWith('"') ? (JSON.parse(literal) as string) : literal
}

function replaceSpans(text: string, spans: readonly Span[], replacement: string): string {
  let replaced = text
  for (const { start, end } of spans.toSorted((a, b) => b.start - a.start))
    replaced = replaced.slice(0, start) + replacement + replaced.slice(end)
  return replaced
}
