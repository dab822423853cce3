// Builds dist/ where something that it is made from is newer than it.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['src', 'assembly', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.declarations.json']

// The last file that a build writes.
const built = statSync('dist/types/capture/index.d.ts', { throwIfNoEntry: false })?.mtimeMs ?? 0
if (SOURCES.some(source => newestOf(source) > built)) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}

function newestOf(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map(name => newestOf(join(path, name))))
}
