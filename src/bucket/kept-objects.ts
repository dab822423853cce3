// Copies of objects in the user's cache folder. A copy stands in a folder that is named by key, ETag and size, and comes there
// only when it is whole: so it is right for as long as it is there, however many processes fetch at once.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { digest } from '../base/digest.ts'
import { InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { makePrivateFolder } from '../base/private-folder.ts'
import { randomWord } from '../base/random-word.ts'
import type { BucketClient, ListedObject } from './bucket-client.ts'

/** Copies of objects that have changed stay as long as somebody may still be reading them. */
const LET_GO_MS = 60 * 60 * 1000
const MD5 = /^"([0-9a-f]{32})"$/

export class KeptObjects {
  private readonly client: BucketClient
  private readonly folder: string

  constructor(client: BucketClient, folder: string) {
    this.client = client
    this.folder = folder
  }

  /** The path of a copy, fetched where there is none; undefined where the object is no longer the one that was listed. */
  async bring(object: ListedObject): Promise<string | undefined> {
    try {
      return await this.bringWhole(object)
    } catch (error) {
      if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
      throw new InputError('copy-unwritable', `The copy of ${object.key} cannot be written: ${systemReason(error)}.`, {
        where: { option: 'logs', file: this.folder },
        hint: 'Make room in that folder, or set XDG_CACHE_HOME to one that you can write to.',
        cause: error,
      })
    }
  }

  private async bringWhole(object: ListedObject): Promise<string | undefined> {
    const folder = join(this.folder, nameOf(object))
    const path = join(folder, basename(object.key))
    if (statSync(path, { throwIfNoEntry: false })?.size === object.sizeBytes) return path
    makePrivateFolder(folder)
    const temporary = join(folder, `.${randomWord().toString(16)}`)
    try {
      const isWhole = (await this.bringTail(object, temporary)) || (await this.bringAll(object, temporary))
      if (!isWhole) return undefined
      renameSync(temporary, path)
      return path
    } finally {
      rmSync(temporary, { force: true })
    }
  }

  /** Removes copies of what the bucket no longer has. */
  letGo(objects: readonly ListedObject[], nowMs: number): void {
    const names = new Set(objects.map(nameOf))
    for (const name of this.names()) {
      const path = join(this.folder, name)
      const changedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? nowMs
      if (!names.has(name) && nowMs - changedMs > LET_GO_MS) rmSync(path, { recursive: true, force: true })
    }
  }

  // Of an object that has grown only what is new is fetched; its ETag proves that what was there is unchanged.
  private async bringTail(object: ListedObject, temporary: string): Promise<boolean> {
    if (!MD5.test(object.etag)) return false
    const beginning = `${digest(object.key)}-`
    const [longest] = this.names()
      .filter(name => name.startsWith(beginning))
      .map(name => join(this.folder, name, basename(object.key)))
      .map(path => ({ path, sizeBytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0 }))
      .filter(({ sizeBytes }) => sizeBytes > 0 && sizeBytes < object.sizeBytes)
      .sort((a, b) => b.sizeBytes - a.sizeBytes)
    if (longest === undefined) return false
    const tail = await this.client.open(object, longest.sizeBytes)
    if (tail === undefined || tail.isSealed) return false
    const written = await writeBytes(temporary, [createReadStream(longest.path), tail.bytes])
    return written.sizeBytes === object.sizeBytes && `"${written.md5}"` === object.etag
  }

  private async bringAll(object: ListedObject, temporary: string): Promise<boolean> {
    const opened = await this.client.open(object, 0)
    if (opened === undefined) return false
    const { md5, sizeBytes } = await writeBytes(temporary, [opened.bytes])
    const expected = opened.isSealed ? undefined : MD5.exec(object.etag)?.[1]
    if (sizeBytes === object.sizeBytes && (expected ?? md5) === md5) return true
    throw new InputError(
      'object-damaged',
      `${object.key} did not come whole: ${sizeBytes} of ${object.sizeBytes} bytes.`,
      {
        where: { option: 'logs' },
        hint: 'Try again; if it stays so, compare the object with its source.',
      },
    )
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error
      return []
    }
  }
}

function nameOf({ key, etag, sizeBytes }: ListedObject): string {
  return `${digest(key)}-${digest(`${etag} ${sizeBytes}`)}`
}

async function writeBytes(path: string, sources: readonly AsyncIterable<Uint8Array>[]) {
  const hash = createHash('md5')
  let sizeBytes = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for (const source of sources) {
      for await (const bytes of source) {
        hash.update(bytes)
        sizeBytes += bytes.length
        yield bytes
      }
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(path, { mode: 0o600 }))
  return { md5: hash.digest('hex'), sizeBytes }
}
