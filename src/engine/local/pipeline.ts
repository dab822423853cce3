// From the bytes of a file to its tally: through the kernel or, if it cannot answer a query, through the reference.
import type { SourceFormat } from '../../event/source-format.ts'
import { KernelTally } from '../../kernel/kernel-tally.ts'
import { canTally } from '../../kernel/limits.ts'
import type { OpenPrices, PriceOf } from '../../query/event-price.ts'
import type { Ledger, RejectedLine } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import type { Reader, ReaderOptions } from '../../scan/reader.ts'
import { ReferenceReader } from '../../scan/reference-reader.ts'
import { Judge } from '../../tally/judge.ts'
import type { JudgedFile } from '../../tally/judged-file.ts'
import type { SeenIds } from '../../tally/seen-ids.ts'
import { planScan, Tallier } from '../../tally/tallier.ts'
import type { Tally } from '../../tally/tally.ts'

export interface Pipeline {
  /** Takes the bytes of the file at hand. */
  readonly reader: Reader
  /** Of the file at hand. */
  readonly ledger: Ledger
  /** Starts a file: a new ledger, and no ids seen unless they count once across all files. */
  begin(file: JudgedFile): void
  /** The tally of all files since the last call, with an empty ledger. Its key tables are those of the pipeline. */
  take(): Tally
  /** Hands over the ids seen so far. */
  takeSeen(): SeenIds
}

export interface PipelineOptions extends ReaderOptions {
  readonly onReject?: ((line: RejectedLine) => void) | undefined
  /** For queries with prices. */
  readonly openPrices?: OpenPrices | undefined
}

/** The pipelines of one query, one for each format. Without a kernel's module all go through the reference. */
export class Pipelines {
  private readonly query: Query
  private readonly module: WebAssembly.Module | undefined
  private readonly options: PipelineOptions
  private readonly open = new Map<SourceFormat, Pipeline>()
  private readonly priceOf: PriceOf | undefined
  private judge: Judge | undefined

  constructor(query: Query, module: WebAssembly.Module | undefined, options: PipelineOptions) {
    this.query = query
    this.module = module
    this.options = options
    this.priceOf = query.pricing && options.openPrices!(query.pricing)
  }

  of(format: SourceFormat): Pipeline {
    // Its lines are no events: whoever asks has not made them.
    if (format.steps !== undefined) throw new Error(`lines of ${format.name} are read as if each were an event`)
    const pipeline = this.open.get(format) ?? this.openOne(format)
    this.open.set(format, pipeline)
    return pipeline
  }

  get all(): Iterable<Pipeline> {
    return this.open.values()
  }

  private openOne(format: SourceFormat): Pipeline {
    const { query, module, options, priceOf } = this
    if (module !== undefined) return new KernelTally(module, query, format, options.onReject, { ...options, priceOf })
    this.judge ??= new Judge(query, options.onReject)
    return new ReferencePipeline(query, format, this.judge, { ...options, priceOf })
  }
}

/**
 * Whether kernels can answer a query. Ids that count once across files cannot be shared by kernels of several formats, nor
 * can ids that were counted before be added to them.
 */
export function canUseKernel(query: Query, formats: ReadonlySet<SourceFormat>, hasCounted: boolean): boolean {
  const isShared = query.dedupe === 'all'
  return !(isShared && (formats.size > 1 || hasCounted)) && [...formats].every(format => canTally(query, format))
}

class ReferencePipeline implements Pipeline {
  readonly reader: Reader
  private readonly judge: Judge
  private readonly tallier: Tallier

  constructor(
    query: Query,
    format: SourceFormat,
    judge: Judge,
    options: PipelineOptions & { priceOf: PriceOf | undefined },
  ) {
    const tallier = new Tallier(query, options.priceOf)
    const readerOptions = { ...options, keepsRejectedLines: options.onReject !== undefined }
    this.judge = judge
    this.tallier = tallier
    const plan = planScan(query, format)
    this.reader = new ReferenceReader(plan, batch => tallier.add(judge.judge(batch)), readerOptions)
  }

  get ledger(): Ledger {
    return this.judge.ledger
  }

  begin(file: JudgedFile): void {
    this.judge.begin(file)
    this.tallier.begin()
  }

  take(): Tally {
    return this.tallier.take()
  }

  takeSeen(): SeenIds {
    return this.judge.takeSeen()
  }
}
