// Reads one item of the work through a pipeline, in the same way on the main thread and on the others.
import type { Readable } from 'node:stream'
import type { SourceFormat } from '../../event/source-format.ts'
import { readLog } from '../../log/open-log.ts'
import { textsOfPath } from '../../log/path-texts.ts'
import { readPart } from '../../log/read-part.ts'
import type { Failure, Ledger } from '../../query/ledger.ts'
import { addMade } from '../../query/made-ledger.ts'
import { SeenIds } from '../../tally/seen-ids.ts'
import { FileBlocks, type ReadBlocks } from '../file-blocks.ts'
import type { Pipeline } from './pipeline.ts'
import { failureOf } from './read-failure.ts'
import type { WorkItem } from './work.ts'

/** What an item gives beside what it adds to the tally. */
export interface ItemAnswer {
  readonly ledger: Ledger
  /** Lines of the item, or of the file up to its end where the lines before are known. */
  readonly lines: number
  /** Undefined where they were not wanted. */
  readonly blocks: ReadBlocks | undefined
}

export async function runItem(
  { task, part }: WorkItem,
  format: SourceFormat,
  openStdin: () => Readable,
  pipeline: Pipeline,
  onBytes: (storedBytes: number) => void,
): Promise<ItemAnswer> {
  const { file, startByte, linesBefore, counted } = task
  const seen = task.seen ?? (counted && SeenIds.ofFingerprints(counted))
  const { reader } = pipeline
  pipeline.begin({ name: file.name, day: file.day, linesBefore, lines: file.made?.lines, seen })
  const isFirst = startByte === 0 && (part?.fromByte ?? 0) === 0
  reader.begin({ hasFileDay: file.day !== null, isFirst, texts: textsOfPath(format, file) })
  const blocks = task.isForGrowth ? new FileBlocks(task.blocks) : undefined
  let storedBytes = 0
  const count = (bytes: number) => {
    storedBytes += bytes
    onBytes(bytes)
  }
  const note = (stored: Uint8Array) => {
    blocks?.add(stored)
    count(stored.length)
  }
  let failure: Failure | undefined
  try {
    if (part === null) await readLog(file, reader, openStdin, note, startByte)
    else readPart(file.path, part.fromByte, part.toByte, reader, count)
  } catch (error) {
    failure = failureOf(file, error)
  }
  const lines = linesBefore + reader.end()
  const { ledger } = pipeline
  ledger.files = (part?.fromByte ?? 0) === 0 ? 1 : 0
  ledger.bytes = storedBytes
  if (failure !== undefined) ledger.failures.push(failure)
  if (file.made !== undefined) addMade(ledger, file.made.ledger)
  return { ledger, lines, blocks: blocks?.read }
}
