// The page of budgets and alerts, and its forms.
import type { Route } from '../../route.ts'
import { BUDGETS_PAGE } from './budgets-page.ts'
import { DROP_MESSAGE_FORM, RETRY_MESSAGE_FORM } from './message-forms.ts'
import { END_SILENCE_FORM, SILENCE_FORM } from './silence-forms.ts'

export const ALERT_PAGES: readonly Route[] = [
  BUDGETS_PAGE,
  SILENCE_FORM,
  END_SILENCE_FORM,
  RETRY_MESSAGE_FORM,
  DROP_MESSAGE_FORM,
]
