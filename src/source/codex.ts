// Codex: rollouts of its sessions, which now and then have a running total of tokens, with what the last request added.
//
// The total is repeated after each step that uses no model, so a row with the same total as the row before adds nothing. A
// session that was forked off another, or that belongs to a subagent, begins with the rows of its parent, often with new times.

import { parseTimeText } from '../base/parse-time.ts'
import { isObject, type JsonObject, valueAt } from '../scan/json-object.ts'
import type { HeldLog, HeldRow, Source, SourceRow } from './source.ts'

const COUNTS = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
] as const

/** Copied rows of a parent follow each other faster than this; answers of a model never do. */
const BURST_MS = 1000

export const CODEX: Source = {
  name: 'codex',
  help: 'sessions of Codex',
  description: {
    fields: {
      timestamp: 'timestamp',
      client: 'cwd',
      session: 'session',
      model: 'model',
      provider: 'provider',
      service_tier: 'tier',
      input_tokens: 'usage.input_tokens',
      cache_read_tokens: 'usage.cached_input_tokens',
      cache_write_tokens: 'usage.cache_write_input_tokens',
      output_tokens: 'usage.output_tokens',
      reasoning_tokens: 'usage.reasoning_output_tokens',
    },
    constants: { provider: 'openai', feature: 'codex' },
    id: ['session', 'timestamp', 'total'],
    fileDate: 'start',
    keep: 'first',
  },
  signs: [
    ['type=session_meta', 'payload.id'],
    ['type=turn_context', 'payload'],
    ['type=event_msg', 'payload.type'],
    ['type=response_item', 'payload.type'],
    ['type=compacted', 'payload'],
  ],
  steps: {
    open: openRollout,
    lineMarks: ['"token_count"', '"turn_context"', '"session_meta"', '"thread_settings_applied"'],
    settle: dropReplays,
  },
}

/** What is known about a session at some place in its file. */
interface State {
  session: string | undefined
  parent: string | undefined
  cwd: unknown
  provider: unknown
  model: unknown
  tier: unknown
  total: JsonObject | undefined
  /** When the session began, and when the row before was written; NaN if unknown. */
  startMs: number
  lastMs: number
  isInBurst: boolean
}

function openRollout(): (object: JsonObject) => readonly SourceRow[] {
  const state: State = {
    ...{
      session: undefined,
      parent: undefined,
      cwd: undefined,
      provider: undefined,
      model: undefined,
      tier: undefined,
    },
    ...{ total: undefined, startMs: Number.NaN, lastMs: Number.NaN, isInBurst: true },
  }
  return object => {
    const { payload, type } = object
    if (!isObject(payload)) return []
    const timeMs = msOf(object.timestamp)
    if (timeMs - state.lastMs >= BURST_MS) state.isInBurst = false
    state.lastMs = timeMs
    if (type === 'session_meta') learnSession(state, payload, timeMs)
    else if (type === 'turn_context') learnTurn(state, payload)
    else if (type !== 'event_msg') return []
    else if (payload.type === 'thread_settings_applied') learnTurn(state, payload.thread_settings)
    else if (payload.type === 'token_count') return countTokens(state, object, payload.info, timeMs)
    return []
  }
}

// The first one belongs to the file itself; those of its parents may follow.
function learnSession(state: State, payload: JsonObject, timeMs: number): void {
  if (state.session !== undefined) return
  state.session = textOf(payload.id) ?? textOf(payload.session_id) ?? ''
  state.parent =
    textOf(payload.forked_from_id) ??
    textOf(payload.parent_thread_id) ??
    textOf(valueAt(payload, ['source', 'subagent', 'thread_spawn', 'parent_thread_id']))
  state.cwd = payload.cwd
  state.provider = payload.model_provider
  state.startMs = msOf(payload.timestamp)
  if (Number.isNaN(state.startMs)) state.startMs = timeMs
}

