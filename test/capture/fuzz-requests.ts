// The long run of secrets: npm run fuzz:capture -- --requests 100000 --seed 7. Prints those that are in the log.
import { parseArgs } from 'node:util'
import { sendSecrets } from './send-secrets.ts'

const { values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } })
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const { requests, logged, leaks } = await sendSecrets(Number(values.requests ?? 20_000), seed)
for (const leak of leaks.slice(0, 40)) process.stdout.write(`${leak}\n`)
process.stdout.write(`${requests} requests, ${logged} logged, seed ${seed}: ${leaks.length} secrets in the log\n`)
process.exitCode = leaks.length === 0 ? 0 : 1
