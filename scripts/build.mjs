// Builds dist/: the command line and the library bundled for Node 20, with their own dependencies left in node_modules.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { buildCatalogue } from './catalogue.mjs'

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'))
rmSync('dist', { recursive: true, force: true })

if (existsSync('assembly/asconfig.json')) run('node_modules/.bin/asc', ['--config', 'assembly/asconfig.json'])

const shared = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // jsonc-parser has a CommonJS form that cannot be bundled, and an ES one that can.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
}

await build({
  ...shared,
  entryPoints: { cli: 'src/cli/main.ts' },
  splitting: true,
  define: { USAGEBOOK_VERSION: JSON.stringify(packageJson.version) },
  // Bundled CommonJS packages (commander) ask for Node's own modules with require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  chunkNames: 'chunk/[name]-[hash]',
})

// A thread starts sooner from one file than from many.
await build({ ...shared, entryPoints: { worker: 'src/engine/worker.ts' } })

// What a page of the HTML form has in it: its style, and a script for browsers.
await build({
  entryPoints: { page: 'src/page/main.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
})
await build({ entryPoints: ['src/page/page.css'], outdir: 'dist', minify: true, logLevel: 'warning' })

await buildCatalogue('dist')

// The logger runs in other people's processes: one file that imports nothing but Node's own modules.
await build({ ...shared, entryPoints: { capture: 'src/capture/index.ts' } })

run('node_modules/.bin/tsc', ['-p', 'tsconfig.declarations.json'])
renameDeclarationImports('dist/types')

// Declarations name their neighbours as the source does; only newer compilers look for a.d.ts where a.ts is asked for.
function renameDeclarationImports(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/(from '\.{1,2}\/[^']*)\.ts'/g, "$1.js'"))
  }
}

function run(command, args) {
  const done = spawnSync(command, args, { stdio: 'inherit' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${done.status}`)
}
