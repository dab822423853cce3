// The ledger: every line that was read is in exactly one of five counts. Longer than usual: everything that a ledger contains,
// and how ledgers are added up.
import { addAll } from '../base/lists.ts'
import { visibleText } from '../base/safe-text.ts'
import type { DifferingField } from './differing-field.ts'
import { addLines, type LineCounts, type ReadSource } from './line-counts.ts'
import type { UnreadUsage } from './unread-usage.ts'

export const REJECT_REASONS = [
  'not-json',
  'not-object',
  'no-timestamp',
  'bad-timestamp',
  'bad-field',
  'negative-number',
  'bad-tokens',
  'too-long',
  'bad-utf8',
  'truncated',
] as const

export type RejectReason = (typeof REJECT_REASONS)[number]

/** A value that is not what its field must be. */
export interface WrongValue {
  /** As the line calls it, a dotted path. */
  readonly field: string
  /** A short copy, harmless to print. */
  readonly value: string
}

export interface LinePlace {
  readonly file: string
  /** Counted from 1, blank lines included; HIDDEN_LINE where it is not for whoever asks. */
  readonly line: number
}

/** No line: where a line stands tells how many others there are before it. */
const HIDDEN_LINE = 0

/** `a.jsonl:3` for a person. */
export function describePlace({ file, line }: LinePlace): string {
  return line === HIDDEN_LINE ? visibleText(file) : `${visibleText(file)}:${line}`
}

/** The number of a line in a document. */
export function shownLine(line: number): number | null {
  return line === HIDDEN_LINE ? null : line
}

/** A rejected line; with what is wrong with it, where one value is. */
export interface Problem extends LinePlace, Partial<WrongValue> {
  readonly reason: RejectReason
}

/** The reason of a problem, and the value that is wrong: `bad-field: client is an object`. */
export function describeReason({ reason, field, value }: Pick<Problem, 'reason' | 'field' | 'value'>): string {
  return field === undefined ? reason : `${reason}: ${visibleText(field)} is ${value}`
}

/** A rejected line with its bytes, as it stood without its line end. */
export interface RejectedLine extends LinePlace, Partial<WrongValue> {
  readonly reason: string
  readonly bytes: Uint8Array
}

/** A file that could not be read, or not to its end. */
export interface Failure {
  readonly file: string
  readonly message: string
  readonly hint: string
}

/** Why events that only a summary still knows are not in an answer. */
export const UNUSED_REASONS = ['fields', 'cut', 'prices', 'ids', 'beside'] as const
export type UnusedReason = (typeof UNUSED_REASONS)[number]

/** What came from the summaries of removed events; beside the lines that were read, and in none of their counts. */
export type Summarized = {
  readonly events: number
  /** Days that these events are of. */
  readonly days: number
  /** Removed events of the range that the summaries cannot answer for; `beside` counts those around the range. */
  readonly unusedBy: UnusedBy
}

export type UnusedBy = Partial<Record<UnusedReason, number>>

/** What the numbers of the range that a report is compared with lack. */
export interface ComparedLedger {
  readonly read: number
  readonly rejected: number
  readonly unusedBy: UnusedBy
}

export interface Ledger {
  files: number
  /** Of the files as they are stored. */
  bytes: number
  read: number
  used: number
  filtered: number
  other: number
  duplicate: number
  /** Of the duplicates: those with other tokens or another cost than the line that counts. */
  differing: number
  /** Lines that do not say whether cached tokens or reasoning are inside or beside what they are told with; taken to be inside. */
  undecided: number
  rejected: number
  rejectedBy: Partial<Record<RejectReason, number>>
  /** The first of all rejected lines, at most PROBLEMS_KEPT. */
  problems: Problem[]
  /** The first of the lines that differ, at most DIFFERING_KEPT. */
  differingAt: LinePlace[]
  failures: Failure[]
  /** Absent where each line that was read is an event. */
  lines?: LineCounts
  /** Absent where all logs are native, or nobody has looked. */
  sources?: readonly ReadSource[]
  /** What else must be known of the logs; absent where nothing must. */
  warnings?: readonly string[]
  /** Absent where no removed event would have counted. */
  summarized?: Summarized
  /** Absent where nothing lacks, or nothing is compared. */
  compared?: ComparedLedger
  /** Absent where all usage was understood, or nobody has looked. */
  unread?: UnreadUsage
  /** Present where the ledger is of the lines in scope and is to say nothing of others. */
  isScoped?: true
  /** In what the first of the lines that differ does; absent where nobody has looked, or it was not found again. */
  differences?: readonly DifferingField[]
}

export const PROBLEMS_KEPT = 100
export const DIFFERING_KEPT = 1

