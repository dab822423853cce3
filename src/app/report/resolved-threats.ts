// Threats that were resolved after they were logged count as resolved, whenever that was. Resolutions are few, so they are
// asked for first; only where there are some, and open threats in the answer, threats are asked for once more, by their ids.
import { DAY_MS } from '../../base/zone.ts'
import { RESOLVED_KIND } from '../../event/kind-fields.ts'
import { addFailures } from '../../query/ledger.ts'
import type { ExtraColumn, GroupBy, Range } from '../../query/query.ts'
import { extraText, question } from '../../report/group/group-bys.ts'
import type { Question } from '../../report/model/report-definition.ts'
import type { Groups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { emptyTally, mergeTable, type Tally } from '../../tally/tally.ts'
import { type AskingOnce, askOnce, quietly } from './ask-once.ts'

/** The id of an event as a column; no field of a line has such a name. */
export const ID_COLUMN: ExtraColumn = { name: 'id of the event', path: null, kind: 'text', scale: 1 }

const RESOLVED = 'resolved'
const RESOLUTIONS = question(
  'resolutions',
  [RESOLVED_KIND],
  [{ name: 'resolutions', keys: ['client', 'threat_id'], sums: ['analyses'], hasDurations: false, hasExtent: false }],
  [extraText('threat_id')],
)

/** Which threats somebody has said to be dealt with. */
export class Resolutions {
  readonly tally: Tally
  private readonly known = new Set<string>()

  constructor(tally: Tally) {
    this.tally = tally
    const table = tally.tables.get(RESOLUTIONS.name)!
    for (let slot = 0; slot < table.size; slot++) this.known.add(nameOf(table.keyOf(slot, 0), table.keyOf(slot, 1)))
  }

  get size(): number {
    return this.known.size
  }

  /** A threat without an id never is. Another client's threat of the same id is another one. */
  has(client: KeyValue, id: KeyValue): boolean {
    return id !== null && this.known.has(nameOf(client, id))
  }
}

function nameOf(client: KeyValue, id: KeyValue): string {
  return JSON.stringify([client, id])
}

/** Of threats since an instant, whatever was asked of these. A resolution names no user, so only clients limit what is seen. */
export async function askResolutions(
  asking: Omit<AskingOnce, 'prices' | 'cost'>,
  since: number | null,
): Promise<Resolutions> {
  const { logs, filter } = asking.request
  const clients = filter.scope?.filter(({ column }) => column === 'client') ?? []
  const scope = clients.length === 0 ? undefined : clients
  const request = { logs, filter: { ...filter, scope, conditions: [], extras: [] } }
  // Clocks of machines differ, but not by a day.
  const range = { from: since === null ? null : since - DAY_MS, to: null }
  const once = { ...asking, request, hooks: quietly(asking.hooks), prices: null, cost: null }
  return new Resolutions(await askOnce(once, [RESOLUTIONS], range))
}

/** The group-bys that tell threats that are resolved from others. */
export function groupBysOfThreats(questions: readonly Question[]): readonly GroupBy[] {
  return questions.flatMap(({ groupBys }) => groupBys.filter(({ keys }) => keys.includes(RESOLVED)))
}

/** The answer to the questions in which threats have become resolved that are by now. */
export async function markResolved(
  asking: AskingOnce,
  questions: readonly Question[],
  range: Range,
  tally: Tally,
): Promise<Tally> {
  const groupBys = groupBysOfThreats(questions)
  if (!groupBys.some(({ name }) => hasOpen(tally.tables.get(name)!))) return tally
  const resolutions = await askResolutions(asking, range.from)
  addFailures(tally.ledger, resolutions.tally.ledger.failures)
  if (resolutions.size === 0) return tally
  const byId = groupBys.map(by => ({ ...by, keys: [...by.keys, 'client', ID_COLUMN.name] }))
  const extras = [...questions.flatMap(one => one.extras), ID_COLUMN]
  const threats = question('threats by id', ['threat'], byId, extras)
  const named = await askOnce({ ...asking, hooks: quietly(asking.hooks) }, [threats], range)
  const tables = new Map(tally.tables)
  for (const by of groupBys) {
    tables.set(by.name, marked(by, tally.tables.get(by.name)!, named.tables.get(by.name)!, resolutions))
  }
  return { ...tally, tables }
}

function hasOpen(table: Groups): boolean {
  const resolvedAt = table.by.keys.indexOf(RESOLVED)
  const isThreat = threatTest(table)
  for (let slot = 0; slot < table.size; slot++) {
    if (table.keyOf(slot, resolvedAt) !== 'true' && isThreat(slot)) return true
  }
  return false
}

// Where kinds are not told apart, there are only threats.
function threatTest(table: Groups): (slot: number) => boolean {
  const eventAt = table.by.keys.indexOf('event')
  return eventAt === -1 ? () => true : slot => table.keyOf(slot, eventAt) === 'threat'
}

function marked(by: GroupBy, table: Groups, named: Groups, resolutions: Resolutions): Groups {
  const [clientAt, idAt] = [by.keys.length, by.keys.length + 1]
  const isResolved = (slot: number) => resolutions.has(named.keyOf(slot, clientAt), named.keyOf(slot, idAt))
  const isThreat = threatTest(table)
  const target = emptyTally({ groupBys: [by] }).tables.get(by.name)!
  const threats = withoutIds(by, named)
  mergeTable(target, table, { passes: slot => !isThreat(slot) })
  mergeTable(target, threats, { passes: slot => !isResolved(slot) })
  mergeTable(target, threats, { passes: isResolved, rename: (key, value) => (key === RESOLVED ? 'true' : value) })
  return target
}

// A view of the same groups; those that only their ids told apart are still apart.
function withoutIds(by: GroupBy, groups: Groups): Groups {
  const { size, sums, firsts, lasts, wideCosts } = groups
  const { length } = by.keys
  return {
    ...{ by, size, sums, firsts, lasts, wideCosts },
    tables: groups.tables.slice(0, length),
    keys: groups.keys.slice(0, length),
    keyOf: (slot, key) => groups.keyOf(slot, key),
    sketchOf: slot => groups.sketchOf(slot),
  }
}
