// Whether the messages of alerts and budgets have arrived. Nothing is said where there never were any.
import { outboxOf } from '../alert/outbox-of.ts'
import { type Diagnosis, failure, listSome, ok, warning } from './diagnosis.ts'

export function diagnoseOutbox(root: string): Diagnosis[] {
  const outbox = outboxOf(root)
  const [dead, waiting] = [outbox.ids('dead'), outbox.ids('waiting')]
  const targets = (ids: readonly string[]) => listSome([...new Set(ids.map(id => outbox.letter(id).target))].sort())
  const hint = 'See "usagebook outbox list", and send them with "usagebook outbox retry".'
  if (dead.length > 0) return [failure('messages', `${counted(dead.length)} to ${targets(dead)} given up.`, hint)]
  if (waiting.length > 0) {
    return [warning('messages', `${counted(waiting.length)} to ${targets(waiting)} still to be delivered.`, hint)]
  }
  return outbox.ids().length === 0 ? [] : [ok('messages', 'all arrived')]
}

function counted(count: number): string {
  return count === 1 ? '1 message is' : `${count} messages are`
}
