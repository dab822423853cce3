// Globs over log files: `*`, `?`, `[ab]`, `{a,b}` within a name, `**` across folders.
import { readdirSync } from 'node:fs'
import { join, normalize, resolve } from 'node:path'
import { optionName, UsageError } from '../base/errors.ts'
import { compileGlob } from '../base/wildcard.ts'

const WILD = /[*?[{]/

export function isGlob(pattern: string): boolean {
  return WILD.test(pattern)
}

/**
 * Absolute paths of the files that match, in no certain order. Folders that cannot be read match nothing, and hidden names
 * only a pattern that has a dot in such a place. `option` is the one that the pattern was given with.
 */
export function expandGlob(pattern: string, cwd: string, option = 'logs'): string[] {
  checkGlob(pattern, option)
  const segments = normalize(pattern).split(/[\\/]/)
  const firstWild = segments.findIndex(isGlob)
  const base = resolve(cwd, `${segments.slice(0, firstWild).join('/')}${firstWild > 0 ? '/' : ''}`)
  const wild = segments.slice(firstWild)
  const fits = compileGlob(wild.join('/'))
  // It was checked as it was typed.
  if (typeof fits !== 'function') return []
  const hasHidden = wild.some(segment => segment.startsWith('.'))
  return filesBelow(base, '', hasHidden)
    .filter(fits)
    .map(name => join(base, name))
}

function checkGlob(pattern: string, option: string): void {
  const problem = compileGlob(pattern)
  if (typeof problem === 'function') return
  const { message, at } = problem
  throw new UsageError(
    'bad-glob',
    `${optionName(option)} ${JSON.stringify(pattern)}, character ${at + 1}: ${message}.`,
    {
      where: { option },
      hint: 'Use * and ? within a name, [a-z] for one of some characters, {a,b} for either, ** for any folders.',
    },
  )
}

function filesBelow(base: string, below: string, hasHidden: boolean): string[] {
  try {
    return readdirSync(join(base, below), { withFileTypes: true }).flatMap(entry => {
      if (!hasHidden && entry.name.startsWith('.')) return []
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(base, name, hasHidden) : [name]
    })
  } catch {
    // As in a shell, what cannot be read matches nothing; a pattern without any match is an error for the caller.
    return []
  }
}
