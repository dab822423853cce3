// Imports prices from LiteLLM's map or another prices.json: first makes a plan, which is shown, then writes it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeText } from '../../base/decode-text.ts'
import { parseEditedJson } from '../../base/edited-json.ts'
import { ConfigError, InputError, systemReason, UsagebookError } from '../../base/errors.ts'
import { matchModel, periodAt } from '../../pricing/catalogue.ts'
import { formatPriceFile } from '../../pricing/format-price-file.ts'
import {
  type ImportedEntry,
  type ImportPlan,
  type ImportSource,
  type ImportStart,
  planImport,
  type WrittenBook,
} from '../../pricing/import-plan.ts'
import { isLitellmMap, parseLitellmMap } from '../../pricing/litellm.ts'
import { openPriceBook, parsePriceBook } from '../../pricing/open-price-book.ts'
import { PRICE_FILE } from '../../pricing/price-entries.ts'
import { compileTest, parsePatterns } from '../../query/condition.ts'
import { describeImport, type PriceImport } from '../../report/price/price-import.ts'
import type { PriceFilter } from '../../report/price/price-list.ts'
import type { OnInterrupt } from '../../sink/beside.ts'
import { writeFileWhole } from '../../sink/sink.ts'

export interface ImportRequest {
  readonly workspaceRoot: string
  /** Absolute path of what is imported. */
  readonly file: string
  readonly start: ImportStart
  readonly filter: PriceFilter
}

/** What the import would do. Neither file may have a mistake. */
export async function planPriceImport({
  workspaceRoot,
  file,
  start,
  filter,
}: ImportRequest): Promise<{ plan: ImportPlan; change: PriceImport }> {
  const book = await openPriceBook(workspaceRoot)
  const source = await readSource(file, filter)
  const written = readWritten(join(workspaceRoot, PRICE_FILE), book.file !== undefined)
  const plan = planImport(written, source, start, (model, provider, instant) => {
    const match = matchModel(book.catalogue(), model, provider)
    return match.model === undefined ? undefined : periodAt(match.model, instant)
  })
  return { plan, change: describeImport(plan) }
}

/** Writes the planned prices.json, after reading it back as a report would. */
export async function writePriceImport(
  workspaceRoot: string,
  plan: ImportPlan,
  onInterrupt: OnInterrupt,
): Promise<void> {
  const file = join(workspaceRoot, PRICE_FILE)
  const text = formatPriceFile(plan.book)
  await parsePriceBook(text, file)
  try {
    await writeFileWhole(file, [text], onInterrupt)
  } catch (error) {
    throw new InputError(
      'prices-unwritable',
      `${file} cannot be written: ${systemReason((error as Error).cause ?? error)}.`,
      {
        where: { file },
        hint: 'Check the folder, its permissions and the free space on the disk; the file is unchanged.',
        cause: error,
      },
    )
  }
}

async function readSource(file: string, filter: PriceFilter): Promise<ImportSource> {
  const text = readText(file)
  const value = parseEditedJson(text, file).literalValue()
  if (isLitellmMap(value)) return filtered({ ...parseLitellmMap(value), aliases: {} }, filter)
  if (isPriceFile(value)) {
    await parsePriceBook(text, file)
    return filtered(
      { entries: value.prices ?? [], skipped: [], unbilled: new Map(), aliases: value.aliases ?? {} },
      filter,
    )
  }
  throw new ConfigError(
    'unknown-price-format',
    `${file} holds neither LiteLLM's map of models nor a usagebook price book.`,
    {
      where: { file },
      hint: 'Give LiteLLM\'s model_prices_and_context_window.json, or a file like prices.json with a "prices" list.',
    },
  )
}

function filtered(source: ImportSource, filter: PriceFilter): ImportSource {
  const hasModel = compileTest(parsePatterns(filter.models))
  const hasProvider = compileTest(parsePatterns(filter.providers))
  return {
    ...source,
    entries: source.entries.filter(
      ({ model, provider }) => hasModel(model) && hasProvider(provider as string | undefined),
    ),
    skipped: filter.providers.length > 0 ? [] : source.skipped.filter(({ model }) => hasModel(model)),
  }
}

function readWritten(file: string, isThere: boolean): WrittenBook {
  if (!isThere) return { prices: [], aliases: {}, schema: undefined }
  const value = parseEditedJson(readText(file), file).literalValue() as PriceFileValue
  return { prices: value.prices ?? [], aliases: value.aliases ?? {}, schema: value.$schema }
}

interface PriceFileValue {
  readonly $schema?: unknown
  readonly prices?: readonly ImportedEntry[]
  readonly aliases?: Readonly<Record<string, unknown>>
}

function isPriceFile(value: unknown): value is PriceFileValue {
  return typeof value === 'object' && value !== null && ('prices' in value || 'aliases' in value)
}

function readText(file: string): string {
  try {
    return decodeText(readFileSync(file), file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    throw new InputError('prices-unreadable', `The prices ${file} cannot be read: ${systemReason(error)}.`, {
      where: { file },
      hint: 'Check the path and its permissions.',
      cause: error,
    })
  }
}
