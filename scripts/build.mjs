// Builds dist/: the command line and the library bundled for Node 20, with their own dependencies left in node_modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import esbuild from 'esbuild'
import { buildCatalogue } from './catalogue.mjs'
import { loadSource } from './generated.mjs'
import { licensesOf } from './licenses.mjs'

/** The files that went into the bundles. */
const bundled = []

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'))
rmSync('dist', { recursive: true, force: true })

assemble('assembly/index.ts', 'dist/kernel.wasm', 8)
assemble('assembly/columns/index.ts', 'dist/columns.wasm', 2)

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

// CommonJS, because V8 can be given compiled code for it and because its parts then run when they are first asked for.
// One file, because finding and reading thirty takes longer than reading one that is larger.
const commonjs = {
  ...shared,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  charset: 'ascii',
  supported: { 'dynamic-import': false },
  // Of an error that is a bug, Node shows the line.
  lineLimit: 120,
}
const knowsItsPlace = { define: { 'import.meta.dirname': '__dirname' } }
// What a terminal can show is for src/cli/context.ts to find out; chalk would load modules to find out again.
const withoutColorSupport = {
  name: 'without-color-support',
  setup: bundle => {
    bundle.onResolve({ filter: /^#supports-color$/ }, ({ path }) => ({ path, namespace: 'none' }))
    bundle.onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: 'export default { stdout: false, stderr: false }',
    }))
  },
}

