// The work of a run, cut into items that threads can take: whole files, or parts of large ones.
import { type Stats, statSync } from 'node:fs'
import { isStream, type LogFile } from '../../log/log-file.ts'
import type { FileTask } from '../engine.ts'

export interface WorkItem {
  readonly task: FileTask
  /** Where the part begins and ends, see read-part.ts; null reads the file as it is opened. */
  readonly part: { readonly fromByte: number; readonly toByte: number | null } | null
  /** Stored bytes that it is about to read, packed ones weighed by how long unpacking takes. */
  readonly weight: number
}

// Unpacking a byte takes so much longer than reading a plain one.
const PACKED_WEIGHT = 20
// What is left is cut into so many parts, none smaller than such a share of the largest.
const PARTS_LEFT = 16
const SMALLEST_SHARE = 8

export function wholeFile(file: LogFile): FileTask {
  return { file, startByte: 0, linesBefore: 0, isForGrowth: false }
}

/** One item a task. */
export function planWhole(tasks: readonly FileTask[]): WorkItem[] {
  return tasks.map(task => ({ task, part: null, weight: weightOf(task.file) - task.startByte }))
}

/**
 * Whole files, large plain ones cut into parts, in the order of the files and of their lines. Parts get smaller towards the
 * end, so that all threads end at about the same time.
 */
export function planParts(files: readonly LogFile[], partBytes: number): WorkItem[] {
  const sizes = files.map(file => (file.packing === 'none' ? (statOf(file)?.size ?? 0) : 0))
  let left = sizes.reduce((sum, size) => sum + size, 0)
  return files.flatMap((file, index) => {
    const items = planFile(file, sizes[index]!, left, partBytes)
    left -= sizes[index]!
    return items
  })
}

// `left` are the bytes from the start of the file to the end of all files.
function planFile(file: LogFile, size: number, left: number, partBytes: number): WorkItem[] {
  const task = wholeFile(file)
  const items: WorkItem[] = []
  let fromByte = 0
  for (;;) {
    const share = (left - fromByte) / PARTS_LEFT
    const bytes = Math.ceil(Math.min(partBytes, Math.max(partBytes / SMALLEST_SHARE, share)))
    if (size - fromByte < 2 * bytes) break
    items.push({ task, part: { fromByte, toByte: fromByte + bytes }, weight: bytes })
    fromByte += bytes
  }
  if (fromByte === 0) return [{ task, part: null, weight: weightOf(file) }]
  return [...items, { task, part: { fromByte, toByte: null }, weight: size - fromByte }]
}

/** Standard input and what is in memory are read where they are, and what is no regular file cannot be sought in or read twice. */
export function isForMain({ task }: WorkItem): boolean {
  return statOf(task.file) === undefined
}

function weightOf(file: LogFile): number {
  return (statOf(file)?.size ?? 0) * (file.packing === 'none' ? 1 : PACKED_WEIGHT)
}

function statOf(file: LogFile): Stats | undefined {
  if (isStream(file) || file.made !== undefined) return undefined
  const stats = statSync(file.path, { throwIfNoEntry: false })
  return stats?.isFile() === true ? stats : undefined
}
