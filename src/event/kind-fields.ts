// The fields that kinds of events have in addition to those of fields.ts: the one list from which the logger, the reports
// and the docs are made. A report reads them by name, like any other field of the line.
import type { EVENT_KINDS } from './fields.ts'

/**
 * What a value of such a field is.
 * - `text`: text.
 * - `content`: text that somebody wrote or a model answered; logged only where the application asks for it.
 * - `count`: a whole number of 0 or more.
 * - `rating`: a whole number from 1 to 5.
 * - `severity`: one of SEVERITIES.
 * - `flag`: true or false.
 * - `json`: any JSON value.
 */
export type KindFieldType = 'text' | 'content' | 'count' | 'rating' | 'severity' | 'flag' | 'json'

export type EventKind = (typeof EVENT_KINDS)[number]

/** Says of a threat, by its id and client, that somebody has dealt with it since it was logged. */
export const RESOLVED_KIND = 'threat_resolved'

/** The kinds that a log can hold of itself: `dropped` is written by the logger about its own losses. */
export type LoggedKind = EventKind | 'dropped' | typeof RESOLVED_KIND

export interface KindField<
  Kind extends LoggedKind = LoggedKind,
  Name extends string = string,
  Type extends KindFieldType = KindFieldType,
> {
  readonly kind: Kind
  readonly name: Name
  readonly type: Type
  readonly help: string
  /** An event of the kind says nothing without it. */
  readonly isRequired: boolean
}

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const MIN_RATING = 1
export const MAX_RATING = 5

function extra<Kind extends LoggedKind, Name extends string, Type extends KindFieldType>(
  kind: Kind,
  name: Name,
  type: Type,
  help: string,
  isRequired = false,
): KindField<Kind, Name, Type> {
  return { kind, name, type, help, isRequired }
}

export const KIND_FIELDS = [
  extra('request', 'aborted', 'flag', 'the caller went away before the answer was complete'),
  extra('request', 'query_params', 'json', 'the query parameters of the allow-list'),
  extra('file_upload', 'file_name', 'text', 'name of the file, without folders'),
  extra('file_upload', 'file_type', 'text', 'media type or extension'),
  extra('file_upload', 'file_size_bytes', 'count', 'size of the file'),
  extra('file_upload', 'rows', 'count', 'rows of a table'),
  extra('file_upload', 'columns', 'count', 'columns of a table'),
  extra('user_query', 'text', 'content', 'what was asked'),
  extra('user_query', 'text_length', 'count', 'characters of what was asked'),
  extra('user_query', 'suggested', 'flag', 'a suggestion was taken, not typed'),
  extra('agent_response', 'text', 'content', 'the first 1,000 characters of the answer'),
  extra('agent_response', 'text_length', 'count', 'characters of the whole answer'),
  extra('agent_response', 'has_visualization', 'flag', 'the answer has a chart'),
  extra('feedback', 'rating', 'rating', 'from 1, bad, to 5, good', true),
  extra('feedback', 'text', 'content', 'what was said'),
  extra('feedback', 'text_length', 'count', 'characters of what was said'),
  extra('threat', 'threat_type', 'text', 'what kind of attack'),
  extra('threat', 'severity', 'severity', 'low, medium, high or critical'),
  extra('threat', 'resolved', 'flag', 'somebody has dealt with it'),
  extra(RESOLVED_KIND, 'threat_id', 'text', 'the id of the threat', true),
  extra(RESOLVED_KIND, 'note', 'text', 'what was done about it'),
  extra('custom', 'name', 'text', 'what the application calls it', true),
  extra('custom', 'data', 'json', 'whatever the application adds'),
  extra('dropped', 'dropped_events', 'count', 'events that the logger could not keep'),
] as const satisfies readonly KindField[]

/** Marks the lines that `log demo` wrote, whatever their kind. */
export const DEMO_FIELD = 'demo'
