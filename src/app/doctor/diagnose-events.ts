// Whether the events are what they should be: new, well written, mostly without errors, of known clients and profiles.
import { formatInstantUtc } from '../../base/calendar.ts'
import { withThousands } from '../../base/thousands.ts'
import { DAY_MS, type Instant } from '../../base/zone.ts'
import { countsByReason, describeFirst } from '../../query/ledger.ts'
import { totalOf } from '../../report/group/roll-up.ts'
import { differingNotes } from '../../report/model/differing-duplicates.ts'
import { counted } from '../../report/table/both-ranges.ts'
import type { Tally } from '../../tally/tally.ts'
import type { LogRequest } from '../request/requests.ts'
import { type Diagnosis, failure, listSome, ok, warning } from './diagnosis.ts'

const OLD_AFTER_MS = 2 * DAY_MS
const FUTURE_AFTER_MS = 3_600_000
const MANY_REJECTS = 0.01
const MANY_ERRORS = 0.1

/** The group-bys that `diagnoseEvents` reads. */
export const EVENT_GROUP_BYS = [
  { name: 'days', keys: ['day', 'user'], sums: ['analyses', 'errors'], hasDurations: false, hasExtent: false },
  { name: 'names', keys: ['client', 'profile'], sums: ['analyses'], hasDurations: false, hasExtent: false },
]

export function diagnoseEvents(
  tally: Tally,
  { filter: { zone }, now }: Pick<LogRequest, 'filter' | 'now'>,
): Diagnosis[] {
  if (tally.ledger.read === 0) return []
  const today = zone.dayOf(now)
  const days = tally.tables.get('days')!
  const since = (first: number) =>
    totalOf(days, { related: ['user'], where: keyOf => Number(keyOf('day')) >= first && Number(keyOf('day')) <= today })
  const [day, week] = [since(today), since(today - 6)]
  const rate = Number(week.get('errors')) / Math.max(1, Number(week.get('analyses')))
  const errors = `${(rate * 100).toFixed(1)} % of the events of the last seven days`
  const count = (group: typeof day) =>
    `${counted(group.get('analyses'), 'event')} of ${counted(group.distinct('user'), 'user')}`
  return [
    diagnoseReading(tally),
    diagnoseRejects(tally),
    ...differingNotes(tally.ledger).map(({ text, hint }) => warning('repeated ids', text, hint!)),
    diagnoseAge(tally, now),
    ok('activity', `${count(day)} today, ${count(week)} in seven days`),
    rate < MANY_ERRORS
      ? ok('errors', errors)
      : warning('errors', `${errors} are errors.`, 'See what fails with "usagebook report errors --last-days 6".'),
  ]
}

function diagnoseReading({ ledger }: Tally): Diagnosis {
  const [first, ...more] = ledger.failures
  if (first === undefined)
    return ok(
      'reading',
      `${withThousands(String(ledger.read))} ${ledger.read === 1 ? 'line' : 'lines'} of ${counted(ledger.files, 'file')}`,
    )
  const others = more.length === 0 ? '' : `, and ${more.length} more`
  return failure('reading', `${first.file} ${first.message}${others}.`, first.hint)
}

function diagnoseRejects({ ledger }: Tally): Diagnosis {
  const { read, rejected } = ledger
  if (rejected === 0) return ok('rejected lines', 'none')
  const reasons = Object.entries(countsByReason(ledger)).map(([reason, count]) => `${count} ${reason}`)
  const text = `${rejected} of ${withThousands(String(read))} lines: ${reasons.join(', ')}${describeFirst(ledger)}.`
  const hint = 'See them with "usagebook --rejects FILE", and fix what writes them.'
  return rejected / read < MANY_REJECTS ? warning('rejected lines', text, hint) : failure('rejected lines', text, hint)
}

function diagnoseAge({ firstInstant, lastInstant }: Tally, now: Instant): Diagnosis {
  if (firstInstant > lastInstant) return warning('newest event', 'There are no events.', 'Check what writes the logs.')
  const at = formatInstantUtc(lastInstant as Instant)
  const ageMs = now - lastInstant
  if (ageMs < -FUTURE_AFTER_MS) {
    const hint = 'Check the clock of the machine that writes the logs, and --log-timezone.'
    return warning('newest event', `${at} is in the future.`, hint)
  }
  const age = ageMs < DAY_MS ? `${Math.max(0, Math.round(ageMs / 3_600_000))} h` : `${Math.floor(ageMs / DAY_MS)} days`
  if (ageMs < OLD_AFTER_MS) return ok('newest event', `${at}, ${age} old`)
  return warning('newest event', `${at}, ${age} old.`, 'Check whether the application still writes its usage logs.')
}

/** Names of the logs that the workspace does not know; nothing is said where it knows none. */
export function diagnoseNames(tally: Tally, clients: ReadonlySet<string>, versions: ReadonlySet<string>): Diagnosis[] {
  const names = totalOf(tally.tables.get('names')!, { related: ['client', 'profile'] })
  const unknown = (key: string, known: ReadonlySet<string>) =>
    [...(names.related(key) ?? [])]
      .map(String)
      .filter(name => !known.has(name))
      .sort()
  const strangers = clients.size === 0 ? [] : unknown('client', clients)
  const gone = versions.size === 0 ? [] : unknown('profile', versions)
  return [
    strangers.length === 0
      ? ok('clients in logs', clients.size === 0 ? 'clients.json has none to compare with' : 'all are in clients.json')
      : warning(
          'clients in logs',
          `${listSome(strangers)}: not in clients.json.`,
          'Add them with "usagebook client add".',
        ),
    gone.length === 0
      ? ok('profiles in logs', versions.size === 0 ? 'profiles/ has none to compare with' : 'all are in profiles/')
      : warning('profiles in logs', `${listSome(gone)}: not in profiles/.`, 'Check what the application runs.'),
  ]
}
