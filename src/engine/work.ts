// The work of a run, cut into items that threads can take: whole files, or parts of large ones.
import { type Stats, statSync } from 'node:fs'
import { STDIN_PATH } from '../log/find-logs.ts'
import type { LogFile } from '../log/log-file.ts'
import type { FileTask } from './engine.ts'

export interface WorkItem {
  readonly task: FileTask
  /** Where the part begins and ends, see read-part.ts; null reads the file as it is opened. */
  readonly part: { readonly fromByte: number; readonly toByte: number | null } | null
  /** Stored bytes that it is about to read, packed ones weighed by how long unpacking takes. */
  readonly weight: number
}

// Unpacking a byte takes so much longer than reading a plain one.
const PACKED_WEIGHT = 20

export function wholeFile(file: LogFile): FileTask {
  return { file, startByte: 0, linesBefore: 0, keepsIds: false }
}

/** One item a task. */
export function planWhole(tasks: readonly FileTask[]): WorkItem[] {
  return tasks.map(task => ({ task, part: null, weight: weightOf(task.file) - task.startByte }))
}

/** Whole files, plain ones of more than a part cut into parts, in the order of the files and of their lines. */
export function planParts(files: readonly LogFile[], partBytes: number): WorkItem[] {
  return files.flatMap((file): WorkItem[] => {
    const task = wholeFile(file)
    const size = file.packing === 'none' ? (statOf(file)?.size ?? 0) : 0
    if (size < 2 * partBytes) return [{ task, part: null, weight: weightOf(file) }]
    const count = Math.floor(size / partBytes)
    return Array.from({ length: count }, (_, index) => ({
      task,
      part: { fromByte: index * partBytes, toByte: index === count - 1 ? null : (index + 1) * partBytes },
      weight: partBytes,
    }))
  })
}

/** Standard input is read where it is, and what is no regular file cannot be sought in or read twice. */
export function isForMain({ task }: WorkItem): boolean {
  return statOf(task.file) === undefined
}

function weightOf(file: LogFile): number {
  return (statOf(file)?.size ?? 0) * (file.packing === 'none' ? 1 : PACKED_WEIGHT)
}

function statOf(file: LogFile): Stats | undefined {
  if (file.path === STDIN_PATH) return undefined
  const stats = statSync(file.path, { throwIfNoEntry: false })
  return stats?.isFile() === true ? stats : undefined
}
