// Which format an answer should have: by the ending of the name, the parameter `format`, or the header Accept.
import { FORMATS, type Format, formatOfFile } from '../../render/render.ts'
import { ProblemError } from '../problem.ts'

export const TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}

/** `usage.csv` as `usage` and its form. */
export function withEnding(name: string): { readonly name: string; readonly ending?: Format } {
  const ending = formatOfFile(name)
  if (ending === undefined) return { name }
  const bare = name.slice(0, name.lastIndexOf('.'))
  if (ending !== null) return { name: bare, ending }
  throw new ProblemError({
    status: 404,
    code: 'unknown-form',
    title: `There is no format ${JSON.stringify(name.slice(bare.length))}.`,
    hint: 'Use .json, .csv, .tsv, .md, .html or .txt.',
  })
}

export function formatOf(asked: Format | undefined, headers: Headers): Format {
  return asked ?? byAccept(headers.get('accept')) ?? 'json'
}

// Of the types with the highest weight, the first that the server can write; JSON if it can write none of them.
function byAccept(accept: string | null): Format | undefined {
  if (accept === null || accept.includes('application/json') || accept.includes('*/*')) return undefined
  const weighed = accept.split(',').map((part, index) => {
    const [type = '', ...rest] = part.split(';').map(text => text.trim().toLowerCase())
    const weight = rest.find(text => text.startsWith('q='))
    return { type, index, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 }
  })
  weighed.sort((a, b) => b.weight - a.weight || a.index - b.index)
  for (const { type, weight } of weighed) {
    const form = FORMATS.find(one => TYPES[one].startsWith(`${type};`))
    if (form !== undefined && weight > 0) return form
  }
  return undefined
}
