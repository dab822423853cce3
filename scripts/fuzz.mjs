// Bundles and runs the long equality test over the built kernel.
import { mkdirSync } from 'node:fs'
import { build } from 'esbuild'

mkdirSync('dist/fuzz', { recursive: true })
await build({
  entryPoints: ['test/scan/fuzz.ts'],
  outfile: 'dist/fuzz/fuzz.mjs',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
await import('../dist/fuzz/fuzz.mjs')
