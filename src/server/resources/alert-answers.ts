// The shapes of answers about alerts, budgets, silences and messages.
import * as z from 'zod'

const text = z.string()
const labels = z.record(text, text)
const severity = z.enum(['low', 'medium', 'high', 'critical'])
const amount = z.number()

const alertState = {
  labels,
  state: z.enum(['ok', 'pending', 'firing', 'recovering']),
  since: text.describe('since when it is in this state'),
  began: text.describe('since when its condition holds'),
  firedAt: text.nullable(),
  told: z.array(text).nullable().describe('the targets that were told; null where nobody was'),
  value: text.nullable().describe('when it fired'),
  limit: text.nullable(),
  window: text.nullable(),
  causes: z.array(z.strictObject({ name: text, value: text })).describe('the largest'),
  next: text.nullable().describe('the command that shows more'),
  page: text.nullable().describe('the page that shows more, below the base path'),
  silencedUntil: text.nullable(),
}

export const alert = z.strictObject({ rule: text, severity, ...alertState, when: text })

export const rule = z.strictObject({
  name: text,
  when: text,
  builtIn: z.boolean(),
  severity,
  checkedTo: text.nullable().describe('up to when events were looked at; null where no check has looked yet'),
  alerts: z.array(z.strictObject(alertState)),
})

export const episode = z.strictObject({
  episode: text,
  rule: text,
  labels,
  mark: text.nullable().describe('of a budget "80 %" or "forecast", of a day "unusual"'),
  firedAt: text,
  endedAt: text.nullable(),
})

export const silence = z.strictObject({
  id: text,
  match: labels,
  until: text,
  why: text.nullable(),
  state: z.enum(['active', 'over']),
})

export const silenceAnswer = z.strictObject({ status: z.literal('success'), message: text, silence })

export const newSilence = z.strictObject({
  match: labels.describe('what an alert must have: rule, severity, client, user, and so on, with * as wildcard'),
  until: text.describe('how long, such as 2h or 3d; or a day or an instant at which it ends'),
  why: text.max(1000).optional(),
})

const forecast = z.strictObject({ value: amount, low: amount, high: amount })

const budgetFields = {
  name: text,
  scope: z.record(text, z.array(text)),
  per: z.enum(['day', 'week', 'month']),
  period: text,
  from: text,
  to: text,
  timezone: text,
  usedUsd: amount,
  isAtLeast: z.boolean().describe('something has no price'),
  unpricedAnalyses: z.int(),
  limitUsd: amount,
  leftUsd: amount,
  usedPercent: amount,
  state: z.enum(['ok', 'warning', 'over']),
  warnAt: z.array(z.number()),
  hard: z.boolean(),
  refuse: z.boolean().describe('whether an application that asks must refuse what comes next'),
  forecast: forecast.nullable().optional().describe('null where there are under 14 days of logs'),
  isForecastOver: z.boolean().optional(),
  page: text.describe('the page that shows the same sum, below the base path'),
}

export const budget = z.strictObject(budgetFields)

export const oneBudget = z.strictObject({
  ...budgetFields,
  days: z.array(z.strictObject({ day: text, costUsd: amount, unpricedAnalyses: z.int() })),
  isComplete: z.boolean().describe('whether all logs could be read'),
})

export const message = z.strictObject({
  id: text,
  target: text,
  rule: text,
  title: text,
  labels,
  state: z.enum(['waiting', 'delivered', 'dead', 'dropped']),
  tries: z.int(),
  problem: text.nullable(),
  lastAt: text.nullable(),
  nextAt: text.nullable(),
})
