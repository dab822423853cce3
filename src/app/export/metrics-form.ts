// In which form a monitor that asks over HTTP gets metrics.
import { CONTENT_TYPES, formOfAccept, type MetricsForm } from '../../export/metrics/prometheus-text.ts'

export const METRICS_TYPES: Readonly<Record<MetricsForm, string>> = CONTENT_TYPES

export function metricsFormOf(accept: string | undefined): MetricsForm {
  return formOfAccept(accept)
}
