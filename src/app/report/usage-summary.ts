// The summary of the last hours in the form that earlier applications expect: it has names of its own, and is made from the
// documents of the requests report and of the list of events.
import type { JsonValue } from '../../base/json.ts'

/** What of the requests report it is made from. */
export interface RequestsDocument {
  readonly period: { readonly start: string | null; readonly end: string | null }
  readonly activeUsers: number
  readonly totalRequests: number
  readonly totalErrors: number
  readonly users: readonly {
    readonly user: string | null
    readonly minutes: number
    readonly requests: number
    readonly errors: number
    readonly features: readonly string[]
  }[]
  readonly topFeatures: readonly { readonly feature: string | null; readonly requests: number }[]
  readonly errorBreakdown: readonly { readonly statusCode: string | null; readonly errors: number }[]
}

/** What of failed events it is made from. */
export interface FailedEvent {
  readonly timestamp: string
  readonly user?: string | null
  readonly endpoint?: string | null
  readonly error?: JsonValue
  readonly error_type?: string | null
  readonly status_code?: string | null
}

export interface UsageSummary {
  readonly period_start: string | null
  readonly period_end: string | null
  readonly active_users: number
  readonly total_requests: number
  readonly total_errors: number
  readonly users: readonly {
    readonly email: string
    readonly total_time_minutes: number
    readonly features_used: readonly string[]
    readonly requests_count: number
    readonly errors_count: number
    readonly errors: readonly {
      readonly endpoint: string | null
      readonly error: string | null
      readonly timestamp: string
      readonly code: string | null
    }[]
  }[]
  readonly top_features: readonly { readonly name: string; readonly count: number }[]
  readonly error_breakdown: Readonly<Record<string, number>>
}

const UNKNOWN = '(none)'

export function usageSummary(document: RequestsDocument, failed: readonly FailedEvent[]): UsageSummary {
  const byUser = failedByUser(failed)
  return {
    period_start: document.period.start,
    period_end: document.period.end,
    active_users: document.activeUsers,
    total_requests: document.totalRequests,
    total_errors: document.totalErrors,
    users: document.users.map(({ user, minutes, requests, errors, features }) => ({
      email: user ?? UNKNOWN,
      total_time_minutes: minutes,
      features_used: features,
      requests_count: requests,
      errors_count: errors,
      errors: (byUser.get(user ?? UNKNOWN) ?? []).map(errorOf),
    })),
    top_features: document.topFeatures.map(({ feature, requests }) => ({ name: feature ?? UNKNOWN, count: requests })),
    error_breakdown: Object.fromEntries(
      document.errorBreakdown.map(({ statusCode, errors }) => [statusCode ?? UNKNOWN, errors]),
    ),
  }
}

function failedByUser(failed: readonly FailedEvent[]): Map<string, FailedEvent[]> {
  const byUser = new Map<string, FailedEvent[]>()
  for (const event of failed) {
    const user = event.user ?? UNKNOWN
    const own = byUser.get(user)
    if (own === undefined) byUser.set(user, [event])
    else own.push(event)
  }
  return byUser
}

function errorOf({ endpoint, error, error_type, timestamp, status_code }: FailedEvent) {
  const message = typeof error === 'string' ? error : (error_type ?? null)
  return { endpoint: endpoint ?? null, error: message, timestamp, code: status_code ?? null }
}
