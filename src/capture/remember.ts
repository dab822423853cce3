// A memory of the last answers of a function of a text, bounded, for work that requests repeat.

/** Longer texts are not kept: they seldom come again, and would make the memory large. */
const MAX_KEY = 256

/** `compute` with up to `most` answers remembered; all are forgotten at once when it is full. */
export function rememberLast<T>(most: number, compute: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>()
  return text => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = compute(text)
    if (text.length > MAX_KEY) return answer
    if (answers.size >= most) answers.clear()
    answers.set(text, answer)
    return answer
  }
}
