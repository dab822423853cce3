// The first lines that run: starts the bundled command line, with the code that V8 made of it in an earlier run.
import { readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { CodeCache } from './code-cache.ts'

declare const USAGEBOOK_VERSION: string
/** A digest of the bundle. */
declare const USAGEBOOK_BUNDLE: string

const [, , word] = process.argv
if (process.argv.length === 3 && (word === '--version' || word === '-V')) writeLine(USAGEBOOK_VERSION)
else startBundle(join(__dirname, 'cli.cjs'))

// At once, because the stream of a pipe takes longer to open than all the rest.
function writeLine(text: string): void {
  try {
    writeSync(1, `${text}\n`)
  } catch {
    // A pipe that is full or closed is for the stream.
    process.stdout.write(`${text}\n`)
  }
}

// Wrapped as Node wraps CommonJS, to which no compiled code can be given; the bundle is told its own digest. The build
// writes ASCII alone.
function startBundle(file: string): void {
  const cache = CodeCache.find(process, USAGEBOOK_BUNDLE, word)
  const cached = cache?.read()
  const source = readFileSync(file, 'latin1')
  const script = new Script(`(function(module,require,__filename,__dirname,bundleDigest){${source}\n})`, {
    filename: file,
    ...(cached === undefined ? {} : { cachedData: cached }),
  })
  const run = script.runInThisContext() as BundleFunction
  cache?.keepAtExit(script)
  run({ exports: {} }, createRequire(file), file, __dirname, USAGEBOOK_BUNDLE)
}

type BundleFunction = (
  module: { exports: object },
  require: NodeJS.Require,
  file: string,
  folder: string,
  digest: string,
) => void
