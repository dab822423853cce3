// The engine over local files: cuts the work into items, runs them here and on threads, and puts the answers together in
// the order of the files.
import { pause } from '../../base/pauses.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { openKernelModule } from '../../kernel/exports.ts'
import { KernelTally } from '../../kernel/kernel-tally.ts'
import { unpackTally } from '../../kernel/packed-tally.ts'
import type { OpenPrices } from '../../query/event-price.ts'
import { addLedger, emptyLedger, type Ledger } from '../../query/ledger.ts'
import type { ReaderOptions } from '../../scan/reader.ts'
import { SeenIds } from '../../tally/seen-ids.ts'
import { emptyTally, mergeTally, type Tally } from '../../tally/tally.ts'
import type { FileEngine, FileResult, FileTask, RunRequest } from '../engine.ts'
import { canUseKernel, Pipelines } from './pipeline.ts'
import { type ItemAnswer, runItem } from './run-item.ts'
import type { ThreadMessage, ThreadWork } from './thread-messages.ts'
import { Threads } from './threads.ts'
import { isForMain, planParts, planWhole, type WorkItem, wholeFile } from './work.ts'

export interface LocalEngineOptions extends ReaderOptions {
  /** For queries with prices; threads have their own, see worker.ts. */
  readonly openPrices?: OpenPrices
  /** How many threads read, this one included. */
  readonly threads?: number
  /** The kernel unless told, wherever it can answer; it starts sooner than the reference gets warm. */
  readonly reader?: 'kernel' | 'reference'
  /** The largest parts into which plain files are cut. */
  readonly partBytes?: number
  /** Less input than this for each thread is read by fewer. */
  readonly threadBytes?: number
}

const THREAD_BYTES = 8 * 1024 * 1024
const PART_BYTES = 16 * 1024 * 1024
const LAST_BYTES = 8 * 1024 * 1024
const LAST_SHARE = 64

/** What an item gives; the tally only where it was asked for. */
interface ItemResult extends ItemAnswer {
  readonly tally: Tally | null
  readonly seen: SeenIds | undefined
}

export class LocalEngine implements FileEngine {
  private readonly options: LocalEngineOptions

  constructor(options: LocalEngineOptions = {}) {
    this.options = options
  }

  async run(request: RunRequest): Promise<Tally> {
    const { query, files, hooks } = request
    // Ids that count once, and rejected lines with their numbers, need the lines before them.
    const canCut = query.dedupe === 'off' && hooks.onReject === undefined
    const partBytes = this.options.partBytes ?? PART_BYTES
    const items = canCut ? planParts(files, partBytes) : planWhole(files.map(wholeFile).map(countedFirst(request)))
    const answers: ItemAnswer[] = []
    const pipelines = await this.runItems(request, items, false, (item, answer) => {
      answers[item] = answer
    })
    const [first, ...others] = pipelines.all
    const ledger = joinLedgers(items, answers)
    if (first instanceof KernelTally && others.length === 0) return { ...first.take(), ledger }
    const total = emptyTally(query)
    for (const pipeline of pipelines.all) mergeTally(total, pipeline.take())
    return { ...total, ledger }
  }

  async runFiles(
    request: RunRequest,
    tasks: readonly FileTask[],
    onResult: (result: FileResult) => void,
  ): Promise<void> {
    const items = planWhole(tasks.map(countedFirst(request)))
    await this.runItems(request, items, true, (item, { tally, ledger, lines, seen, blocks }) => {
      onResult({ task: tasks[item]!, tally: { ...tally!, ledger }, lines, seen, blocks })
    })
  }

  // Runs all items; the tallies of those that were not asked for one by one are in the pipelines at the end.
  private async runItems(
    request: RunRequest,
    items: readonly WorkItem[],
    wantsItems: boolean,
    onResult: (item: number, result: ItemResult) => void,
  ): Promise<Pipelines> {
    const { query, hooks, openStdin } = request
    const formats = items.map(item => request.formatOf(item.task.file))
    const hasCounted = items.some(({ task }) => task.counted !== undefined)
    const canUse = items.length > 0 && canUseKernel(query, new Set(formats), hasCounted)
    const isKernel = this.options.reader !== 'reference' && canUse
    const module = isKernel ? openKernelModule() : undefined
    const options = { ...this.options, onReject: hooks.onReject }
    const pipelines = new Pipelines(query, module, options)
    const order = this.orderOf(items, module, query.dedupe === 'all', wantsItems)
    const next = new SharedArrayBuffer(4)
    const counter = new Int32Array(next)
    const threads =
      module === undefined
        ? undefined
        : this.startThreads(request, { items, formats, order, next, module, wantsItems }, pipelines, onResult)
    try {
      for (const index of takeInTurn(order, counter)) {
        const item = items[index]!
        const format = formats[index]!
        const pipeline = pipelines.of(format)
        const onBytes = (bytes: number) => hooks.onProgress?.(bytes, item.task.file)
        const answer = await runItem(item, format, openStdin, pipeline, onBytes)
        const seen = item.task.isForGrowth ? pipeline.takeSeen() : undefined
        onResult(index, { ...answer, tally: wantsItems ? pipeline.take() : null, seen })
        // What threads have sent, and signals, are taken in between.
        await pause()
      }
      await threads?.wait()
    } catch (error) {
      await threads?.stop()
      throw error
    }
    // Threads that have answered end by themselves, while the report is made.
    return pipelines
  }

