// The logger: a call for each kind of event, and the middlewares that call `request`.
import type { CustomInput, FeedbackInput, InputOfKind } from './event-input.ts'
import { EventLog, type LogCounts } from './event-log.ts'
import { settingsOf, type UsageLogOptions } from './log-options.ts'

/**
 * Opens a usage log. No call of it throws, rejects or waits for the disk; only wrong options do, here. Lines are on disk
 * after `flushMs`, after `flush()`, and when the process ends by itself or by `process.exit`.
 */
export function usageLog(options: UsageLogOptions = {}): UsageLog {
  return new UsageLog(options)
}

export class UsageLog {
  private readonly log: EventLog

  constructor(options: UsageLogOptions) {
    this.log = new EventLog(settingsOf(options))
  }

  /** A call of a language model. */
  analysis(event: InputOfKind<'analysis'>): void {
    this.log.write('analysis', event)
  }

  /** A request to the application; the middlewares write these. */
  request(event: InputOfKind<'request'>): void {
    this.log.write('request', event)
  }

  sessionStart(event: InputOfKind<'session_start'>): void {
    this.log.write('session_start', event)
  }

  sessionEnd(event: InputOfKind<'session_end'>): void {
    this.log.write('session_end', event)
  }

  /** A file that a user brought: its name and size, never its content. */
  fileUpload(event: InputOfKind<'file_upload'>): void {
    this.log.write('file_upload', event)
  }

  userQuery(event: InputOfKind<'user_query'>): void {
    this.log.write('user_query', event)
  }

  agentResponse(event: InputOfKind<'agent_response'>): void {
    this.log.write('agent_response', event)
  }

  activity(event: InputOfKind<'activity'>): void {
    this.log.write('activity', event)
  }

  feedback(event: FeedbackInput): void {
    this.log.write('feedback', event)
  }

  threat(event: InputOfKind<'threat'>): void {
    this.log.write('threat', event)
  }

  error(event: InputOfKind<'error'>): void {
    this.log.write('error', event)
  }

  /** Anything else: a name of your own and any JSON. */
  custom(name: string, data?: unknown, event: CustomInput = {}): void {
    this.log.write('custom', { ...event, name, data })
  }

  /** What became of the events so far. */
  counts(): LogCounts {
    return this.log.counts()
  }

  /** Resolves when all that was logged is on disk, or the disk has refused it. Wait for it now and then to log in bulk. */
  flush(): Promise<void> {
    return this.log.flush()
  }

  /** Writes what is left and stops. Later events are counted as dropped. */
  close(): Promise<void> {
    return this.log.close()
  }
}
