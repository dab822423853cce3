// The shapes that JSON documents share, for the published schemas and for the tests that check documents against them.
import * as z from 'zod'
import { UNUSED_REASONS } from '../../query/ledger.ts'

export const count = z.number().int().min(0)
export const amount = z.number()
export const share = z.number().nullable().describe('a part of 1')
export const shareOf = (whole: string) => z.number().nullable().describe(`a part of 1, of the ${whole}`)
export const name = z.string().nullable().describe('null where the events give none')
export const money = z.number().min(0).nullable().describe('dollars, all digits; null where nothing is priced')
export const duration = z.number().min(0).nullable().describe('milliseconds')
export const instant = z.iso.datetime({ offset: true })
export const date = z.iso.date()
/** A day, or the start of an hour. */
export const at = z.union([date, instant])

const UNSEEN = 'null for who may see only some of the lines'
const all = count.nullable().describe(UNSEEN)
const line = count.nullable().describe(UNSEEN)

const period = z.strictObject({
  start: instant.nullable(),
  end: instant.nullable(),
  timezone: z.string(),
  label: z.string(),
})

export const unread = z.strictObject({
  analyses: count.describe('analyses whose cost is unknown, because none of their log or model carries usage'),
  of: count.describe('of so many analyses in all'),
  files: z.array(z.string()).describe('the log files that are meant; empty where all are'),
  models: z.array(name).describe('the models that are meant, in whatever file'),
  fields: z.array(
    z.strictObject({
      field: z.string().describe('a field that looks like usage and was not read'),
      file: z.string(),
      line,
      example: z.string(),
      lines: count.describe('lines that have it, of those that were looked at'),
    }),
  ),
})

const differing = z.strictObject({
  lines: count.describe('lines that repeat an id with other tokens or another cost'),
  file: z.string().describe('where the first of them is'),
  line,
  fields: z.array(
    z.strictObject({
      field: z.string().describe('a field in which the first of them differs; none where it was not found again'),
      file: z.string(),
      line,
      value: z.string().describe('what it says; none where it says nothing'),
      firstFile: z.string().describe('where the line is that counts'),
      firstLine: line,
      firstValue: z.string(),
    }),
  ),
})

const unusedBy = z
  .partialRecord(z.enum(UNUSED_REASONS), count)
  .describe('pruned events that the summaries cannot answer for, by why')

const lines = z.strictObject({
  read: count.describe('events + other + rejected'),
  events: count.describe('lines with an event, or several'),
  other: count.describe('lines without any'),
  rejected: count,
})

export const sources = z.array(
  z.strictObject({ format: z.string(), place: z.string().describe('the folder, or the file'), files: count }),
)

const ledger = z.strictObject({
  files: all,
  bytes: all,
  read: count.nullable().describe(`used + filtered + other + duplicate + rejected; ${UNSEEN}`),
  used: count,
  filtered: all,
  other: count,
  duplicate: count,
  rejected: count,
  rejectedBy: z.record(z.string(), count),
  undecided: count
    .optional()
    .describe('events that do not say whether cached tokens or reasoning are inside or beside; taken to be inside'),
  warnings: z.array(z.string()).optional().describe('what else must be known of the logs; absent where nothing must'),
  lines: lines
    .optional()
    .describe('of logs whose lines are not one event each; the counts of such logs are then of events'),
  complete: z.boolean(),
  failures: z.array(z.strictObject({ file: z.string(), message: z.string() })).optional(),
  summarized: z
    .strictObject({ events: count, days: count, unusedBy })
    .optional()
    .describe('events that the log was pruned of; absent where none would have counted'),
  compared: z
    .strictObject({ read: all, rejected: count, unusedBy })
    .optional()
    .describe('what the numbers of the period compared with lack; absent where nothing does'),
  differing: differing.optional().describe('duplicates that differ from the line that counts; absent where none does'),
  unread: unread.optional().describe('usage that was logged and not understood; absent where there is none'),
})

const unpricedModels = z.array(
  z.strictObject({ model: name, analyses: count, totalTokens: count, reasons: z.array(z.string()) }),
)

const priced = {
  prices: z.strictObject({ source: z.string(), hash: z.string(), mode: z.string() }).optional(),
  currency: z
    .strictObject({
      code: z.string(),
      perUsd: z.number().describe('dollars in this currency: what one is worth'),
      from: z.string().nullable(),
    })
    .optional(),
  unpriced: unpricedModels.optional(),
  unpricedBefore: unpricedModels.optional().describe('of the period compared with; absent where all has a price'),
}

const problems = z.array(
  z.strictObject({
    file: z.string(),
    line,
    reason: z.string(),
    field: z.string().optional().describe('the field that is wrong, as the line calls it'),
    value: z.string().optional().describe('what the line has there, shortened'),
  }),
)

/** A document of its own: what stands around the keys of every report. */
export function documentShape<Shape extends z.ZodRawShape>(schema: string, keys: Shape, hasCost = false) {
  return z.strictObject({
    schema: z.literal(`usagebook/${schema}`),
    generatedAt: z.iso.datetime(),
    period,
    filters: z.record(z.string(), z.array(z.string())),
    compare: period.optional(),
    ledger,
    sources: sources.optional().describe('the logs that are not native; absent where all are'),
    ...(hasCost ? priced : {}),
    ...keys,
    problems,
  })
}

/** Rows that may also tell of the range before; a cost in another currency has a key of its own: `costEur`. */
export function rowsOf(keys: z.ZodRawShape) {
  return z.array(rowOf(keys)).optional()
}

export function rowOf(keys: z.ZodRawShape) {
  const compared = z.record(z.string(), z.number().nullable().describe('dollars where the name begins with cost'))
  const comparison = { previous: compared.optional(), change: compared.optional() }
  return z.object({ ...keys, ...comparison }).catchall(z.number().nullable())
}

/** Requests, errors and what usage is measured by. */
export const usage = {
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  costUsd: money.optional(),
  unpricedAnalyses: count.optional(),
}
