// When to check the logs again: as soon as a folder changes, and at regular intervals.
import { watch } from 'node:fs'
import { dirname } from 'node:path'
import type { LogFile } from './log-file.ts'

const POLL_MS = 250

/** Looks at once when a folder says that it changed, and now and then in any case. Returns how to stop. */
export function lookOften(folders: readonly string[], look: () => void): () => void {
  const timer = setInterval(look, POLL_MS)
  const watchers = folders.flatMap(folder => {
    try {
      const watcher = watch(folder, look)
      // A folder that goes away is seen by looking.
      watcher.on('error', () => watcher.close())
      return [watcher]
    } catch {
      // Where the system cannot watch, looking now and then must do.
      return []
    }
  })
  return () => {
    clearInterval(timer)
    for (const watcher of watchers) watcher.close()
  }
}

/** The folders in which these files are. */
export function foldersOf(files: readonly LogFile[]): string[] {
  return [...new Set(files.map(file => dirname(file.path)))]
}