export function emptyLedger(): Ledger {
  return {
    files: 0,
    bytes: 0,
    read: 0,
    used: 0,
    filtered: 0,
    other: 0,
    duplicate: 0,
    differing: 0,
    undecided: 0,
    rejected: 0,
    rejectedBy: {},
    problems: [],
    differingAt: [],
    failures: [],
  }
}

const COUNTS = [
  'files',
  'bytes',
  'read',
  'used',
  'filtered',
  'other',
  'duplicate',
  'differing',
  'undecided',
  'rejected',
] as const

/** Whether nothing counted, of lines and of what was pruned. */
export function isEmptyLedger({ used, summarized }: Pick<Ledger, 'used' | 'summarized'>): boolean {
  return used === 0 && (summarized?.events ?? 0) === 0
}

/** Adds the counts of a later file (or a later part of a file) to a ledger. */
export function addLedger(ledger: Ledger, later: Ledger): void {
  for (const key of COUNTS) ledger[key] += later[key]
  for (const reason of REJECT_REASONS) {
    const count = later.rejectedBy[reason] ?? 0
    if (count > 0) ledger.rejectedBy[reason] = (ledger.rejectedBy[reason] ?? 0) + count
  }
  addAll(ledger.problems, later.problems.slice(0, PROBLEMS_KEPT - ledger.problems.length))
  addAll(ledger.differingAt, later.differingAt.slice(0, DIFFERING_KEPT - ledger.differingAt.length))
  addAll(ledger.failures, later.failures)
  if (later.lines !== undefined) ledger.lines = addLines(ledger.lines, later.lines)
}

/** Adds failures that are not there yet: files are read for each question. */
export function addFailures(ledger: Ledger, failures: readonly Failure[]): void {
  const textOf = ({ file, message }: Failure) => `${file}\n${message}`
  const there = new Set(ledger.failures.map(textOf))
  addAll(
    ledger.failures,
    failures.filter(failure => !there.has(textOf(failure))),
  )
}

/** Counts a rejected line, and keeps its place while there is room. */
export function countReject(ledger: Ledger, problem: Problem): void {
  const { reason } = problem
  ledger.rejected++
  ledger.rejectedBy[reason] = (ledger.rejectedBy[reason] ?? 0) + 1
  if (ledger.problems.length < PROBLEMS_KEPT) ledger.problems.push(problem)
}

/** Counts lines that differ from the one that counts, and keeps the place of the first. */
export function countDiffering(ledger: Ledger, count: number, first: LinePlace): void {
  ledger.differing += count
  if (ledger.differingAt.length < DIFFERING_KEPT) ledger.differingAt.push(first)
}

/** How many lines each reason rejected, in one order whichever line came first. */
export function countsByReason({ rejectedBy }: Pick<Ledger, 'rejectedBy'>): Ledger['rejectedBy'] {
  const counts: Ledger['rejectedBy'] = {}
  for (const reason of REJECT_REASONS) {
    const count = rejectedBy[reason]
    if (count !== undefined) counts[reason] = count
  }
  return counts
}

/** Where the first rejected line is, and what is wrong with it: `, the first at a.jsonl:3 (client is an object)`. */
export function describeFirst({ problems }: Pick<Ledger, 'problems'>): string {
  const [first] = problems
  if (first === undefined) return ''
  const wrong = first.field === undefined ? '' : ` (${visibleText(first.field)} is ${first.value})`
  return `, the first ${first.line === HIDDEN_LINE ? 'in' : 'at'} ${describePlace(first)}${wrong}`
}

/** Takes out of a ledger what tells of the lines around those in scope: how many were read, and where in them these stand. */
export function hideOthers(ledger: Ledger): void {
  const hidden = { line: HIDDEN_LINE }
  ledger.isScoped = true
  ledger.files = 0
  ledger.bytes = 0
  ledger.undecided = 0
  delete ledger.lines
  delete ledger.sources
  delete ledger.warnings
  ledger.problems = ledger.problems.map(problem => ({ ...problem, ...hidden }))
  ledger.differingAt = ledger.differingAt.map(place => ({ ...place, ...hidden }))
  ledger.failures = hideFailures(ledger.failures)
  const { unread, differences } = ledger
  if (unread !== undefined) ledger.unread = hideLines(unread)
  if (differences !== undefined)
    ledger.differences = differences.map(field => ({ ...field, ...hidden, firstLine: HIDDEN_LINE }))
}

export function hideLines(unread: UnreadUsage): UnreadUsage {
  return { ...unread, fields: unread.fields.map(field => ({ ...field, line: HIDDEN_LINE })) }
}

/** That there are failures, and nothing more: a log may be called after a client. */
export function hideFailures(failures: readonly Failure[]): Failure[] {
  return failures.length === 0 ? [] : [HIDDEN_FAILURE]
}

const HIDDEN_FAILURE: Failure = {
  file: 'a log file',
  message: 'could not be read in full',
  hint: 'Ask whoever keeps the logs.',
}
