// The threads that answer questions: as many as can run at once, started when they are needed. A question that waits or
// takes too long is refused.
import { Worker } from 'node:worker_threads'
import { builtFile } from '../../base/built-file.ts'
import { ProblemError } from '../problem.ts'
import type { ThreadData } from './answer-thread.ts'
import type { Asking, FailedAnswer, GivenAnswer, Question } from './question.ts'

/** How many questions may wait for a thread; any more are refused. */
const MOST_WAITING = 128

export interface PoolSettings extends ThreadData {
  readonly threads: number
  /** How long one question may take, including the wait. */
  readonly timeLimitMs: number
}

interface Waiting {
  readonly asking: Asking
  readonly resolve: (given: GivenAnswer) => void
  readonly reject: (error: unknown) => void
  timer: NodeJS.Timeout | undefined
}

class Thread {
  readonly worker: Worker
  current: Waiting | undefined

  constructor(data: ThreadData) {
    this.worker = new Worker(builtFile('answer.cjs'), { workerData: data })
    // An idle thread does not keep the process alive.
    this.worker.unref()
  }
}

export class AnswerPool {
  private readonly settings: PoolSettings
  private readonly threads = new Set<Thread>()
  private readonly queue: Waiting[] = []
  private lastId = 0
  private isClosed = false

  constructor(settings: PoolSettings) {
    this.settings = settings
  }

  ask(question: Question, now: number): Promise<GivenAnswer> {
    if (this.queue.length >= MOST_WAITING) return Promise.reject(busy())
    const asking = { id: ++this.lastId, question, now }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { asking, resolve, reject, timer: undefined }
      waiting.timer = setTimeout(() => this.giveUp(waiting), this.settings.timeLimitMs)
      this.queue.push(waiting)
      this.next()
    })
  }

  async close(): Promise<void> {
    this.isClosed = true
    for (const waiting of this.queue.splice(0)) this.fail(waiting, busy())
    await Promise.all([...this.threads].map(({ worker }) => worker.terminate()))
  }

  private next(): void {
    if (this.queue.length === 0 || this.isClosed) return
    const thread = this.freeThread()
    if (thread === undefined) return
    const waiting = this.queue.shift()!
    thread.current = waiting
    thread.worker.postMessage(waiting.asking)
  }

  private freeThread(): Thread | undefined {
    for (const thread of this.threads) if (thread.current === undefined) return thread
    if (this.threads.size >= this.settings.threads) return undefined
    const thread = new Thread({ workspace: this.settings.workspace, cwd: this.settings.cwd })
    thread.worker.on('message', (given: GivenAnswer | FailedAnswer) => this.take(thread, given))
    thread.worker.on('error', error => this.lose(thread, error))
    thread.worker.on('exit', () => this.lose(thread, new Error('a thread ended without an answer')))
    this.threads.add(thread)
    return thread
  }

  private take(thread: Thread, given: GivenAnswer | FailedAnswer): void {
    const { current } = thread
    thread.current = undefined
    if (current !== undefined) {
      clearTimeout(current.timer)
      if ('problem' in given) current.reject(errorOf(given))
      else current.resolve(given)
    }
    this.next()
  }

  // A thread that ended takes its question with it, and another takes its place.
  private lose(thread: Thread, error: Error): void {
    if (!this.threads.delete(thread)) return
    if (thread.current !== undefined) this.fail(thread.current, error)
    this.next()
  }

  private giveUp(waiting: Waiting): void {
    const at = this.queue.indexOf(waiting)
    if (at >= 0) this.queue.splice(at, 1)
    const thread = [...this.threads].find(({ current }) => current === waiting)
    this.fail(waiting, tooSlow(this.settings.timeLimitMs))
    if (thread === undefined) return
    thread.current = undefined
    this.threads.delete(thread)
    // It can only be stopped from outside.
    thread.worker.terminate().then(() => this.next())
  }

  private fail(waiting: Waiting, error: unknown): void {
    clearTimeout(waiting.timer)
    waiting.reject(error)
  }
}

function errorOf({ problem, stack }: FailedAnswer): ProblemError {
  const error = new ProblemError(problem)
  if (stack !== undefined) error.stack = stack
  return error
}

function busy(): ProblemError {
  return new ProblemError(
    { status: 503, code: 'busy', title: 'Too many questions are waiting already.', hint: 'Ask again in a moment.' },
    { 'Retry-After': '2' },
  )
}

function tooSlow(limitMs: number): ProblemError {
  return new ProblemError(
    {
      status: 503,
      code: 'too-slow',
      title: `The answer took longer than ${Math.round(limitMs / 1000)} seconds.`,
      hint: 'Ask for less: use a filter or a shorter range. Or ask again: what was read so far is kept.',
    },
    { 'Retry-After': '10' },
  )
}
