// Functions of an application are to answer at once. What they promise for later is not waited for, and a rejection that nobody
// takes would end the process.

/** Whether an answer is a promise; what it is rejected with is taken, and is nobody's. May throw what a getter throws. */
export function isPromised(answer: unknown): answer is PromiseLike<unknown> {
  const isObject = typeof answer === 'object' || typeof answer === 'function'
  if (!isObject || answer === null) return false
  const { then } = answer as { then?: unknown }
  if (typeof then !== 'function') return false
  then.call(
    answer,
    () => undefined,
    () => undefined,
  )
  return true
}
