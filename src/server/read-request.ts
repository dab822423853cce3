// Reads the parameters of a request's query string and its body, and checks them against the route.
import { optionKey } from '../app/request/flag-word.ts'
import { readTexts } from '../app/request/read-texts.ts'
import { MOST_LEVELS, offsetTooDeep } from '../base/edited-json.ts'
import { ProblemError } from './problem.ts'
import type { Route } from './route.ts'

/** The largest body that is accepted; a profile is a few kilobytes. */
export const LARGEST_BODY_BYTES = 2 * 2 ** 20

export function readQuery(
  url: URL,
  { parameters = {}, hasOwnNames, isPage }: Route,
): Readonly<Record<string, unknown>> {
  const texts = new Map<string, string[]>()
  for (const [name, value] of url.searchParams) {
    const option = hasOwnNames === true ? name : optionOf(name)
    // A browser sends the fields of a form that nobody filled in, too.
    if (isPage === true && value === '' && parameters[option]?.value !== undefined) continue
    texts.set(option, [...(texts.get(option) ?? []), value])
  }
  return readTexts(parameters, texts)
}

/** `start-date` as `startDate`; any other name stays as it is, to be refused as it was written. */
export function optionOf(name: string): string {
  return /^[a-z0-9-]+$/.test(name) ? optionKey(name) : name
}

/** The body as the route takes it, and as it was written: with all digits of its numbers. */
export interface ReadBody {
  readonly value: unknown
  readonly text: string
}

export const NO_BODY: ReadBody = { value: undefined, text: '' }

export async function readBody(raw: Request, route: Route): Promise<ReadBody> {
  const type = (raw.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json' && type !== '' && !type.endsWith('+json')) {
    throw new ProblemError({
      status: 415,
      code: 'not-json',
      title: 'The body must be JSON.',
      hint: 'Send it with "Content-Type: application/json".',
    })
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let text = ''
  let value: unknown
  try {
    const bytes = await readAll(raw)
    text = bytes.length === 0 ? '{}' : decoder.decode(bytes)
    if (offsetTooDeep(text) !== undefined) throw tooDeep()
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError({ status: 400, code: 'bad-body', title: 'The body is not JSON in UTF-8.' })
  }
  const parsed = route.body!.safeParse(value)
  if (parsed.success) return { value: parsed.data, text }
  throw new ProblemError({
    status: 400,
    code: 'bad-body',
    title: 'The body is not what this address expects.',
    extra: {
      problems: parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  })
}

function tooDeep(): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'bad-body',
    title: `The body is nested more than ${MOST_LEVELS} levels deep.`,
  })
}

/** The fields that a browser sends of a form. */
export async function readForm(raw: Request): Promise<URLSearchParams> {
  const type = (raw.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded' && type !== '') {
    throw new ProblemError({ status: 415, code: 'no-form', title: 'The body must be the fields of a form.' })
  }
  return new URLSearchParams(new TextDecoder().decode(await readAll(raw)))
}

/** The bytes of a body that is not too large. */
export async function readAll(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += part.length
    if (sizeBytes > LARGEST_BODY_BYTES) {
      throw new ProblemError({
        status: 413,
        code: 'body-too-large',
        title: `The body is larger than ${LARGEST_BODY_BYTES / 2 ** 20} MB.`,
      })
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}
