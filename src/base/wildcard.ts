// Patterns with wildcards, wherever they are used: filters, prices, profiles, paths of requests and names of log files. No
// match takes more steps than the length of the pattern times that of the text, however they were chosen.

/** A pattern whose syntax is wrong, and where. */
export interface PatternProblem {
  readonly message: string
  /** Index of the first character that is wrong. */
  readonly at: number
}

/** One step over a text: a unit that fits, or any number of them. */
interface Step {
  readonly fits: (unit: number) => boolean
  readonly isRepeated: boolean
  /** How many steps, this one first, may be left out; 0 where it must be made. */
  readonly jump: number
}

type Matcher = (text: string) => boolean

const SLASH = 0x2f
/** So many patterns may come of the braces of one glob. */
const MAX_ALTERNATIVES = 1000

export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*')
}

/** A test for whole texts: `*` stands for any text, and everything else for itself. */
export function compileWildcard(pattern: string): Matcher {
  const parts = pattern.split('*')
  const last = parts.pop()!
  const first = parts.shift()
  if (first === undefined) return text => text === last
  const inner = parts.filter(part => part !== '')
  // The leftmost place of each part is as good as any: it leaves the most for what follows.
  return text => {
    const end = text.length - last.length
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false
    let position = first.length
    for (const part of inner) {
      const found = text.indexOf(part, position)
      if (found === -1 || found + part.length > end) return false
      position = found + part.length
    }
    return true
  }
}

export function fitsWildcard(pattern: string, text: string): boolean {
  return compileWildcard(pattern)(text)
}

/** Whether some text fits both of two patterns for `compileWildcard`. */
export function canFitBoth(left: string, right: string): boolean {
  const width = right.length + 1
  const reachable = new Uint8Array((left.length + 1) * width)
  reachable[0] = 1
  for (let row = 0; row <= left.length; row++) {
    for (let column = 0; column <= right.length; column++) {
      if (reachable[row * width + column] === 0) continue
      const [a, b] = [left[row], right[column]]
      if (a === '*') {
        reachable[(row + 1) * width + column] = 1
        if (b !== undefined) reachable[row * width + column + 1] = 1
      }
      if (b === '*') {
        reachable[row * width + column + 1] = 1
        if (a !== undefined) reachable[(row + 1) * width + column] = 1
      }
      if (a !== undefined && a === b) reachable[(row + 1) * width + column + 1] = 1
    }
  }
  return reachable[reachable.length - 1] === 1
}

/** How many characters a pattern fixes: of two that fit a name the one that fixes more is meant. */
export function fixedLength(pattern: string): number {
  return pattern.replaceAll('*', '').length
}

/** A test for paths by the pattern of a route: `:name` stands for what is between two slashes, `*` for any text. */
export function compileRoute(pattern: string): Matcher {
  const steps: Step[] = []
  for (const [piece] of pattern.matchAll(/:\w+|\*|./gs)) {
    if (piece.length > 1) steps.push(once(isNoSlash), often(isNoSlash))
    else if (piece === '*') steps.push(often(isAnything))
    else steps.push(unitStep(piece.charCodeAt(0)))
  }
  return text => fitSteps(steps, text)
}

/**
 * A test for paths of files: within a name `*`, `?`, `[a-z]`, `[!a-z]` and `{a,b}`, and `**` across folders. What is wrong
 * with the pattern where it is none.
 */
export function compileGlob(pattern: string): Matcher | PatternProblem {
  const alternatives = globAlternatives(pattern)
  if (!Array.isArray(alternatives)) return alternatives
  const matchers: Step[][] = []
  for (const alternative of alternatives) {
    const steps = globSteps(alternative)
    if (!Array.isArray(steps)) return steps
    matchers.push(steps)
  }
  return text => matchers.some(steps => fitSteps(steps, text))
}

// All places in the pattern at which the text so far may have arrived, so that nothing is tried twice.
function fitSteps(steps: readonly Step[], text: string): boolean {
  const seenAt = new Int32Array(steps.length + 1).fill(-1)
  const arrive = (places: number[], place: number, at: number) => {
    for (let next = place; seenAt[next] !== at; ) {
      seenAt[next] = at
      places.push(next)
      next += steps[next]?.jump ?? 0
    }
  }
  let places: number[] = []
  arrive(places, 0, 0)
  for (let at = 0; at < text.length && places.length > 0; at++) {
    const unit = text.charCodeAt(at)
    const reached: number[] = []
    for (const place of places) {
      const step = steps[place]
      if (step?.fits(unit) === true) arrive(reached, step.isRepeated ? place : place + 1, at + 1)
    }
    places = reached
  }
  return places.includes(steps.length)
}