  // Items for this thread alone come first, then the largest: what is taken last should take little time.
  private orderOf(
    items: readonly WorkItem[],
    module: WebAssembly.Module | undefined,
    inOrder: boolean,
    wantsItems: boolean,
  ): WorkOrder {
    const all = items.map((_, index) => index)
    const count = Math.min(
      this.options.threads ?? 1,
      Math.ceil(weightOf(items) / (this.options.threadBytes ?? THREAD_BYTES)),
    )
    if (module === undefined || inOrder || count < 2) return { mine: all, shared: [], last: [], threads: 0 }
    // Asked once, because a file may come or go.
    const isMine = items.map(isForMain)
    const mine = all.filter(index => isMine[index])
    const shared = all.filter(index => !isMine[index]).sort((a, b) => items[b]!.weight - items[a]!.weight)
    const last = wantsItems ? [] : shared.splice(shared.length - countOfLast(items, shared))
    return { mine, shared, last, threads: Math.min(count, shared.length) - 1 }
  }

  private startThreads(
    { query, hooks }: RunRequest,
    { items, formats, order, next, module, wantsItems }: SharedWork,
    pipelines: Pipelines,
    onResult: (item: number, result: ItemResult) => void,
  ): Threads | undefined {
    if (order.threads < 1) return undefined
    const sharedFormats = order.shared.map(index => formats[index]!)
    const onMessage = (message: ThreadMessage) => {
      if (message.kind === 'bytes') hooks.onProgress?.(message.bytes, items[order.shared[message.item]!]!.task.file)
      else if (message.kind === 'rejects') for (const line of message.lines) hooks.onReject?.(line)
      else if (message.kind === 'item') {
        const { ledger, lines, tally, seen, blocks } = message
        const ids = seen === null ? undefined : SeenIds.ofWords(seen)
        const own = tally === null ? null : unpackTally(tally, query, ledger)
        onResult(order.shared[message.item]!, { ledger, lines, tally: own, seen: ids, blocks })
      } else if (message.kind === 'done') {
        for (const [item, tally] of message.tallies) {
          const pipeline = pipelines.of(sharedFormats[item]!)
          if (pipeline instanceof KernelTally) pipeline.absorb(tally)
        }
      }
    }
    const work: ThreadWork = {
      query,
      module,
      items: order.shared.map(index => items[index]!),
      formats: sharedFormats,
      next,
      wantsRejects: hooks.onReject !== undefined,
      wantsItems,
      blockBytes: this.options.blockBytes,
    }
    return new Threads(order.threads, work, onMessage)
  }
}

interface WorkOrder {
  /** Items that only this thread reads. */
  readonly mine: readonly number[]
  /** Items that any thread may take, in this order. */
  readonly shared: readonly number[]
  /** Items that this thread reads at the end, while the others hand over what they have. */
  readonly last: readonly number[]
  /** How many threads there are beside this one. */
  readonly threads: number
}

interface SharedWork {
  readonly items: readonly WorkItem[]
  readonly formats: readonly SourceFormat[]
  readonly order: WorkOrder
  readonly next: SharedArrayBuffer
  readonly module: WebAssembly.Module
  readonly wantsItems: boolean
}

// Where a file is read from its start, what was removed from it comes first.
function countedFirst({ query, counted }: RunRequest): (task: FileTask) => FileTask {
  return task => {
    const ids = query.dedupe === 'off' || task.startByte > 0 ? undefined : counted?.get(task.file.path)
    return ids === undefined ? task : { ...task, counted: ids.words }
  }
}

function* takeInTurn({ mine, shared, last }: WorkOrder, counter: Int32Array): Iterable<number> {
  yield* mine
  for (let turn = Atomics.add(counter, 0, 1); turn < shared.length; turn = Atomics.add(counter, 0, 1))
    yield shared[turn]!
  yield* last
}

// How many of the smallest items take about as long as a thread needs to hand over its sums.
function countOfLast(items: readonly WorkItem[], shared: readonly number[]): number {
  const most = Math.min(LAST_BYTES, weightOf(items) / LAST_SHARE)
  let bytes = 0
  let count = 0
  while (count < shared.length) {
    bytes += items[shared[shared.length - 1 - count]!]!.weight
    if (bytes > most) break
    count++
  }
  return count
}

function weightOf(items: readonly WorkItem[]): number {
  return items.reduce((sum, item) => sum + item.weight, 0)
}

// The ledgers of the items one after the other; problems in a part are numbered from the start of its file.
function joinLedgers(items: readonly WorkItem[], answers: readonly ItemAnswer[]): Ledger {
  const total = emptyLedger()
  let linesBefore = 0
  items.forEach((item, index) => {
    const { ledger, lines } = answers[index]!
    if ((item.part?.fromByte ?? 0) === 0) linesBefore = 0
    const problems = ledger.problems.map(problem => ({ ...problem, line: problem.line + linesBefore }))
    addLedger(total, { ...ledger, problems })
    linesBefore += lines
  })
  return total
}
