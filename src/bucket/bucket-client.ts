// What is asked of a bucket: which objects it has, and the bytes of one. Requests are signed by aws4fetch, which also repeats
// those that a busy service turned away.
import { InputError, systemReason } from '../base/errors.ts'
import type { BucketAccess } from './bucket-keys.ts'

/** An object as it was when the bucket was listed: of one ETag and size, the same bytes. */
export interface ListedObject {
  readonly key: string
  readonly etag: string
  readonly sizeBytes: number
}

export interface OpenedObject {
  /** Whether the ETag says nothing about the bytes, because they are stored encrypted with a key of the owner's. */
  readonly isSealed: boolean
  readonly bytes: AsyncIterable<Uint8Array>
}

interface Client {
  fetch(url: string, init?: { readonly headers: Readonly<Record<string, string>> }): Promise<Response>
}

const RETRIES = 5

export class BucketClient {
  private readonly access: BucketAccess
  private readonly bucket: string
  private client: Promise<Client> | undefined

  constructor(access: BucketAccess, bucket: string) {
    this.access = access
    this.bucket = bucket
  }

  /** All objects whose keys begin with the prefix, in the order of the bucket. */
  async list(prefix: string): Promise<ListedObject[]> {
    const objects: ListedObject[] = []
    for (let token: string | undefined = ''; token !== undefined; ) {
      const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix })
      if (token !== '') query.set('continuation-token', token)
      // A space is %20 in what is signed.
      const response = await this.get(`?${query.toString().replaceAll('+', '%20')}`, {}, prefix)
      const page = readPage(await this.readText(response, prefix))
      if (page === undefined) throw this.unreadable(prefix, 'what answers does not list objects as S3 does')
      for (const object of page.objects) objects.push(object)
      token = page.next
    }
    return objects
  }

  /** The bytes of an object from one on; undefined where the object is no longer the one that was listed. */
  async open({ key, etag, sizeBytes }: ListedObject, fromByte: number): Promise<OpenedObject | undefined> {
    const path = `/${key.split('/').map(encodeURIComponent).join('/')}`
    const range = fromByte === 0 ? {} : { range: `bytes=${fromByte}-${sizeBytes - 1}` }
    const response = await this.get(path, { 'if-match': etag, ...range }, key)
    const isChanged = response.headers.get('etag') !== etag
    if (isChanged || response.body === null || (fromByte > 0 && response.status !== 206)) {
      await response.body?.cancel()
      return undefined
    }
    const isSealed = /kms/i.test(response.headers.get('x-amz-server-side-encryption') ?? '')
    return { isSealed, bytes: this.bytesOf(response.body as unknown as AsyncIterable<Uint8Array>, key) }
  }

  // 404 and 412 say that an object has gone or changed since it was listed.
  private async get(path: string, headers: Readonly<Record<string, string>>, key: string): Promise<Response> {
    let response: Response
    try {
      const client = await this.signer()
      response = await client.fetch(`${this.access.endpoint}/${this.bucket}${path}`, { headers })
    } catch (error) {
      throw this.failure(key, error)
    }
    const isGone = !path.startsWith('?') && (response.status === 404 || response.status === 412)
    if (response.ok || isGone) return response
    const code = /<Code>([^<]*)<\/Code>/.exec(await this.readText(response, key))?.[1]
    throw this.unreadable(key, code === undefined ? `status ${response.status}` : `${response.status} ${code}`)
  }

  private async readText(response: Response, key: string): Promise<string> {
    try {
      return await response.text()
    } catch (error) {
      throw this.failure(key, error)
    }
  }

  private async *bytesOf(body: AsyncIterable<Uint8Array>, key: string): AsyncGenerator<Uint8Array> {
    try {
      yield* body
    } catch (error) {
      throw this.failure(key, error)
    }
  }

  // Of a connection there is an error of its own behind the one that is thrown.
  private failure(key: string, error: unknown): InputError {
    const { cause } = error as { cause?: unknown }
    return this.unreadable(key, systemReason(cause ?? error))
  }

  private unreadable(key: string, why: string): InputError {
    return new InputError('bucket-unreadable', `s3://${this.bucket}/${key} cannot be read: ${why}.`, {
      where: { option: 'logs' },
      hint: 'Check the name of the bucket, AWS_REGION, AWS_ENDPOINT_URL and the keys: they must be allowed to list and to get.',
    })
  }

  // Loaded by those who ask a bucket.
  private signer(): Promise<Client> {
    const { accessKeyId, secretAccessKey, sessionToken, region } = this.access
    this.client ??= import('aws4fetch').then(({ AwsClient }) => {
      const keys = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
      return new AwsClient({ ...keys, region, service: 's3', retries: RETRIES })
    })
    return this.client
  }
}

interface Page {
  readonly objects: readonly ListedObject[]
  /** Where the listing goes on; undefined where this is its end. */
  readonly next: string | undefined
}

/** Undefined where it is none, or is cut off and does not say where it goes on: it would seem to be a bucket with less in it. */
function readPage(xml: string): Page | undefined {
  const isCut = textOf(xml, 'IsTruncated') === 'true'
  const next = textOf(xml, 'NextContinuationToken')
  if (!/<ListBucketResult\b/.test(xml) || (isCut && next === '')) return undefined
  const isEncoded = textOf(xml, 'EncodingType') === 'url'
  const keyOf = (text: string) => (isEncoded ? decodeURIComponent(text.replaceAll('+', '%20')) : text)
  const objects = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry]) => ({
    key: keyOf(textOf(entry!, 'Key')),
    etag: textOf(entry!, 'ETag'),
    sizeBytes: Number(textOf(entry!, 'Size')),
  }))
  return { objects, next: isCut ? next : undefined }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function textOf(xml: string, name: string): string {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, digits?: string, word?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (digits !== undefined) return String.fromCodePoint(Number(digits))
    return ENTITIES[word!] ?? whole
  })
}
