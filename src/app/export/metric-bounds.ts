// The upper bounds of the histogram of durations.

export const DURATION_BOUNDS_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100] as const
export const DURATION_BOUNDS_US: readonly number[] = DURATION_BOUNDS_SECONDS.map(seconds => seconds * 1_000_000)
