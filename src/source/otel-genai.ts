// OpenTelemetry: spans of model calls as OTLP/JSON, as the collector's file exporter writes them, and the events of Claude Code.
// A line has many spans. A span that wraps others repeats their usage, so a span counts only if no span below it, anywhere in
// the logs, has usage.
import { isObject, type JsonObject } from '../scan/json-object.ts'
import type { HeldLog, HeldRow, Source, SourceRow } from './source.ts'

const attribute = (...names: string[]) => names.map(name => `attributes.${name.replace(/\./g, '\\.')}`)

export const OTEL_GENAI: Source = {
  name: 'otel-genai',
  help: 'OTLP/JSON of OpenTelemetry: spans of models, and the events of Claude Code',
  description: {
    fields: {
      timestamp: { path: 'nanos', unit: 'ns' },
      id: 'id',
      client: attribute('organization.id', 'service.namespace'),
      user: attribute('user.email', 'enduser.id', 'user.id', 'user.account_uuid'),
      session: attribute('gen_ai.conversation.id', 'session.id'),
      feature: attribute('gen_ai.operation.name', 'service.name'),
      model: attribute('gen_ai.response.model', 'gen_ai.request.model', 'model'),
      provider: attribute('gen_ai.provider.name', 'gen_ai.system'),
      input_tokens: attribute('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'input_tokens'),
      cache_read_tokens: attribute(
        'gen_ai.usage.cache_read.input_tokens',
        'gen_ai.usage.cache_read_input_tokens',
        'gen_ai.usage.cache_read_tokens',
        'cache_read_tokens',
      ),
      cache_write_tokens: attribute(
        'gen_ai.usage.cache_creation.input_tokens',
        'gen_ai.usage.cache_creation_input_tokens',
        'gen_ai.usage.cache_creation_tokens',
        'cache_creation_tokens',
      ),
      output_tokens: attribute('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'output_tokens'),
      reasoning_tokens: attribute('gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'),
      cost_usd: attribute('gen_ai.usage.cost', 'cost_usd'),
      duration_ms: [{ from: 'nanos', to: 'endTimeUnixNano', unit: 'ns' }, ...attribute('duration_ms')],
      status: 'outcome',
      error: 'status.message',
      error_type: attribute('error.type'),
    },
    cache: 'infer',
    when: [
      { if: ['isClaudeCode=true'], set: { provider: 'anthropic' } },
      { if: ['status.code!=2,STATUS_CODE_ERROR'], unset: ['error'] },
    ],
    fileDate: 'none',
    keep: 'first',
  },
  signs: [['resourceSpans'], ['resourceLogs'], ['resourceMetrics']],
  steps: { open: () => rowsOf, settle: dropWrappers },
}

const USAGE_NAMES = /^gen_ai\.usage\.(?:input|output|prompt|completion|cache|total)/

function rowsOf(object: JsonObject): SourceRow[] {
  return [...listOf(object.resourceSpans).flatMap(spansOf), ...listOf(object.resourceLogs).flatMap(logsOf)]
}

// The spans of one resource. Its scopes once had another name.
function spansOf({ resource, scopeSpans, instrumentationLibrarySpans }: JsonObject): SourceRow[] {
  const shared = attributesOf(isObject(resource) ? resource.attributes : undefined)
  const scopes = [...listOf(scopeSpans), ...listOf(instrumentationLibrarySpans)]
  return scopes.flatMap(({ spans }) => listOf(spans).map(span => spanRow(span, shared)))
}

function spanRow(span: JsonObject, shared: JsonObject): SourceRow {
  const own = attributesOf(span.attributes)
  const { traceId, spanId, parentSpanId, startTimeUnixNano, endTimeUnixNano, status } = span
  const hasUsage = Object.keys(own).some(name => USAGE_NAMES.test(name))
  const note = {
    span: `${String(traceId)} ${String(spanId)}`,
    parent: textOf(parentSpanId) === '' ? undefined : `${String(traceId)} ${String(parentSpanId)}`,
  }
  if (!hasUsage) return { object: undefined, note }
  const isError = isObject(status) && (status.code === 2 || status.code === 'STATUS_CODE_ERROR')
  const object = {
    ...{ id: `${String(traceId)}:${String(spanId)}`, nanos: startTimeUnixNano, endTimeUnixNano, status },
    outcome: isError ? 'error' : undefined,
    attributes: { ...shared, ...own },
  }
  return { object, key: note.span, note }
}

function logsOf({ resource, scopeLogs }: JsonObject): SourceRow[] {
  const shared = attributesOf(isObject(resource) ? resource.attributes : undefined)
  return listOf(scopeLogs).flatMap(({ logRecords }) => listOf(logRecords).flatMap(record => logRows(record, shared)))
}

function logRows(record: JsonObject, shared: JsonObject): SourceRow[] {
  const own = attributesOf(record.attributes)
  const body = isObject(record.body) ? record.body.stringValue : undefined
  const name = record.eventName ?? own['event.name'] ?? body
  if (name !== 'claude_code.api_request' && name !== 'api_request') return []
  const attributes = { ...shared, ...own }
  const nanos = record.timeUnixNano ?? record.observedTimeUnixNano
  const request = textOf(own.request_id)
  // A batch that is sent again is in the logs twice.
  const key = request === '' ? `${String(nanos)} ${JSON.stringify(attributes)}` : request
  return [{ object: { id: request === '' ? undefined : request, nanos, attributes, isClaudeCode: true }, key }]
}

function attributesOf(list: unknown): JsonObject {
  return Object.fromEntries(
    listOf(list).flatMap(({ key, value }) => (isObject(value) ? [[String(key), plainOf(value)]] : [])),
  )
}

function plainOf(value: JsonObject): unknown {
  return value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue
}

function dropWrappers(logs: readonly HeldLog[]): undefined {
  const parents = new Map<unknown, unknown>()
  const withUsage: HeldRow[] = []
  for (const { rows } of logs) {
    for (const row of rows) {
      if (row.note?.span === undefined) continue
      parents.set(row.note.span, row.note.parent)
      if (row.body !== '') withUsage.push(row)
    }
  }
  const wrappers = new Set<unknown>()
  for (const { note } of withUsage) {
    const visited = new Set<unknown>([note?.span])
    for (let span = note?.parent as unknown; span !== undefined && !visited.has(span); span = parents.get(span)) {
      visited.add(span)
      wrappers.add(span)
    }
  }
  for (const row of withUsage) if (wrappers.has(row.note?.span)) row.isDuplicate = true
  return undefined
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
