// Where what an alert or a budget is about can be looked at: as a command, and as a page of the server.
import type { Rule, ScopeTest } from '../../alert/alert-rules.ts'
import { GROUP_FIELDS } from '../../alert/alert-schema.ts'
import type { Labels } from '../../alert/group.ts'
import { METRICS } from '../../alert/when.ts'
import { shellWord } from '../../base/shell-word.ts'
import { formatListed } from '../../base/value-list.ts'

export interface AlertView {
  /** Behind "usagebook". */
  readonly words: string
  /** Below the base path of the server. */
  readonly path: string
  /** Flags of the command, and parameters of the page. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

type Named = Pick<ScopeTest, 'field' | 'values'>

const MINUTE_MS = 60_000

/** The events that a rule has looked at, at an instant. */
export function viewOf(rule: Rule, labels: Labels, at: number): AlertView {
  const { metric } = rule.when
  if (metric === 'silent') return { words: 'doctor', path: '/health', parameters: [] }
  if (metric === 'unpriced') return { words: 'price check --last-days 7', path: '/prices', parameters: [] }
  const own = Object.entries(labels).filter(([field, value]) => isField(field) && value !== '(none)')
  const filters = [...own, ...scopeParameters(rule.scope)]
  if (metric === 'threats') return { words: 'threats list --open', path: '/threats', parameters: filters }
  const isUsage = metric === 'cost' || metric === 'requests'
  const report = METRICS[metric].unit === 'duration' ? 'latency' : isUsage ? 'usage' : 'errors'
  const from = Math.floor((at - rule.overMs + 1) / MINUTE_MS)
  const to = Math.floor(at / MINUTE_MS) + 1
  return {
    words: `report ${report}`,
    path: report === 'errors' ? '/errors' : `/reports/view/${report}`,
    parameters: [['since', minuteText(from)], ['until', minuteText(to)], ...filters],
  }
}

/** The usage of a period. */
export function usageView(period: string, scope: readonly Named[], timezone: string | null): AlertView {
  const zone = timezone === null ? [] : [['timezone', timezone] as const]
  const parameters = [['period', period] as const, ...scopeParameters(scope), ...zone]
  return { words: '', path: '/reports/view/usage', parameters }
}

/** As it is typed. */
export function commandOf({ words, parameters }: AlertView): string {
  const flags = parameters.map(([name, value]) => `--${name} ${shellWord(value)}`)
  return ['usagebook', ...(words === '' ? [] : [words]), ...flags].join(' ')
}

/** Below the base path of the server. */
export function pageOf({ path, parameters }: AlertView): string {
  const search = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))
  return search.size === 0 ? path : `${path}?${search}`
}

function scopeParameters(scope: readonly Named[]): (readonly [string, string])[] {
  return scope.map(({ field, values }) => [field, values.map(formatListed).join(',')])
}

// The minutes around it, which are shorter to read and to type.
function minuteText(minute: number): string {
  return `${new Date(minute * MINUTE_MS).toISOString().slice(0, 16)}Z`
}

function isField(name: string): boolean {
  return (GROUP_FIELDS as readonly string[]).includes(name)
}
