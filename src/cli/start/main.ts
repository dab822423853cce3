// Where the bundle of the command line begins: the command line of this process.
import { openContext } from '../context.ts'
import { runCommandLine } from './run-command-line.ts'

runCommandLine(process.argv.slice(2), openContext()).then(code => {
  process.exitCode = code
})
