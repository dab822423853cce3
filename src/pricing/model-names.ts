// The ways to read a model's name: as it is, and without the prefixes of gateways, which name the provider. Nothing is
// guessed: a prefix counts only if it is that of a gateway or provider that the price book knows.

/** What the prices know of providers. */
export interface ProviderNames {
  /** One name for the providers that are the same: "bedrock" and "aws". */
  canonical(provider: string): string
  /** Whether a text before a slash is the name of a provider. */
  isProvider(prefix: string): boolean
}

export interface ReadName {
  /** In lower case. */
  readonly model: string
  /** Null where neither the event nor a prefix names one. */
  readonly provider: string | null
  /** How it was read, a step a line. */
  readonly steps: readonly string[]
}

/** What gateways call providers of the catalogue, as far as that is another word. */
export const GATEWAY_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['amazon', 'aws'],
  ['azure_ai', 'azure'],
  ['bedrock', 'aws'],
  ['bedrock_converse', 'aws'],
  ['cohere_chat', 'cohere'],
  ['fireworks_ai', 'fireworks'],
  ['gemini', 'google'],
  ['github_copilot', 'github-copilot'],
  ['mistralai', 'mistral'],
  ['moonshot', 'moonshotai'],
  ['text-completion-openai', 'openai'],
  ['together_ai', 'together'],
  ['vertex', 'google'],
  ['vertex_ai', 'google'],
  ['vertex_ai_beta', 'google'],
  ['voyage', 'voyageai'],
  ['xai', 'x-ai'],
])

/** They bill what the provider bills whose name follows, where they have no price of their own. */
const PASSING_ON: ReadonlySet<string> = new Set(['openrouter', 'litellm', 'litellm_proxy'])

// "us.anthropic.claude-…" is a name of Bedrock: a region, or none, and who made the model.
const BEDROCK_NAME =
  /^((?:us|us-gov|eu|apac|ap|jp|au|ca|sa|me|af|global)\.)?(?:ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|nvidia|openai|qwen|stability|twelvelabs|writer)\.[^/]+$/

/** A provider as the event gives it; the proxy itself is none. */
export function namedProvider(provider: string | null): string | null {
  const folded = provider?.trim().toLowerCase() ?? ''
  return folded === '' || folded === 'litellm' || folded === 'litellm_proxy' ? null : provider
}

/** The first is the name as it stands. */
export function waysToRead(name: string, provider: string | null, names: ProviderNames): ReadName[] {
  const ways: ReadName[] = [{ model: name.trim().toLowerCase(), provider: namedProvider(provider), steps: [] }]
  for (let way = withoutPrefix(ways[0]!, names); way !== undefined; way = withoutPrefix(way, names)) ways.push(way)
  return ways.flatMap(way => [way, ...waysOfBedrock(way, names)])
}

function withoutPrefix({ model, provider, steps }: ReadName, names: ProviderNames): ReadName | undefined {
  const slash = model.indexOf('/')
  if (slash <= 0 || slash === model.length - 1) return undefined
  const prefix = model.slice(0, slash)
  const isProxy = namedProvider(prefix) === null
  if (!isProxy && !names.isProvider(prefix)) return undefined
  const isOpen = provider === null || PASSING_ON.has(names.canonical(provider))
  if (!isOpen && names.canonical(prefix) !== names.canonical(provider)) return undefined
  const step = isProxy ? `"${prefix}/" is the proxy's` : `"${prefix}/" names the provider ${names.canonical(prefix)}`
  return { model: model.slice(slash + 1), provider: isProxy ? provider : prefix, steps: [...steps, step] }
}

function waysOfBedrock({ model, provider, steps }: ReadName, names: ProviderNames): ReadName[] {
  const match = BEDROCK_NAME.exec(model)
  if (match === null || (provider !== null && names.canonical(provider) !== 'aws')) return []
  const named = provider === null ? [`"${model}" is a name of Bedrock, so the provider is aws`] : []
  const whole = { model, provider: provider ?? 'aws', steps: [...steps, ...named] }
  const region = match[1]
  if (region === undefined) return provider === null ? [whole] : []
  const step = `"${region}" is a region`
  const without = { ...whole, model: model.slice(region.length), steps: [...whole.steps, step] }
  return provider === null ? [whole, without] : [without]
}
