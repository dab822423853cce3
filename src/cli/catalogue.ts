// The list of all commands. Each is loaded only when it is called.
import type { CommandEntry } from './command.ts'

export const CATALOGUE: readonly CommandEntry[] = [
  {
    words: ['report'],
    summary: 'who used what, at what cost',
    load: async () => (await import('./commands/report.ts')).command,
  },
  {
    words: ['cache', 'status'],
    summary: 'show what is kept of days that are over, and how much room it takes',
    load: async () => (await import('./commands/cache-status.ts')).command,
  },
  {
    words: ['cache', 'warm'],
    summary: 'read all logs once, so that the next reports are quick',
    load: async () => (await import('./commands/cache-warm.ts')).command,
  },
  {
    words: ['cache', 'clear'],
    summary: 'remove what is kept of days that are over',
    load: async () => (await import('./commands/cache-clear.ts')).command,
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
