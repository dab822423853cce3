// Reads files one after the other and passes on the rows that a query counts, unchanged, for questions that sums cannot answer.
import type { LogFile } from '../../log/log-file.ts'
import { readLog } from '../../log/open-log.ts'
import { textsOfPath } from '../../log/path-texts.ts'
import { addLedger, emptyLedger, type Ledger } from '../../query/ledger.ts'
import { addMade } from '../../query/made-ledger.ts'
import { ReferenceReader } from '../../scan/reference-reader.ts'
import { Judge } from '../../tally/judge.ts'
import type { Judged } from '../../tally/judged.ts'
import { SeenIds } from '../../tally/seen-ids.ts'
import { planScan } from '../../tally/tallier.ts'
import type { RunRequest } from '../engine.ts'
import { failureOf } from './read-failure.ts'

/** Valid only during the call that hands it over. */
export type JudgedSink = (judged: Judged, file: LogFile) => void

/** Reads the files in their order; the group-bys of the query only say which columns are made. */
export async function streamEvents(request: RunRequest, sink: JudgedSink): Promise<Ledger> {
  const { query, hooks, openStdin } = request
  const judge = new Judge(query, hooks.onReject)
  const total = emptyLedger()
  for (const file of request.files) {
    const options = { keepsRejectedLines: hooks.onReject !== undefined }
    const format = request.formatOf(file)
    if (format.steps !== undefined) throw new Error(`${file.name} is read as if each of its lines were an event`)
    const plan = planScan(query, format)
    const reader = new ReferenceReader(plan, batch => sink(judge.judge(batch), file), options)
    const counted = request.counted?.get(file.path)
    const seen = counted === undefined ? {} : { seen: SeenIds.ofFingerprints(counted.words) }
    judge.begin({ name: file.name, linesBefore: 0, day: file.day, lines: file.made?.lines, ...seen })
    reader.begin({ hasFileDay: file.day !== null, isFirst: true, texts: textsOfPath(format, file) })
    try {
      await readLog(file, reader, openStdin, ({ length }) => {
        judge.ledger.bytes += length
        hooks.onProgress?.(length, file)
      })
    } catch (error) {
      judge.ledger.failures.push(failureOf(file, error))
    }
    reader.end()
    judge.ledger.files = 1
    if (file.made !== undefined) addMade(judge.ledger, file.made.ledger)
    addLedger(total, judge.ledger)
  }
  return total
}
