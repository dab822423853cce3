// Single events for people to read: one line each, most important first.
import { Chalk } from 'chalk'
import { formatJson, isDecimal, type JsonValue, NumberLiteral } from '../base/json.ts'
import { visibleText } from '../base/safe-text.ts'
import { cutText, padEnd, textWidth } from '../base/text-width.ts'
import { formatCell } from './cell/format-cell.ts'
import type { TextOptions } from './text-options.ts'

type EventObject = { readonly [key: string]: JsonValue | undefined }

/** Widths of time, kind, client and user, on a wide page and on a narrow one. */
const WIDE = { time: 19, kind: 14, client: 12, user: 20 }
const NARROW = { time: 14, kind: 13, client: 10, user: 14 }
const NARROW_BELOW = 100
const GAP = 2
/** What was done, the first of these that an event has; several where they say different things. */
const SUBJECTS = ['endpoint', 'feature', 'profile', 'model', 'file_name', 'threat_type', 'name'] as const
const MONEY_STYLE = { currency: 'USD', moneyDigits: 4 }

/** A line an event, cut to the page. In the order of costs, the cost comes first. */
export function renderEventLines(
  events: readonly EventObject[],
  options: Omit<TextOptions, 'columns'>,
  isByCost = false,
): string[] {
  const color = new Chalk({ level: options.colorLevel })
  const widths = (options.width ?? NARROW_BELOW) < NARROW_BELOW ? NARROW : WIDE
  const used = Object.values(widths).reduce((sum, width) => sum + width + GAP, 0)
  return events.map(event => {
    const isError = event.status === 'error'
    const lead = [
      color.dim(timeOf(event).slice(19 - widths.time)),
      fixed(textOf(event.event), widths.kind),
      color.cyan(fixed(textOf(event.client), widths.client)),
      fixed(textOf(event.user), widths.user),
    ]
    const room = options.width === undefined ? undefined : Math.max(8, options.width - used)
    const cost = isByCost ? [costOf(event)] : []
    const what = isError
      ? [failureOf(event), ...subjectsOf(event)]
      : [...subjectsOf(event), ...numbersOf(event, isByCost)]
    const text = [...cost, ...what].filter(part => part !== '').join('  ')
    const fitted = room === undefined ? text : cutText(text, room)
    return `${lead.join('  ')}  ${isError ? color.red(fitted) : fitted}`.trimEnd()
  })
}

// A day without a time is as wide as the others.
function timeOf({ timestamp }: EventObject): string {
  return String(timestamp).slice(0, 19).replace('T', ' ').padEnd(19)
}

function subjectsOf(event: EventObject): string[] {
  return SUBJECTS.map(key => textOf(event[key])).filter(text => text !== '')
}

function failureOf(event: EventObject): string {
  return (
    [event.status_code, event.error_type, event.error]
      .map(textOf)
      .filter(text => text !== '')
      .join(' ') || 'error'
  )
}

function costOf({ cost_usd: logged, estimated_cost_usd: estimated }: EventObject): string {
  const cost = logged ?? estimated
  return isDecimal(cost) ? formatCell(cost, 'money', MONEY_STYLE) : ''
}

function numbersOf(event: EventObject, isByCost: boolean): string[] {
  const { duration_ms: duration, rating } = event
  return [
    typeof duration === 'number' || isDecimal(duration) ? formatCell(duration, 'duration', MONEY_STYLE) : '',
    isByCost ? '' : costOf(event),
    typeof rating === 'number' ? `rated ${rating}` : '',
  ]
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return visibleText(
    typeof value === 'object' && !(value instanceof NumberLiteral) ? formatJson(value, 0) : String(value),
  )
}

function fixed(text: string, width: number): string {
  return textWidth(text) > width ? cutText(text, width) : padEnd(text, width)
}
