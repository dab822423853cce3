// What is known about every log file of a shape without opening it: its identity when it was read, and the time that it spans.
import { openSealed, seal } from '../../base/sealed-file.ts'
import type { CacheStore } from './cache-store.ts'
import { type FileIdentity, readIdentity } from './file-identity.ts'

export interface KnownFile {
  /** The name of its stored tally. */
  readonly entry: string
  readonly identity: FileIdentity
  readonly endsInNewline: boolean
  /** Whether the file had lain still for a while when it was read, so that a later change shows in its times. */
  readonly isSettled: boolean
  readonly lines: number
  /** Of the used events; null where there are none. */
  readonly firstInstant: number | null
  readonly lastInstant: number | null
  /** The price changes around them when they were added up. */
  readonly cuts: readonly number[]
  /** Whether the digests of its blocks and the ids of its lines are stored, so that it can be proven and continued. */
  readonly hasProof: boolean
}

export class CacheIndex {
  private readonly store: CacheStore
  private readonly shapeKey: string
  private readonly known: Map<string, KnownFile>
  private readonly changed = new Map<string, KnownFile>()

  constructor(store: CacheStore, shapeKey: string) {
    this.store = store
    this.shapeKey = shapeKey
    this.known = this.load()
  }

  /** What is known of a file; `id` is its path and format. */
  get(id: string): KnownFile | undefined {
    return this.changed.get(id) ?? this.known.get(id)
  }

  set(id: string, file: KnownFile): void {
    this.changed.set(id, file)
  }

  /** Writes what changed beside what another process may have written meanwhile; forgets files that are gone. */
  save(): void {
    if (this.changed.size === 0) return
    const merged = new Map([...this.load(), ...this.changed])
    for (const [id, file] of this.known) {
      const isReplaced = merged.get(id)?.entry !== file.entry
      const isGone = !this.changed.has(id) && readIdentity(pathOf(id)) === undefined
      if (isReplaced || isGone) this.removeEntry(file)
      if (isGone) merged.delete(id)
    }
    const bytes = seal(this.shapeKey, [...merged], [])
    if (bytes !== undefined) this.store.write(this.fileName, bytes)
  }

  private load(): Map<string, KnownFile> {
    const bytes = this.store.read(this.fileName)
    const sealed = bytes === undefined ? undefined : openSealed<[string, KnownFile][]>(bytes, this.shapeKey)
    return new Map(sealed?.head)
  }

  private removeEntry(file: KnownFile): void {
    this.store.remove(tallyName(file.entry))
    if (file.hasProof) this.store.remove(proofName(file.entry))
  }

  private get fileName(): string {
    return `${this.shapeKey}.index`
  }
}

/** How the index calls a file: the same path in two formats is two files. */
export function indexId(path: string, name: string, format: string): string {
  return `${format}\n${name}\n${path}`
}

export function tallyName(entry: string): string {
  return `${entry}.tally`
}

export function proofName(entry: string): string {
  return `${entry}.proof`
}

function pathOf(id: string): string {
  return id.split('\n').slice(2).join('\n')
}
