// Times of day and ages, as a page says how old it is.

/** "14:03". */
export function clockTime(instantMs: number): string {
  return new Date(instantMs).toTimeString().slice(0, 5)
}

/** "40 seconds", "1 minute", "2 hours". */
export function describeAge(ageMs: number): string {
  const seconds = Math.round(ageMs / 1000)
  if (seconds < 60) return count(seconds, 'second')
  return seconds < 5400 ? count(Math.round(seconds / 60), 'minute') : count(Math.round(seconds / 3600), 'hour')
}

function count(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'}`
}
