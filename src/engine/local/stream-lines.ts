// Some complete lines of a file, judged by a query: those that were just appended.
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'
import { copyInto } from '../../log/open-log.ts'
import { textsOfPath } from '../../log/path-texts.ts'
import type { RejectedLine } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import { ReferenceReader } from '../../scan/reference-reader.ts'
import { Judge } from '../../tally/judge.ts'
import type { Judged } from '../../tally/judged.ts'
import { planScan } from '../../tally/tallier.ts'

/** Line numbers count from the first of these lines. */
export function streamLines(
  query: Query,
  format: SourceFormat,
  file: LogFile,
  bytes: Uint8Array,
  sink: (judged: Judged) => void,
  onReject: (line: RejectedLine) => void,
): void {
  const judge = new Judge(query, onReject)
  const reader = new ReferenceReader(planScan(query, format), batch => sink(judge.judge(batch)), {
    keepsRejectedLines: true,
  })
  judge.begin({ name: file.name, linesBefore: 0, day: file.day })
  reader.begin({ hasFileDay: file.day !== null, isFirst: false, texts: textsOfPath(format, file) })
  copyInto(reader, bytes)
  reader.end()
}
