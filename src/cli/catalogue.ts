// The list of all commands. Each is loaded only when it is called.
import type { CommandEntry } from './command.ts'

export const CATALOGUE: readonly CommandEntry[] = [
  {
    words: ['report'],
    summary: 'who used what, at what cost',
    load: async () => (await import('./commands/report.ts')).command,
  },
  {
    words: ['log', 'check'],
    summary: 'read all logs and say what is wrong with them',
    load: async () => (await import('./commands/log-check.ts')).command,
  },
  {
    words: ['log', 'append'],
    summary: 'append events from standard input to the logs',
    load: async () => (await import('./commands/log-append.ts')).command,
  },
  {
    words: ['log', 'demo'],
    summary: 'write demo events up to now, or take them away again',
    load: async () => (await import('./commands/log-demo.ts')).command,
  },
  {
    words: ['log', 'prune'],
    summary: 'remove events that are older than they are to be kept',
    load: async () => (await import('./commands/log-prune.ts')).command,
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
