// Values that an application should never hand over, and sometimes does.
import type { Random } from '../scan/random.ts'

const HANDLER_NAMES = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'apply'] as const

const fail = (): never => {
  throw new Error('a trap')
}
const traps = Object.fromEntries(HANDLER_NAMES.map(name => [name, fail]))

const LARGE_BYTES = Buffer.alloc(5_000_000)
const LARGE_TEXT = 'x'.repeat(300_000)
const MAKERS: readonly ((random: Random) => unknown)[] = [
  () => undefined,
  () => null,
  random => random.pick([0, -0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e308, -1e-320]),
  random => random.pick(['', ' ', '__proto__', '\ud800', '\u0000', '"\\\n', '{"a":1}\n{"b":2}', 'constructor']),
  random => random.pick([true, false]),
  () => 12n,
  () => Symbol('s'),
  () => () => fail(),
  () => new Proxy({}, traps),
  () => new Proxy(() => undefined, traps),
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  () => new Proxy([], { get: (list, key) => (key === 'length' ? 1e9 : Reflect.get(list, key)) }),
  () => Object.defineProperty({}, 'client', { enumerable: true, get: fail }),
  () => Object.defineProperty(new Error('x'), 'message', { get: fail }),
  () => Object.defineProperty(new Error('x'), 'constructor', { get: fail }),
  () => ({ toJSON: fail }),
  () => ({ toJSON: () => 12n }),
  () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail }),
  () => Object.fromEntries([['then', fail]]),
  () => Promise.reject(new Error('rejected')),
  () => Promise.resolve('later'),
  () => {
    const circle: Record<string, unknown> = {}
    circle.self = [circle]
    return circle
  },
  () => Object.freeze({ a: Object.freeze([1]) }),
  () => Object.create(null) as unknown,
  () => new Date(Number.NaN),
  () => new Date(8.64e15),
  () => new Map([[{}, 1]]),
  () => new WeakMap(),
  () => new Array(5000),
  () => LARGE_BYTES,
  () => LARGE_TEXT,
  () => `${'a'.repeat(5000)}?${'='.repeat(5000)}`,
  () => nested(3000),
  () => Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key ${index}`, 'value'])),
  () =>
    new (class extends Error {
      override get name(): string {
        return fail()
      }
    })('x'),
  () => Object.assign(new Error('x'), { cause: new Proxy({}, traps), errors: new Proxy([], traps) }),
  () => globalThis,
]

const FIELDS = [
  'timestamp',
  'id',
  'client',
  'user',
  'session',
  'model',
  'checks',
  'inputTokens',
  'cacheReadTokens',
  'costUsd',
]
  .concat(['durationMs', 'status', 'statusCode', 'error', 'errorType', 'endpoint', 'method', 'ip', 'userAgent', 'text'])
  .concat(['rating', 'severity', 'data', 'name', 'queryParams', 'aborted', 'rows', 'unknown', '__proto__'])

export function hostileValue(random: Random): unknown {
  return random.pick(MAKERS)(random)
}

/** An event with hostile values in some of its fields, or no event at all. */
export function hostileEvent(random: Random): object {
  if (random.chance(0.2)) return hostileValue(random) as object
  const event: Record<string, unknown> = {}
  for (let field = random.below(5); field >= 0; field--) {
    const [name, value] = [random.pick(FIELDS), hostileValue(random)]
    Object.defineProperty(event, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return event
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = { inner: value }
  return value
}
