// The pages of profiles.
import type { Route } from '../../route.ts'
import { CREATE_FORM, CREATE_PAGE } from './create.ts'
import { DIFF_PAGE } from './diff.ts'
import { EDIT_FORM, EDIT_PAGE } from './edit.ts'
import { MANY_FORM, MANY_PAGE } from './edit-many.ts'
import { HISTORY_PAGE } from './history.ts'
import { PROFILES_PAGE } from './list.ts'
import { ROLLBACK_FORM, ROLLBACK_PAGE } from './rollback.ts'
import { PROFILE_PAGE } from './show.ts'

export const PROFILE_PAGES: readonly Route[] = [
  PROFILES_PAGE,
  CREATE_PAGE,
  CREATE_FORM,
  MANY_PAGE,
  MANY_FORM,
  PROFILE_PAGE,
  EDIT_PAGE,
  EDIT_FORM,
  HISTORY_PAGE,
  DIFF_PAGE,
  ROLLBACK_PAGE,
  ROLLBACK_FORM,
]
