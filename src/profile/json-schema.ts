// The published JSON Schemas of the files that people edit, made from what the files are checked with.
import { z } from 'zod'
import { clientsSchema } from './clients.ts'
import { profileSchema } from './profile-schema.ts'

/** By file name under docs/schema. */
export function makeJsonSchemas(): Record<string, object> {
  return {
    'profile.json': schemaOf(profileSchema, 'A version of a profile: profiles/ID.json or profiles/ID_vN.json'),
    'clients.json': schemaOf(clientsSchema, 'Which client uses which version of which profile: clients.json'),
  }
}

function schemaOf(schema: z.ZodType, title: string): object {
  return { title, ...z.toJSONSchema(schema, { io: 'input' }) }
}