/** A character of a glob, with its place in what was typed. */
interface GlobCharacter {
  readonly text: string
  readonly at: number
}

function globAlternatives(pattern: string): GlobCharacter[][] | PatternProblem {
  let alternatives: GlobCharacter[][] = [[]]
  for (let at = 0; at < pattern.length; at++) {
    const text = pattern[at]!
    if (text === '{') {
      const end = pattern.indexOf('}', at)
      if (end === -1) return { message: '"{" has no "}" after it', at }
      const inner = pattern.slice(at + 1, end)
      const nested = inner.indexOf('{')
      if (nested !== -1) return { message: 'braces cannot stand in braces', at: at + 1 + nested }
      const choices = choicesOf(inner, at + 1)
      if (alternatives.length * choices.length > MAX_ALTERNATIVES)
        return { message: `the braces stand for more than ${MAX_ALTERNATIVES} patterns`, at }
      alternatives = alternatives.flatMap(before => choices.map(choice => [...before, ...choice]))
      at = end
    } else for (const alternative of alternatives) alternative.push({ text, at })
  }
  return alternatives
}

function choicesOf(inner: string, start: number): GlobCharacter[][] {
  const choices: GlobCharacter[][] = [[]]
  for (let index = 0; index < inner.length; index++) {
    if (inner[index] === ',') choices.push([])
    else choices.at(-1)!.push({ text: inner[index]!, at: start + index })
  }
  return choices
}

function globSteps(characters: readonly GlobCharacter[]): Step[] | PatternProblem {
  const text = characters.map(character => character.text).join('')
  const steps: Step[] = []
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    const isAtStart = index === 0 || text[index - 1] === '/'
    if (isAtStart && text.startsWith('**/', index)) {
      // No folder, or any number of them.
      steps.push({ fits: isAnything, isRepeated: false, jump: 3 }, often(isAnything), unitStep(SLASH))
      index += 2
    } else if (character === '*') {
      const isAcross = isAtStart && text.slice(index) === '**'
      steps.push(often(isAcross ? isAnything : isNoSlash))
      if (isAcross) index++
    } else if (character === '?') steps.push(once(isNoSlash))
    else if (character === '[') {
      // Right after the bracket, "]" stands for itself.
      const end = text.indexOf(']', index + (/[!^]/.test(text[index + 1] ?? '') ? 3 : 2))
      const list = end === -1 ? '' : text.slice(index + 1, end)
      if (end === -1) return { message: '"[" has no "]" after it', at: characters[index]!.at }
      const units = classOf(list)
      if (typeof units === 'string') return { message: units, at: characters[index]!.at }
      steps.push(once(units))
      index = end
    } else steps.push(unitStep(text.charCodeAt(index)))
  }
  return steps
}

/** The test of `[…]`, or what is wrong with it. */
function classOf(list: string): ((unit: number) => boolean) | string {
  const isNegated = list.startsWith('!') || list.startsWith('^')
  const ranges: [number, number][] = []
  for (const [range] of list.slice(isNegated ? 1 : 0).matchAll(/.-.|./gs)) {
    const [first, last] = [range.charCodeAt(0), range.charCodeAt(range.length - 1)]
    if (last < first) return `"[${list}]" runs backwards from ${range[0]} to ${range[2]}`
    ranges.push([first, last])
  }
  return unit => isNoSlash(unit) && ranges.some(([first, last]) => unit >= first && unit <= last) !== isNegated
}

function unitStep(wanted: number): Step {
  return once(unit => unit === wanted)
}

function once(fits: Step['fits']): Step {
  return { fits, isRepeated: false, jump: 0 }
}

function often(fits: Step['fits']): Step {
  return { fits, isRepeated: true, jump: 1 }
}

function isAnything(): boolean {
  return true
}

function isNoSlash(unit: number): boolean {
  return unit !== SLASH
}
