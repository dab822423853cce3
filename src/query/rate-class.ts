// The rate class: the part of a tally's key that decides which price its tokens have.

/** Two events of one rate class are billed at the same rates. Texts are null where the events give none. */
export interface RateClass {
  readonly model: string | null
  readonly provider: string | null
  readonly serviceTier: string | null
  /** How many input bounds the request was beyond, see rate-cuts.ts. */
  readonly contextClass: number
  readonly timeClass: number
  /** The events carry a logged cost of their own. */
  readonly isLogged: boolean
  /** The events give only a total of tokens, which no price can be put on. */
  readonly isUnsplit: boolean
  /** No event of the model carries usage, so that nobody knows what it used. Of sums, not a part of their key. */
  readonly isSilent?: boolean
  /** No event of its log carries usage. A part of the key where the logs are known, see silent-logs.ts. */
  readonly isUnread?: true
}

/** The keys of a group-by that make up a rate class. */
export const RATE_KEYS = ['model', 'provider', 'service_tier', 'rate'] as const

/** The rate class of the values of RATE_KEYS. */
export function rateClassOf(model: KeyOfRate, provider: KeyOfRate, serviceTier: KeyOfRate, rate: KeyOfRate): RateClass {
  const { contextClass, timeClass, isLogged, isUnsplit, isUnread } = unpackRate(rate as number)
  const rateClass = {
    model: model as string | null,
    provider: provider as string | null,
    serviceTier: serviceTier as string | null,
    contextClass,
    timeClass,
    isLogged,
    isUnsplit,
  }
  return isUnread === undefined ? rateClass : { ...rateClass, isUnread }
}

type KeyOfRate = string | number | null

/** The numeric part of a rate class as one integer: isLogged 1 bit, isUnsplit 1 bit, contextClass 6 bits, timeClass the rest. */
export function packRate(rate: Pick<RateClass, 'contextClass' | 'timeClass' | 'isLogged' | 'isUnsplit'>): number {
  return (rate.isLogged ? 1 : 0) | (rate.isUnsplit ? 2 : 0) | (rate.contextClass << 2) | (rate.timeClass << 8)
}

export function unpackRate(
  packed: number,
): Pick<RateClass, 'contextClass' | 'timeClass' | 'isLogged' | 'isUnsplit' | 'isUnread'> {
  if ((packed & UNREAD) === UNREAD) return { ...unpackRate(packed & ~UNREAD), isUnread: true }
  return {
    isLogged: (packed & 1) === 1,
    isUnsplit: (packed & 2) === 2,
    contextClass: (packed >> 2) & 63,
    timeClass: packed >> 8,
  }
}

// A bare total of tokens is beyond no bound of input, so no rate is packed like this.
const UNREAD = 2 | (63 << 2)

/** The packed rate of an event without usage, as one of a log of which no event carries any. */
export function markUnread(packed: number): number {
  return packed | UNREAD
}
