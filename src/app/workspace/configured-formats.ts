// Which source format the configuration gives to a log file, however the file is named on the command line.
import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { systemCode } from '../../base/errors.ts'
import { expandGlob, isGlob } from '../../log/glob.ts'
import type { Settings } from './configuration.ts'

/** The name of the format that the configuration gives to the file of a path, of the first of its places that holds it. */
export function configuredFormats(root: string, logs: Settings['logs']): (path: string) => string | undefined {
  const entries = [logs ?? []].flat().flatMap(entry => (typeof entry === 'string' ? [] : [entry]))
  const places = entries.map(({ path, format }) => ({ format, holds: holder(resolve(root, path)) }))
  if (places.every(({ format }) => format === undefined)) return () => undefined
  const known = new Map<string, string | undefined>()
  return path => {
    if (!known.has(path)) {
      const real = realPathOf(path) ?? realPathToBe(path)
      known.set(path, real === undefined ? undefined : places.find(({ holds }) => holds(real))?.format)
    }
    return known.get(path)
  }
}

function holder(place: string): (realPath: string) => boolean {
  const real = realPathOf(place)
  if (real !== undefined) return path => path === real || path.startsWith(real + sep)
  const paths = new Set(isGlob(place) ? expandGlob(place, sep).map(realPathOf) : [])
  return path => paths.has(path)
}

// Of a file that is yet to be written.
function realPathToBe(path: string): string | undefined {
  const folder = isAbsolute(path) ? realPathOf(dirname(path)) : undefined
  return folder === undefined ? undefined : join(folder, basename(path))
}

// A place of the configuration that is not there holds nothing; standard input is no file.
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}
