// Whether an event is an error, from its status.

const OK_WORDS = new Set(['ok', 'success', 'succeeded', 'successful', 'completed', 'complete', 'true'])
const ERROR_WORDS = new Set([
  'error',
  'errored',
  'fail',
  'failed',
  'failure',
  'false',
  'timeout',
  'aborted',
  'exception',
])

/** What a status text says. Other words than the known ones say nothing, a number is read as an HTTP code. */
export function meaningOfStatus(text: string | undefined): 'ok' | 'error' | 'unknown' {
  if (text === undefined) return 'unknown'
  const word = text.toLowerCase()
  if (OK_WORDS.has(word)) return 'ok'
  if (ERROR_WORDS.has(word)) return 'error'
  return /^\d{3}$/.test(word) ? (isErrorCode(word) ? 'error' : 'ok') : 'unknown'
}

/** Whether an HTTP code, as text, is one of an error: 400 or more. */
export function isErrorCode(text: string | undefined): boolean {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) && Number(text) >= 400
}
