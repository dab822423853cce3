// Budgets and what is used of them: the page on which everything stands that somebody would be told.
import { pageRoute } from '../page-route.ts'
import { budgetsPage } from './budgets-page.ts'

export const BUDGETS_PAGE = pageRoute({
  page: 'budgets',
  summary: 'what fires, what is used of the budgets, silences, and messages that have not arrived',
  draw: call => budgetsPage(call, undefined),
})
