// An engine that keeps the sums of whole files outside the logs and answers from them. It gives the same tally as the engine
// behind it, only sooner; if anything is in doubt, it asks that engine.
import { isStream } from '../../log/log-file.ts'
import { emptyTally, type Tally } from '../../tally/tally.ts'
import type { Engine, FileEngine, RunRequest } from '../engine.ts'
import type { CacheOptions } from './cache-options.ts'
import { CacheStore } from './cache-store.ts'
import { CachedRun, CacheMiss } from './cached-run.ts'
import { readIdentity } from './file-identity.ts'
import { mergeUnordered, orderLedger } from './ledger-order.ts'

/** Says in the folder of a cache which logs it is of. */
export const ORIGIN_FILE = 'logs.json'

const LEAST_BYTES = 1024 * 1024
/** Keeping a file and finding it again takes longer than reading a small one, which shows where there are many. */
const MANY_FILES = 2000
const SMALL_FILE_BYTES = 64 * 1024
export const MOST_BYTES = 500_000_000

export class CachedEngine implements Engine {
  private readonly inner: FileEngine
  private readonly options: CacheOptions

  constructor(inner: FileEngine, options: CacheOptions) {
    this.inner = inner
    this.options = options
  }

  async run(request: RunRequest): Promise<Tally> {
    const made = request.files.filter(file => file.made !== undefined)
    if (made.length > 0 && made.length < request.files.length && request.query.dedupe !== 'all')
      return await this.runBoth(request)
    if (!isCacheable(request)) return await this.inner.run(request)
    const identities = request.files.map(file => readIdentity(file.path))
    const totalBytes = identities.reduce((sum, identity) => sum + (identity?.sizeBytes ?? 0), 0)
    const { length } = request.files
    const areSmall = length > (this.options.manyFiles ?? MANY_FILES) && totalBytes < length * SMALL_FILE_BYTES
    if (areSmall || totalBytes < (this.options.leastBytes ?? LEAST_BYTES)) return await this.inner.run(request)
    const store = new CacheStore(this.options.folder, this.options.now)
    try {
      return await new CachedRun(this.inner, request, store, identities, this.options).answer()
    } catch (error) {
      if (!(error instanceof CacheMiss)) throw error
      return await this.inner.run(request)
    } finally {
      if (store.writtenBytes > 0) {
        store.write(ORIGIN_FILE, Buffer.from(`${JSON.stringify({ logs: this.options.logs })}\n`))
        store.trim(this.options.mostBytes ?? MOST_BYTES)
      }
    }
  }

  // What was made of other lines is in memory already, and only the rest is looked up.
  private async runBoth(request: RunRequest): Promise<Tally> {
    const { query, files } = request
    const part = (isMade: boolean) => ({
      ...request,
      files: files.filter(({ made }) => (made !== undefined) === isMade),
    })
    const total = emptyTally(query)
    mergeUnordered(total, await this.run(part(false)))
    mergeUnordered(total, await this.inner.run(part(true)))
    return { ...total, ledger: orderLedger(total.ledger, files) }
  }
}

// Ids that count once across files make the tally of one depend on the others; rejected lines are wanted with their bytes.
function isCacheable({ query, files, hooks }: RunRequest): boolean {
  return (
    query.dedupe !== 'all' &&
    hooks.onReject === undefined &&
    !files.some(file => isStream(file) || file.made !== undefined)
  )
}
