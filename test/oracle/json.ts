// A JSON reader of the oracle that keeps numbers as they were written.

export class Literal {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Value = null | boolean | string | Literal | readonly Value[] | Members
export type Members = ReadonlyMap<string, Value>

/** The value of a text; undefined where it is no JSON. Of a key that stands twice, the last counts. */
export function readJson(text: string): Value | undefined {
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  let at = 0
  const skip = () => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const string = (): string => {
    const start = at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return JSON.parse(text.slice(start, ++at)) as string
  }
  const list = (end: string, item: () => void) => {
    at++
    skip()
    while (text[at] !== end) {
      item()
      skip()
      if (text[at] === ',') at++
      skip()
    }
    at++
  }
  const value = (): Value => {
    skip()
    const first = text[at]
    if (first === '"') return string()
    if (first === '[') {
      const items: Value[] = []
      list(']', () => items.push(value()))
      return items
    }
    if (first === '{') {
      const members = new Map<string, Value>()
      list('}', () => {
        const key = string()
        skip()
        at++
        members.delete(key)
        members.set(key, value())
      })
      return members
    }
    const [word] = /^[-+.\w]+/.exec(text.slice(at))!
    at += word.length
    return word === 'null' ? null : word === 'true' ? true : word === 'false' ? false : new Literal(word)
  }
  return value()
}

/** The value as compact JSON. */
export function writeJson(value: Value): string {
  if (value instanceof Literal) return value.text
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (value instanceof Map)
    return `{${[...(value as Members)].map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`).join(',')}}`
  return JSON.stringify(value)
}
