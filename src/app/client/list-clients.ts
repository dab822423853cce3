// The clients and the profile versions that they use.
import type { ProfileHome } from '../../profile/profile-home.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { ClientList } from '../profile/answers.ts'

export async function listClients(home: ProfileHome): Promise<ClientList> {
  const { clients } = await openSnapshot(home)
  return { clients: [...clients.all.values()].map(({ id, name, profiles }) => ({ id, name: name ?? null, profiles })) }
}
