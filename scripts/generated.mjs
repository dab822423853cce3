// What the scripts share that make a checked-in file from the source: loading TypeScript, and writing or checking.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** The exports of a source file, as node would see them. */
export async function loadSource(path) {
  const outfile = join('node_modules', '.cache', 'usagebook', `${basename(path, '.ts')}-${process.pid}.mjs`)
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  return import(pathToFileURL(outfile).href)
}

/** Writes a file where it is not as it should be; with --check says so and makes the process end with 1. */
export function writeGenerated(path, text, command) {
  const isCurrent = existsSync(path) && readFileSync(path, 'utf8') === text
  if (isCurrent) return
  if (process.argv.includes('--check')) {
    console.error(`${path} is not current. Run "${command}" and read the difference.`)
    process.exitCode = 1
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.log(`${path} written`)
}
