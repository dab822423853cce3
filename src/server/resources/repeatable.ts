// POST routes whose requests may carry an Idempotency-Key.
import { createHash } from 'node:crypto'
import { ProblemError } from '../problem.ts'
import { askerOf, type Call, type Route } from '../route.ts'

export function repeatable(route: Route): Route {
  if (route.method !== 'POST') return route
  return {
    ...route,
    async handle(call) {
      const key = keyOf(call)
      if (key === undefined) return await route.handle(call)
      // Two tokens may have the same name.
      const { locked: _, ...asker } = askerOf(call)
      const { repeats, host } = call.services
      const keyed = { actor: JSON.stringify(asker), key, question: questionOf(call), now: host.now() }
      return await repeats.once(keyed, () => route.handle(call))
    },
  }
}

function keyOf({ headers }: Call): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new ProblemError({
    status: 400,
    code: 'bad-idempotency-key',
    title: 'The Idempotency-Key is not valid.',
    hint: 'Use 1 to 255 ASCII characters without spaces, such as a UUID.',
  })
}

function questionOf({ method, url, headers, bodyText }: Call): string {
  const text = JSON.stringify([method, url.pathname, url.search, headers.get('if-match'), bodyText])
  return createHash('sha256').update(text).digest('base64url')
}
