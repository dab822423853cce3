// Which errors mean that compressed data is damaged: those of zlib, Brotli and Zstandard about their input. Separate from the
// code that decompresses, which takes milliseconds to load.

/** The code of a log with bytes behind the end of its packing. */
export const BYTES_BEHIND_END = 'ERR_BYTES_BEHIND_END'

/** Where a packing has no memory, or Node refuses what it is told, its bytes may be whole. */
const ABOUT_THE_INPUT = /^(Z_(DATA|BUF|NEED_DICT|STREAM)|ZSTD_|ERR__ERROR_FORMAT_)/

export function isDamageCode(code: string): boolean {
  return code === BYTES_BEHIND_END || (ABOUT_THE_INPUT.test(code) && code !== 'ZSTD_error_memory_allocation')
}
