import { describe, expect, it } from 'vitest'
import { scrubMessage } from '../../src/capture/scrub-message.ts'
import { SCRUB_CASES } from './scrub-cases.ts'

describe('scrubMessage', () => {
  it.each(Object.values(SCRUB_CASES).flat())('writes $message as $logged', ({ message, logged, isOfPeople }) => {
    expect(scrubMessage(message, isOfPeople)).toBe(logged)
  })

  it('leaves people where they are not replaced', () => {
    for (const { message } of SCRUB_CASES.people ?? []) expect(scrubMessage(message)).toBe(message)
  })

  it('changes nothing of what it has written', () => {
    for (const { logged } of Object.values(SCRUB_CASES).flat()) expect(scrubMessage(logged, true)).not.toBe('')
    expect(scrubMessage(scrubMessage('password: hunter'))).toBe('password: [redacted]')
  })

  it('looks at the beginning of a long message, and at no piece of a word', () => {
    const words = 'no logo '.repeat(240)
    expect(scrubMessage(`${words}${'Kx'.repeat(2000)} ${words}`)).toBe(words.trimEnd())
    expect(scrubMessage('?'.repeat(200_000))).toBe('[redacted]')
  })

  // What counts is that it ends.
  it.each(['token ', 'key is ', '://', 'a@', '1 ', '"', '[{', 'Aa1-', '-----BEGIN ', '%:', 'x-'])(
    'is done soon with 2,000 characters of %j',
    piece => {
      for (let run = 0; run < 20; run++) scrubMessage(`${piece.repeat(2000).slice(0, 1990)} ${run}`, true)
      expect(scrubMessage('done')).toBe('done')
    },
  )
})
