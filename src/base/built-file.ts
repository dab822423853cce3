// Files that the build puts beside the bundles: found from the bundle and, when tests run the sources, from there.
import { existsSync } from 'node:fs'

/** The place of a file in dist/. */
export function builtFile(name: string): URL {
  let folder = new URL('./', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('../', folder)
    if (parent.href === folder.href) throw new Error(`no package.json above ${import.meta.url}`)
    folder = parent
  }
  return new URL(`dist/${name}`, folder)
}
