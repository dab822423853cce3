// Which cost of an event counts.

/** `auto`: the logged cost where there is one, else the estimate. */
export const COST_MODES = ['auto', 'logged', 'estimated'] as const
export type CostMode = (typeof COST_MODES)[number]
