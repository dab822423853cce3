// Lengths of time as people write them: "90s", "30m", "1h", "7d".

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const LEAST_MS = 1000
const MOST_MS = 7 * 86_400_000

/** What to write, for errors. */
export const DURATION_HINT = 'a number and s, m, h or d, such as 30m, up to 7d'

/** Milliseconds, from a second to a week; undefined for any other text. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d{1,7})([smhd])$/.exec(text)
  const ms = match === null ? 0 : Number(match[1]) * UNIT_MS[match[2]!]!
  return ms >= LEAST_MS && ms <= MOST_MS ? ms : undefined
}

/** In the largest unit that it is a whole number of. */
export function formatLength(ms: number): string {
  const [unit, size] = Object.entries(UNIT_MS)
    .reverse()
    .find(([, size]) => ms % size === 0) ?? ['ms', 1]
  return `${ms / size}${unit}`
}
