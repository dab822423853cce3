// Names of log files for people. If two folders have files with the same name, the names begin with as much of the folders'
// paths as is needed to tell them apart.
import { sep } from 'node:path'
import { largestOf } from '../base/lists.ts'
import type { LogFile } from './log-file.ts'

export function tellApart(files: readonly LogFile[]): readonly LogFile[] {
  const twins = repeated(files)
  if (twins.size === 0) return files
  const labels = labelsOf([...new Set(files.filter(({ name }) => twins.has(name)).map(rootOf))])
  const named = files.map(file => {
    const label = labels.get(rootOf(file))
    return label === undefined ? file : { ...file, name: `${label}/${file.name}` }
  })
  // Another folder may have a folder of that name.
  const still = repeated(named)
  return named.map(file => (still.has(file.name) ? { ...file, name: file.path } : file))
}

function repeated(files: readonly LogFile[]): Set<string> {
  const seen = new Set<string>()
  return new Set(files.map(({ name }) => name).filter(name => seen.size === seen.add(name).size))
}

// The folder that a file is named from.
function rootOf({ path, name }: LogFile): string {
  const whole = path.split(sep).join('/')
  return whole.endsWith(`/${name}`) ? whole.slice(0, -name.length - 1) : ''
}

// As few of the last parts of each path as make them differ.
function labelsOf(roots: readonly string[]): ReadonlyMap<string, string> {
  const parts = roots.map(root => root.split('/'))
  const longest = largestOf(parts.map(({ length }) => length))
  for (let count = 1; count < longest; count++) {
    const labels = parts.map(some => some.slice(-count).join('/'))
    if (new Set(labels).size === roots.length) return new Map(roots.map((root, at) => [root, labels[at]!]))
  }
  return new Map(roots.map(root => [root, root]))
}
