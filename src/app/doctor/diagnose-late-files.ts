// Whether a prune left hidden files that other programs may still write to: the next prune moves what is in them to the log.
import { dirname } from 'node:path'
import { bytesOfFile } from '../../base/regular-file.ts'
import { pathOfLate, readLateFiles } from '../../capture/late-lines.ts'
import type { LogFile } from '../../log/log-file.ts'
import { type Diagnosis, listSome, warning } from './diagnosis.ts'

export async function diagnoseLateFiles(files: readonly LogFile[]): Promise<Diagnosis[]> {
  const folders = [...new Set(files.map(({ path }) => dirname(path)))]
  const late = (await Promise.all(folders.map(readLateFiles))).flat()
  if (late.length === 0) return []
  const waiting = late.filter(file => bytesOfFile(pathOfLate(file)) > file.from)
  const names = listSome([...new Set(late.map(({ log }) => log))])
  const text =
    waiting.length === 0
      ? `A prune kept the old ${names} beside the new one, since a program may still have it open.`
      : `Lines were written to an old ${names} after it was pruned; reports do not count them yet.`
  return [warning('pruned logs', text, 'Run "usagebook log prune" again: it moves such lines to the log, each once.')]
}
