// The pattern of the Express route that handled a request, with the patterns under which the routers around it are mounted.
// Express keeps only the raw path for these, so the way through its routers is retraced here, by their patterns alone.

/** What a layer of a router is, as far as it is needed: in Express 4 with `regexp`, in Express 5 with `matchers`. */
interface Layer {
  readonly handle?: unknown
  readonly route?: Route | undefined
  readonly regexp?: (RegExp & { readonly fast_slash?: boolean; readonly fast_star?: boolean }) | undefined
  readonly keys?: readonly { readonly name: string | number }[] | undefined
  readonly matchers?: readonly ((path: string) => PathMatch | false)[] | undefined
  /** As it was written; not before router 2.3. */
  readonly rawPath?: unknown
  readonly slash?: boolean | undefined
}

interface PathMatch {
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
}

interface Route {
  readonly path?: unknown
  readonly methods?: Readonly<Record<string, boolean>>
}

interface Application {
  readonly _router?: unknown
  readonly router?: unknown
  readonly parent?: Application | undefined
  readonly mountpath?: unknown
}

/** What Express puts on a request. */
export interface ExpressRequest {
  readonly app?: Application | undefined
  readonly route?: Route | undefined
  readonly method?: string | undefined
}

type IsWanted = (route: Route) => boolean

/** A pattern, and how many characters of the path fit it. */
interface Piece {
  readonly pattern: string
  readonly length: number
}

/** Routers may be mounted in themselves. */
const MAX_DEPTH = 20
const ANYTHING = '/*'

/**
 * The whole pattern, or undefined where it is not sure. `entry` is the application in which the request was seen first,
 * `path` the path as it came. Where something before the routes has answered, it is the route that would have.
 */
export function expressRoute(request: ExpressRequest, entry: Application, path: string): string | undefined {
  const { app, route: taken, method = '' } = request
  const isWanted = (route: Route) =>
    taken === undefined ? (route.methods?.[method.toLowerCase()] ?? route.methods?._all) === true : route === taken
  const mounted = mountedApplications(entry, app)
  if (mounted === undefined) return find(entry, path, isWanted, 0)
  const before = pieceOfMounts(mounted, path)
  const inner = before && find(mounted.at(-1) ?? entry, path.slice(before.length) || '/', isWanted, 0)
  return inner === undefined ? undefined : joined(before!.pattern, inner)
}

/** The applications that are mounted in each other from `entry` down to `app`; undefined where there is no such way. */
function mountedApplications(entry: Application, app: Application | undefined): Application[] | undefined {
  const mounted: Application[] = []
  for (let inner = app; inner !== undefined && mounted.length < MAX_DEPTH; inner = inner.parent) {
    if (inner === entry) return mounted
    mounted.unshift(inner)
  }
  return undefined
}

// An application knows the pattern on which it is mounted, and its layer hides it.
function pieceOfMounts(applications: readonly Application[], path: string): Piece | undefined {
  let whole: Piece = { pattern: '', length: 0 }
  for (const { mountpath } of applications) {
    const rest = path.slice(whole.length) || '/'
    const pieces = [mountpath].flat().map(pattern => pieceOfText(pattern, rest))
    const piece = pieces.find(found => found !== undefined)
    if (piece === undefined) return undefined
    whole = { pattern: joined(whole.pattern, piece.pattern), length: whole.length + piece.length }
  }
  return whole
}

function find(node: unknown, path: string, isWanted: IsWanted, depth: number): string | undefined {
  for (const layer of stackOf(node) ?? []) {
    if (layer.route !== undefined) {
      const own = isWanted(layer.route) ? pieceOf(layer, path) : undefined
      if (own !== undefined) return own.pattern
    } else if (depth < MAX_DEPTH && stackOf(layer.handle) !== undefined) {
      const mount = pieceOf(layer, path)
      const inner = mount && find(layer.handle, path.slice(mount.length) || '/', isWanted, depth + 1)
      if (inner !== undefined) return joined(mount!.pattern, inner)
    }
  }
  return undefined
}

/** The layers of a router, or of an application, whose `router` is an error in Express 4. */
function stackOf(node: unknown): readonly Layer[] | undefined {
  if (typeof node !== 'function') return undefined
  const { stack, _router: older } = node as { stack?: unknown; _router?: unknown }
  if (Array.isArray(stack)) return stack as Layer[]
  const router = older ?? ('set' in node && 'handle' in node ? (node as Application).router : undefined)
  const inner = (router as { stack?: unknown } | undefined)?.stack
  return Array.isArray(inner) ? (inner as Layer[]) : undefined
}

