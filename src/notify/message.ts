// What is told, before anybody decides how: one change of one alert or budget, with the number, the reason and what to do next.

export type MessageKind = 'fire' | 'remind' | 'resolve'

export interface Message {
  readonly kind: MessageKind
  /** The name of the rule or budget. */
  readonly rule: string
  readonly severity: 'low' | 'medium' | 'high' | 'critical'
  /** Which of the groups of the rule, such as `{feature: 'chat'}`; empty for a rule without groups. */
  readonly labels: Readonly<Record<string, string>>
  /** Names the time from firing to the end: the same for all messages about it, another for the next one. */
  readonly episode: string
  /** Which period or threshold, where an episode is told more than once: `2026-01/80`, or the number of a reminder. */
  readonly period: string
  /** One line that says everything: `Budget diageo: $412.10 of $500.00 (82.4 %) in January 2026`. */
  readonly title: string
  /** As people read them: `12.5 %`, `$412.10`, `at least $412.10`. */
  readonly value: string
  readonly limit: string
  /** `the hour to 2026-02-02 14:00`, `January 2026`. */
  readonly window: string
  /** When it began, in event time. */
  readonly since: string
  /** The largest, at most three. */
  readonly causes: readonly { readonly name: string; readonly value: string }[]
  /** The command that shows more. */
  readonly next: string
  /** Where the server has an address. */
  readonly link?: string
}
