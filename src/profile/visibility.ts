// Who may use a profile.
import type { ProfileFields } from './profile-schema.ts'

export type Visibility = Pick<ProfileFields, 'visibility' | 'visible_to_clients'>

export function isVisibleTo(client: string, fields: Visibility): boolean {
  return fields.visibility !== 'client_specific' || (fields.visible_to_clients ?? []).includes(client)
}

/** "all", or the clients by name. */
export function formatVisibility(fields: Visibility): string {
  return fields.visibility === 'client_specific' ? (fields.visible_to_clients ?? []).join(', ') : 'all'
}