function learnTurn(state: State, payload: unknown): void {
  if (!isObject(payload)) return
  state.cwd = payload.cwd ?? state.cwd
  state.model = payload.model ?? state.model
  const tier = payload.service_tier
  if (tier !== undefined) state.tier = tier === 'default' || tier === null ? undefined : tier
}

function countTokens(state: State, object: JsonObject, info: unknown, timeMs: number): SourceRow[] {
  if (!isObject(info)) return []
  const total = isObject(info.total_token_usage) ? info.total_token_usage : undefined
  const last = isObject(info.last_token_usage) ? info.last_token_usage : undefined
  const before = state.total
  if (total !== undefined) state.total = total
  const usage = last ?? (total === undefined ? undefined : addedTo(before, total))
  // A full context is written as a total alone; nothing was used.
  if (usage === undefined || COUNTS.every(name => numberOf(usage[name]) === 0)) return []
  const isRepeated = total !== undefined && before !== undefined && COUNTS.every(name => total[name] === before[name])
  const vector = COUNTS.map(name => numberOf((total ?? usage)[name])).join(' ')
  const { session, cwd, model, provider, tier } = state
  const row = { timestamp: object.timestamp, session, cwd, model, provider, tier, total: vector, usage }
  const isOld = state.parent !== undefined && timeMs < state.startMs
  const note = {
    session,
    parent: state.parent,
    total: total === undefined ? undefined : vector,
    isRepeated,
    isReplayed: isOld || (state.parent !== undefined && state.isInBurst),
    isOld,
  }
  return [{ object: row, key: `${session} ${String(object.timestamp)} ${vector}`, note }]
}

// By how much a total exceeds the one before; all of it if counting has started again.
function addedTo(before: JsonObject | undefined, total: JsonObject): JsonObject | undefined {
  const rest = COUNTS.map(name => [name, numberOf(total[name]) - numberOf(before?.[name])] as const)
  if (rest.every(([, added]) => added >= 0)) return Object.fromEntries(rest)
  // A total that falls a little was only estimated again.
  const isNew = numberOf(total.input_tokens) < numberOf(before?.input_tokens) * FALLS_BACK
  return isNew ? total : undefined
}

const FALLS_BACK = 0.9

// Rows copied from a parent count under the parent; repeated totals count nowhere.
function dropReplays(logs: readonly HeldLog[]): undefined {
  const totals = new Map<unknown, Set<unknown>>()
  const parents = new Map<unknown, unknown>()
  for (const { rows } of logs) {
    for (const { note } of rows) {
      if (note?.session === undefined) continue
      parents.set(note.session, note.parent)
      const known = totals.get(note.session)
      if (known === undefined) totals.set(note.session, new Set([note.total]))
      else known.add(note.total)
    }
  }
  for (const { rows } of logs) {
    let isReplay = true
    for (const row of rows) {
      const told: boolean | undefined = isReplay ? ancestorTells(row, parents, totals) : false
      isReplay = told === undefined ? row.note?.isReplayed === true : told || row.note?.isOld === true
      if (isReplay || row.note?.isRepeated === true) row.isDuplicate = true
    }
  }
  return undefined
}

// Whether a session that this one was forked from has the row's total; undefined if none of them is in the logs.
function ancestorTells(
  { note }: HeldRow,
  parents: ReadonlyMap<unknown, unknown>,
  totals: ReadonlyMap<unknown, ReadonlySet<unknown>>,
): boolean | undefined {
  if (note?.parent === undefined) return false
  let isThere = false
  const visited = new Set<unknown>()
  for (
    let session: unknown = note.parent;
    session !== undefined && !visited.has(session);
    session = parents.get(session)
  ) {
    visited.add(session)
    const known = totals.get(session)
    if (known !== undefined) isThere = true
    if (note.total !== undefined && known?.has(note.total) === true) return true
  }
  return isThere ? false : undefined
}

function msOf(value: unknown): number {
  return typeof value === 'string' ? (parseTimeText(value)?.ms ?? Number.NaN) : Number.NaN
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
