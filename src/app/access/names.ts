// The names and ids of tokens, users and links: which names are allowed, and which token, user or link one refers to.
import { UsageError } from '../../base/errors.ts'

const MOST_CHARACTERS = 200
/** The first word by which the audit names actors that are not users. */
const ACTOR_KINDS = /^(token|link) /i

export function checkUserName(name: string): void {
  if (isName(name) && !ACTOR_KINDS.test(name)) return
  throw new UsageError('bad-user-name', `${JSON.stringify(name)} cannot be the name of a user.`, {
    where: { option: 'name' },
    hint: `Use 1 to ${MOST_CHARACTERS} characters, no spaces at either end, and neither "token" nor "link" as the first word.`,
  })
}

/** The name of a token or a link; null where it has none. */
export function nameOf(name: string | undefined): string | null {
  if (name === undefined) return null
  if (isName(name)) return name
  throw new UsageError('bad-name', `${JSON.stringify(name)} cannot be a name.`, {
    where: { option: 'name' },
    hint: `Use 1 to ${MOST_CHARACTERS} characters without spaces at either end.`,
  })
}

function isName(name: string): boolean {
  return name !== '' && name.trim() === name && name.length <= MOST_CHARACTERS && !/\p{Cc}/u.test(name)
}

/** `t1`, `t2` and so on: short enough to type, and never used twice as long as nothing is removed from the list. */
export function freeId(ids: readonly string[], prefix: string): string {
  const highest = ids.reduce((most, id) => {
    const number = Number(id.slice(prefix.length))
    return Number.isSafeInteger(number) && number > most ? number : most
  }, 0)
  return `${prefix}${highest + 1}`
}

interface Named {
  readonly id: string
  readonly name: string | null
  readonly revokedAt: string | null
}

/** The one with this id, else the one with this name. If several active ones have the name, that is an error: the wrong one might be removed. */
export function findNamed<One extends Named>(all: readonly One[], asked: string): One | undefined {
  const byId = all.find(({ id }) => id === asked)
  if (byId !== undefined) return byId
  const named = all.filter(({ name }) => name === asked)
  const working = named.filter(({ revokedAt }) => revokedAt === null)
  if (working.length <= 1) return working[0] ?? named.at(-1)
  throw new UsageError('name-of-several', `${working.length} of them have the name ${JSON.stringify(asked)}.`, {
    where: { option: 'id' },
    hint: `Say which by its id: ${working.map(({ id }) => id).join(', ')}.`,
  })
}
