// Where a bucket is and who asks, by what the environment says.
import { expect, test } from 'vitest'
import { bucketAccess } from '../../src/bucket/bucket-keys.ts'

const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }

test('a variable that is empty says nothing', () => {
  const places = { AWS_REGION: '', AWS_DEFAULT_REGION: '', AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_S3: '' }
  const files = { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '', HOME: '' }
  expect(bucketAccess({ ...KEYS, ...places, ...files, AWS_PROFILE: '', AWS_SESSION_TOKEN: '' })).toEqual({
    endpoint: 'https://s3.us-east-1.amazonaws.com',
    region: 'us-east-1',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    sessionToken: undefined,
  })
})

test('no file of AWS may stand behind a variable, and what is no file is an error', () => {
  expect(bucketAccess({ ...KEYS, AWS_CONFIG_FILE: '/dev/null' }).region).toBe('us-east-1')
  expect(() => bucketAccess({ ...KEYS, AWS_CONFIG_FILE: '/dev' })).toThrow('/dev cannot be read: it is a folder.')
})
