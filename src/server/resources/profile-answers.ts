// The shapes of requests and answers about profiles and clients.
import * as z from 'zod'

const text = z.string()
const texts = z.array(text)
const number = z.int().min(0)
const why = z.string().max(2000).optional().describe('why, for the history')
const dryRun = z.boolean().optional().describe('say what would be done and change nothing')

/** Of every list. */
export const counts = { total: number, limit: number, offset: number }

const status = z.enum(['success', 'unchanged', 'dry-run'])
const visibility = z.enum(['all', 'client_specific'])

export const profileContent = z.looseObject({
  name: text,
  version: number,
  visibility: visibility.optional(),
  visible_to_clients: texts.optional(),
})

export const newProfile = z
  .looseObject({
    id: text.optional().describe('made from the name if absent'),
    name: text,
    visibility: visibility.optional(),
    visible_to_clients: texts.optional(),
  })
  .describe('the whole profile, and its id')

export const wholeProfile = z.looseObject({ name: text }).describe('the whole new content')

const set = z.record(z.string(), z.unknown()).optional().describe('values by path: {"checks.logo.weight": 2}')
const unset = texts.optional().describe('paths to remove')

export const edits = z.strictObject({ set, unset, message: why, dryRun })
export const bulkEdits = z.strictObject({
  pattern: z.string().min(1).max(200).describe('ids with * as wildcard: brand_*'),
  set,
  unset,
  message: why,
  dryRun,
})
export const visibilityChange = z.strictObject({
  all: z.boolean().optional().describe('everybody may see it'),
  clients: texts.optional().describe('exactly these'),
  add: texts.optional(),
  remove: texts.optional(),
  message: why,
  dryRun,
})
export const rollback = z.strictObject({
  to: z.int().min(1).max(999_999_999).optional().describe('the version to bring back; else the one before the newest'),
  message: why,
  dryRun,
})
export const newClient = z.strictObject({
  id: text,
  name: z.string().min(1).max(200).optional(),
  message: why,
  dryRun,
})

const versionAnswerShape = {
  status,
  message: text,
  profileId: text,
  previousProfileId: text.nullable(),
  version: number,
  clientsMoved: texts,
  clientsRemoved: texts.optional(),
  changes: texts.optional(),
  notes: texts.optional().describe('what else to know about it'),
}
export const versionAnswer = z.strictObject(versionAnswerShape)
export const bulkAnswer = z.strictObject({ status, message: text, profiles: z.array(versionAnswer) })

export const profileList = z.strictObject({
  profiles: z.array(
    z.strictObject({
      profile: text,
      profileId: text,
      version: number,
      name: text,
      visibility,
      visibleToClients: texts,
      usedBy: z.array(z.strictObject({ client: text, version: number })),
      modifiedAt: text.nullable(),
      modifiedBy: text.nullable(),
    }),
  ),
  broken: z.array(z.strictObject({ profileId: text, why: text })),
  ...counts,
})

export const historyAnswer = z.strictObject({
  profile: text,
  versions: z.array(
    z.strictObject({
      version: number,
      profileId: text,
      at: text.nullable(),
      by: text.nullable(),
      action: text.nullable(),
      message: text.nullable(),
      changes: texts,
      clients: texts,
      problem: text.optional(),
    }),
  ),
  ...counts,
})

const side = z.strictObject({ profileId: text, by: text.nullable(), at: text.nullable() })
export const diffAnswer = z.strictObject({
  from: side,
  to: side,
  differences: z.array(z.strictObject({ path: text, before: z.unknown().optional(), after: z.unknown().optional() })),
  patch: z.array(
    z.strictObject({ op: z.enum(['add', 'remove', 'replace']), path: text, value: z.unknown().optional() }),
  ),
})

export const usesAnswer = z.strictObject({
  profile: text,
  newestVersion: number,
  uses: z.array(z.strictObject({ client: text, name: text.nullable(), profileId: text, version: number })),
})

const listedClient = z.strictObject({ id: text, name: text.nullable(), profiles: texts })
export const clientList = z.strictObject({ clients: z.array(listedClient), ...counts })
export const shownClient = z.strictObject({
  id: text,
  name: text.nullable(),
  uses: z.array(z.strictObject({ profileId: text, version: number, newestVersion: number.nullable() })),
  maySee: texts,
})
export const clientAnswer = z.strictObject({
  status,
  message: text,
  client: text,
  profileId: text.nullable().optional(),
  previousProfileId: text.nullable().optional(),
})
export const clientProfiles = z.strictObject({
  client: text,
  name: text.nullable(),
  profiles: z.array(z.strictObject({ profile: text, profileId: text, version: number, content: profileContent })),
})

export const oldList = z.strictObject({
  status: z.literal('success'),
  profiles: z.array(
    z.strictObject({
      profile_id: text,
      name: text,
      version: number,
      visibility,
      visible_to_clients: texts,
      modified_at: text.nullable(),
      modified_by: text.nullable(),
    }),
  ),
  ...counts,
})
export const oldNew = newProfile.extend({ profile_id: text.optional().describe('as id') })
export const oldProfile = z.looseObject({ profile_id: text, name: text, version: number })
export const oldCreated = z.strictObject({ status: z.literal('success'), message: text, profile_id: text, visibility })
export const oldUpdated = z.strictObject({
  status: z.enum(['success', 'unchanged']),
  message: text,
  profile_id: text,
  previous_profile_id: text.nullable(),
  version: number,
})
