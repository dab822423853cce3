// Instants and days as types that never mix. An Instant counts milliseconds since 1970-01-01T00:00:00Z, a Day calendar
// days since 1970-01-01, and a Zone converts between them. Zones by name are in zone.ts.
declare const instantBrand: unique symbol
declare const dayBrand: unique symbol
export type Instant = number & { readonly [instantBrand]: true }
export type Day = number & { readonly [dayBrand]: true }

export const DAY_MS = 86_400_000

export interface Zone {
  readonly name: string
  /** Local time less UTC at an instant, in milliseconds. */
  offsetMsAt(instant: Instant): number
  dayOf(instant: Instant): Day
  /** The first instant of a day; for a day that the zone skipped, that of the next one. */
  startOfDay(day: Day): Instant
  /**
   * The instant of a local wall clock time, given as if it were UTC. A time that the clock skipped is read with the
   * offset before the change; of a time that came twice the first is meant.
   */
  instantOfLocal(localMs: number): Instant
}
