// All pages, and what they are drawn with.
import type { Route } from '../route.ts'
import { ACCESS_PAGES } from './access/all-access-pages.ts'
import { ALERT_PAGES } from './alerts/all-alert-pages.ts'
import { ASSET_ROUTES } from './asset-routes.ts'
import {
  ADD_CLIENT_FORM,
  ASSIGN_FORM,
  CLIENT_PAGE,
  CLIENTS_PAGE,
  REMOVE_CLIENT_FORM,
  REMOVE_CLIENT_PAGE,
} from './clients.ts'
import { EXPLAIN_COST_PAGE, EXPORTS_PAGE, MAKE_STATEMENTS_FORM } from './exports.ts'
import { HEALTH_PAGE } from './health.ts'
import { LOGIN_ROUTES } from './login.ts'
import { OVERVIEW_PAGE } from './overview.ts'
import { EXPLAIN_PAGE, PRICES_PAGE } from './prices.ts'
import { PROFILE_PAGES } from './profiles/all-profile-pages.ts'
import { REPORT_PAGES } from './report-pages.ts'
import { MAKE_REPORT_FORM, REPORTS_PAGE } from './reports.ts'
import { RESOLVE_FORM, THREATS_PAGE } from './threats.ts'

export const PAGE_ROUTES: readonly Route[] = [
  ...ASSET_ROUTES,
  ...LOGIN_ROUTES,
  OVERVIEW_PAGE,
  ...REPORT_PAGES,
  THREATS_PAGE,
  RESOLVE_FORM,
  ...PROFILE_PAGES,
  PRICES_PAGE,
  EXPLAIN_PAGE,
  ...ALERT_PAGES,
  REPORTS_PAGE,
  MAKE_REPORT_FORM,
  EXPORTS_PAGE,
  MAKE_STATEMENTS_FORM,
  EXPLAIN_COST_PAGE,
  HEALTH_PAGE,
  CLIENTS_PAGE,
  ADD_CLIENT_FORM,
  CLIENT_PAGE,
  ASSIGN_FORM,
  REMOVE_CLIENT_PAGE,
  REMOVE_CLIENT_FORM,
  ...ACCESS_PAGES,
]
