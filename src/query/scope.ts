// Whose events may be seen: the part of a query that no filter can widen. Events out of scope are treated as if they did not
// exist.

/** What an identity may see: the events of these clients, or of all, and where a user is given, of that user alone. */
export interface Scope {
  /** An event without a client is no client's, and only seen where all are. */
  readonly clients: readonly string[] | '*'
  readonly user?: string | undefined
}

export const ALL_IN_SCOPE: Scope = { clients: '*' }

export const SCOPE_COLUMNS = ['client', 'user'] as const

/** The text of the column is one of these, letter by letter. Without a value there is nothing that an event has in the column. */
export interface ScopeRule {
  readonly column: (typeof SCOPE_COLUMNS)[number]
  readonly values: readonly string[]
}

/** All must hold. Undefined where everything may be seen. */
export function rulesOfScope({ clients, user }: Scope): readonly ScopeRule[] | undefined {
  const rules: ScopeRule[] = []
  // In one order, so that the same scope is the same query.
  if (clients !== '*') rules.push({ column: 'client', values: [...new Set(clients)].sort() })
  if (user !== undefined) rules.push({ column: 'user', values: [user] })
  return rules.length === 0 ? undefined : rules
}

/** A function that says whether a text is in scope. */
export function compileRule({ values }: ScopeRule): (text: string | null | undefined) => boolean {
  const known: ReadonlySet<unknown> = new Set(values)
  return text => known.has(text)
}
