// What somebody is told who says that threats are resolved.

export interface ResolvedThreat {
  readonly id: string
  readonly client: string | null
}

export interface ResolveAnswer {
  readonly status: 'success'
  readonly message: string
  readonly resolved: readonly ResolvedThreat[]
  /** Those that were resolved before. */
  readonly alreadyResolved: readonly ResolvedThreat[]
}
