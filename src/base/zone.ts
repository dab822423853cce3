// Time zones by name: offsets, calendar days and local times.
import { tzOffset } from '@date-fns/tz/tzOffset'
import { DAY_MS, type Day, type Instant, type Zone } from './instant.ts'

// Most who need a day or an instant need a zone too.
export { DAY_MS, type Day, type Instant, type Zone }

const CELL_MS = 6 * 3_600_000

class UtcZone implements Zone {
  readonly name = 'UTC'
  offsetMsAt(): number {
    return 0
  }
  dayOf(instant: Instant): Day {
    return Math.floor(instant / DAY_MS) as Day
  }
  startOfDay(day: Day): Instant {
    return (day * DAY_MS) as Instant
  }
  instantOfLocal(localMs: number): Instant {
    return localMs as Instant
  }
}

class NamedZone implements Zone {
  readonly name: string
  // Offsets at the borders of six-hour cells; within a cell whose borders agree the offset does not change.
  private readonly borders = new Map<number, number>()

  constructor(name: string) {
    this.name = name
  }

  offsetMsAt(instant: Instant): number {
    const cell = Math.floor(instant / CELL_MS)
    const before = this.borderOffset(cell)
    return before === this.borderOffset(cell + 1) ? before : lookUpOffset(this.name, instant)
  }

  dayOf(instant: Instant): Day {
    return Math.floor((instant + this.offsetMsAt(instant)) / DAY_MS) as Day
  }

  startOfDay(day: Day): Instant {
    let low = day * DAY_MS - 16 * 3_600_000
    let high = day * DAY_MS + 40 * 3_600_000
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.dayOf(middle as Instant) >= day) high = middle
      else low = middle + 1
    }
    return low as Instant
  }

  instantOfLocal(localMs: number): Instant {
    const before = this.offsetMsAt((localMs - DAY_MS) as Instant)
    const after = this.offsetMsAt((localMs + DAY_MS) as Instant)
    const first = (localMs - before) as Instant
    if (before === after || this.offsetMsAt(first) === before) return first
    const second = (localMs - after) as Instant
    return this.offsetMsAt(second) === after ? second : first
  }

  private borderOffset(cell: number): number {
    let offset = this.borders.get(cell)
    if (offset === undefined) {
      offset = lookUpOffset(this.name, (cell * CELL_MS) as Instant)
      this.borders.set(cell, offset)
    }
    return offset
  }
}

export const UTC: Zone = new UtcZone()

/** The zone of an IANA name ("Europe/Berlin", "UTC"), or undefined. Fixed offsets and abbreviations are no names. */
export function parseZone(name: string): Zone | undefined {
  if (name === 'UTC' || name === 'Etc/UTC') return UTC
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return undefined
  try {
    const resolved = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
    return resolved === 'UTC' ? UTC : new NamedZone(name)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function lookUpOffset(name: string, instant: Instant): number {
  return Math.round(tzOffset(name, new Date(instant)) * 60_000)
}
