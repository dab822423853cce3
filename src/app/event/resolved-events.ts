// Single events of threats that were resolved after they were logged say so.
import type { RunRequest } from '../../engine/engine.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import type { ListedEvent } from '../../report/event/event-object.ts'
import { askResolutions, type Resolutions } from '../report/resolved-threats.ts'
import type { LogRequest } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'

/** Marks page after page; the logs are asked once, when the first open threat comes by. */
export class ResolvedEvents {
  private readonly request: LogRequest
  private readonly files: readonly LogFile[]
  private readonly counted: NonNullable<RunRequest['counted']>
  private resolutions: Resolutions | undefined

  /** What comes through a pipe is not read a second time, and shown as it was logged. */
  constructor(request: LogRequest, files: readonly LogFile[], counted: NonNullable<RunRequest['counted']>) {
    this.request = request
    this.files = files.filter(file => !isStream(file))
    this.counted = counted
  }

  async mark(events: readonly ListedEvent[]): Promise<readonly ListedEvent[]> {
    if (!events.some(isOpen)) return events
    const { request, files, counted } = this
    const { from } = request.filter.range
    const asking = { request, files, counted, hooks: {}, engine: openEngine(request.engine) }
    const resolutions = this.resolutions ?? (await askResolutions(asking, from))
    this.resolutions = resolutions
    if (resolutions.size === 0) return events
    return events.map(event => {
      const { client, id } = event.object
      const isResolved = isOpen(event) && resolutions.has(textOf(client), textOf(id))
      return isResolved ? { ...event, object: { ...event.object, resolved: true } } : event
    })
  }
}

function isOpen({ object }: ListedEvent): boolean {
  return object.event === 'threat' && textOf(object.id) !== null && String(object.resolved ?? false) !== 'true'
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value)
}
