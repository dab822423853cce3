// What a check leaves for the next one: how far each rule has been looked at, how its alerts stand, what has been told.
import * as z from 'zod'

const labels = z.record(z.string(), z.string())
const instant = z.int()

const message = z.object({
  kind: z.enum(['fire', 'remind', 'resolve']),
  rule: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  labels,
  episode: z.string(),
  period: z.string(),
  title: z.string(),
  value: z.string(),
  limit: z.string(),
  window: z.string(),
  since: z.string(),
  causes: z.array(z.object({ name: z.string(), value: z.string() })),
  next: z.string(),
  link: z.string().optional(),
})

/** What there was to see when it fired. */
const facts = z.object({
  value: z.string(),
  limit: z.string(),
  window: z.string(),
  causes: message.shape.causes,
  next: z.string(),
  /** The page of the server that shows it, below its base path. */
  page: z.string(),
})

const group = z.object({
  labels,
  phase: z.enum(['ok', 'pending', 'firing', 'recovering']),
  since: instant,
  began: instant,
  firedAt: instant.nullable(),
  /** The episode under which it was told, and to whom; null where it was not, or not yet. */
  told: z
    .object({
      ...{ episode: z.string(), labels, targets: z.array(z.string()) },
      /** When the first fired of several that were told together: reminders count from it. */
      from: instant.optional(),
    })
    .nullable(),
  /** The number of the last reminder. */
  reminded: z.int(),
  /** Absent before it fires. */
  facts: facts.optional(),
})

const rule = z.object({
  /** Up to this instant its signal has been looked at. */
  evaluatedTo: instant,
  /** The last event that there was; null where there was none. */
  lastEvent: instant.nullable(),
  /** How many events the check saw from an instant to `evaluatedTo`: should there be fewer, logs have vanished. */
  seen: z.object({ from: instant, events: z.int() }),
  groups: z.array(group),
})

/** What is told once a period: a warning of a budget, a day out of the ordinary. */
const mark = z.object({
  rule: z.string(),
  labels,
  period: z.string(),
  /** `80`, `forecast`, `unusual` */
  mark: z.string(),
  /** The limit in dollars that it was told of: one that is raised arms it again. */
  limit: z.string(),
  at: instant,
})

export const transitionLine = z.object({
  at: z.string(),
  seq: z.int(),
  rule: z.string(),
  labels,
  to: z.string(),
  since: z.string(),
  episode: z.string().nullable(),
})

export const alertStateSchema = z.object({
  version: z.literal(1),
  seq: z.int().min(0),
  /** The lines of the last change, in case the process ended before they were appended to the transitions. */
  last: z.array(transitionLine),
  rules: z.record(z.string(), rule),
  marks: z.array(mark),
  /** Decided, and perhaps not in the outbox yet. */
  toTell: z.array(z.object({ message, targets: z.array(z.string()) })),
})

export type AlertState = z.infer<typeof alertStateSchema>
export type RuleState = z.infer<typeof rule>
export type GroupState = z.infer<typeof group>
export type AlertFacts = z.infer<typeof facts>
export type Mark = z.infer<typeof mark>
export type TransitionLine = z.infer<typeof transitionLine>

export const NO_ALERTS: AlertState = { version: 1, seq: 0, last: [], rules: {}, marks: [], toTell: [] }
