// Random patterns, each as it is written and as what it asks for, and texts that come near to fitting them.
import fc from 'fast-check'
import { ANY, literally, NAME_CHARACTER, NAME_PART, oneOf, type Wanted } from './wildcard-oracle.ts'

export interface Piece {
  readonly written: string
  readonly wanted: readonly Wanted[]
  /** A text that fits it. */
  readonly example: string
}

export interface Pattern {
  readonly written: string
  readonly wanted: readonly Wanted[]
  readonly text: string
}

const plain = (text: string): Piece => ({ written: text, wanted: literally(text), example: text })
const letters = fc.constantFrom('a', 'b', 'aa', 'ab', '.', 'v2', '+(').map(plain)
const slash = fc.constant(plain('/'))
const any = fc.constantFrom('', 'a', 'b/a', 'aaab')

const star = any.map(example => ({ written: '*', wanted: [ANY], example }))
const nameStar = fc
  .constantFrom('', 'a', 'aaab')
  .map(example => ({ written: '*', wanted: [NAME_PART], example }) satisfies Piece)
const parameter = fc
  .constantFrom('a', 'b.', 'tok')
  .map(example => ({ written: ':id', wanted: [NAME_CHARACTER, NAME_PART], example }) satisfies Piece)
const question = fc.constantFrom('a', '.').map(example => ({ written: '?', wanted: [NAME_CHARACTER], example }))
const classes = fc.constantFrom<Piece>(
  { written: '[ab]', wanted: [oneOf('ab')], example: 'b' },
  { written: '[a-c]', wanted: [oneOf('abc')], example: 'c' },
  { written: '[]x]', wanted: [oneOf(']x')], example: ']' },
  { written: '[!b-z]', wanted: [{ one: text => !/[b-z/]/.test(text), isAnyNumber: false }], example: 'a' },
)

/** `*` for any text. */
export const wildcardPattern = patternOf(fc.array(fc.oneof(letters, slash, star), { maxLength: 12 }))
/** `:name` and `*`; after a name comes what is not of it. */
export const routePattern = patternOf(
  fc.array(fc.oneof(letters, slash, star, fc.tuple(parameter, slash).map(joined)), { maxLength: 8 }),
)
/** All of a glob but `**` and braces, which are tested by examples. */
export const globPattern = patternOf(
  fc.array(fc.oneof(letters, slash, nameStar, question, classes), { maxLength: 10 }).map(apart),
)

function patternOf(pieces: fc.Arbitrary<Piece[]>): fc.Arbitrary<Pattern> {
  const noise = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', 'v', '2'), maxLength: 10 })
  return fc
    .tuple(pieces, noise, fc.nat(), fc.constantFrom('fits', 'near', 'noise'))
    .map(([list, other, at, kind]): Pattern => {
      const { written, wanted, example } = list.reduce(pair, plain(''))
      const cut = at % (example.length + 1)
      const near = example.slice(0, cut) + other.slice(0, 2) + example.slice(cut + 1)
      return { written, wanted, text: kind === 'fits' ? example : kind === 'near' ? near : other }
    })
}

// Two stars side by side would be another wildcard.
function apart(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece, index) =>
    piece.written === '*' && pieces[index - 1]?.written === '*' ? [plain('a'), piece] : [piece],
  )
}

function joined([left, right]: readonly [Piece, Piece]): Piece {
  return pair(left, right)
}

function pair(left: Piece, right: Piece): Piece {
  return {
    written: left.written + right.written,
    wanted: [...left.wanted, ...right.wanted],
    example: left.example + right.example,
  }
}
