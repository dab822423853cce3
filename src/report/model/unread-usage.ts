// The warning about usage that was not understood.
import type { JsonValue } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { withThousands } from '../../base/thousands.ts'
import { describePlace, shownLine } from '../../query/ledger.ts'
import type { UnreadField, UnreadUsage } from '../../query/unread-usage.ts'
import type { Note } from './report.ts'

const NAMES_SHOWN = 3
const FIELDS_SHOWN = 6

export function unreadNote(unread: UnreadUsage): Note {
  const { fields } = unread
  if (fields.length === 0) {
    return {
      kind: 'warning',
      text: `${subject(unread)}, so ${unread.analyses === 1 ? 'its' : 'their'} cost is unknown.`,
      hint: 'Log input_tokens and output_tokens, or cost_usd (docs/logs-and-formats.md).',
    }
  }
  const more = fields.length > FIELDS_SHOWN ? `, and ${fields.length - FIELDS_SHOWN} more` : ''
  const [those, them] =
    fields.length === 1
      ? ['This field looks like usage and was', 'it']
      : ['These fields look like usage and were', 'them']
  return {
    kind: 'warning',
    text: `${subject(unread)}. ${those} not read: ${placesText(fields.slice(0, FIELDS_SHOWN))}${more}.`,
    hint: `Map ${them} with a format of your own (docs/logs-and-formats.md) or rename ${them}.`,
  }
}

// "tokensIn (120), tokensOut (80), in app.jsonl:1".
function placesText(fields: readonly UnreadField[]): string {
  const byPlace = new Map<string, string[]>()
  for (const { field, example, ...at } of fields) {
    const place = describePlace(at)
    byPlace.set(place, [...(byPlace.get(place) ?? []), `${visibleText(field)} (${example})`])
  }
  return [...byPlace].map(([place, texts]) => `${texts.join(', ')}, in ${place}`).join('; ')
}

/** What a document says. */
export function unreadObject({ analyses, of, files, models, fields }: UnreadUsage): JsonValue {
  return { analyses, of, files, models, fields: fields.map(field => ({ ...field, line: shownLine(field.line) })) }
}

function subject({ analyses, of, files, models }: UnreadUsage): string {
  const count = withThousands(String(analyses))
  const all = withThousands(String(of))
  if (analyses === of && files.length === 0 && models.length === 0) {
    return of === 1
      ? 'The one analysis carries no tokens, cost or checks'
      : `None of ${all} analyses carries tokens, a cost or checks`
  }
  const scopes = [
    ...(files.length === 0 ? [] : [`all in ${someOf(files)}`]),
    ...(models.length === 0 ? [] : [`all of ${someOf(models.map(model => model ?? 'events without a model'))}`]),
  ]
  return `${count} of ${all} ${of === 1 ? 'analysis carries' : 'analyses carry'} no tokens, cost or checks: ${scopes.join(', and ')}`
}

function someOf(names: readonly string[]): string {
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : ''
  return names.slice(0, NAMES_SHOWN).map(visibleText).join(', ') + more
}
