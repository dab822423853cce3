// The names and ids of tokens, users and links: which may be given, and which one is meant.
import { UsageError } from '../../base/errors.ts'

const MOST_CHARACTERS = 200
/** How actors are named in the audit that are no users. */
const ACTOR_KINDS = /^(token|link) /i

export function checkUserName(name: string): void {
  if (isName(name) && !ACTOR_KINDS.test(name)) return
  throw new UsageError('bad-user-name', `${JSON.stringify(name)} is no name of a user.`, {
    where: { option: 'name' },
    hint: `Use 1 to ${MOST_CHARACTERS} characters, no spaces at either end, and neither "token" nor "link" as the first word.`,
  })
}

/** The name of a token or a link; null where it has none. */
export function nameOf(name: string | undefined): string | null {
  if (name === undefined) return null
  if (isName(name)) return name
  throw new UsageError('bad-name', `${JSON.stringify(name)} is no name.`, {
    where: { option: 'name' },
    hint: `Use 1 to ${MOST_CHARACTERS} characters without spaces at either end.`,
  })
}

function isName(name: string): boolean {
  return name !== '' && name.trim() === name && name.length <= MOST_CHARACTERS && !/\p{Cc}/u.test(name)
}

/** `t1`, `t2` and so on: short enough to type, and never given twice where nothing is ever removed. */
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

/** The one of an id, else the one of a name; several of one name that still work are an error, since the wrong one might go. */
export function findNamed<One extends Named>(all: readonly One[], asked: string): One | undefined {
  const byId = all.find(({ id }) => id === asked)
  if (byId !== undefined) return byId
  const named = all.filter(({ name }) => name === asked)
  const working = named.filter(({ revokedAt }) => revokedAt === null)
  if (working.length <= 1) return working[0] ?? named.at(-1)
  throw new UsageError('name-of-several', `${working.length} have the name ${JSON.stringify(asked)}.`, {
    where: { option: 'id' },
    hint: `Say which by its id: ${working.map(({ id }) => id).join(', ')}.`,
  })
}
