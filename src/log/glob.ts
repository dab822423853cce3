// Globs over log files: `*`, `?`, `[ab]`, `{a,b}` within a name, `**` across folders.
import { readdirSync } from 'node:fs'
import { join, parse, resolve } from 'node:path'

const WILD = /[*?[{]/

export function isGlob(pattern: string): boolean {
  return WILD.test(pattern)
}

/** Absolute paths of the files that match, in no certain order. Folders that cannot be read match nothing. */
export function expandGlob(pattern: string, cwd: string): string[] {
  const full = resolve(cwd, pattern)
  const { root } = parse(full)
  const segments = full.slice(root.length).split(/[\\/]/)
  const firstWild = segments.findIndex(segment => WILD.test(segment))
  const base = join(root, ...segments.slice(0, firstWild))
  const expression = new RegExp(
    `^${segments.slice(firstWild).map(segmentSource).join('/').replaceAll('**/', '(?:.+/)?')}$`,
  )
  return filesBelow(base, '')
    .filter(name => expression.test(name))
    .map(name => join(base, name))
}

function segmentSource(segment: string): string {
  if (segment === '**') return '**'
  const source = segment
    .replace(/[.+^$()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
  return source.replace(/\{([^{}]*)\}/g, (_, list: string) => `(?:${list.split(',').join('|')})`)
}

function filesBelow(base: string, below: string): string[] {
  try {
    return readdirSync(join(base, below), { withFileTypes: true }).flatMap(entry => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(base, name) : [name]
    })
  } catch {
    // As in a shell, what cannot be read matches nothing; a pattern without any match is an error for the caller.
    return []
  }
}
