// Logs in object storage, as they are named: s3://bucket/prefix.
import { UsageError } from '../base/errors.ts'

const BUCKET_PATH = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s

export interface BucketPath {
  readonly bucket: string
  /** Of the keys; empty for all. */
  readonly prefix: string
}

export function isBucketPath(path: string): boolean {
  return path.startsWith('s3://')
}

export function parseBucketPath(path: string): BucketPath {
  const match = BUCKET_PATH.exec(path)
  if (match !== null) return { bucket: match[1]!, prefix: match[2] ?? '' }
  throw new UsageError('bad-bucket', `${JSON.stringify(path)} names no bucket.`, {
    where: { option: 'logs' },
    hint: 'Write s3://BUCKET/PREFIX; names of buckets have 3 to 63 lower-case letters, digits, dots and dashes.',
  })
}

/** Thrown by what writes or watches files. */
export function onlyLocal(path: string): UsageError {
  return new UsageError('only-local-logs', `${path} is a bucket, and this needs logs that are files of this machine.`, {
    where: { option: 'logs' },
    hint: 'Reports, events and exports read buckets. For all else, name a folder.',
  })
}
