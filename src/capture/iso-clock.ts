// Instants as ISO 8601 in UTC. Events come many to a second, so the text of the second is kept.

/** A function from milliseconds since 1970 to "2026-02-02T10:00:00.000Z". */
export function isoClock(): (ms: number) => string {
  let lastSecond = Number.NaN
  let text = ''
  return ms => {
    const second = Math.floor(ms / 1000)
    if (second !== lastSecond) {
      text = new Date(second * 1000).toISOString().slice(0, -4)
      lastSecond = second
    }
    const rest = ms - second * 1000
    return `${text}${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}Z`
  }
}
