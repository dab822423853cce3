import { expect, it } from 'vitest'
import { parseDay } from '../../src/base/calendar.ts'
import { openKernelModule } from '../../src/kernel/exports.ts'
import { SEED } from '../fixed-seed.ts'
import { triesOf } from '../support/tries.ts'
import { answer, FORMATS, QUERIES } from './equality.ts'
import { Random } from './random.ts'
import { randomLog } from './random-lines.ts'

const MODULE = openKernelModule()
const ROUNDS = triesOf(1, 3, 40)
const DAY = parseDay('2026-02-02')!

const CASES = Object.keys(QUERIES).flatMap(query =>
  Object.keys(FORMATS).flatMap(format =>
    [64, 4099, 1024 * 1024].map((blockBytes, index) => ({ query, format, blockBytes, seed: SEED + index })),
  ),
)

it.each(CASES)('the kernel says what the reference says: $query, $format, blocks of $blockBytes, seed $seed', one => {
  const query = QUERIES[one.query]!
  const format = FORMATS[one.format]!
  for (let round = 0; round < ROUNDS; round++) {
    const random = new Random(one.seed * 1000 + round)
    const log = randomLog(random, 120, round % 3 === 0 ? 0 : 0.3)
    const day = round % 2 === 0 ? null : DAY
    const expected = answer(log, query, format, undefined, 1024 * 1024, day)
    expect(answer(log, query, format, MODULE, one.blockBytes, day)).toEqual(expected)
  }
})
