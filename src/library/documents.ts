// The types of what the library answers. Made by "npm run docs" from the schemas of the documents. Longer than usual: one
// list of all documents. `Money` is a number, or text with all digits where that was asked for.

export type ActivityReport<Money = number> = {
  readonly schema: 'usagebook/activity-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly by: readonly ('activity' | 'user' | 'day' | 'client')[]
  readonly total: number
  readonly groups?: readonly {
    readonly count: number
    readonly share: number | null
    readonly percent: number | null
    readonly firstSeen: string | null
    readonly lastSeen: string | null
  }[]
  readonly days?: readonly {
    readonly day: string
    readonly count: number
    readonly users: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type SessionsReport<Money = number> = {
  readonly schema: 'usagebook/sessions-report@2'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly summary?: {
    readonly sessions: number
    readonly activeUsers: number
    readonly meanLengthMs: number | null
    readonly medianLengthMs: number | null
    readonly meanQueries: number | null
    readonly meanRequests: number | null
    readonly meanCostUsd?: Money | null
    readonly completedShare: number | null
    readonly meanAnalyses: number | null
    readonly unpricedAnalyses?: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly byDay?: readonly {
    readonly day: string
    readonly sessions: number
    readonly activeUsers: number
    readonly meanLengthMs: number | null
    readonly medianLengthMs: number | null
    readonly meanQueries: number | null
    readonly meanRequests: number | null
    readonly meanCostUsd?: Money | null
    readonly completedShare: number | null
    readonly meanAnalyses: number | null
    readonly unpricedAnalyses?: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly sessions?: readonly {
    readonly session: string | null
    readonly user: string | null
    readonly client: string | null
    readonly lengthMs: number
    readonly start: string
    readonly end: string
    readonly events: number
    readonly requests: number
    readonly queries: number
    readonly errors: number
    readonly costUsd?: Money | null
    readonly unpricedAnalyses?: number
    readonly completed: boolean
    readonly analyses: number
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type RequestsReport<Money = number> = {
  readonly schema: 'usagebook/requests-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly activeUsers: number
  readonly totalRequests: number
  readonly totalErrors: number
  readonly users?: readonly {
    readonly user: string | null
    readonly minutes: number
    readonly requests: number
    readonly errors: number
    readonly features: readonly string[]
    readonly lastErrors: readonly {
      readonly at: string
      readonly statusCode: string | null
      readonly type: string | null
      readonly message: string | null
    }[]
  }[]
  readonly topFeatures?: readonly {
    readonly feature: string | null
    readonly requests: number
    readonly share: number | null
    readonly errors: number
    readonly users: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly topEndpoints?: readonly {
    readonly endpoint: string | null
    readonly requests: number
    readonly share: number | null
    readonly errors: number
    readonly users: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly errorBreakdown?: readonly {
    readonly statusCode: string | null
    readonly errors: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly buckets?: readonly {
    readonly timestamp: string
    readonly requests: number
    readonly ok: number
    readonly errors: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type ErrorsReport<Money = number> = {
  readonly schema: 'usagebook/errors-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly summary?: {
    readonly events: number
    readonly errors: number
    readonly errorRate: number | null
    readonly usersWithErrors: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly byCode?: readonly {
    readonly code: string | null
    readonly errors: number
    readonly share: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byType?: readonly {
    readonly type: string | null
    readonly errors: number
    readonly share: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byEndpoint?: readonly {
    readonly endpoint: string | null
    readonly share: number | null
    readonly events: number
    readonly errors: number
    readonly errorRate: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byUser?: readonly {
    readonly user: string | null
    readonly share: number | null
    readonly events: number
    readonly errors: number
    readonly errorRate: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly buckets?: readonly {
    readonly timestamp: string
    readonly errors: number
    readonly errorRate: number | null
    readonly events: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly recent?: readonly {
    readonly message: string | null
    readonly type: string | null
    readonly code: string | null
    readonly endpoint: string | null
    readonly user: string | null
    readonly lastSeen: string
    readonly errors: number
    readonly firstSeen: string
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type LatencyReport<Money = number> = {
  readonly schema: 'usagebook/latency-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly summary?: {
    readonly events: number
    readonly requests: number
    readonly meanDurationMs: number | null
    readonly p50DurationMs: number | null
    readonly p90DurationMs: number | null
    readonly p95DurationMs: number | null
    readonly p99DurationMs: number | null
    readonly maxDurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly distribution?: readonly { readonly from: number; readonly to: number; readonly count: number }[]
  readonly byEndpoint?: readonly {
    readonly endpoint: string | null
    readonly events: number
    readonly requests: number
    readonly meanDurationMs: number | null
    readonly p50DurationMs: number | null
    readonly p90DurationMs: number | null
    readonly p95DurationMs: number | null
    readonly p99DurationMs: number | null
    readonly maxDurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byModel?: readonly {
    readonly model: string | null
    readonly events: number
    readonly requests: number
    readonly meanDurationMs: number | null
    readonly p50DurationMs: number | null
    readonly p90DurationMs: number | null
    readonly p95DurationMs: number | null
    readonly p99DurationMs: number | null
    readonly maxDurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byClient?: readonly {
    readonly client: string | null
    readonly events: number
    readonly requests: number
    readonly meanDurationMs: number | null
    readonly p50DurationMs: number | null
    readonly p90DurationMs: number | null
    readonly p95DurationMs: number | null
    readonly p99DurationMs: number | null
    readonly maxDurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly buckets?: readonly {
    readonly timestamp: string
    readonly events: number
    readonly requests: number
    readonly meanDurationMs: number | null
    readonly p50DurationMs: number | null
    readonly p90DurationMs: number | null
    readonly p95DurationMs: number | null
    readonly p99DurationMs: number | null
    readonly maxDurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type ModelsReport<Money = number> = {
  readonly schema: 'usagebook/models-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly byModel?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly requests: number
    readonly share: number | null
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byDay?: readonly {
    readonly day: string
    readonly analyses: number
    readonly requests: number
    readonly share: number | null
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type FeaturesReport<Money = number> = {
  readonly schema: 'usagebook/features-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly features?: readonly {
    readonly feature: string | null
    readonly analyses: number
    readonly uses: number
    readonly share: number | null
    readonly users: number
    readonly adoption: number | null
    readonly errors: number
    readonly errorRate: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type QueriesReport<Money = number> = {
  readonly schema: 'usagebook/queries-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly summary?: {
    readonly queries: number
    readonly suggested: number
    readonly typed: number
    readonly suggestedShare: number | null
    readonly meanLength: number | null
    readonly responses: number
    readonly withVisualization: number
    readonly visualizationShare: number | null
    readonly meanProcessingMs: number | null
    readonly medianLength: number | null
    readonly p95ProcessingMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly lengths?: readonly { readonly from: number; readonly to: number; readonly count: number }[]
  readonly byType?: readonly {
    readonly type: string | null
    readonly queries: number
    readonly suggested: number
    readonly typed: number
    readonly suggestedShare: number | null
    readonly meanLength: number | null
    readonly responses: number
    readonly withVisualization: number
    readonly visualizationShare: number | null
    readonly meanProcessingMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byDay?: readonly {
    readonly day: string
    readonly queries: number
    readonly suggested: number
    readonly typed: number
    readonly suggestedShare: number | null
    readonly meanLength: number | null
    readonly responses: number
    readonly withVisualization: number
    readonly visualizationShare: number | null
    readonly meanProcessingMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type UploadsReport<Money = number> = {
  readonly schema: 'usagebook/uploads-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly summary?: {
    readonly files: number
    readonly totalBytes: number
    readonly meanBytes: number | null
    readonly medianBytes: number | null
    readonly p95Bytes: number | null
    readonly maxBytes: number | null
    readonly totalRows: number
    readonly medianRows: number | null
    readonly users: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly sizes?: readonly { readonly from: number; readonly to: number; readonly count: number }[]
  readonly rows?: readonly { readonly from: number; readonly to: number; readonly count: number }[]
  readonly byType?: readonly {
    readonly type: string | null
    readonly share: number | null
    readonly files: number
    readonly totalBytes: number
    readonly meanBytes: number | null
    readonly medianBytes: number | null
    readonly p95Bytes: number | null
    readonly maxBytes: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byDay?: readonly {
    readonly day: string
    readonly share: number | null
    readonly files: number
    readonly totalBytes: number
    readonly meanBytes: number | null
    readonly medianBytes: number | null
    readonly p95Bytes: number | null
    readonly maxBytes: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type FeedbackReport<Money = number> = {
  readonly schema: 'usagebook/feedback-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly summary?: {
    readonly count: number
    readonly rated: number
    readonly meanRating: number | null
    readonly users: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly ratingDistribution?: readonly {
    readonly rating: number
    readonly count: number
    readonly share: number | null
  }[]
  readonly byDay?: readonly {
    readonly day: string
    readonly count: number
    readonly meanRating: number | null
    readonly rating1?: number
    readonly rating2?: number
    readonly rating3?: number
    readonly rating4?: number
    readonly rating5?: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byProfile?: readonly {
    readonly profile: string | null
    readonly count: number
    readonly meanRating: number | null
    readonly rating1?: number
    readonly rating2?: number
    readonly rating3?: number
    readonly rating4?: number
    readonly rating5?: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byModel?: readonly {
    readonly model: string | null
    readonly count: number
    readonly meanRating: number | null
    readonly rating1?: number
    readonly rating2?: number
    readonly rating3?: number
    readonly rating4?: number
    readonly rating5?: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type ThreatsReport<Money = number> = {
  readonly schema: 'usagebook/threats-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly summary?: {
    readonly totalThreats: number
    readonly unresolvedThreats: number
    readonly criticalThreats: number
    readonly highThreats: number
    readonly addresses: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly bySeverity?: readonly {
    readonly severity: string | null
    readonly count: number
    readonly share: number | null
    readonly unresolved: number
    readonly critical: number
    readonly high: number
    readonly lastSeen: string | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly topThreatTypes?: readonly {
    readonly type: string | null
    readonly count: number
    readonly share: number | null
    readonly unresolved: number
    readonly critical: number
    readonly high: number
    readonly lastSeen: string | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly topAddresses?: readonly {
    readonly address: string | null
    readonly count: number
    readonly share: number | null
    readonly unresolved: number
    readonly critical: number
    readonly high: number
    readonly lastSeen: string | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly recent?: readonly {
    readonly type: string | null
    readonly severity: string | null
    readonly address: string | null
    readonly resolved: string | null
    readonly lastSeen: string
    readonly count: number
    readonly firstSeen: string
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type CountriesReport<Money = number> = {
  readonly schema: 'usagebook/countries-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly countries?: readonly {
    readonly country: string | null
    readonly events: number
    readonly requests: number
    readonly share: number | null
    readonly users: number
    readonly costUsd?: Money | null
    readonly errors: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type TrendsReport<Money = number> = {
  readonly schema: 'usagebook/trends-report@2'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly metrics?: readonly {
    readonly metric: string
    readonly value: Money | number | null
    readonly before: Money | number | null
    readonly change: Money | number | null
    readonly changePercent: number | null
    readonly direction: 'up' | 'down' | 'same' | null
    readonly unit: 'count' | 'share' | 'usd' | 'tokens' | 'ms' | 'number'
    readonly changePoints: number | null
    readonly unpricedAnalyses: number | null
    readonly unpricedAnalysesBefore: number | null
  }[]
  readonly series?: readonly {
    readonly timestamp: string
    readonly analyses: number
    readonly costUsd?: Money | null
    readonly totalTokens: number
    readonly errors: number
    readonly requests: number
    readonly unpricedAnalyses?: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type ClientsReport<Money = number> = {
  readonly schema: 'usagebook/clients-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly clients?: readonly {
    readonly client: string | null
    readonly analyses: number
    readonly requests: number
    readonly share: number | null
    readonly users: number
    readonly errors: number
    readonly errorRate: number | null
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly trend: number | null
    readonly rank: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type UsageReport<Money = number> = {
  readonly schema: 'usagebook/usage-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly summary?: {
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly clients: number
    readonly users: number
    readonly profiles: number
    readonly models: number
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly byClient?: readonly {
    readonly client: string | null
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly share: number | null
    readonly topProfiles: readonly {
      readonly profile: string | null
      readonly analyses: number
      readonly costUsd?: Money | null
    }[]
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byUser?: readonly {
    readonly user: string | null
    readonly clients: readonly string[]
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly share: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byProfile?: readonly {
    readonly profile: string | null
    readonly clients: readonly string[]
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly share: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byModel?: readonly {
    readonly model: string | null
    readonly provider: string | null
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly share: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly byDate?: readonly {
    readonly date: string
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly share: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type GroupReport<Money = number> = {
  readonly schema: 'usagebook/group-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly groupBy: readonly string[]
  readonly summary: {
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly rows: readonly {
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly share: number | null
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type ExplainReport<Money = number> = {
  readonly schema: 'usagebook/explain-report@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly explainBy: readonly string[]
  readonly summary: {
    readonly analyses: number
    readonly checks: number
    readonly errors: number
    readonly errorRate: number | null
    readonly inputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
    readonly outputTokens: number
    readonly totalTokens: number
    readonly costUsd?: Money | null
    readonly costSource?: 'logged' | 'estimated' | 'mixed' | 'none'
    readonly unpricedAnalyses?: number
    readonly meanDurationMs: number | null
    readonly p95DurationMs: number | null
    readonly previous?: { readonly [key: string]: Money | number | null }
    readonly change?: { readonly [key: string]: Money | number | null }
  }
  readonly explain: {
    readonly sentence: string
    readonly quantity: 'requests' | 'tokens'
    readonly method: 'before' | 'midpoint'
    readonly total: {
      readonly before: Money
      readonly after: Money
      readonly parts: {
        readonly volume: number
        readonly mix: number
        readonly price: number
        readonly new: number
        readonly lost: number
        readonly unpriced: number
      }
      readonly change: Money
    }
    readonly lines: readonly {
      readonly before: Money
      readonly after: Money
      readonly parts: {
        readonly volume: number
        readonly mix: number
        readonly price: number
        readonly new: number
        readonly lost: number
        readonly unpriced: number
      }
      readonly change: Money
      readonly quantity: { readonly before: number; readonly after: number }
      readonly unpriced: { readonly before: number; readonly after: number }
    }[]
  }
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type EventsDocument = {
  readonly schema: 'usagebook/events@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly events: readonly { readonly timestamp: string; readonly event: string; readonly status: 'ok' | 'error' }[]
}

export type DashboardDocument<Money = number> = {
  readonly schema: 'usagebook/dashboard@1'
  readonly generatedAt: string
  readonly period: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly compare?: {
    readonly start: string | null
    readonly end: string | null
    readonly timezone: string
    readonly label: string
  }
  readonly ledger: {
    readonly files: number | null
    readonly bytes: number | null
    readonly read: number | null
    readonly used: number
    readonly filtered: number | null
    readonly other: number
    readonly duplicate: number
    readonly rejected: number
    readonly rejectedBy: { readonly [key: string]: number }
    readonly undecided?: number
    readonly warnings?: readonly string[]
    readonly lines?: {
      readonly read: number
      readonly events: number
      readonly other: number
      readonly rejected: number
    }
    readonly complete: boolean
    readonly failures?: readonly { readonly file: string; readonly message: string }[]
    readonly summarized?: {
      readonly events: number
      readonly days: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly compared?: {
      readonly read: number | null
      readonly rejected: number
      readonly unusedBy: { readonly [key: string]: number }
    }
    readonly differing?: {
      readonly lines: number
      readonly file: string
      readonly line: number | null
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly value: string
        readonly firstFile: string
        readonly firstLine: number | null
        readonly firstValue: string
      }[]
    }
    readonly unread?: {
      readonly analyses: number
      readonly of: number
      readonly files: readonly string[]
      readonly models: readonly (string | null)[]
      readonly fields: readonly {
        readonly field: string
        readonly file: string
        readonly line: number | null
        readonly example: string
        readonly lines: number
      }[]
    }
  }
  readonly sources?: readonly { readonly format: string; readonly place: string; readonly files: number }[]
  readonly prices?: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly currency?: { readonly code: string; readonly perUsd: Money; readonly from: string | null }
  readonly unpriced?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly unpricedBefore?: readonly {
    readonly model: string | null
    readonly analyses: number
    readonly totalTokens: number
    readonly reasons: readonly string[]
  }[]
  readonly range: '24h' | '7d' | '1m' | '3m' | 'custom'
  readonly requestsAre: 'requests' | 'analyses'
  readonly tables?: { readonly [key: string]: readonly { readonly [key: string]: unknown }[] }
  readonly requests: readonly { readonly timestamp: string; readonly success: number; readonly error: number }[]
  readonly errorsBreakdown: readonly { readonly label: string; readonly value: number }[]
  readonly topModels: readonly { readonly name: string; readonly requests: number }[]
  readonly costs: readonly { readonly timestamp: string; readonly cost: Money | null }[]
  readonly topCountries: readonly { readonly name: string; readonly requests: number }[]
  readonly latency: readonly { readonly timestamp: string; readonly latency: number | null }[]
  readonly summary: {
    readonly totalRequests: number
    readonly successfulRequests: number
    readonly avgLatencyMs: number | null
    readonly totalCost: Money | null
    readonly totalTokens: number
    readonly avgTokensPerRequest: number | null
    readonly avgCostPerRequest: Money | null
  }
  readonly users: {
    readonly activeUsers: number
    readonly totalSessions: number
    readonly avgSessionCost: Money | null
    readonly avgSessionRequests: number | null
  }
  readonly feedback: {
    readonly totalFeedback: number
    readonly avgRating: number | null
    readonly ratingDistribution: readonly { readonly rating: number; readonly count: number }[]
  }
  readonly threats: {
    readonly totalThreats: number
    readonly unresolvedThreats: number
    readonly criticalThreats: number
    readonly highThreats: number
    readonly topThreatTypes: readonly { readonly type: string | null; readonly count: number }[]
  }
  readonly problems: readonly {
    readonly file: string
    readonly line: number | null
    readonly reason: string
    readonly field?: string
    readonly value?: string
  }[]
}

export type StatementDocument<Money = number> = {
  readonly schema: 'usagebook/statement@1'
  readonly number: string
  readonly corrects?: string
  readonly kind: 'statement' | 'credit-note' | 'debit-note'
  readonly client: string | null
  readonly name: string
  readonly costCentre: string | null
  readonly contact: string | null
  readonly period: { readonly start: string; readonly end: string; readonly timezone: string; readonly label: string }
  readonly filters: { readonly [key: string]: readonly string[] }
  readonly currency: { readonly code: string; readonly perUsd: number; readonly from: string | null }
  readonly prices: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly lines: readonly {
    readonly kind: 'usage' | 'shared' | 'markup' | 'discount' | 'fixed' | 'minimum' | 'tax'
    readonly name: string
    readonly profile?: string | null
    readonly model?: string | null
    readonly shared?: string
    readonly requests?: number
    readonly tokens?: number
    readonly unitPrice?: number
    readonly costUsd?: Money
    readonly amount: number
  }[]
  readonly net: number
  readonly tax: number
  readonly total: number
  readonly unpricedAnalyses: number
  readonly ledger: { readonly used: number; readonly rejected: number }
}

export type StatementsDocument<Money = number> = {
  readonly schema: 'usagebook/statements@1'
  readonly statements: readonly {
    readonly schema: 'usagebook/statement@1'
    readonly number: string
    readonly corrects?: string
    readonly kind: 'statement' | 'credit-note' | 'debit-note'
    readonly client: string | null
    readonly name: string
    readonly costCentre: string | null
    readonly contact: string | null
    readonly period: { readonly start: string; readonly end: string; readonly timezone: string; readonly label: string }
    readonly filters: { readonly [key: string]: readonly string[] }
    readonly currency: { readonly code: string; readonly perUsd: number; readonly from: string | null }
    readonly prices: { readonly source: string; readonly hash: string; readonly mode: string }
    readonly lines: readonly {
      readonly kind: 'usage' | 'shared' | 'markup' | 'discount' | 'fixed' | 'minimum' | 'tax'
      readonly name: string
      readonly profile?: string | null
      readonly model?: string | null
      readonly shared?: string
      readonly requests?: number
      readonly tokens?: number
      readonly unitPrice?: number
      readonly costUsd?: Money
      readonly amount: number
    }[]
    readonly net: number
    readonly tax: number
    readonly total: number
    readonly unpricedAnalyses: number
    readonly ledger: { readonly used: number; readonly rejected: number }
  }[]
  readonly outdated: readonly string[]
}

export type DoctorDocument = {
  readonly schema: 'usagebook/doctor@1'
  readonly generatedAt: string
  readonly workspace: string
  readonly isHealthy: boolean
  readonly ok: number
  readonly warnings: number
  readonly failures: number
  readonly checks: readonly {
    readonly name: string
    readonly verdict: 'ok' | 'warning' | 'failure'
    readonly message: string
    readonly hint: string | null
  }[]
}

/** The document of each report, by its name. */
export interface ReportDocuments<Money = number> {
  readonly usage: UsageReport<Money>
  readonly requests: RequestsReport<Money>
  readonly errors: ErrorsReport<Money>
  readonly sessions: SessionsReport<Money>
  readonly latency: LatencyReport<Money>
  readonly models: ModelsReport<Money>
  readonly features: FeaturesReport<Money>
  readonly activity: ActivityReport<Money>
  readonly countries: CountriesReport<Money>
  readonly feedback: FeedbackReport<Money>
  readonly threats: ThreatsReport<Money>
  readonly uploads: UploadsReport<Money>
  readonly queries: QueriesReport<Money>
  readonly clients: ClientsReport<Money>
  readonly trends: TrendsReport<Money>
}
