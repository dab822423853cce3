// Where a bucket is and who asks: from the environment, and from the files that the tools of AWS keep. Never from flags, which
// every process of the machine can see.
import { join } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { readTextIfThere } from '../base/regular-file.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface BucketAccess {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
}

const DEFAULT_REGION = 'us-east-1'

export function bucketAccess(environment: Environment): BucketAccess {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, HOME } = environment
  const profile = environment.AWS_PROFILE ?? 'default'
  const folder = HOME === undefined ? undefined : join(HOME, '.aws')
  const read = (file: string | undefined, section: string) =>
    readSection(file === undefined ? undefined : readTextIfThere(file), section)
  const config = read(
    environment.AWS_CONFIG_FILE ?? (folder && join(folder, 'config')),
    profile === 'default' ? profile : `profile ${profile}`,
  )
  const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? config.get('region') ?? DEFAULT_REGION
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL ?? `https://s3.${region}.amazonaws.com`
  const place = { endpoint: endpoint.replace(/\/+$/, ''), region }
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    const keys = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
    return { ...place, ...keys, sessionToken: AWS_SESSION_TOKEN || undefined }
  }
  const stored = read(environment.AWS_SHARED_CREDENTIALS_FILE ?? (folder && join(folder, 'credentials')), profile)
  const accessKeyId = stored.get('aws_access_key_id')
  const secretAccessKey = stored.get('aws_secret_access_key')
  if (accessKeyId === undefined || secretAccessKey === undefined) throw noKeys(profile)
  return { ...place, accessKeyId, secretAccessKey, sessionToken: stored.get('aws_session_token') }
}

function noKeys(profile: string): UsageError {
  return new UsageError('no-bucket-keys', `There are no keys for the bucket, nor for the profile ${profile}.`, {
    where: { option: 'logs' },
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE and ~/.aws/credentials.',
  })
}

// `name = value` under a heading in brackets.
function readSection(text: string | undefined, section: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let isIn = false
  for (const line of text?.split(/\r?\n/) ?? []) {
    const heading = /^\s*\[\s*(.*?)\s*\]/.exec(line)
    if (heading !== null) isIn = heading[1] === section
    const pair = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (isIn && pair !== null) values.set(pair[1]!, pair[2]!)
  }
  return values
}
