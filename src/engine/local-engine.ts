// The engine over local files, in this thread: every file becomes a Tally, and these are merged in the order of the files.
import { parseZone, UTC } from '../base/zone.ts'
import type { LogFile } from '../log/log-file.ts'
import { readLog } from '../log/open-log.ts'
import type { Failure } from '../query/ledger.ts'
import type { Query } from '../query/query.ts'
import type { Reader, ReaderOptions } from '../scan/reader.ts'
import { ReferenceReader } from '../scan/reference-reader.ts'
import { Judge } from '../tally/judge.ts'
import type { JudgedFile } from '../tally/judged-file.ts'
import { planScan, Tallier } from '../tally/tallier.ts'
import { emptyTally, mergeTally, type Tally } from '../tally/tally.ts'
import type { FileEngine, FileResult, FileTask, RunRequest } from './engine.ts'
import { failureOf } from './read-failure.ts'

interface Pipeline {
  readonly reader: Reader
  readonly tallier: Tallier
}

export class LocalEngine implements FileEngine {
  private readonly options: ReaderOptions

  constructor(options: ReaderOptions = {}) {
    this.options = options
  }

  async run(request: RunRequest): Promise<Tally> {
    const total = emptyTally(request.query)
    const tasks = request.files.map(file => ({ file, startByte: 0, linesBefore: 0, keepsIds: false }))
    await this.runFiles(request, tasks, result => mergeTally(total, result.tally))
    return total
  }

  async runFiles(
    request: RunRequest,
    tasks: readonly FileTask[],
    onResult: (result: FileResult) => void,
  ): Promise<void> {
    const judge = new Judge(request.query, request.hooks.onReject)
    const pipelines = new Map<string, Pipeline>()
    for (const task of tasks) {
      const format = request.formatOf(task.file)
      const pipeline = pipelines.get(format.name) ?? this.openPipeline(request, judge, task.file)
      pipelines.set(format.name, pipeline)
      onResult(await runTask(task, request, judge, pipeline))
    }
  }

  private openPipeline(request: RunRequest, judge: Judge, file: LogFile): Pipeline {
    const tallier = new Tallier(request.query)
    const plan = planScan(request.query, request.formatOf(file))
    const options = { ...this.options, keepsRejectedLines: request.hooks.onReject !== undefined }
    const reader = new ReferenceReader(plan, batch => tallier.add(judge.judge(batch)), options)
    return { reader, tallier }
  }
}

async function runTask(
  task: FileTask,
  request: RunRequest,
  judge: Judge,
  { reader, tallier }: Pipeline,
): Promise<FileResult> {
  const { file, startByte, linesBefore, seen } = task
  judge.begin({ ...judgedFile(file, request.query), linesBefore, seen })
  reader.begin({ hasFileDay: file.day !== null, isFirst: startByte === 0 })
  let storedBytes = 0
  let failure: Failure | undefined
  const onBytes = (count: number) => {
    storedBytes += count
    request.hooks.onProgress?.(count, file)
  }
  try {
    await readLog(file, reader, request.stdin, onBytes, startByte)
  } catch (error) {
    failure = failureOf(file, error)
  }
  const lines = linesBefore + reader.end()
  const { ledger } = judge
  ledger.files = 1
  ledger.bytes = storedBytes
  if (failure !== undefined) ledger.failures.push(failure)
  return { task, tally: { ...tallier.take(), ledger }, lines, seen: task.keepsIds ? judge.takeSeen() : undefined }
}

function judgedFile(file: LogFile, query: Query): Pick<JudgedFile, 'name' | 'dayStart'> {
  const zone = parseZone(query.timezone) ?? UTC
  return { name: file.name, dayStart: file.day === null ? null : zone.startOfDay(file.day) }
}
