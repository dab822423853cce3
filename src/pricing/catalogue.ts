// The built-in price book: the catalogue of @pydantic/genai-prices as the build wrote it (scripts/catalogue.mjs), and
// which of its models a name refers to, by the package's own matching.
import { readFileSync } from 'node:fs'
import { builtFile } from '../base/built-file.ts'
import { parseDay } from '../base/calendar.ts'
import type { RateCuts } from '../query/rate-cuts.ts'
import { fittingRule, type MatchRule } from './match-rule.ts'
import { GATEWAY_PREFIXES, type ProviderNames, type ReadName, waysToRead } from './model-names.ts'
import { RuleList } from './rule-list.ts'
import { isInForce, type PricePeriod } from './terms.ts'

export interface CatalogueModel {
  readonly id: string
  /** Absent where only the id itself fits. */
  readonly match?: MatchRule
  /** In ascending order of `from`; each is in force until the next. */
  readonly prices: readonly PricePeriod[]
}

export interface CatalogueProvider {
  readonly id: string
  readonly name: string
  /** Other names of the provider. */
  readonly providerMatch?: MatchRule
  /** Names of models that are this provider's where no provider is named. */
  readonly modelMatch?: MatchRule
  /** Providers whose models this one also serves, at their prices. */
  readonly fallbacks?: readonly string[]
  readonly models: readonly CatalogueModel[]
}

export interface Catalogue {
  readonly version: string
  readonly hash: string
  readonly providers: readonly CatalogueProvider[]
}

export interface CatalogueMatch {
  /** Who was asked; the model may be that of another provider that it also serves. */
  readonly provider: CatalogueProvider
  readonly owner: CatalogueProvider
  readonly model: CatalogueModel
  /** Why it is this one, a step a line. */
  readonly steps: readonly string[]
}

export interface CatalogueMiss {
  readonly model?: undefined
  readonly reason: string
}

/** The models of a provider are parsed when they are first asked for: a report knows a few providers of dozens. */
export function loadCatalogue(): Catalogue {
  const [head = '', ...models] = readFileSync(builtFile('catalogue.jsonl'), 'utf8').split('\n')
  const catalogue = JSON.parse(head) as Catalogue & { providers: Omit<CatalogueProvider, 'models'>[] }
  return {
    ...catalogue,
    providers: catalogue.providers.map((provider, index) => {
      let parsed: CatalogueModel[] | undefined
      return {
        ...provider,
        get models() {
          parsed ??= JSON.parse(models[index]!) as CatalogueModel[]
          return parsed
        },
      }
    }),
  }
}

/** The cuts of the catalogue, which are a small file of their own: a report that prices nothing needs no more. */
export function loadCatalogueCuts(): RateCuts & Pick<Catalogue, 'version' | 'hash'> {
  return JSON.parse(readFileSync(builtFile('catalogue-cuts.json'), 'utf8')) as RateCuts &
    Pick<Catalogue, 'version' | 'hash'>
}

/** The model that a name means; `provider` is what the event says, null where it says none. */
export function matchModel(
  catalogue: Catalogue,
  name: string,
  provider: string | null,
): CatalogueMatch | CatalogueMiss {
  const ways = waysToRead(name, provider, providerNames(catalogue))
  // What a prefix says of the provider comes before what the name looks like.
  const [first, ...others] = ways
  const isLeftOut = first!.provider === null && others.length > 0
  let miss: CatalogueMiss | undefined
  for (const way of isLeftOut ? others : ways) {
    const match = matchWay(catalogue, way)
    if (match.model !== undefined) return match
    miss ??= match
  }
  return miss!
}

function matchWay(catalogue: Catalogue, { model, provider, steps }: ReadName): CatalogueMatch | CatalogueMiss {
  const found = provider === null ? inferWithRule(catalogue, model) : namedWithStep(catalogue, provider, steps)
  if (found === undefined) {
    return {
      reason:
        provider === null
          ? 'the built-in catalogue knows no provider of models of this name'
          : `the built-in catalogue knows no provider "${provider}"`,
    }
  }
  const match = findIn(catalogue, found.provider, model) ?? findDated(catalogue, found.provider, model)
  if (match === undefined) return { reason: `${found.provider.id} has no model of this name in the built-in catalogue` }
  return { ...match, provider: found.provider, steps: [...steps, ...found.steps, ...match.steps] }
}

/** What the catalogue knows of providers' names. */
export function providerNames(catalogue: Catalogue): ProviderNames {
  const { ids } = rulesOf(catalogue)
  return {
    canonical: name => {
      const folded = name.trim().toLowerCase()
      const known = GATEWAY_PREFIXES.get(folded) ?? folded
      return findProvider(catalogue, known)?.id ?? known
    },
    isProvider: prefix => GATEWAY_PREFIXES.has(prefix) || ids.has(prefix),
  }
}

