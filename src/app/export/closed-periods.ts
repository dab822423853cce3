// The periods of FOCUS that are closed, in `.usagebook/focus/`: a folder for each way of cutting the usage, a file a period,
// never written twice.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { claimFile } from '../../durable/durable-file.ts'
import { makeOwnFolder, makeStateFolder, namesIn, stateFolderOf } from '../../durable/state-folder.ts'
import { type ClosedPeriod, closedPeriodText, parseClosedPeriod } from '../../export/focus/closed-period.ts'

const FOLDER = 'focus'
const ENDING = '.jsonl.gz'

export class ClosedPeriods {
  private readonly root: string
  private readonly folder: string

  /** `way` is what the rows were cut and filtered by: only rows of the same way can be compared. */
  constructor(root: string, way: unknown) {
    this.root = root
    const hash = createHash('sha256').update(JSON.stringify(way)).digest('hex').slice(0, 12)
    this.folder = join(stateFolderOf(root), FOLDER, hash)
  }

  /** Undefined where nobody has closed exactly these days. */
  of(firstDay: number, lastDay: number): ClosedPeriod | undefined {
    return this.all().find(period => period.firstDay === firstDay && period.lastDay === lastDay)
  }

  /** In the order of their names. */
  all(): ClosedPeriod[] {
    const names = namesIn(this.folder).filter(name => name.endsWith(ENDING))
    return names.sort().map(name => parseClosedPeriod(gunzipSync(readFileSync(join(this.folder, name))).toString()))
  }

  /** Unless another process was faster: then what that one closed counts. */
  close(name: string, period: ClosedPeriod): void {
    const state = stateFolderOf(this.root)
    makeStateFolder(state)
    makeOwnFolder(join(state, FOLDER))
    makeOwnFolder(this.folder)
    claimFile(join(this.folder, name + ENDING), gzipSync(closedPeriodText(period)))
  }
}
