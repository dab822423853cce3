// The code that V8 compiled from the bundle, kept in the user's cache folder, so that the next run starts without compiling.
// There is one file for each first word of the command line, since commands need different parts of the bundle. Nothing that
// goes wrong here is an error. V8 would run damaged code, so the file has two copies, which must be equal: comparing them
// takes less time than loading a module that computes checksums.
import { readdirSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Script } from 'node:vm'
import { cacheRoot } from '../../app/workspace/cache-place.ts'
import { systemCode } from '../../base/errors.ts'
import { makePrivateFolder, readOwnFile } from '../../base/private-folder.ts'

/** The first runs each add what they compiled to what is kept; after so many, nothing is written any more. */
const LEARNING_RUNS = 3
const KEPT_MS = 30 * 24 * 3_600_000
/** Before each copy of the code: the runs that added to it, as a little-endian word. V8 copies code that is not aligned so. */
const HEAD_BYTES = 8
const PIECE_BYTES = 64 * 1024

/** What it needs of the process. */
export type Host = Pick<NodeJS.Process, 'env' | 'version' | 'arch' | 'pid' | 'once'>

interface Kept {
  readonly runs: number
  readonly code: Buffer
}

export class CodeCache {
  private readonly host: Host
  private readonly folder: string
  private readonly word: string
  private readonly id: string
  private runs = 0

  /** Undefined where nothing can be kept, or the user does not want Node to keep code. `bundle` stands for its content. */
  static find(host: Host, bundle: string, word: string | undefined): CodeCache | undefined {
    const root = host.env.NODE_DISABLE_COMPILE_CACHE === undefined ? cacheRoot(host.env) : undefined
    return root === undefined ? undefined : new CodeCache(host, root, bundle, word)
  }

  constructor(host: Host, folder: string, bundle: string, word: string | undefined) {
    this.host = host
    this.folder = folder
    this.word = word !== undefined && /^[a-z]{1,20}$/.test(word) ? word : 'report'
    this.id = `${bundle}-${host.version}-${host.arch}`
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
    // Code that others can write is code that others can have run.
    return readOwnFile(this.file, (descriptor, { size }) => {
      if (size < 2 * HEAD_BYTES) return undefined
      const copy = Buffer.allocUnsafeSlow(size / 2)
      if (readSync(descriptor, copy) !== copy.length || !isRest(descriptor, copy)) return undefined
      return { runs: copy.readUInt32LE(0), code: copy.subarray(HEAD_BYTES) }
    })
  }

  private write(code: Buffer): void {
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt32LE(this.runs + 1, 0)
    makePrivateFolder(this.folder)
    const temporary = `${this.file}.${this.host.pid}.tmp`
    try {
      writeFileSync(temporary, Buffer.concat([head, code, head, code]), { mode: 0o600, flag: 'wx' })
      renameSync(temporary, this.file)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
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

// Compared piece by piece, because memory that is touched for the first time costs more than reading.
function isRest(descriptor: number, copy: Buffer): boolean {
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  let at = 0
  for (;;) {
    const count = readSync(descriptor, piece)
    if (count === 0) return at === copy.length
    if (!piece.subarray(0, count).equals(copy.subarray(at, at + count))) return false
    at += count
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
