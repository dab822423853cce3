// What a profile file may contain. Keys that are not named here are kept unchecked.
import { z } from 'zod'
import { parseTimeText } from '../base/parse-time.ts'

const TIME = 'must be a time like 2026-02-02T10:00:00Z'
const TEXT = 'must be text'

const time = z.string(TIME).refine(text => parseTimeText(text) !== undefined, TIME)

const WEIGHT = 'must be a number of 0 or more'
const THRESHOLD = 'must be a number from 0 to 100'

const check = z.looseObject(
  {
    enabled: z.boolean('must be true or false').optional().describe('whether the check runs; absent means yes'),
    weight: z.number(WEIGHT).min(0, WEIGHT).optional().describe('how much it counts against the others'),
  },
  'must be an object like {"enabled": true, "weight": 2}',
)

export const profileSchema = z.looseObject({
  name: z
    .string(TEXT)
    .trim()
    .min(1, 'must not be empty')
    .max(200, 'must not be longer than 200 characters')
    .describe('the name that people read'),
  description: z.string(TEXT).optional().describe('what the profile is for'),
  version: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .describe('kept by usagebook: 1, 2, 3 and so on; the number in the name of the file'),
  visibility: z
    .enum(['all', 'client_specific'], 'must be "all" or "client_specific"')
    .optional()
    .describe('who may use it; absent means all'),
  visible_to_clients: z
    .array(z.string('must be the id of a client'), 'must be a list of clients')
    .optional()
    .describe('where client_specific: ids from clients.json'),
  created_at: time.optional().describe('kept by usagebook: when version 1 was made'),
  created_by: z.string(TEXT).optional().describe('kept by usagebook: who made version 1'),
  modified_at: time.optional().describe('kept by usagebook: when this version was made'),
  modified_by: z.string(TEXT).optional().describe('kept by usagebook: who made this version'),
  previous_version: z
    .string(TEXT)
    .nullable()
    .optional()
    .describe('kept by usagebook: the version this one was made from'),
  restored_from: z.string(TEXT).optional().describe('kept by usagebook: the old version that a rollback brought back'),
  pass_threshold: z
    .number(THRESHOLD)
    .min(0, THRESHOLD)
    .max(100, THRESHOLD)
    .optional()
    .describe('the score from which an analysis passes'),
  checks: z.record(z.string(), check, 'must be an object of checks by name').optional().describe('the checks by name'),
})

export type ProfileFields = z.infer<typeof profileSchema>

/** The known keys in the order in which new ones take their place in a file. */
export const KEY_ORDER: readonly string[] = Object.keys(profileSchema.shape)

/** Keys that usagebook writes itself, in the order in which it writes them; an edit cannot set them. */
export const KEPT_KEYS = [
  'version',
  'created_at',
  'created_by',
  'modified_at',
  'modified_by',
  'previous_version',
  'restored_from',
] as const