const REPORT = 'report'
const withoutOtherCommands = {
  name: 'without-other-commands',
  setup: bundle => {
    bundle.onResolve({ filter: /^\.\/commands\// }, ({ path }) =>
      path === `./commands/${REPORT}.ts` ? undefined : { path, namespace: 'other-command' },
    )
    bundle.onLoad({ filter: /.*/, namespace: 'other-command' }, () => ({
      contents: 'export const command = undefined',
    }))
  },
}

const version = JSON.stringify(packageJson.version)
// A function that is called with what a module has, and with its digest. V8 would copy what is wrapped when it is read.
const commandLine = {
  ...commonjs,
  banner: { js: '(function(module,require,__filename,__dirname,bundleDigest){' },
  footer: { js: '})' },
  external: ['nodemailer', 'hyparquet-writer', 'aws4fetch'],
  plugins: [
    handsOver('server/run-server', 'runServer'),
    handsOver('mcp/run-mcp', 'runMcp'),
    besideBundle('zod'),
    besideBundle('cli-table3'),
    withoutColorSupport,
    // Most logs are native.
    ownAtFirstUse(
      ['/source/catalogue.ts', '/source/recognise.ts', '/source/make-events.ts', '/source/read-rows.ts'],
      ['/log/open-logs.ts', '/workspace/log-formats.ts', '/workspace/recognise-file.ts'],
    ),
    // Most logs are neither packed nor pipes.
    ownAtFirstUse(['/unpack-start.ts', '/readable-of.ts'], ['/log/log-head.ts', '/log/keep-stream.ts']),
    // Sums that are kept need nothing that reads lines.
    ownAtFirstUse(
      ['/local/local-engine.ts', '/local/stream-lines.ts', '/tally/tallier.ts'],
      [
        '/workspace/open-engine.ts',
        '/report/find-differences.ts',
        '/report/find-unread-usage.ts',
        '/event/sample-events.ts',
      ],
    ),
    loadedAtFirstUse(['child_process', 'crypto', 'fs/promises', 'os', 'v8', 'vm', 'worker_threads']),
  ],
  define: { USAGEBOOK_VERSION: version, ...knowsItsPlace.define },
}
await build({ ...commandLine, entryPoints: { cli: 'src/cli/start/main.ts' } })
escapeNonAscii('dist/cli.cjs')
// Most command lines ask for a report. What only other commands need would be read at each start.
await build({
  ...commandLine,
  entryPoints: { report: 'src/cli/start/main.ts' },
  plugins: [withoutOtherCommands, ...commandLine.plugins],
})
escapeNonAscii('dist/report.cjs')
// The command line once more, with the servers in it: what only they need is no part of the other bundle, and errors and
// threads know each other only within one. Packages that face the network are not bundled, so that they can be updated.
const servesItself = {
  ...commonjs,
  ...knowsItsPlace,
  supported: {},
  external: [
    'hono',
    '@hono/node-server',
    'jose',
    'nodemailer',
    '@modelcontextprotocol/server',
    'hyparquet-writer',
    'aws4fetch',
  ],
}
await build({
  ...servesItself,
  entryPoints: { serve: 'src/cli/start/run-command-line.ts' },
  plugins: [besideBundle('zod'), besideBundle('cli-table3'), withoutColorSupport],
  define: { USAGEBOOK_VERSION: version, ...knowsItsPlace.define },
})
// A thread of the server.
await build({
  ...servesItself,
  entryPoints: { answer: 'src/server/answers/answer-thread.ts' },
  plugins: [besideBundle('zod'), besideBundle('cli-table3')],
  define: { USAGEBOOK_VERSION: version, ...knowsItsPlace.define },
})
// Large, and needed only where a file of the user's is checked.
await build({ ...commonjs, entryPoints: { zod: 'zod' } })
escapeNonAscii('dist/zod.cjs')
// Needed only where a list is drawn.
await build({ ...commonjs, entryPoints: { 'cli-table3': 'cli-table3' }, plugins: [withOwnTextWidth()] })
await build({
  ...commonjs,
  entryPoints: { start: 'src/cli/start/start.ts' },
  define: {
    USAGEBOOK_VERSION: version,
    USAGEBOOK_REPORT: JSON.stringify(digestOf('dist/report.cjs')),
    USAGEBOOK_CLI: JSON.stringify(digestOf('dist/cli.cjs')),
    USAGEBOOK_ZOD: JSON.stringify(digestOf('dist/zod.cjs')),
    USAGEBOOK_OTHER_WORDS: JSON.stringify(await wordsOfOtherCommands()),
  },
})

// A thread starts sooner from one file than from many, and from CommonJS than from ESM.
await build({
  ...commonjs,
  ...knowsItsPlace,
  entryPoints: { worker: 'src/app/workspace/thread.ts' },
  plugins: [loadedAtFirstUse(['crypto'])],
})

// What a page of the HTML form has in it, and what pages of the server ask for: style, and a script for browsers.
await build({
  entryPoints: { page: 'src/page/main.ts', pages: 'src/page/pages.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
})
await build({
  entryPoints: ['src/page/page.css', 'src/page/pages.css'],
  outdir: 'dist',
  bundle: true,
  minify: true,
  logLevel: 'warning',
})
cpSync('src/page/icon.svg', 'dist/icon.svg')

await buildCatalogue('dist')

// The logger runs in other people's processes: one file that imports nothing but Node's own modules.
await build({ ...shared, entryPoints: { capture: 'src/capture/index.ts' } })

// The library, once for both kinds of modules: what is loaded twice would not know its own errors.
await build({
  ...commonjs,
  ...knowsItsPlace,
  entryPoints: { index: 'src/index.ts' },
  external: ['aws4fetch'],
  plugins: [besideBundle('zod'), besideBundle('cli-table3')],
  define: { USAGEBOOK_VERSION: version, ...knowsItsPlace.define },
})
const names = Object.keys(createRequire(import.meta.url)('../dist/index.cjs'))
writeFileSync('dist/index.js', `import library from './index.cjs'\nexport const { ${names.join(', ')} } = library\n`)

writeFileSync('dist/licenses.txt', licensesOf(bundled))

run('node_modules/.bin/tsc', ['-p', 'tsconfig.declarations.json'])
keepReached('dist/types', ['index.d.ts', 'capture/index.d.ts'])
renameDeclarationImports('dist/types')
describeOptions('dist/types/library/option-lists.d.ts')
// Compilers ask of each declaration whether it is of an ES module; those of CommonJS are a copy that says it is not.
cpSync('dist/types', 'dist/types-cjs', { recursive: true })
writeFileSync('dist/types-cjs/package.json', '{ "type": "commonjs" }\n')

async function build(options) {
  const { metafile } = await esbuild.build({ ...options, metafile: true })
  bundled.push(...Object.keys(metafile.inputs))
}

async function wordsOfOtherCommands() {
  const { CATALOGUE } = await loadSource('src/cli/catalogue.ts')
  return [...new Set(CATALOGUE.map(({ words }) => words[0]))].filter(word => word !== REPORT)
}

// WebAssembly that begins with so many pages of memory.
function assemble(entry, outFile, pages) {
  const flags = ['--config', 'assembly/asconfig.json', '--outFile', outFile, '--initialMemory', String(pages)]
  run('node_modules/.bin/asc', [entry, ...flags])
}

// Removes the declarations that those of the entries do not name.
function keepReached(folder, entries) {
  const reached = new Set(entries)
  for (const file of reached) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, name] of text.matchAll(/(?:from |import\()['"](\.{1,2}\/[^'"]*)\.ts['"]/g))
      reached.add(`${join(dirname(file), name)}.d.ts`)
  }
  for (const file of readdirSync(folder, { recursive: true }))
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(join(folder, file))
  for (const file of readdirSync(folder, { recursive: true }).sort().reverse())
    if (statSync(join(folder, file)).isDirectory() && readdirSync(join(folder, file)).length === 0)
      rmdirSync(join(folder, file))
}

