// Builds dist/: the command line and the library bundled for Node 20, with their own dependencies left in node_modules.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'
import { buildCatalogue } from './catalogue.mjs'

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'))
rmSync('dist', { recursive: true, force: true })

if (existsSync('assembly/asconfig.json')) run('node_modules/.bin/asc', ['--config', 'assembly/asconfig.json'])

await build({
  entryPoints: { cli: 'src/cli/main.ts', capture: 'src/capture/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // jsonc-parser has a CommonJS form that cannot be bundled, and an ES one that can.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { USAGEBOOK_VERSION: JSON.stringify(packageJson.version) },
  // Bundled CommonJS packages (commander, cli-table3) ask for Node's own modules with require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  chunkNames: 'chunk/[name]-[hash]',
  logLevel: 'warning',
})

await buildCatalogue('dist')

function run(command, args) {
  const done = spawnSync(command, args, { stdio: 'inherit' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${done.status}`)
}
