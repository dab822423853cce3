// Single events as a person reads them: a line each, what matters most first.
import { Chalk } from 'chalk'
import type { JsonValue } from '../base/json.ts'
import { isDecimal } from '../base/json.ts'
import { visibleText } from '../base/safe-text.ts'
import { cutText, padEnd, textWidth } from '../base/text-width.ts'
import { formatCell } from './format-cell.ts'
import type { TextOptions } from './text-options.ts'

type EventObject = { readonly [key: string]: JsonValue | undefined }

const KIND_WIDTH = 14
const NAME_WIDTH = 12
const USER_WIDTH = 20
/** What was done, the first of these that an event has; several where they say different things. */
const SUBJECTS = ['endpoint', 'feature', 'profile', 'model', 'file_name', 'threat_type', 'name'] as const
const MONEY_STYLE = { currency: 'USD', moneyDigits: 4 }

/** A line an event, cut to the page. */
export function renderEventLines(events: readonly EventObject[], options: Omit<TextOptions, 'columns'>): string[] {
  const color = new Chalk({ level: options.colorLevel })
  return events.map(event => {
    const isError = event.status === 'error'
    const lead = [
      color.dim(String(event.timestamp).slice(0, 19).replace('T', ' ')),
      fixed(textOf(event.event), KIND_WIDTH),
      color.cyan(fixed(textOf(event.client), NAME_WIDTH)),
      fixed(textOf(event.user), USER_WIDTH),
    ]
    const used = 19 + KIND_WIDTH + NAME_WIDTH + USER_WIDTH + 8
    const room = options.width === undefined ? undefined : Math.max(8, options.width - used)
    const what = isError ? [failureOf(event), ...subjectsOf(event)] : [...subjectsOf(event), ...numbersOf(event)]
    const text = what.filter(part => part !== '').join('  ')
    const fitted = room === undefined ? text : cutText(text, room)
    return `${lead.join('  ')}  ${isError ? color.red(fitted) : fitted}`.trimEnd()
  })
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

function numbersOf(event: EventObject): string[] {
  const { duration_ms: duration, cost_usd: cost, rating } = event
  return [
    typeof duration === 'number' ? formatCell(duration, 'duration', MONEY_STYLE) : '',
    isDecimal(cost) ? formatCell(cost, 'money', MONEY_STYLE) : '',
    typeof rating === 'number' ? `rated ${rating}` : '',
  ]
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return visibleText(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function fixed(text: string, width: number): string {
  return textWidth(text) > width ? cutText(text, width) : padEnd(text, width)
}
