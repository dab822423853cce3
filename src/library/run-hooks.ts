// What the engine is told of a call of the library.
import { statSync } from 'node:fs'
import type { runReport } from '../app/report/run-report.ts'
import type { CallHooks } from './api.ts'

export function runHooks({ signal, onProgress }: CallHooks): Parameters<typeof runReport>[1] {
  let total = 0
  let read = 0
  return {
    onFiles: files => {
      signal?.throwIfAborted()
      total += files.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0)
    },
    onProgress: bytes => {
      signal?.throwIfAborted()
      read += bytes
      onProgress?.(read, Math.max(total, read))
    },
  }
}
