// All pages, and what they are drawn with.
import type { Route } from '../route.ts'
import { ASSET_ROUTES } from './asset-routes.ts'
import { HEALTH_PAGE } from './health.ts'
import { LOGIN_ROUTES } from './login.ts'
import { OVERVIEW_PAGE } from './overview.ts'
import { PROFILE_PAGES } from './profiles/all-profile-pages.ts'
import { MAKE_REPORT_FORM, REPORTS_PAGE } from './reports.ts'

export const PAGE_ROUTES: readonly Route[] = [
  ...ASSET_ROUTES,
  ...LOGIN_ROUTES,
  OVERVIEW_PAGE,
  ...PROFILE_PAGES,
  REPORTS_PAGE,
  MAKE_REPORT_FORM,
  HEALTH_PAGE,
]