/** How a path begins by the pattern of a layer; undefined where it does not. */
function pieceOf(layer: Layer, path: string): Piece | undefined {
  const { regexp, matchers, rawPath } = layer
  if (layer.slash === true || regexp?.fast_slash === true) return { pattern: '', length: 0 }
  if (regexp?.fast_star === true) return { pattern: '*', length: path.length }
  if (regexp !== undefined) return pieceOfRegExp(layer, regexp, path)
  for (const [index, matcher] of (matchers ?? []).entries()) {
    const match = matcher(path)
    if (match === false) continue
    const given = rawPath ?? layer.route?.path
    const written: unknown = Array.isArray(given) ? given.flat(MAX_DEPTH)[index] : given
    const pattern = written === undefined ? patternOfMatch(match) : textOf(written)
    return { pattern: pattern ?? ANYTHING, length: match.path.length }
  }
  return undefined
}

function pieceOfRegExp(layer: Layer, regexp: RegExp, path: string): Piece | undefined {
  const written = layer.route?.path
  const whole = new RegExp(regexp.source, regexp.flags.replace(/[gy]/g, '')).exec(path)
  if (whole === null) return undefined
  if (written !== undefined && !Array.isArray(written))
    return { pattern: textOf(written) ?? ANYTHING, length: whole[0].length }
  // Of several paths Express 4 makes one expression, alternative by alternative.
  const names = (layer.keys ?? []).map(key => String(key.name))
  for (const [index, source] of regexp.source.split('|^').entries()) {
    const own = index === 0 ? source : `^${source}`
    const pattern = patternOfSource(own, names)
    if (pattern === undefined) break
    if (new RegExp(own, regexp.flags).test(path)) return { pattern, length: whole[0].length }
  }
  return { pattern: ANYTHING, length: whole[0].length }
}

const SOURCE_PIECE = /^(?:\\\/(?!\?)|\\\.|[\w~!@%&=,;'-]|(?<parameter>\(\?:\\\/\([^()]+\)\)\??)|(?<star>\(\.\*\)))/
const SOURCE_END = /^(?:\\\/\?)?(?:\$|\(\?=\\\/\|\$\))?$/

/**
 * The pattern that Express 4 made an expression of; undefined where it has more than words, `:names` and stars, or was
 * written as an expression. Takes from `names` those that it has.
 */
function patternOfSource(source: string, names: string[]): string | undefined {
  let rest = source.replace(/^\^/, '')
  let pattern = ''
  while (!SOURCE_END.test(rest)) {
    const piece = SOURCE_PIECE.exec(rest)
    if (piece === null) return undefined
    const { parameter, star } = piece.groups ?? {}
    if (parameter !== undefined) pattern += `/:${names.shift()}`
    else if (star !== undefined) {
      names.shift()
      pattern += '*'
    } else pattern += piece[0].replace('\\', '')
    rest = rest.slice(piece[0].length)
  }
  return pattern
}

/**
 * The pattern of a match of Express 5 before router 2.3, made of the path and the values that it found: each value is a whole
 * segment. Undefined where one is not, and where the pattern was an expression.
 */
function patternOfMatch({ path, params }: PathMatch): string | undefined {
  // Expressions have their values in a plain object.
  if (Object.getPrototypeOf(params) !== null) return undefined
  const values = Object.entries(params).flatMap(([name, value]) =>
    [value].flat().flatMap(part => (part === undefined ? [] : [{ name, part }])),
  )
  const segments = path.split('/').map(segment => {
    if (values[0] === undefined || decodeURIComponent(segment) !== values[0].part) return segment
    return `:${values.shift()!.name}`
  })
  return values.length === 0 ? segments.join('/') : undefined
}

/** How a path begins by a pattern of words and `:names`. */
function pieceOfText(pattern: unknown, path: string): Piece | undefined {
  if (typeof pattern !== 'string' || !/^[\w/:.~-]*$/.test(pattern)) return undefined
  const wanted = pattern.split('/').filter(segment => segment !== '')
  const given = path.split('/').slice(1)
  const fits = wanted.every((segment, index) =>
    segment.startsWith(':') ? given[index] : segment.toLowerCase() === given[index]?.toLowerCase(),
  )
  if (!fits) return undefined
  return { pattern, length: given.slice(0, wanted.length).reduce((sum, segment) => sum + segment.length + 1, 0) }
}

/** A pattern as it was written in the application. */
function textOf(written: unknown): string | undefined {
  return typeof written === 'string' || written instanceof RegExp ? String(written) : undefined
}

function joined(before: string, after: string): string {
  const start = before.replace(/\/+$/, '')
  if (after === '' || after === '/') return start === '' ? '/' : start
  return after.startsWith('/') ? start + after : `${start}/${after}`
}
