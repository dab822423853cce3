// The pages of who may come in.
import type { Route } from '../../route.ts'
import { LINKS_PAGE, MAKE_LINK_FORM, REVOKE_LINK_FORM, REVOKE_LINK_PAGE } from './links.ts'
import { LOG_PAGE } from './log.ts'
import { MAKE_TOKEN_FORM, REVOKE_TOKEN_FORM, REVOKE_TOKEN_PAGE, TOKENS_PAGE } from './tokens.ts'
import { ADD_USER_FORM, CHANGE_USER_FORM, USER_PAGE, USERS_PAGE } from './users.ts'

export const ACCESS_PAGES: readonly Route[] = [
  TOKENS_PAGE,
  MAKE_TOKEN_FORM,
  REVOKE_TOKEN_PAGE!,
  REVOKE_TOKEN_FORM!,
  USERS_PAGE,
  ADD_USER_FORM,
  USER_PAGE,
  CHANGE_USER_FORM,
  LINKS_PAGE,
  MAKE_LINK_FORM,
  REVOKE_LINK_PAGE!,
  REVOKE_LINK_FORM!,
  LOG_PAGE,
]
