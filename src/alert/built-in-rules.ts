// The rules that every workspace has unless it switches them off, in the words of `alerts.json`.

export const BUILT_IN_NAMES = [
  'error-rate',
  'feature-down',
  'user-errors',
  'threats',
  'logs-stopped',
  'unusual-cost',
  'unpriced',
] as const

export type BuiltInName = (typeof BUILT_IN_NAMES)[number]

/** As people would write them. */
export const BUILT_IN_RULES = {
  'error-rate': { when: 'error_rate > 10%', over: '1h', min: 10, keepFiring: '30m', severity: 'high' },
  'feature-down': { when: 'down', over: '1h', min: 3, by: ['feature'], severity: 'critical' },
  'user-errors': { when: 'errors >= 5', over: '10m', keepFiring: '30m', by: ['user'], severity: 'medium' },
  threats: { when: 'threats > 0', over: '1h', by: ['client'], severity: 'high' },
  'logs-stopped': { when: 'silent > 1d', severity: 'high' },
  'unusual-cost': { when: 'unusual_cost', by: ['client'], severity: 'medium' },
  unpriced: { when: 'unpriced > 0', over: '1d', by: ['model'], severity: 'low' },
} as const satisfies Readonly<Record<BuiltInName, object>>
