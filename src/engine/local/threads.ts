// Runs work on threads beside the main one, and collects what they send.
import { Worker } from 'node:worker_threads'
import { builtFile } from '../../base/built-file.ts'
import { MemoryError } from '../../base/errors.ts'
import type { ThreadMessage, ThreadWork } from './thread-messages.ts'

/** Starts threads on the same work; `onMessage` gets all but their errors. */
export class Threads {
  private readonly ends: Promise<void>[]
  private readonly workers: Worker[]

  constructor(count: number, work: ThreadWork, onMessage: (message: ThreadMessage) => void) {
    const entry = builtFile('worker.cjs')
    this.workers = Array.from({ length: count }, () => new Worker(entry, { workerData: work }))
    this.ends = this.workers.map(worker => endOf(worker, onMessage))
    // Whoever waits is told; until then an error is not unhandled.
    for (const end of this.ends) end.catch(() => undefined)
  }

  /** Until all have answered. An error of one is thrown. */
  async wait(): Promise<void> {
    await Promise.all(this.ends)
  }

  /** Ends those that still run. */
  async stop(): Promise<void> {
    await Promise.all(this.workers.map(worker => worker.terminate()))
  }
}

function endOf(worker: Worker, onMessage: (message: ThreadMessage) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'error') reject(threadError(message))
      else {
        try {
          onMessage(message)
        } catch (error) {
          reject(error)
        }
        if (message.kind === 'done') resolve()
      }
    })
    worker.on('error', reject)
    worker.on('exit', code => {
      reject(new Error(`a thread ended with ${code} before it had answered`))
    })
  })
}

function threadError({ path, message, stack, code, hint }: Extract<ThreadMessage, { kind: 'error' }>): Error {
  if (code !== undefined) return new MemoryError(code, message, { hint: hint! })
  const error = new Error(`${message} (in a thread, at ${path === '' ? 'its start' : path})`)
  error.stack = `${error.message}\n${stack}`
  return error
}
