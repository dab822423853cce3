// A file that grows line by line next to its target, and replaces it when it is complete.
import { closeSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readTarget, removeIfThere, type Target, unwritable } from './beside.ts'

const FLUSH_LENGTH = 64 * 1024

export class LineFile {
  private readonly asked: string
  private readonly option: string
  private readonly target: Target
  private readonly descriptor: number
  private pending = ''

  /** `option` is named in errors. */
  constructor(asked: string, option: string) {
    this.asked = asked
    this.option = option
    try {
      this.target = readTarget(asked)
      mkdirSync(dirname(this.target.path), { recursive: true })
      this.descriptor = this.target.isStream
        ? openSync(this.target.path, 'w')
        : openSync(this.target.temporary, 'wx', this.target.mode)
    } catch (error) {
      throw unwritable(asked, option, error)
    }
  }

  write(line: string): void {
    this.pending += `${line}\n`
    if (this.pending.length >= FLUSH_LENGTH) this.flush()
  }

  /** Puts the file in the place of its target. */
  commit(): void {
    this.flush()
    this.attempt(() => {
      closeSync(this.descriptor)
      if (!this.target.isStream) renameSync(this.target.temporary, this.target.path)
    })
  }

  /** Takes the file away; the target is as it was. */
  abandon(): void {
    removeIfThere(this.target.temporary)
  }

  private flush(): void {
    const text = this.pending
    this.pending = ''
    this.attempt(() => writeFileSync(this.descriptor, text))
  }

  private attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.abandon()
      throw unwritable(this.asked, this.option, error)
    }
  }
}
