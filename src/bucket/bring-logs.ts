// The logs of a bucket as files of this machine: lists what is there, and fetches what is new.
import { basename, join } from 'node:path'
import { digest } from '../base/digest.ts'
import { InputError } from '../base/errors.ts'
import { parseBucketPath } from '../log/bucket-path.ts'
import { describeLogFile, isLogName, type LogFile } from '../log/log-file.ts'
import type { Failure } from '../query/ledger.ts'
import { BucketClient, type ListedObject } from './bucket-client.ts'
import { bucketAccess, type Environment } from './bucket-keys.ts'
import { KeptObjects } from './kept-objects.ts'

export interface BroughtLogs {
  readonly files: readonly LogFile[]
  readonly failures: readonly Failure[]
}

export interface Bringing {
  readonly environment: Environment
  /** The folder of all caches. */
  readonly cacheRoot: string
  /** The machine's clock. */
  readonly nowMs: number
}

const AT_ONCE = 8
/** A bucket that is written to while it is read is listed again so often. */
const LISTINGS = 3

/** All logs whose keys begin with what a path such as s3://bucket/prefix says, called as seen from its last slash. */
export async function bringLogs(
  path: string,
  format: string | null,
  { environment, cacheRoot, nowMs }: Bringing,
): Promise<BroughtLogs> {
  const { bucket, prefix } = parseBucketPath(path)
  const access = bucketAccess(environment)
  const client = new BucketClient(access, bucket)
  const folder = join(cacheRoot, 'objects', digest(`${access.endpoint} ${bucket} ${prefix}`))
  const kept = new KeptObjects(client, folder)
  const base = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  for (let left = LISTINGS; left > 0; left--) {
    const listed = await client.list(prefix)
    const logs = listed.filter(({ key }) => isLog(key, base))
    const paths = await inTurns(logs, object => kept.bring(object))
    const files = logs.flatMap(({ key }, at) => {
      const local = paths[at]
      if (local === undefined) return []
      return [{ ...describeLogFile(local, key.slice(base.length), format), place: `s3://${bucket}/${base}` }]
    })
    if (files.length < logs.length) continue
    kept.letGo(logs, nowMs)
    return { files, failures: summariesIn(listed, base, bucket) }
  }
  throw new InputError('bucket-changes', `${path} was written to all the time while it was read.`, {
    where: { option: 'logs' },
    hint: 'Try again when it is at rest, or name a prefix of days that are over.',
  })
}

// As in folders: hidden names are not read.
function isLog(key: string, base: string): boolean {
  const parts = key.slice(base.length).split('/')
  return isLogName(basename(key)) && parts.every(part => part !== '' && !part.startsWith('.') && !part.includes('\0'))
}

// What was pruned is summed up in files beside the logs; from a bucket their sums cannot be added.
function summariesIn(listed: readonly ListedObject[], base: string, bucket: string): Failure[] {
  const summary = listed.find(({ key }) => /(^|\/)\.summaries\/[^/]+\.json$/.test(key.slice(base.length)))
  if (summary === undefined) return []
  const hint =
    'Report over a copy of the logs with the folder .summaries, or use "usagebook tally export" where they are.'
  return [
    {
      file: `s3://${bucket}/${summary.key}`,
      message: 'holds sums of events that were pruned, which are not read from a bucket',
      hint,
    },
  ]
}

async function inTurns<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const take = async () => {
    for (let at = next++; at < items.length; at = next++) answers[at] = await work(items[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, take))
  return answers
}
