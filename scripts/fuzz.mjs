// Bundles and runs one of the long tests with a seed: node scripts/fuzz.mjs test/scan/fuzz.ts --seed 7
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [entry] = process.argv.splice(2, 1)
const outfile = join('dist/fuzz', basename(entry).replace(/\.ts$/, '.mjs'))
mkdirSync('dist/fuzz', { recursive: true })
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  define: { USAGEBOOK_VERSION: '"0"' },
  logLevel: 'warning',
})
await import(pathToFileURL(outfile).href)