// Declarations name their neighbours as the source does; only newer compilers look for a.d.ts where a.ts is asked for.
function renameDeclarationImports(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/((?:from |import\()(['"])\.{1,2}\/[^'"]*)\.ts\2/g, '$1.js$2'))
  }
}

// `usagebook serve` and `usagebook mcp` are run by the bundle that has the servers in it.
function handsOver(file, name) {
  const contents = `export const ${name} = (_flags, context) => require('./serve.cjs').runCommandLine(context.argv, context)`
  const namespace = `handed-over-${name}`
  return {
    name: namespace,
    setup: bundle => {
      bundle.onResolve({ filter: new RegExp(`/${file}\\.ts$`) }, ({ path }) => ({ path, namespace }))
      bundle.onResolve({ filter: /^\.\/serve\.cjs$/, namespace }, ({ path }) => ({ path, external: true }))
      bundle.onLoad({ filter: /.*/, namespace }, () => ({ contents }))
    },
  }
}

// The help of an option as its comment, which editors show for the options of a call too.
function describeOptions(file) {
  const option = /^ {4}(?:readonly )?\w+: \{(?=(?:\n {8}.*)*?\n {8}readonly help: (['"])(.*)\1;\n)/gm
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(
      option,
      (start, _, help) => `    /** ${help.replaceAll('*/', '*\\/').replaceAll("\\'", "'")} */\n${start}`,
    ),
  )
}

// A package as a bundle of its own in dist/.
function besideBundle(name) {
  return {
    name: `beside-${name}`,
    setup: bundle =>
      bundle.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: `./${name}.cjs`, external: true })),
  }
}

// Of a list, cells are padded by the width that all other text is laid out by, and colours are never asked for.
function withOwnTextWidth() {
  const contents = {
    'string-width': "module.exports = require('./src/base/text-width.ts').textWidth",
    '@colors/colors/safe': 'module.exports = {}',
  }
  return {
    name: 'with-own-text-width',
    setup: bundle => {
      bundle.onResolve({ filter: /^(string-width|@colors\/colors\/safe)$/ }, ({ path }) => ({ path, namespace: 'own' }))
      bundle.onLoad({ filter: /.*/, namespace: 'own' }, ({ path }) => ({ contents: contents[path], resolveDir: '.' }))
    },
  }
}

// Modules of our own that few runs need, as those of Node below. Who imports constants of them gets all of them at once.
function ownAtFirstUse(files, importers) {
  const namespace = 'own-at-first-use'
  return {
    name: namespace,
    setup: bundle => {
      bundle.onResolve({ filter: /\.ts$/ }, ({ path, importer, resolveDir }) => {
        const isAsked = importers.some(one => importer.endsWith(one)) && files.some(file => path.endsWith(file))
        return isAsked ? { path: join(resolveDir, path), namespace } : undefined
      })
      bundle.onLoad({ filter: /.*/, namespace }, ({ path }) => {
        const names = [...readFileSync(path, 'utf8').matchAll(/^export (?:function|class) (\w+)/gm)].map(
          ([, name]) => name,
        )
        return { contents: names.map(name => exportedAtFirstUse(path, name)).join('\n'), resolveDir: dirname(path) }
      })
    },
  }
}

function exportedAtFirstUse(module, name) {
  return `export function ${name}(...values) {
      const real = require('${module}').${name}
      return new.target === undefined ? real(...values) : new real(...values)
    }`
}

// Modules of Node that few runs need, and that take milliseconds each to load: their functions and classes load them when
// they are called. What else they export cannot be imported.
function loadedAtFirstUse(names) {
  const namespace = 'loaded-at-first-use'
  return {
    name: namespace,
    setup: bundle => {
      bundle.onResolve({ filter: new RegExp(`^node:(${names.join('|')})$`) }, ({ path, namespace: from }) =>
        from === namespace ? { path, external: true } : { path, namespace },
      )
      bundle.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
        const functions = Object.entries(await import(path)).filter(
          ([name, value]) => name !== 'default' && typeof value === 'function',
        )
        return { contents: functions.map(([name]) => exportedAtFirstUse(path, name)).join('\n') }
      })
    },
  }
}

// The bundle is read as Latin-1, and esbuild leaves regular expressions, tagged templates and comments as they are.
function escapeNonAscii(file) {
  const text = readFileSync(file, 'utf8')
  const codeOf = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, text.replace(/[^\0-\x7f]/g, codeOf))
}

function digestOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
}

function run(command, args) {
  const done = spawnSync(command, args, { stdio: 'inherit' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${done.status}`)
}
