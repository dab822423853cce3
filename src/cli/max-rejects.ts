// How many rejected lines are allowed: a number, or a part of those read.
import { type FlagName, flagError } from './flags/flag.ts'

export interface MaxRejects {
  readonly count: number
  readonly isPercent: boolean
}

/** The parser of `--max-rejects`. */
export function parseMaxRejects(text: string, flag: FlagName): MaxRejects {
  const match = /^(?:(\d+)|(\d+(?:\.\d+)?)%)$/.exec(text)
  if (match !== null) return { count: Number(match[1] ?? match[2]), isPercent: match[2] !== undefined }
  const hint = 'Give a whole number of lines, or a percentage like 0.5%.'
  throw flagError(flag, text, 'neither a number nor a percentage', hint)
}

export function exceedsRejects(limit: MaxRejects, rejected: number, read: number): boolean {
  return limit.isPercent ? rejected * 100 > limit.count * read : rejected > limit.count
}
