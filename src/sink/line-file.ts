// A file that grows line by line beside its target, and takes its place when it is done.
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError, systemReason } from '../base/errors.ts'

const FLUSH_LENGTH = 64 * 1024

export class LineFile {
  private readonly target: string
  private readonly flag: string
  private readonly temporary: string
  private readonly descriptor: number
  private pending = ''

  /** `flag` is named in errors. */
  constructor(target: string, flag: string) {
    this.target = target
    this.flag = flag
    this.temporary = join(dirname(target), `.${basename(target)}.${randomBytes(8).toString('hex')}.tmp`)
    this.descriptor = this.attempt(() => {
      mkdirSync(dirname(target), { recursive: true })
      return openSync(this.temporary, 'wx', 0o644)
    })
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
      renameSync(this.temporary, this.target)
    })
  }

  /** Takes the file away; the target is as it was. */
  abandon(): void {
    rmSync(this.temporary, { force: true })
  }

  private flush(): void {
    const bytes = Buffer.from(this.pending)
    this.pending = ''
    this.attempt(() => {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.descriptor, bytes, done)
    })
  }

  private attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      this.abandon()
      throw new InputError('output-unwritable', `${this.target} cannot be written: ${systemReason(error)}.`, {
        where: { flag: this.flag, file: this.target },
        hint: `Free some space, or choose another file with ${this.flag}.`,
        cause: error,
      })
    }
  }
}
