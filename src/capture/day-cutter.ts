// The calendar day of an instant in a time zone, as the name of a daily file. Made with Intl alone, and UTC without it.

/** Changes of offset and starts of days are at multiples of five minutes in every zone since 1973; Kiritimati was at -10:40. */
const CELL_MS = 300_000

/** A function from milliseconds since 1970 to "2026-02-02", or undefined where there is no such zone. */
export function dayCutter(timezone: string): ((ms: number) => string) | undefined {
  // Opening Intl takes 18 ms of CPU, for which a host waits, and UTC, the default, does not need it.
  const dayAt = timezone === 'UTC' ? utcDay : zoneDay(timezone)
  if (dayAt === undefined) return undefined
  let lastCell = Number.NaN
  let lastDay = ''
  return ms => {
    const cell = Math.floor(ms / CELL_MS)
    if (cell !== lastCell) {
      lastDay = dayAt(cell * CELL_MS)
      lastCell = cell
    }
    return lastDay
  }
}

function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

// The calendar and digits of en-CA are fixed, and it writes year-month-day.
function zoneDay(timezone: string): ((ms: number) => string) | undefined {
  try {
    return new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).format
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
