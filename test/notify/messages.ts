// Messages about the budget of diageo and the errors of the chat.
import type { Message } from '../../src/notify/message.ts'

export function budgetMessage(change: Partial<Message> = {}): Message {
  return {
    kind: 'fire',
    rule: 'diageo',
    severity: 'high',
    labels: {},
    episode: '2026-01',
    period: '2026-01/80',
    title: 'Budget diageo: $412.10 of $500.00 (82.4 %) in January 2026',
    value: '$412.10',
    limit: '$500.00',
    window: 'January 2026',
    since: '2026-01-24T10:00:00.000Z',
    causes: [
      { name: 'gpt-5', value: '$301.00' },
      { name: 'claude-opus-4-5', value: '$90.10' },
      { name: 'gemini-3-pro', value: '$21.00' },
    ],
    next: 'usagebook report --client diageo --period 2026-01 --group-by model',
    ...change,
  }
}