/** The provider that a name of one means, or undefined. */
export function findProvider(catalogue: Catalogue, name: string): CatalogueProvider | undefined {
  const folded = name.toLowerCase().trim()
  const { ids, byName } = rulesOf(catalogue)
  return ids.get(folded) ?? byName.first(folded)
}

interface ProviderRules {
  readonly ids: ReadonlyMap<string, CatalogueProvider>
  readonly byName: RuleList<CatalogueProvider>
  readonly byModel: RuleList<CatalogueProvider>
}

const knownRules = new WeakMap<Catalogue, ProviderRules>()
const knownModels = new WeakMap<CatalogueProvider, RuleList<CatalogueModel>>()

function rulesOf(catalogue: Catalogue): ProviderRules {
  const rules = knownRules.get(catalogue) ?? {
    ids: new Map(catalogue.providers.map(provider => [provider.id, provider])),
    byName: new RuleList(catalogue.providers, ({ providerMatch }) => providerMatch),
    byModel: new RuleList(catalogue.providers, ({ modelMatch }) => modelMatch),
  }
  knownRules.set(catalogue, rules)
  return rules
}

function modelsOf(provider: CatalogueProvider): RuleList<CatalogueModel> {
  const models = knownModels.get(provider) ?? new RuleList(provider.models, ruleOf)
  knownModels.set(provider, models)
  return models
}

function ruleOf({ id, match }: CatalogueModel): MatchRule {
  return match ?? { equals: id }
}

/** The provider whose models have names like this, where the event names none, or undefined. */
export function inferProvider(catalogue: Catalogue, model: string): CatalogueProvider | undefined {
  return inferWithRule(catalogue, model.toLowerCase().trim())?.provider
}

/** The price of a model in force at an instant; it ends where the next begins. */
export function periodAt(model: CatalogueModel, instant: number): PricePeriod {
  const at = Math.max(
    0,
    model.prices.findLastIndex(period => isInForce(period, instant)),
  )
  const end = model.prices[at + 1]?.from
  return end === undefined ? model.prices[at]! : { ...model.prices[at]!, to: end }
}

function namedWithStep(catalogue: Catalogue, name: string, steps: readonly string[]) {
  const provider = findProvider(catalogue, GATEWAY_PREFIXES.get(name.trim().toLowerCase()) ?? name)
  if (provider === undefined) return undefined
  const step = name === provider.id ? `the provider is ${name}` : `the provider "${name}" is ${provider.id}`
  return { provider, steps: steps.length > 0 ? [] : [step] }
}

function inferWithRule(catalogue: Catalogue, model: string) {
  const provider = rulesOf(catalogue).byModel.first(model, ({ modelMatch }) => !ignoresPrefix(modelMatch!, model))
  if (provider === undefined) return undefined
  const fitting = fittingRule(provider.modelMatch!, model)
  return { provider, steps: [`no provider named; the name ${fitting}, so it is ${provider.id}`] }
}

// Whose "acme/claude-2" is, nobody knows; of "@cf/…" the prefix is what tells.
function ignoresPrefix(rule: MatchRule, model: string): boolean {
  const slash = model.lastIndexOf('/')
  return slash >= 0 && fittingRule(rule, model.slice(slash + 1)) !== undefined
}

function findIn(
  catalogue: Catalogue,
  provider: CatalogueProvider,
  name: string,
): Omit<CatalogueMatch, 'provider'> | undefined {
  const model = modelsOf(provider).first(name)
  if (model !== undefined) {
    const fitting = fittingRule(ruleOf(model), name)
    return { owner: provider, model, steps: [`the name ${fitting}, so it is ${provider.id}/${model.id}`] }
  }
  for (const id of provider.fallbacks ?? []) {
    const other = catalogue.providers.find(candidate => candidate.id === id)
    const match = other === undefined ? undefined : findIn({ ...catalogue, providers: [] }, other, name)
    if (match !== undefined) return { ...match, steps: [`${provider.id} also serves models of ${id}`, ...match.steps] }
  }
  return undefined
}

// "claude-opus-4-20250514" is also asked for as "claude-opus-4-2025-05-14".
function findDated(
  catalogue: Catalogue,
  provider: CatalogueProvider,
  name: string,
): Omit<CatalogueMatch, 'provider'> | undefined {
  const dated = name.replace(/-(20\d{2})(\d{2})(\d{2})(?=-|:|$)/g, (text, year: string, month: string, date: string) =>
    parseDay(`${year}-${month}-${date}`) === undefined ? text : `-${year}-${month}-${date}`,
  )
  const match = dated === name ? undefined : findIn(catalogue, provider, dated)
  return match === undefined ? undefined : { ...match, steps: [`its date is written as in ${dated}`, ...match.steps] }
}
