// The built-in formats of other tools.
import { buildFormat } from '../event/build-format.ts'
import type { SourceFormat } from '../event/source-format.ts'
import { ANTHROPIC_USAGE } from './anthropic-usage.ts'
import { PINO, PYTHON_LOGGING } from './application-log.ts'
import { BEDROCK } from './bedrock.ts'
import { CLAUDE_CODE } from './claude-code.ts'
import { CODEX } from './codex.ts'
import { GEMINI_CLI } from './gemini-cli.ts'
import { HELICONE } from './helicone.ts'
import { LANGFUSE } from './langfuse.ts'
import { LITELLM } from './litellm.ts'
import { OPENAI_USAGE } from './openai-usage.ts'
import { OPENROUTER } from './openrouter.ts'
import { OTEL_GENAI } from './otel-genai.ts'
import { PI } from './pi.ts'
import type { Source, Steps } from './source.ts'

/** Similar formats are in the order in which they are tried. */
export const SOURCES: readonly Source[] = [
  ...[CLAUDE_CODE, CODEX, GEMINI_CLI, PI, LITELLM, OTEL_GENAI, LANGFUSE, HELICONE, OPENROUTER, BEDROCK],
  ...[OPENAI_USAGE, ANTHROPIC_USAGE, PINO, PYTHON_LOGGING],
]

export const SOURCE_NAMES: readonly string[] = SOURCES.map(source => source.name)

/** The format of that name; undefined where there is none. */
export function sourceFormatOf(name: string): SourceFormat | undefined {
  const source = SOURCES.find(one => one.name === name)
  return source === undefined ? undefined : formatOfSource(source)
}

const formats = new Map<string, SourceFormat>()

/** The format with this name; always the same object. */
export function formatOfSource({ name, description, steps }: Source): SourceFormat {
  const known = formats.get(name)
  if (known !== undefined) return known
  const built = buildFormat(name, description)
  const keep = built.steps?.keep ?? 'first'
  const format = steps === undefined ? built : { ...built, steps: { code: name, keep } }
  formats.set(name, format)
  return format
}

/** The code steps of a format, if it has any. */
export function stepsOf({ steps }: SourceFormat): Steps | undefined {
  return steps?.code === undefined ? undefined : SOURCES.find(source => source.name === steps.code)?.steps
}

/** Whether rows of a format sum up many requests. */
export function isOfSums({ name }: SourceFormat): boolean {
  return SOURCES.find(source => source.name === name)?.isOfSums === true
}
