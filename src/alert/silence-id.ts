// What a silence is called: a name made of what it is about, since nobody who writes one wants to number it.
import { createHash } from 'node:crypto'

export function silenceId(match: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(match).sort(([a], [b]) => (a < b ? -1 : 1))
  return `silence_${createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 12)}`
}
