// How lines were counted in files whose lines are not one event each, and which logs were read in which format.

/**
 * The lines of files whose lines are not one event each: in what each of them ended. The other counts of a ledger are then of
 * the events that were made of them, and of rejected lines.
 */
export interface LineCounts {
  readonly read: number
  /** With an event, or several. */
  readonly events: number
  /** Without any. */
  readonly other: number
  readonly rejected: number
}

/** Logs that were read as another format than the native one. */
export interface ReadSource {
  readonly format: string
  /** Where the files are: a folder, or the file itself. */
  readonly place: string
  readonly files: number
}

export function addLines(counts: LineCounts | undefined, { read, events, other, rejected }: LineCounts): LineCounts {
  if (counts === undefined) return { read, events, other, rejected }
  return {
    read: counts.read + read,
    events: counts.events + events,
    other: counts.other + other,
    rejected: counts.rejected + rejected,
  }
}
