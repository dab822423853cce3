// All routes of the server: the API, and the pages, which are routes of the same kind.
import { PAGE_ROUTES } from '../pages/all-pages.ts'
import type { Route } from '../route.ts'
import { ACCESS_ROUTES } from './access.ts'
import { ALERT_ROUTES } from './alerts.ts'
import { ANALYTICS_ROUTES } from './analytics.ts'
import { BUDGET_ROUTES } from './budgets.ts'
import { CLIENT_ROUTES } from './clients.ts'
import { EXPORT_ROUTES } from './exports.ts'
import { HEALTH_ROUTES } from './health.ts'
import { MAINTENANCE_ROUTES } from './maintenance.ts'
import { METRICS_ROUTE } from './metrics.ts'
import { OLD_PROFILE_ROUTES } from './old-profiles.ts'
import { openApiRoutes } from './openapi.ts'
import { PRICE_ROUTES } from './prices.ts'
import { PROFILE_ROUTES } from './profiles.ts'
import { REPORT_ROUTES } from './reports.ts'
import { SESSION_ROUTES } from './session.ts'
import { SHARE_ROUTES } from './share.ts'
import { STATEMENT_ROUTES } from './statements.ts'
import { THREAT_ROUTES } from './threats.ts'
import { USAGE_ROUTES } from './usage.ts'

export const ROUTES: readonly Route[] = [
  ...HEALTH_ROUTES,
  ...SESSION_ROUTES,
  ...SHARE_ROUTES,
  ...REPORT_ROUTES,
  ...EXPORT_ROUTES,
  ...STATEMENT_ROUTES,
  ...THREAT_ROUTES,
  ...PROFILE_ROUTES,
  ...OLD_PROFILE_ROUTES,
  ...CLIENT_ROUTES,
  ...PRICE_ROUTES,
  ...ALERT_ROUTES,
  ...BUDGET_ROUTES,
  ...ACCESS_ROUTES,
  ...MAINTENANCE_ROUTES,
  METRICS_ROUTE,
  ...USAGE_ROUTES,
  ...ANALYTICS_ROUTES,
  ...openApiRoutes(() => ROUTES.filter(({ isPage }) => isPage !== true)),
  ...PAGE_ROUTES,
]
