// The first lines that run: starts the bundled command line, with the code that V8 compiled in an earlier run.
import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { CodeCache } from './code-cache.ts'

declare const USAGEBOOK_VERSION: string
/** Digests of the bundles. */
declare const USAGEBOOK_REPORT: string
declare const USAGEBOOK_CLI: string
declare const USAGEBOOK_ZOD: string
/** The first words of all commands but "report". */
declare const USAGEBOOK_OTHER_WORDS: readonly string[]

const [, , word] = process.argv
if (process.argv.length === 3 && (word === '--version' || word === '-V')) writeLine(USAGEBOOK_VERSION)
else if (isReport(process.argv.slice(2))) runCommandLine('report.cjs', USAGEBOOK_REPORT)
else runCommandLine('cli.cjs', USAGEBOOK_CLI)

// Whether the command can be no other, and no help is asked for. A word that is another's may stand behind a flag.
function isReport(argv: readonly string[]): boolean {
  if (argv.some(text => text === '--help' || text === '-h')) return false
  return word === 'report' || !argv.some(text => text === 'help' || USAGEBOOK_OTHER_WORDS.includes(text))
}

function runCommandLine(name: string, digest: string): void {
  const source = readFileSync(join(__dirname, name), 'latin1')
  runBundle({ name, source, digest, word, require: withZod() })
}

// At once, because the stream of a pipe takes longer to open than all the rest.
function writeLine(text: string): void {
  try {
    writeSync(1, `${text}\n`)
  } catch {
    // A pipe that is full or closed is for the stream.
    process.stdout.write(`${text}\n`)
  }
}

// What a bundle requires. The one beside it is half as large and is started like it.
function withZod(): NodeJS.Require {
  let zod: object | undefined
  const requireAny = (id: string) => {
    zod ??= id === './zod.cjs' ? runZod() : undefined
    return id === './zod.cjs' ? zod : (require(id) as unknown)
  }
  return Object.assign(requireAny, require)
}

// Other bundles require it too, so it is a module like any other.
function runZod(): object {
  const name = 'zod.cjs'
  const text = readFileSync(join(__dirname, name), 'latin1')
  const source = `(function(module,require,__filename,__dirname,bundleDigest){${text}\n})`
  return runBundle({ name, source, digest: USAGEBOOK_ZOD, word: 'zod', require })
}

interface Bundle {
  readonly name: string
  /** A function as the build writes it: it wraps a bundle as Node wraps CommonJS, to which no compiled code can be given. */
  readonly source: string
  readonly digest: string
  readonly word: string | undefined
  readonly require: NodeJS.Require
}

// The bundle is told its own digest. The build writes ASCII alone, which is read as Latin-1.
function runBundle({ name, source, digest, word, require }: Bundle): object {
  const file = join(__dirname, name)
  const cache = CodeCache.find(process, digest, word)
  const cached = cache?.read()
  const script = new Script(source, {
    filename: file,
    ...(cached === undefined ? {} : { cachedData: cached }),
  })
  const run = script.runInThisContext() as BundleFunction
  cache?.keepAtExit(script)
  const module = { exports: {} }
  run(module, require, file, __dirname, digest)
  return module.exports
}

type BundleFunction = (
  module: { exports: object },
  require: NodeJS.Require,
  file: string,
  folder: string,
  digest: string,
) => void
