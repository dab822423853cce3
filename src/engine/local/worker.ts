// What a thread does: takes items of the work until there are none left, and sends the results.
import { parentPort, workerData } from 'node:worker_threads'
import { MemoryError } from '../../base/errors.ts'
import type { KernelTally } from '../../kernel/kernel-tally.ts'
import { buffersOf, type PackedTally } from '../../kernel/packed-tally.ts'
import type { OpenPrices } from '../../query/event-price.ts'
import type { RejectedLine } from '../../query/ledger.ts'
import { Pipelines } from './pipeline.ts'
import { runItem } from './run-item.ts'
import type { ThreadMessage, ThreadWork } from './thread-messages.ts'

const REJECTS_SENT = 256
const BYTES_SENT = 16 * 1024 * 1024

const rejects: RejectedLine[] = []
let path = ''

/** Does the work that the thread was started with. */
export function runThread(openPrices: OpenPrices): void {
  runItems(workerData as ThreadWork, openPrices).catch((error: Error) => {
    const { message, stack = '' } = error
    const known = error instanceof MemoryError ? { code: error.code, hint: error.hint ?? '' } : {}
    send({ kind: 'error', path, message, stack, ...known })
  })
}

async function runItems(work: ThreadWork, openPrices: OpenPrices) {
  const { query, module, items, formats, next, wantsRejects, wantsItems, blockBytes } = work
  const onReject = wantsRejects ? keepReject : undefined
  const pipelines = new Pipelines(query, module, {
    onReject,
    openPrices,
    ...(blockBytes === undefined ? {} : { blockBytes }),
  })
  const firstItems = new Map<KernelTally, number>()
  const counter = new Int32Array(next)
  for (let item = Atomics.add(counter, 0, 1); item < items.length; item = Atomics.add(counter, 0, 1)) {
    const { task } = items[item]!
    path = task.file.path
    const pipeline = pipelines.of(formats[item]!) as KernelTally
    if (!firstItems.has(pipeline)) firstItems.set(pipeline, item)
    let bytes = 0
    const answer = await runItem(items[item]!, formats[item]!, noStdin, pipeline, count => {
      bytes += count
      if (bytes < BYTES_SENT) return
      send({ kind: 'bytes', item, bytes })
      bytes = 0
    })
    if (bytes > 0) send({ kind: 'bytes', item, bytes })
    const ids = task.isForGrowth ? pipeline.takeSeen() : null
    const seen = ids === null ? null : ids.words
    const tally = wantsItems ? pipeline.takePacked() : null
    const moved = seen === null ? [] : [seen.buffer as ArrayBuffer]
    send({ kind: 'item', item, ...answer, tally, seen }, tally === null ? moved : [...moved, ...buffersOf(tally)])
  }
  sendRejects()
  const tallies = wantsItems ? [] : [...firstItems].map(([pipeline, item]) => [item, pipeline.takePacked()] as const)
  send(
    { kind: 'done', tallies },
    tallies.flatMap(([, tally]: readonly [number, PackedTally]) => buffersOf(tally)),
  )
}

function keepReject(line: RejectedLine): void {
  rejects.push(line)
  if (rejects.length >= REJECTS_SENT) sendRejects()
}

function sendRejects(): void {
  if (rejects.length > 0) send({ kind: 'rejects', lines: rejects.splice(0) })
}

function send(message: ThreadMessage, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved)
}

function noStdin(): never {
  throw new Error('standard input is read by the main thread')
}
