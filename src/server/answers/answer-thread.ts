// A thread that answers questions one after the other, so that the thread that talks to clients never waits for logs.
import { env } from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import { quietHost } from '../../app/quiet-host.ts'
import { openWorkspace, type WorkspaceOptions } from '../../app/workspace/workspace.ts'
import { UsagebookError } from '../../base/errors.ts'
import { isOutOfMemory, tooManyGroups } from '../../base/too-many-groups.ts'
import type { Instant } from '../../base/zone.ts'
import { rulesOfScope } from '../../query/scope.ts'
import { ProblemError, problemOf } from '../problem.ts'
import { makeAnswer } from './make-answer.ts'
import type { Asking, FailedAnswer, GivenAnswer } from './question.ts'

/** What the thread is started with. */
export interface ThreadData {
  readonly workspace: WorkspaceOptions & { readonly root: string }
  readonly cwd: string
}

const { workspace: place, cwd } = workerData as ThreadData
const port = parentPort!

port.on('message', (asking: Asking) => {
  answer(asking).then(
    given => port.postMessage(given, [given.body.buffer as ArrayBuffer]),
    error => port.postMessage(failed(asking, error)),
  )
})

async function answer({ id, question, now }: Asking): Promise<GivenAnswer> {
  const started = performance.now()
  const host = quietHost(place.root, { environment: env, now: () => now as Instant })
  const workspace = await openWorkspace(place, { cwd, environment: env })
  const { body, notes } = await makeAnswer(question, host, workspace)
  // A view of a pool cannot be handed over.
  const own = body.byteLength === body.buffer.byteLength ? body : body.slice()
  return { id, body: own, notes, tookMs: performance.now() - started }
}

function failed({ id, question }: Asking, thrown: unknown): FailedAnswer {
  const error = isOutOfMemory(thrown) ? tooManyGroups() : thrown
  const isBug = !(error instanceof UsagebookError) && !(error instanceof ProblemError)
  const stack = isBug && error instanceof Error ? error.stack : undefined
  // Somebody who may see only some clients is told nothing about files.
  return { id, problem: problemOf(error, rulesOfScope(question.scope) === undefined), stack }
}
