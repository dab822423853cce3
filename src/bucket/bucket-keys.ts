// Where a bucket is and who asks: from the environment, and from the files that the tools of AWS keep. Never from flags, which
// every process of the machine can see.
import { join } from 'node:path'
import { InputError, systemReason, UsagebookError, UsageError } from '../base/errors.ts'
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
  // Many set variables to nothing where they have nothing to say.
  const said = (name: string) => environment[name] || undefined
  const home = said('HOME')
  const read = (variable: string, name: string, section: string) => {
    const file = said(variable) ?? (home && join(home, '.aws', name))
    return readSection(file === undefined ? undefined : readFile(file), section)
  }
  const profile = said('AWS_PROFILE') ?? 'default'
  const config = read('AWS_CONFIG_FILE', 'config', profile === 'default' ? profile : `profile ${profile}`)
  const region = said('AWS_REGION') ?? said('AWS_DEFAULT_REGION') ?? config.get('region') ?? DEFAULT_REGION
  const endpoint = said('AWS_ENDPOINT_URL_S3') ?? said('AWS_ENDPOINT_URL') ?? `https://s3.${region}.amazonaws.com`
  const place = { endpoint: endpoint.replace(/\/+$/, ''), region }
  const [givenId, givenSecret] = [said('AWS_ACCESS_KEY_ID'), said('AWS_SECRET_ACCESS_KEY')]
  if (givenId !== undefined && givenSecret !== undefined)
    return { ...place, accessKeyId: givenId, secretAccessKey: givenSecret, sessionToken: said('AWS_SESSION_TOKEN') }
  const stored = read('AWS_SHARED_CREDENTIALS_FILE', 'credentials', profile)
  const [accessKeyId, secretAccessKey] = [stored.get('aws_access_key_id'), stored.get('aws_secret_access_key')]
  if (accessKeyId === undefined || secretAccessKey === undefined) throw noKeys(profile)
  return { ...place, accessKeyId, secretAccessKey, sessionToken: stored.get('aws_session_token') }
}

function readFile(file: string): string | undefined {
  // How the tools of AWS are told to read none.
  if (file === '/dev/null') return undefined
  try {
    return readTextIfThere(file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    throw new InputError('bucket-keys-unreadable', `${file} cannot be read: ${systemReason(error)}.`, {
      where: { file },
      hint: 'Check the file and its permissions, or name another in AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.',
      cause: error,
    })
  }
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
