// The engine over local files, in this thread: every file becomes a Tally, and these are merged in the order of the files.
import { parseZone, UTC } from '../base/zone.ts'
import type { LogFile } from '../log/log-file.ts'
import { readLog } from '../log/open-log.ts'
import type { Failure } from '../query/ledger.ts'
import type { Query } from '../query/query.ts'
import type { Reader, ReaderOptions } from '../scan/reader.ts'
import { ReferenceReader } from '../scan/reference-reader.ts'
import { Judge, type JudgedFile } from '../tally/judge.ts'
import { planScan, Tallier } from '../tally/tallier.ts'
import { emptyTally, mergeTally, type Tally } from '../tally/tally.ts'
import type { Engine, RunRequest } from './engine.ts'
import { failureOf } from './read-failure.ts'

export class LocalEngine implements Engine {
  private readonly options: ReaderOptions

  constructor(options: ReaderOptions = {}) {
    this.options = options
  }

  async run(request: RunRequest): Promise<Tally> {
    const { query } = request
    const total = emptyTally(query)
    const judge = new Judge(query, request.hooks.onReject)
    const pipelines = new Map<string, { reader: Reader; tallier: Tallier }>()
    for (const file of request.files) {
      const format = request.formatOf(file)
      const pipeline = pipelines.get(format.name) ?? this.openPipeline(request, judge, file)
      pipelines.set(format.name, pipeline)
      mergeTally(total, await readFile(file, request, judge, pipeline))
    }
    return total
  }

  private openPipeline(request: RunRequest, judge: Judge, file: LogFile): { reader: Reader; tallier: Tallier } {
    const tallier = new Tallier(request.query)
    const plan = planScan(request.query, request.formatOf(file))
    const options = { ...this.options, keepsRejectedLines: request.hooks.onReject !== undefined }
    const reader = new ReferenceReader(plan, batch => tallier.add(judge.judge(batch)), options)
    return { reader, tallier }
  }
}

async function readFile(
  file: LogFile,
  request: RunRequest,
  judge: Judge,
  { reader, tallier }: { reader: Reader; tallier: Tallier },
): Promise<Tally> {
  judge.begin(judgedFile(file, request.query))
  reader.begin({ hasFileDay: file.day !== null, isFirst: true })
  let storedBytes = 0
  let failure: Failure | undefined
  try {
    await readLog(file, reader, request.stdin, count => {
      storedBytes += count
      request.hooks.onProgress?.(count, file)
    })
  } catch (error) {
    failure = failureOf(file, error)
  }
  reader.end()
  const { ledger } = judge
  ledger.files = 1
  ledger.bytes = storedBytes
  if (failure !== undefined) ledger.failures.push(failure)
  return { ...tallier.take(), ledger }
}

function judgedFile(file: LogFile, query: Query): JudgedFile {
  const zone = parseZone(query.timezone) ?? UTC
  return { name: file.name, dayStart: file.day === null ? null : zone.startOfDay(file.day) }
}
