// CloudWatch's embedded metric format: a line for each group of labels, with all its numbers; its agent makes metrics of them.
import { decimalToNumber } from '../../base/decimal.ts'
import type { Labels, MetricFamily, MetricValue } from './metric.ts'

const NAMESPACE = 'usagebook'
/** CloudWatch takes no empty value. */
const NONE = 'none'

interface Line {
  readonly labels: Labels
  readonly values: Map<string, number>
}

/** `now` in milliseconds since 1970. Histograms are their number and their sum. */
export function embeddedMetrics(families: readonly MetricFamily[], now: number): string {
  const lines = new Map<string, Line>()
  const add = (labels: Labels, name: string, value: MetricValue) => {
    const key = JSON.stringify(labels)
    const line = lines.get(key) ?? { labels, values: new Map() }
    lines.set(key, line)
    line.values.set(name, typeof value === 'object' ? decimalToNumber(value) : Number(value))
  }
  for (const family of families) {
    if (family.type !== 'histogram') {
      for (const { labels, value } of family.samples) addTyped(add, family.name, labels, value)
    } else {
      for (const { labels, sum, count } of family.samples) {
        add(labels, `${family.name}_count`, count)
        add(labels, `${family.name}_sum`, sum)
      }
    }
  }
  return [...lines.values()].map(line => `${lineText(line, now)}\n`).join('')
}

// The type of tokens is a part of the name, so that they are in the line of their group.
function addTyped(
  add: (labels: Labels, name: string, value: MetricValue) => void,
  name: string,
  labels: Labels,
  value: MetricValue,
): void {
  const type = labels.find(([label]) => label === 'type')?.[1]
  const others = labels.filter(([label]) => label !== 'type')
  add(others, type === undefined ? name : `${name}_${type}`, value)
}

function lineText({ labels, values }: Line, now: number): string {
  const metrics = [...values.keys()].map(name => ({
    Name: name,
    Unit: name.endsWith('seconds_sum') ? 'Seconds' : 'None',
  }))
  const dimensions = [labels.map(([name]) => name)]
  return JSON.stringify({
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: dimensions, Metrics: metrics }] },
    ...Object.fromEntries(labels.map(([name, value]) => [name, value || NONE])),
    ...Object.fromEntries(values),
  })
}
