// The classes of events that are priced alike: the rate class, and whether events of the kind always count.
import { RATE_KEYS, type RateClass, rateClassOf } from '../query/rate-class.ts'
import type { KeyValue } from './key-table.ts'

/** What makes up a class of events. */
export const PRICE_KEYS: readonly string[] = ['event', ...RATE_KEYS]

export interface EventClass {
  readonly rateClass: RateClass
  /** An analysis counts also where it carries no usage; a request without any has nothing to price. */
  readonly countsAlways: boolean
}

/** The class of the values of PRICE_KEYS. */
export function classOfKeys([event, model, provider, serviceTier, rate]: readonly KeyValue[]): EventClass {
  const rateClass = rateClassOf(model!, provider!, serviceTier!, rate!)
  return { rateClass, countsAlways: event === 'analysis' || rateClass.isLogged }
}
