// The first page: every metric of a range at a glance.
import { Markup } from '../../render/html/markup.ts'
import { ask } from '../routes/documents.ts'
import { merged } from '../routes/reports.ts'
import { pageRoute } from './page-route.ts'
import { renderRangeLinks } from './range-links.ts'
import { VIEW_PARAMETERS, type ViewOptions } from './view.ts'

export const OVERVIEW_PAGE = pageRoute({
  page: 'overview',
  summary: 'every metric of a range at a glance',
  parameters: VIEW_PARAMETERS,
  async draw(call) {
    const options = await merged<ViewOptions>(call, VIEW_PARAMETERS)
    const { body } = await ask(call, { kind: 'dashboard', options, format: 'fragment' })
    return {
      title: 'Overview',
      tools: renderRangeLinks(call, options),
      main: new Markup(Buffer.from(body).toString()),
      isLive: true,
    }
  },
})
