// Finds files that the build makes: next to the bundle that asks for them or, when tests run the sources, in dist/.
import { existsSync } from 'node:fs'

/** The place of a built file. */
export function builtFile(name: string): URL {
  const beside = new URL(`./${name}`, import.meta.url)
  if (existsSync(beside)) return beside
  let folder = new URL('./', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('../', folder)
    if (parent.href === folder.href)
      throw new Error(`${name} is not beside ${import.meta.url}, and no package.json is above`)
    folder = parent
  }
  return new URL(`dist/${name}`, folder)
}
