// Events as they are written, until somebody stops it.
import { streamLines } from '../../engine/local/stream-lines.ts'
import { onlyLocal } from '../../log/bucket-path.ts'
import { findLogs } from '../../log/find-logs.ts'
import { LogFollower } from '../../log/follow-logs.ts'
import { foldersOf, lookOften } from '../../log/look-often.ts'
import type { RejectedLine } from '../../query/ledger.ts'
import { eventBuilder, type ListedEvent } from '../../report/event/event-object.ts'
import type { Judged } from '../../tally/judged.ts'
import { refuseOtherTools } from '../log/refuse-other-tools.ts'
import type { LogRequest } from '../request/requests.ts'
import { allFields } from './events-of-lines.ts'

/** Hands over what is appended from when `onReady` is called. Resolves when `isOver` says so; `onEvents` may throw to end it with an error. */
export async function followEvents(
  request: LogRequest,
  onEvents: (events: readonly ListedEvent[]) => void,
  onReject: (line: RejectedLine) => void,
  onReady: (fileCount: number) => void,
  isOver: () => boolean,
): Promise<void> {
  const { logs, filter } = request
  for (const { path, brought } of logs.places) if (brought !== undefined) throw onlyLocal(path)
  const { scope, conditions, extras, range } = filter
  const query = { ...allFields(request), scope, conditions, extras, range: { from: range.from, to: null } }
  const findFiles = () => findLogs(logs.places, logs.cwd).files
  const follower = new LogFollower(findFiles, (file, bytes) => {
    const events: ListedEvent[] = []
    const format = logs.formatOf(file)
    const openEvents = eventBuilder(format, filter.zone)
    const addEvents = (judged: Judged) => {
      const eventOf = openEvents(judged)
      for (const row of judged.rows.subarray(0, judged.used)) events.push(eventOf(row))
    }
    streamLines(query, format, file, bytes, addEvents, onReject)
    if (events.length > 0) onEvents(events)
  })
  refuseOtherTools(findFiles(), request.logs.formatOf, 'be followed')
  follower.look()
  const files = findFiles()
  onReady(files.length)
  const folders = [...foldersOf(files), ...logs.places.map(place => place.path)]
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = lookOften([...new Set(folders)], () => {
        try {
          if (!isOver()) return follower.look()
          stop()
          resolve()
        } catch (error) {
          stop()
          reject(error)
        }
      })
    })
  } finally {
    follower.close()
  }
}
