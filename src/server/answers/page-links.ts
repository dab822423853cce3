// The links of a page, made from the view that it shows: the whole state of a view is in its address.
import { FIELD_FILTERS } from '../../app/request/parameters.ts'
import { formatListed } from '../../base/value-list.ts'
import type { PageLinks } from '../../render/html/page-links.ts'
import { addressOf, changedParameters } from '../address.ts'
import type { LinkPlace } from './question.ts'

/** Have a meaning in a filter, so that a filter could not say a value with them alone. */
const MEANINGFUL = /^!|[*?[\]{}\\]/
const FILTERS: readonly string[] = [...FIELD_FILTERS, 'where']
/** Of an event beside those that have a filter of their own. */
const OTHER_FIELDS: Readonly<Record<string, string>> = { country: 'country', endpoint: 'endpoint', code: 'status_code' }

export function makePageLinks({
  basePath,
  path,
  drillPath,
  search,
  fileSearch,
  defaults,
  report,
}: LinkPlace): PageLinks {
  const parameters = new URLSearchParams(search)
  const current = (name: string) => parameters.get(name) ?? defaults[name] ?? ''
  const view = (changes: Readonly<Record<string, string | null>>) =>
    addressOf(path, changedParameters(parameters, changes))
  return {
    metric: current('metric'),
    stackBy: current('stack-by'),
    view,
    only(field, value) {
      const text = value ?? '(none)'
      if (field === 'session' && value !== null) return `${basePath}activity/sessions/${encodeURIComponent(value)}`
      if (MEANINGFUL.test(text)) return null
      const all = new URLSearchParams(parameters)
      const other = OTHER_FIELDS[field]
      if (FILTERS.includes(field)) all.set(field, formatListed(text))
      else if (other !== undefined && value !== null && !all.getAll('where').includes(`${other}=${text}`))
        all.append('where', `${other}=${text}`)
      else return null
      return addressOf(drillPath, all)
    },
    filters: [...parameters].flatMap(([name, value], index) =>
      FILTERS.includes(name)
        ? [
            {
              text: name === 'where' ? value : `${name}: ${value}`,
              without: addressOf(path, new URLSearchParams([...parameters].filter((_, at) => at !== index))),
            },
          ]
        : [],
    ),
    file(section, form) {
      const asked = new URLSearchParams(fileSearch)
      asked.set('section', section)
      const isReport = report !== 'dashboard' && report !== 'events'
      if (!isReport) asked.set('format', form)
      if (report === 'events') asked.delete('section')
      const place = isReport ? `reports/${report}.${form}` : report
      return addressOf(`${basePath}api/v1/${place}`, asked)
    },
  }
}
