// What is taken from the process: how wide a terminal is.
import { describe, expect, test } from 'vitest'
import { terminalColumns } from '../../src/cli/context.ts'

describe('the width of a terminal', () => {
  test('is the usual one where the terminal does not know it', () => {
    expect(terminalColumns({ columns: 0 })).toBe(80)
    expect(terminalColumns({ columns: 132 })).toBe(132)
  })
})
