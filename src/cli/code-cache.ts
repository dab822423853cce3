// The code that V8 made of the bundle, kept in the user's cache folder: the next run begins without compiling. One file for
// the first word of the command line, since each command needs other parts of the bundle. Nothing that goes wrong here is
// an error. V8 itself would run damaged code, so every byte is checked before it is given any.
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Script } from 'node:vm'
import * as zlib from 'node:zlib'
import { cacheRoot } from '../app/cache-place.ts'
import { systemCode } from '../base/errors.ts'

/** The first runs each add what they compiled to what is kept; after so many, nothing is written any more. */
const LEARNING_RUNS = 3
const KEPT_MS = 30 * 24 * 3_600_000
/** Little-endian words before the code: the runs that added to it, and the check over run count and code. */
const HEAD_BYTES = 8

type Checksum = (bytes: Uint8Array, start?: number) => number
// Node 20.15, 22.2 and later have it. A digest in JavaScript would take as long as the code saves.
const { crc32 } = zlib as { crc32?: Checksum }

/** What it needs of the process. */
export type Host = Pick<NodeJS.Process, 'env' | 'version' | 'arch' | 'pid' | 'getuid' | 'once'>

interface Kept {
  readonly runs: number
  readonly code: Buffer
}

export class CodeCache {
  private readonly host: Host
  private readonly folder: string
  private readonly word: string
  private readonly id: string
  private readonly checksum: Checksum
  private runs = 0

  /** Undefined where nothing can be kept, or the user does not want Node to keep code. `bundle` stands for its content. */
  static find(host: Host, bundle: string, word: string | undefined): CodeCache | undefined {
    const root = host.env.NODE_DISABLE_COMPILE_CACHE === undefined ? cacheRoot(host.env) : undefined
    if (root === undefined || crc32 === undefined) return undefined
    return new CodeCache(host, root, bundle, word, crc32)
  }

  constructor(host: Host, folder: string, bundle: string, word: string | undefined, checksum: Checksum) {
    this.host = host
    this.folder = folder
    this.word = word !== undefined && /^[a-z]{1,20}$/.test(word) ? word : 'report'
    this.id = `${bundle}-${host.version}-${host.arch}`
    this.checksum = checksum
  }

  /** What is kept for this word; undefined where there is nothing, or nothing to be trusted. */
  read(): Buffer | undefined {
    const kept = orUndefined(() => this.open())
    this.runs = kept?.runs ?? 0
    return kept?.code
  }

  /** Keeps what a script has compiled by the end of a run that went well. */
  keepAtExit(script: Script): void {
    this.host.once('exit', code => {
      if (script.cachedDataRejected === true) this.runs = 0
      if (code === 0 && this.runs < LEARNING_RUNS) orUndefined(() => this.write(script.createCachedData()))
    })
  }

  private open(): Kept | undefined {
    const descriptor = openSync(this.file, 'r')
    try {
      const { size, uid, mode } = fstatSync(descriptor)
      // Code that others can write is code that others can have run.
      if (uid !== this.host.getuid?.() || (mode & 0o022) !== 0 || size < HEAD_BYTES) return undefined
      const bytes = Buffer.allocUnsafeSlow(size)
      if (readSync(descriptor, bytes) !== size) return undefined
      const code = bytes.subarray(HEAD_BYTES)
      const runs = bytes.readUInt32LE(0)
      return bytes.readUInt32LE(4) === this.checksum(code, runs) ? { runs, code } : undefined
    } finally {
      closeSync(descriptor)
    }
  }

  private write(code: Buffer): void {
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt32LE(this.runs + 1, 0)
    head.writeUInt32LE(this.checksum(code, this.runs + 1), 4)
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const temporary = `${this.file}.${this.host.pid}.tmp`
    writeFileSync(temporary, Buffer.concat([head, code]), { mode: 0o600, flag: 'wx' })
    renameSync(temporary, this.file)
    this.removeOlder()
  }

  // Of versions of the program or of Node that are gone, or not finished. Two that are used in turn leave each other alone.
  private removeOlder(): void {
    const now = statSync(this.file).mtimeMs
    for (const other of readdirSync(this.folder)) {
      const path = join(this.folder, other)
      if (other.startsWith(`${this.word}-`) && statSync(path).mtimeMs < now - KEPT_MS) rmSync(path, { force: true })
    }
  }

  private get file(): string {
    return join(this.folder, `${this.word}-${this.id}.code`)
  }
}

function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}
