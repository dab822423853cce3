// What the use cases of access need in order to work in a workspace.
import type { AccessHome } from '../../access/access-home.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'

/** `note` receives messages on the side: that a lock is being waited for, that the audit is behind. */
export function accessHome(
  root: string,
  host: Pick<Host, 'hostName' | 'now'>,
  note: (text: string) => void = () => undefined,
): AccessHome {
  return { root, ...ownerOf(host), now: () => host.now(), note }
}

/** Who is asking, and in which request to a server. */
export interface Asker {
  readonly by: string
  readonly requestId?: string | null | undefined
}
