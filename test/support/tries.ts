// How much is tried by tests that draw what they try: a little in `npm test`, much in `npm run test:long`, which sets LONG.

export function triesOf(few: number, many: number): number {
  return process.env.LONG === '1' ? many : few
}
