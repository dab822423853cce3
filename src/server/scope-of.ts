// What an identity may see, as the scope of a query.
import type { Identity } from '../access/identity.ts'
import type { Scope } from '../query/scope.ts'

export function scopeOf({ clients, user, role }: Identity): Scope {
  // A user without a name of its own would see everybody's.
  if (role === 'user' && user === null) return { clients: [] }
  return user === null ? { clients } : { clients, user }
}
