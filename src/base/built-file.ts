// Finds files that the build makes: next to the bundle that asks for them or, when tests run the sources, in dist/.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The path of a built file. */
export function builtFile(name: string): string {
  const beside = join(import.meta.dirname, name)
  if (existsSync(beside)) return beside
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`${name} is not beside ${import.meta.dirname}, and no package.json is above`)
    folder = parent
  }
  return join(folder, 'dist', name)
}
