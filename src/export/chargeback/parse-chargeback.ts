// chargeback.json: parsed whole or not at all, with every problem and its line.
import { parseEditedJson } from '../../base/edited-json.ts'
import { ConfigError, type ErrorProblem } from '../../base/errors.ts'
import { schemaProblems } from '../../base/schema-problems.ts'
import { CHARGEBACK_FILE, type Chargeback, chargebackSchema } from './chargeback-schema.ts'

/** Clients are charged what their usage costs, and nothing else. */
export const PLAIN_CHARGEBACK: Chargeback = {}

export function parseChargeback(text: string): Chargeback {
  const json = parseEditedJson(text, CHARGEBACK_FILE)
  const parsed = chargebackSchema.safeParse(json.value)
  const problems: ErrorProblem[] = parsed.success ? [] : schemaProblems(parsed.error, json, CHARGEBACK_FILE)
  for (const { path, line } of json.repeatedKeys())
    problems.push({ message: 'the key is written twice', where: { file: CHARGEBACK_FILE, line, path: path.join('.') } })
  if (parsed.success) {
    for (const { path, message } of contradictions(parsed.data))
      problems.push({ message, where: { file: CHARGEBACK_FILE, line: json.lineOf(path), path: path.join('.') } })
    if (problems.length === 0) return parsed.data
  }
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  throw new ConfigError('bad-chargeback', `${CHARGEBACK_FILE} has ${count}.`, {
    where: problems[0]?.where ?? { file: CHARGEBACK_FILE },
    problems,
    hint: `Fix ${CHARGEBACK_FILE}; docs/chargeback.md shows one.`,
  })
}

interface Contradiction {
  readonly path: readonly (string | number)[]
  readonly message: string
}

function contradictions({ clients = {}, shared = [] }: Chargeback): Contradiction[] {
  const found: Contradiction[] = []
  for (const [client, rules] of Object.entries(clients)) {
    const ways = (['markup', 'discount', 'tiers'] as const).filter(way => rules[way] !== undefined)
    if (ways.length > 1)
      found.push({ path: ['clients', client, ways[1]!], message: `does not go with ${ways[0]}: use one of them` })
    for (const [at, { name }] of (rules.fixed ?? []).entries())
      if (rules.fixed!.findIndex(other => other.name === name) < at)
        found.push({ path: ['clients', client, 'fixed', at, 'name'], message: 'is the name of another item' })
  }
  for (const [at, { client, split, name }] of shared.entries()) {
    if (shared.findIndex(other => other.client === client) < at)
      found.push({ path: ['shared', at, 'client'], message: 'is shared already: name it once' })
    if (shared.findIndex(other => other.name === name) < at)
      found.push({ path: ['shared', at, 'name'], message: 'is the name of another shared cost' })
    if (typeof split !== 'string') {
      const isNothing = Object.values(split).every(share => Number(share) === 0)
      if (isNothing) found.push({ path: ['shared', at, 'split'], message: 'has no share above 0' })
      for (const { client: other } of shared)
        if (other !== null && Object.hasOwn(split, other))
          found.push({ path: ['shared', at, 'split', other], message: 'is shared itself, so it pays for nothing' })
    }
  }
  return found
}
