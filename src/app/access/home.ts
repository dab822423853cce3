// What the use-cases of access need to work in a workspace.
import type { AccessHome } from '../../access/access-home.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'

export function accessHome(root: string, host: Pick<Host, 'hostName' | 'now'>): AccessHome {
  return { root, ...ownerOf(host), now: () => host.now() }
}

/** Who asks, and by which request of a server. */
export interface Asker {
  readonly by: string
  readonly requestId?: string | null | undefined
}
