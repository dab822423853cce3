import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PendingLines, planAppend, remainingLines, tailLength } from '../../src/capture/append-plan.ts'

const twoLines = Buffer.from('{"client":"diageo"}\n{"client":"loreal"}\n')

/** Appends to a file in memory; each write takes as many bytes as the disk lets it. */
function appendTo(file: Buffer, pending: PendingLines, room: number): { file: Buffer; left: PendingLines | undefined } {
  const tail = file.subarray(Math.max(0, file.length - tailLength(pending)))
  const plan = planAppend(pending, tail)
  const written = Math.min(room, plan.bytes.length)
  return {
    file: Buffer.concat([file, plan.bytes.subarray(0, written)]),
    left: remainingLines(pending, plan, written),
  }
}

describe('planAppend', () => {
  it('appends lines as they are to an empty file', () => {
    expect(planAppend({ bytes: twoLines, torn: 0 }, Buffer.alloc(0)).bytes).toEqual(twoLines)
  })

  it('appends lines as they are where the file ends with a line', () => {
    expect(planAppend({ bytes: twoLines, torn: 0 }, Buffer.from('\n')).bytes).toEqual(twoLines)
  })

  it('begins on a line of its own where somebody else left a torn one', () => {
    expect(planAppend({ bytes: twoLines, torn: 0 }, Buffer.from('"')).bytes.toString()).toBe(`\n${twoLines}`)
  })

  it('goes on with the torn line that it left itself', () => {
    const tail = Buffer.from('\n{"cli')
    expect(planAppend({ bytes: twoLines, torn: 5 }, tail).bytes.toString()).toBe(
      'ent":"diageo"}\n{"client":"loreal"}\n',
    )
  })

  it('goes on with its torn line at the beginning of a file', () => {
    expect(planAppend({ bytes: twoLines, torn: 5 }, Buffer.from('{"cli')).from).toBe(5)
  })

  it('writes the torn line again where another writer came after it', () => {
    const tail = Buffer.from('"dia"}\n')
    expect(planAppend({ bytes: twoLines, torn: 5 }, tail).bytes).toEqual(twoLines)
  })

  it('does not take the end of a longer torn line for its own', () => {
    const tail = Buffer.from('x{"cli')
    expect(planAppend({ bytes: twoLines, torn: 5 }, tail).bytes.toString()).toBe(`\n${twoLines}`)
  })
})

describe('remainingLines', () => {
  it('leaves nothing after a whole write', () => {
    const pending = { bytes: twoLines, torn: 0 }
    expect(remainingLines(pending, planAppend(pending, Buffer.alloc(0)), twoLines.length)).toBeUndefined()
  })

  it('leaves the second line whole, and knows the piece of it that is there', () => {
    const pending = { bytes: twoLines, torn: 0 }
    const left = remainingLines(pending, planAppend(pending, Buffer.alloc(0)), 23)
    expect({ text: left?.bytes.toString(), torn: left?.torn }).toEqual({ text: '{"client":"loreal"}\n', torn: 3 })
  })

  it('leaves all where only the newline before it was written', () => {
    const pending = { bytes: twoLines, torn: 0 }
    expect(remainingLines(pending, planAppend(pending, Buffer.from('x')), 1)).toEqual(pending)
  })
})

describe('a line of which only the newline is missing', () => {
  const missing = { bytes: twoLines.subarray(19), torn: 0 }

  it('is not written again', () => {
    const pending = { bytes: twoLines, torn: 0 }
    expect(remainingLines(pending, planAppend(pending, Buffer.alloc(0)), 19)).toEqual(missing)
  })

  it('gets its newline', () => {
    expect(planAppend(missing, Buffer.from('}')).bytes.toString()).toBe('\n{"client":"loreal"}\n')
  })

  it('gets no second one where another writer came first', () => {
    expect(planAppend(missing, Buffer.from('\n')).bytes.toString()).toBe('{"client":"loreal"}\n')
  })
})

describe('a disk that takes any number of bytes at a time', () => {
  it('ends with every line whole and once, as long as one process writes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(12), { maxLength: 60 }),
        (texts, rooms) => {
          const lines = Buffer.from(texts.map(text => `${JSON.stringify(text)}\n`).join(''))
          let file: Buffer = Buffer.alloc(0)
          let left: PendingLines | undefined = { bytes: lines, torn: 0 }
          for (const room of [...rooms, lines.length + 1]) {
            if (left === undefined) break
            const step: { file: Buffer; left: PendingLines | undefined } = appendTo(file, left, room)
            file = step.file
            left = step.left
          }
          expect(left).toBeUndefined()
          expect(file.toString()).toBe(lines.toString())
        },
      ),
    )
  })

  it('loses no event of two writers that fall short in turn, and rejects no line that was whole', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(30)), { maxLength: 40 }), steps => {
        const all = { anna: twoLines, ben: Buffer.from('{"client":"unilever"}\n{"client":"nestle"}\n') }
        const left: Record<'anna' | 'ben', PendingLines | undefined> = {
          anna: { bytes: all.anna, torn: 0 },
          ben: { bytes: all.ben, torn: 0 },
        }
        let file: Buffer = Buffer.alloc(0)
        const rest: [boolean, number][] = [
          [true, 1000],
          [false, 1000],
        ]
        for (const [isAnna, room] of [...steps, ...rest]) {
          const name = isAnna ? 'anna' : 'ben'
          const pending = left[name]
          if (pending === undefined) continue
          const step = appendTo(file, pending, room)
          file = step.file
          left[name] = step.left
        }
        const lines = file.toString().split('\n')
        for (const line of `${all.anna}${all.ben}`.trimEnd().split('\n'))
          expect(lines.filter(candidate => candidate === line)).toHaveLength(1)
      }),
    )
  })
})
