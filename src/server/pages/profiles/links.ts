// Addresses of the pages of a profile, and the choice between them.
import type { Markup } from '../../../render/html/markup.ts'
import type { Call } from '../../route.ts'
import { pathTo, views } from '../parts.ts'

/** Below no `/profiles/`, where every id may stand. */
export const NEW_PATH = '/new-profile'
export const MANY_PATH = '/edit-profiles'

/** Without the base path. `id` may name a version: "brand_check@1". */
export function profilePath(id: string, view?: 'edit' | 'history' | 'diff' | 'rollback'): string {
  const path = `/profiles/${encodeURIComponent(id).replaceAll('%40', '@')}`
  return view === undefined ? path : `${path}/${view}`
}

export function profileViews(
  call: Pick<Call, 'services'>,
  profile: string,
  current: 'profile' | 'history' | 'diff' | 'other',
): Markup {
  return views('Views of the profile', [
    { label: 'Profile', href: pathTo(call, profilePath(profile)), isCurrent: current === 'profile' },
    { label: 'History', href: pathTo(call, profilePath(profile, 'history')), isCurrent: current === 'history' },
    { label: 'Compare', href: pathTo(call, profilePath(profile, 'diff')), isCurrent: current === 'diff' },
  ])
}
