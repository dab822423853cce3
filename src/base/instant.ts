// Instants and days as types that never mix. An Instant counts milliseconds since 1970-01-01T00:00:00Z, a Day calendar
// days since 1970-01-01. Nothing here knows of time zones.
declare const instantBrand: unique symbol
declare const dayBrand: unique symbol
export type Instant = number & { readonly [instantBrand]: true }
export type Day = number & { readonly [dayBrand]: true }

export const DAY_MS = 86_400_000
