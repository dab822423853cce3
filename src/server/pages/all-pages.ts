// All pages, and what they are drawn with.
import type { Route } from '../route.ts'
import { ASSET_ROUTES } from './asset-routes.ts'
import { LOGIN_ROUTES } from './login.ts'
import { OVERVIEW_PAGE } from './overview.ts'

export const PAGE_ROUTES: readonly Route[] = [...ASSET_ROUTES, ...LOGIN_ROUTES, OVERVIEW_PAGE]
