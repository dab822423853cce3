// What a dashboard is looked at by: the number that its chart shows and its tables are ordered by, and what that is made of.

export const DASHBOARD_METRICS = ['cost', 'requests', 'tokens', 'errors', 'latency'] as const
export type DashboardMetric = (typeof DASHBOARD_METRICS)[number]

export const STACK_FIELDS = ['client', 'model', 'profile', 'user'] as const
export type StackField = (typeof STACK_FIELDS)[number]

export interface DashboardView {
  readonly metric: DashboardMetric
  /** Null where a chart is of one piece. */
  readonly stackBy: StackField | null
}
