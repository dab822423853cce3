// Users who log in with a name: adding, listing, removing, and their passwords.
import { changeAccess, readAccess } from '../../access/access-file.ts'
import type { AccessHome } from '../../access/access-home.ts'
import type { AccessUser } from '../../access/access-state.ts'
import type { ClientScope, Grant, Role } from '../../access/identity.ts'
import { hashPassword, LONGEST_PASSWORD, passwordFault, SHORTEST_PASSWORD } from '../../access/password.ts'
import { UsageError } from '../../base/errors.ts'
import { type AskedGrant, grantOf, instantText } from './grant.ts'
import type { Asker } from './home.ts'
import { checkUserName } from './names.ts'
import { action } from './tokens.ts'

export interface UserRequest extends AskedGrant, Asker {
  readonly name: string
  /** Absent: the user logs in through the proxy or with a JWT. */
  readonly password?: string | undefined
}

export interface ListedUser {
  readonly name: string
  readonly role: Role
  readonly clients: ClientScope
  readonly user: string | null
  readonly hasPassword: boolean
  readonly createdAt: string
  readonly createdBy: string
}

/** Throws if the new user is not valid, before anybody is asked for a password. */
export function checkUser(request: Omit<UserRequest, 'password'>, home: AccessHome): Grant {
  checkUserName(request.name)
  refuseTaken(readAccess(home).users, request.name)
  return grantOf({ ...request, user: request.user ?? (request.role === 'user' ? request.name : undefined) })
}

function refuseTaken(users: readonly AccessUser[], name: string): void {
  if (!users.some(user => user.name === name)) return
  throw new UsageError('user-exists', `There is already a user ${JSON.stringify(name)}.`, {
    hint: 'Remove that user first, or choose another name.',
  })
}

export async function addUser(request: UserRequest, home: AccessHome): Promise<ListedUser> {
  const grant = checkUser(request, home)
  const password = request.password === undefined ? null : await newHash(request.password)
  return await changeAccess(home, state => {
    refuseTaken(state.users, request.name)
    const user: AccessUser = {
      name: request.name,
      role: grant.role,
      clients: grant.clients === '*' ? '*' : [...grant.clients],
      user: grant.user,
      password,
      createdAt: instantText(home.now()),
      createdBy: request.by,
    }
    return {
      state: { ...state, users: [...state.users, user] },
      audit: [action(request, 'user.add', { name: user.name, ...grant })],
      answer: listed(user),
    }
  })
}

export function listUsers(home: AccessHome): { readonly users: readonly ListedUser[] } {
  return { users: readAccess(home).users.map(listed) }
}

/** Removes a user and ends the user's sessions. */
export async function removeUser(request: Asker & { readonly name: string }, home: AccessHome): Promise<ListedUser> {
  return await changeAccess(home, state => {
    const user = findUser(state.users, request.name)
    return {
      state: {
        ...state,
        users: state.users.filter(one => one !== user),
        sessions: state.sessions.filter(({ name }) => name !== user.name),
      },
      audit: [action(request, 'user.remove', { name: user.name })],
      answer: listed(user),
    }
  })
}

/** Sets a new password and logs out everybody who logged in with the old one. */
export async function setPassword(
  request: Asker & { readonly name: string; readonly password: string },
  home: AccessHome,
): Promise<ListedUser> {
  const password = await newHash(request.password)
  return await changeAccess(home, state => {
    const user = findUser(state.users, request.name)
    const changed = { ...user, password }
    return {
      state: {
        ...state,
        users: state.users.map(one => (one === user ? changed : one)),
        sessions: state.sessions.filter(({ name }) => name !== user.name),
      },
      audit: [action(request, 'user.password', { name: user.name })],
      answer: listed(changed),
    }
  })
}

/** Throws if there is no such user. */
export function checkUserIsThere(name: string, home: AccessHome): void {
  findUser(readAccess(home).users, name)
}

function findUser(users: readonly AccessUser[], name: string): AccessUser {
  const user = users.find(one => one.name === name)
  if (user !== undefined) return user
  throw new UsageError('unknown-user', `There is no user ${JSON.stringify(name)}.`, {
    hint: 'See "usagebook access user list".',
  })
}

function listed({ password, ...user }: AccessUser): ListedUser {
  return { ...user, hasPassword: password !== null }
}

async function newHash(password: string): Promise<string> {
  const fault = passwordFault(password)
  if (fault === undefined) return await hashPassword(password)
  throw new UsageError('bad-password', `The password is ${fault}.`, {
    hint: `Use ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
  })
}
