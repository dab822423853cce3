// How much is tried by tests that draw what they try: a little in `npm test`, more in CI's `npm run test:wide`, and much in
// `npm run test:long`.

const isWide = process.env.WIDE === '1'
const isLong = process.env.LONG === '1'

export function triesOf(few: number, wide: number, many: number): number {
  if (isLong) return many
  return isWide ? wide : few
}

/** Whether this run tries more than `npm test` does. */
export const triesMore = isWide || isLong
