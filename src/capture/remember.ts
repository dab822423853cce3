// Remembers the last results of a function of a text, within bounds, for work that many requests repeat.

/** Longer texts are not kept: they seldom come again, and would make the memory large. */
const MAX_KEY = 256

/** `compute` with up to `most` answers remembered; all are forgotten at once when there would be more. */
export function rememberLast<Key extends string | number, Answer>(
  most: number,
  compute: (key: Key) => Answer,
): (key: Key) => Answer {
  const answers = new Map<Key, Answer>()
  return key => {
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = compute(key)
    if (typeof key === 'string' && key.length > MAX_KEY) return answer
    if (answers.size >= most) answers.clear()
    answers.set(key, answer)
    return answer
  }
}
