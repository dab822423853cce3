// The choice of the range: links for the usual ones, and a form for two dates.

import { flagWord } from '../../app/request/flag-word.ts'
import { rangeName } from '../../app/request/named-range.ts'
import { DASHBOARD_RANGES } from '../../query/dashboard-range.ts'
import { RANGE_WAYS } from '../../query/range.ts'
import { html, type Markup } from '../../render/html/markup.ts'
import type { Call } from '../route.ts'
import { hiddenField, textField } from './forms.ts'
import { type ViewOptions, viewHref } from './view.ts'

const NO_DATES = Object.fromEntries(RANGE_WAYS.map(way => [flagWord(way), null]))

export function renderRangeLinks(call: Pick<Call, 'url'>, options: ViewOptions): Markup {
  const current = rangeName(options)
  const links = DASHBOARD_RANGES.map(range => {
    const mark = range === current ? html` aria-current="true"` : null
    return html`<li><a href="${viewHref(call, { ...NO_DATES, range })}"${mark}>${range}</a></li>`
  })
  const isCustom = current === 'custom'
  // What else the view says goes on with the dates.
  const others = [...call.url.searchParams].filter(
    ([name]) => !(name in NO_DATES) && !['range', 'notice'].includes(name),
  )
  return html`<nav class="choice" aria-label="Range"><ul>${links}<li><details class="menu"><summary${isCustom ? html` class="current"` : null}>Custom</summary>
<form class="menu-body" method="get" action="${call.url.pathname}">${others.map(([name, value]) => hiddenField(name, value))}
${textField({ name: 'start-date', label: 'Start', type: 'date', value: options.startDate })}
${textField({ name: 'end-date', label: 'End', type: 'date', value: options.endDate })}
<p class="buttons"><button class="first">Show</button></p></form></details></li></ul></nav>`
}
