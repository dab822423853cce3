// The clients of a workspace for programs.
import { addClient } from '../app/client/add-client.ts'
import { assignProfile } from '../app/client/assign-profile.ts'
import { listClients } from '../app/client/list-clients.ts'
import { removeClient } from '../app/client/remove-client.ts'
import { showClient } from '../app/client/show-client.ts'
import { unassignProfile } from '../app/client/unassign-profile.ts'
import type { Host } from '../app/host.ts'
import { profileHome } from '../app/profile/home.ts'
import type { ChangeCall, Clients } from './api.ts'

export function clientsOf(root: string, host: Host): Clients {
  // A library prints nothing; that an interrupted change was finished is in the audit.
  const home = profileHome(root, host, () => undefined)
  const asked = ({ dryRun, ...call }: ChangeCall) => ({ ...call, isDryRun: dryRun === true })
  return {
    list: () => listClients(home),
    show: client => showClient(client, home),
    add: (client, call) => addClient({ name: call.name, ...asked(call), client }, home),
    remove: (client, call) => removeClient({ ...asked(call), client }, home),
    assign: (client, id, call) => assignProfile({ ...asked(call), client, id }, home),
    unassign: (client, id, call) => unassignProfile({ ...asked(call), client, id }, home),
  }
}
