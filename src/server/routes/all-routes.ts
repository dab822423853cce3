// All routes of the server. Pages are further routes of the same kind.
import type { Route } from '../route.ts'
import { HEALTH_ROUTES } from './health.ts'
import { REPORT_ROUTES } from './reports.ts'
import { SESSION_ROUTES } from './session.ts'

export const ROUTES: readonly Route[] = [...HEALTH_ROUTES, ...SESSION_ROUTES, ...REPORT_ROUTES]
