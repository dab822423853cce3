// The outbox of a workspace.
import { join } from 'node:path'
import { stateFolderOf } from '../../durable/state-folder.ts'
import { type Outbox, openOutbox } from '../../notify/outbox.ts'

export function outboxOf(root: string): Outbox {
  return openOutbox(join(stateFolderOf(root), 'outbox'))
}
