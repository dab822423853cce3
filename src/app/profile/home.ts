// What the use cases of profiles and clients need in order to work in a workspace.
import { pid } from 'node:process'
import type { ProfileHome } from '../../profile/profile-home.ts'
import type { Host } from '../host.ts'

/** Whom a lock names as its holder. */
export function ownerOf({ hostName }: Pick<Host, 'hostName'>) {
  return { hostName, processId: pid }
}

/** `note` hears of what is done on the side: that an interrupted change was finished. */
export function profileHome(
  root: string,
  host: Pick<Host, 'hostName' | 'now'>,
  note: (text: string) => void,
): ProfileHome {
  return { root, ...ownerOf(host), now: () => host.now(), note }
}
