// What some tests need that a machine may lack. Nothing is skipped in silence, and nothing at all where it is required.

export interface Need {
  /** What is not tested without it. */
  readonly tests: string
  readonly isThere: boolean
  /** Why it counts as missing, as a sentence. */
  readonly missing: string
  /** How to have it, and the command that runs the tests then. */
  readonly how: string
  /** Set to 1, this variable makes it an error. */
  readonly variable: string
}

/** Whether the tests can run. Where they cannot, says so and why, or throws where they must. */
export function has({ tests, isThere, missing, how, variable }: Need): boolean {
  if (isThere) return true
  if (process.env[variable] === '1') throw new Error(`${variable} is 1, and ${missing} ${how}`)
  console.warn(`SKIPPED: ${tests}: ${missing} ${how}`)
  return false
}
