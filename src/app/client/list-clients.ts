// The clients and the profile versions that they use.
import type { ProfileHome } from '../../profile/profile-home.ts'
import { openSnapshot } from '../../profile/transaction.ts'

export interface ClientList {
  readonly clients: readonly {
    readonly id: string
    readonly name: string | null
    readonly profiles: readonly string[]
  }[]
}

export async function listClients(home: ProfileHome): Promise<ClientList> {
  const { clients } = await openSnapshot(home)
  return { clients: [...clients.all.values()].map(({ id, name, profiles }) => ({ id, name: name ?? null, profiles })) }
}
