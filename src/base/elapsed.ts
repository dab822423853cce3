// A clock that nobody sets. That of Node's `performance` loads a dozen of its modules, which takes some milliseconds.
import { hrtime } from 'node:process'

/** Milliseconds since some instant. */
export function elapsedMs(): number {
  return Number(hrtime.bigint()) / 1e6
}
