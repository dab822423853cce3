// Names of clients and users, and of sessions, which often are made of them: shown where whoever runs the server allows it, else
// stable pseudonyms. A pseudonym that was given out stands for its name in a filter too.
import { pseudonymsOf } from '../app/workspace/pseudonym-key.ts'
import { hasWildcard } from '../base/wildcard.ts'
import type { Condition, TextTest } from '../query/condition.ts'
import { ProblemError } from '../server/problem.ts'

type Kind = 'client' | 'user' | 'session' | 'budget'

/** In documents and events, by key. An address says who it was as well as a name does. */
const KIND_OF_KEY: ReadonlyMap<string, Kind> = new Map([
  ['client', 'client'],
  ['clients', 'client'],
  ['visibleToClients', 'client'],
  ['user', 'user'],
  ['users', 'user'],
  ['modifiedBy', 'user'],
  ['ip', 'user'],
  ['session', 'session'],
  ['budget', 'budget'],
])
/** Short enough to be read, long enough that no two of a workspace are the same. */
const CHARACTERS = 12
const PSEUDONYM = /^(?:client|user|session|budget)_[\w-]{12}$/
/** In the middle of other text: an error, an endpoint. */
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g
/** In place of what must not leave and has no pseudonym. */
export const NOT_SHOWN = '(not shown)'
/** How many are remembered; the oldest go first. */
const MOST_REMEMBERED = 100_000

export class Names {
  readonly areShown: boolean
  private readonly openKey: () => (name: string) => string
  private hash: ((name: string) => string) | undefined
  private readonly nameOf = new Map<string, string>()

  constructor(areShown: boolean, root: string, environment: Readonly<Record<string, string | undefined>>) {
    this.areShown = areShown
    this.openKey = () => pseudonymsOf(root, environment)
  }

  /** Whether the texts under a key are names that must not leave. */
  hides(key: string): boolean {
    return !this.areShown && KIND_OF_KEY.has(key)
  }

  /** What stands for the text under a key. */
  pseudonym(key: string, name: string): string {
    // The key is made when the first name is hidden.
    this.hash ??= this.openKey()
    const pseudonym = `${KIND_OF_KEY.get(key) ?? 'user'}_${this.hash(name).slice(0, CHARACTERS)}`
    this.nameOf.delete(pseudonym)
    this.nameOf.set(pseudonym, name)
    for (const oldest of this.nameOf.keys()) {
      if (this.nameOf.size <= MOST_REMEMBERED) break
      this.nameOf.delete(oldest)
    }
    return pseudonym
  }

  /** What stands for a pattern under a key. One with wildcards is no name, and would spell some out. */
  shownPattern(key: string, pattern: string): string {
    if (!this.hides(key) || pattern === '*') return pattern
    if (pattern.startsWith('!')) return `!${this.shownPattern(key, pattern.slice(1))}`
    return hasWildcard(pattern) ? NOT_SHOWN : this.pseudonym(key, pattern)
  }

  /** A text of another kind, in which an address of somebody may stand. */
  withoutAddresses(text: string): string {
    return this.areShown ? text : text.replace(EMAIL, address => this.pseudonym('user', address))
  }

  /** The name that a text stands for; the text itself where it is no pseudonym. */
  meant(text: string): string {
    if (this.areShown || !PSEUDONYM.test(text)) return text
    const name = this.nameOf.get(text)
    if (name !== undefined) return name
    throw new ProblemError({
      status: 400,
      code: 'unknown-pseudonym',
      title: `${text} was not given out since this server was started.`,
      hint: 'Ask for a report that lists clients or users first, and use a pseudonym of its answer.',
    })
  }

  /** A condition on names that are hidden tests for whole names: wildcards would spell out a name letter by letter. */
  meantBy(condition: Condition): Condition {
    if (!this.hides(condition.column)) return condition
    return { ...condition, test: this.wholeNames(condition.column, condition.test) }
  }

  private wholeNames(column: string, test: TextTest): TextTest {
    const isWhole = test.kind === 'patterns' && ![...test.accept, ...test.refuse].some(text => text.includes('*'))
    if (test.kind === 'patterns' && isWhole) {
      const meant = (texts: readonly string[]) => texts.map(text => this.meant(text))
      return { kind: 'patterns', accept: meant(test.accept), refuse: meant(test.refuse), match: 'exact' }
    }
    throw new ProblemError({
      status: 400,
      code: 'hidden-name',
      title: `The ${column} can only be asked for by its whole name or its pseudonym, because this server shows no names.`,
      hint: 'Give a pseudonym of an answer, or a whole name without *.',
    })
  }
}
