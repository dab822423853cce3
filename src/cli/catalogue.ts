// The list of all commands. Each is loaded only when it is called.
import type { CommandEntry } from './command.ts'

export const CATALOGUE: readonly CommandEntry[] = [
  {
    words: ['report'],
    summary: 'who used what, at what cost',
    load: async () => (await import('./commands/report.ts')).command,
  },
  {
    words: ['price', 'list'],
    summary: 'the prices of models: prices.json, then the built-in book',
    load: async () => (await import('./commands/price-list.ts')).command,
  },
  {
    words: ['price', 'explain'],
    summary: 'which price a model has and why, and what a request costs',
    load: async () => (await import('./commands/price-explain.ts')).command,
  },
  {
    words: ['price', 'check'],
    summary: 'which models of the logs have a price',
    load: async () => (await import('./commands/price-check.ts')).command,
  },
  {
    words: ['price', 'import'],
    summary: 'take over prices from LiteLLM or another price book',
    load: async () => (await import('./commands/price-import.ts')).command,
  },
  {
    words: ['init'],
    summary: 'make the folders and files of a workspace',
    load: async () => (await import('./commands/init.ts')).command,
  },
  {
    words: ['completion'],
    summary: 'print a script with which a shell completes commands and flags',
    load: async () => (await import('./commands/completion.ts')).command,
  },
]

/** The command that runs where none is named. */
export const DEFAULT_WORDS: readonly string[] = ['report']
