// The health check of a workspace: everything is checked, even after a problem was found.
import { UsagebookError } from '../../base/errors.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import { keepStream } from '../../log/keep-stream.ts'
import { readClients, readShelf } from '../../profile/folder.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { formatVersionName } from '../../profile/profile-id.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import { unreadNote } from '../../report/model/unread-usage.ts'
import type { PriceCheck } from '../../report/price/price-check.ts'
import { counted } from '../../report/table/both-ranges.ts'
import type { Tally } from '../../tally/tally.ts'
import { openLogsOf } from '../log/open-logs.ts'
import { checkPricesAndUsage } from '../price/check-prices.ts'
import { validateProfiles } from '../profile/validate-profiles.ts'
import { findDifferencesIn } from '../report/find-differences.ts'
import type { LogRequest } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'
import { diagnoseCache } from './diagnose-cache.ts'
import { diagnoseEvents, diagnoseNames, EVENT_GROUP_BYS } from './diagnose-events.ts'
import { diagnoseFiles } from './diagnose-files.ts'
import { diagnoseLateFiles } from './diagnose-late-files.ts'
import { diagnoseOutbox } from './diagnose-outbox.ts'
import {
  diagnoseConfiguration,
  diagnoseParts,
  diagnosePrices,
  diagnoseRights,
  diagnoseWorkspace,
} from './diagnose-workspace.ts'
import { type Diagnosis, failure, listSome, ok, warning } from './diagnosis.ts'

export interface DoctorRequest extends LogRequest {
  readonly configFile: string | undefined
  /** What is wrong with the configuration; the rest is then looked at with the defaults. */
  readonly configProblem: UsagebookError | undefined
  readonly home: ProfileHome
  /** Where sums are kept; undefined where there is no such place. */
  readonly cacheFolder: string | undefined
}

export async function runDoctor(asked: DoctorRequest): Promise<Diagnosis[]> {
  // The logs are read more than once.
  const logs = { ...asked.logs, openStdin: keepStream(asked.logs.openStdin) }
  const request = { ...asked, logs }
  const { root, places, cwd } = logs
  const { files, diagnoses } = diagnoseFiles(places, cwd)
  const prices = await diagnosePrices(root)
  const tally = files.length === 0 ? undefined : await tallyAll(request)
  return [
    diagnoseWorkspace(root, request.configFile),
    diagnoseConfiguration(request.configProblem),
    diagnoseParts(root),
    diagnoseRights(root),
    ...diagnoses,
    ...(await diagnoseLateFiles(files)),
    ...(tally === undefined ? [] : diagnoseEvents(tally, request)),
    prices,
    ...(tally === undefined || prices.verdict === 'failure' ? [] : await diagnoseUsage(request)),
    diagnoseCache(request.cacheFolder),
    ...diagnoseOutbox(root),
    ...(await diagnoseProfiles(request, tally)),
  ]
}

async function tallyAll(request: DoctorRequest): Promise<Tally> {
  const { logTimezone, formatOf, openStdin } = request.logs
  const { zone, dedupe, range } = request.filter
  const query = {
    range: { from: range.from, to: range.to },
    timezone: zone.name,
    logTimezone,
    kinds: 'all' as const,
    conditions: [],
    dedupe,
    cuts: NO_CUTS,
    extras: [],
    groupBys: EVENT_GROUP_BYS,
  }
  const { files } = await openLogsOf(request, {})
  const chosen = chooseFiles(files, range)
  const tally = await openEngine(request.engine).run({ query, files: chosen, formatOf, openStdin, hooks: {} })
  const differences = await findDifferencesIn(request, tally.ledger, chosen)
  if (differences !== undefined) tally.ledger.differences = differences
  return tally
}

async function diagnoseUsage(request: DoctorRequest): Promise<Diagnosis[]> {
  const { check, unread } = await checkPricesAndUsage(request, {})
  if (unread === undefined) return [diagnoseModels(check), ok('usage', 'the usage of all analyses is understood')]
  const { text, hint } = unreadNote(unread)
  return [diagnoseModels(check), warning('usage', text, hint!)]
}

function diagnoseModels({ models, analyses, unpricedAnalyses }: PriceCheck): Diagnosis {
  const named = models.filter(model => model.model !== null && model.unpricedAnalyses > 0)
  if (unpricedAnalyses === 0)
    return ok(
      'priced models',
      analyses === 1 ? 'the one analysis has a price' : `all ${analyses} analyses have a price`,
    )
  const names = named.length === 0 ? 'events without a model' : listSome(named.map(model => model.model!))
  const text = `${names}: no price for ${unpricedAnalyses} of ${counted(analyses, 'analysis', 'analyses')}.`
  return warning('priced models', text, 'See why with "usagebook price check"; add prices in prices.json.')
}

async function diagnoseProfiles({ home }: DoctorRequest, tally: Tally | undefined): Promise<Diagnosis[]> {
  try {
    const { problems, profiles, clients } = await validateProfiles(undefined, home)
    const first = problems[0]
    const agreement =
      first === undefined
        ? ok('profiles and clients', `${profiles} profiles, ${clients} clients, and they agree`)
        : failure(
            'profiles and clients',
            `${first.where?.file ?? ''} ${first.message}${problems.length > 1 ? `, and ${problems.length - 1} more` : ''}.`,
            'See all with "usagebook profile validate".',
          )
    if (tally === undefined) return [agreement]
    const versions = [...readShelf(home).profiles].flatMap(([profile, numbers]) =>
      numbers.map(version => formatVersionName({ profile, version })),
    )
    return [agreement, ...diagnoseNames(tally, new Set(readClients(home).all.keys()), new Set(versions))]
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    const details = error.problems.map(({ message, where }) => `${where?.path ?? ''} ${message}`.trim())
    const text = [error.message, ...details].join(' ')
    return [failure('profiles and clients', text, error.hint ?? 'See "usagebook profile validate".')]
  }
}
