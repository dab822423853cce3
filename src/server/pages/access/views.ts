// What the pages of access have in common: the choice between them, and the fields of what somebody may see.

import type { ClientScope, Role } from '../../../access/identity.ts'
import { ROLES } from '../../../access/identity.ts'
import { GRANT } from '../../../app/access/parameters.ts'
import { html, type Markup, name } from '../../../render/html/markup.ts'
import { askerOf, type Call } from '../../route.ts'
import { selectField, textField, textIn, typedField } from '../forms.ts'
import { pathTo, views } from '../parts.ts'
import type { Refusal } from '../refusal.ts'

export const ACCESS_PATHS = {
  tokens: '/access',
  users: '/access/users',
  links: '/access/links',
  log: '/access/log',
} as const
export type AccessView = keyof typeof ACCESS_PATHS

const LABELS: Readonly<Record<AccessView, string>> = { tokens: 'Tokens', users: 'Users', links: 'Links', log: 'Log' }

export function accessViews(call: Call, current: AccessView): Markup {
  const list = Object.entries(ACCESS_PATHS).map(([view, path]) => ({
    label: LABELS[view as AccessView],
    href: pathTo(call, path),
    isCurrent: view === current,
  }))
  return html`<div class="tools">${views('Views of access', list)}</div>`
}

export function askerIn(call: Call) {
  return { by: askerOf(call).actor, requestId: call.requestId }
}

export function clientsIn(call: Call): string[] | undefined {
  const text = textIn(call, 'client')
  return text === undefined ? undefined : GRANT.client.parse(text, 'client')
}

export function grantIn(call: Call): { role: Role; clients: string[] | undefined; user: string | undefined } {
  const role = GRANT.role.parse(call.form.get('role') ?? '', 'role')
  return { role, clients: clientsIn(call), user: textIn(call, 'user') }
}

export function clientField(call: Call, refusal: Refusal | undefined): Markup {
  return textField(
    typedField(call, refusal, 'client', 'Clients', 'As the logs name them, with commas between them; * for all.'),
  )
}

export function grantFields(call: Call, refusal: Refusal | undefined): Markup {
  return html`${selectField({
    ...typedField(call, refusal, 'role', 'Role', GRANT.role.help),
    value: call.form.get('role') ?? 'viewer',
    choices: ROLES.map(value => ({ value })),
  })}${clientField(call, refusal)}${textField(typedField(call, refusal, 'user', 'User in the logs', GRANT.user.help))}`
}

export function scopeWords(clients: ClientScope): Markup | string {
  if (clients === '*') return 'all'
  return clients.length === 0 ? 'none' : name(clients.join(', '))
}
