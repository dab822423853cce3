// The numbers of all logs for a monitor that asks: Prometheus, with the token of somebody who may see them.
import { DEFAULT_SERIES } from '../../app/export/metrics.ts'
import { METRICS_TYPES, metricsFormOf } from '../../app/export/metrics-form.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import { askerOf, type Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'

export const METRICS_ROUTE: Route = {
  method: 'GET',
  path: '/metrics',
  roles: ['admin', 'manager', 'viewer'],
  summary:
    'cost, tokens, requests, errors and durations for a monitor: as OpenMetrics where Accept names it, else for Prometheus',
  group: 'Health',
  parameters: {
    byUser: { help: 'users are a label too' },
    maxSeries: {
      value: 'N',
      help: `so many groups have labels of their own, the rest is "other"; default ${DEFAULT_SERIES}`,
      parse: wholeNumber(1),
    },
  },
  types: Object.values(METRICS_TYPES),
  async handle(call) {
    const form = metricsFormOf(call.headers.get('accept') ?? undefined)
    const { byUser, maxSeries } = call.options as { readonly byUser?: boolean; readonly maxSeries?: number }
    const { body, tookMs } = await call.services.shelf.answer({
      kind: 'metrics',
      scope: scopeOf(askerOf(call)),
      format: 'json',
      form,
      byUser: byUser === true,
      maxSeries: maxSeries ?? DEFAULT_SERIES,
    })
    return { bytes: body, type: METRICS_TYPES[form], headers: { Vary: 'Accept' }, tookMs }
  },
}
