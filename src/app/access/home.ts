// What the use-cases of access need to work in a workspace.
import type { AccessHome } from '../../access/access-home.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'

/** `note` hears of what is done on the side: that a lock is waited for, that the audit is behind. */
export function accessHome(
  root: string,
  host: Pick<Host, 'hostName' | 'now'>,
  note: (text: string) => void = () => undefined,
): AccessHome {
  return { root, ...ownerOf(host), now: () => host.now(), note }
}

/** Who asks, and by which request of a server. */
export interface Asker {
  readonly by: string
  readonly requestId?: string | null | undefined
}
