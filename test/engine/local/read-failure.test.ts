import { expect, test } from 'vitest'
import { failureOf } from '../../../src/engine/local/read-failure.ts'
import { describeLogFile } from '../../../src/log/log-file.ts'

const FILE = describeLogFile('/logs/2026-01-05.jsonl.gz', '2026-01-05.jsonl.gz', null)
const errorWith = (code: string) => Object.assign(new Error('no matter'), { code })

test.each(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR__ERROR_FORMAT_PADDING_1', 'ZSTD_error_corruption_detected'])(
  '%s is damage of the packing',
  code => {
    expect(failureOf(FILE, errorWith(code)).message).toBe(
      `cannot be read to its end: the compressed data is damaged (${code})`,
    )
  },
)

test.each(['ERR_INVALID_ARG_TYPE', 'ERR_OUT_OF_RANGE', 'ERR_MEMORY_ALLOCATION_FAILED'])(
  '%s is no fault of the file, and is thrown on',
  code => {
    const error = errorWith(code)
    expect(() => failureOf(FILE, error)).toThrow(error)
  },
)

test('what the system says of a file, and a pipe that ends early, are told of the file', () => {
  expect(failureOf(FILE, errorWith('EIO')).message).toContain('cannot be read: ')
  expect(failureOf(FILE, errorWith('ERR_STREAM_PREMATURE_CLOSE')).message).toContain('cannot be read: ')
  expect(failureOf(FILE, errorWith('Z_MEM_ERROR')).message).toContain('cannot be read: ')
})
