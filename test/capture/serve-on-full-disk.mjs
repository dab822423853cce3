// A server whose log cannot grow beyond the limit that the shell gave: answers, logs, and tells its counts as JSON.
import { renameSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { usageLog } from '../../dist/capture.js'

const [, , dir] = process.argv
const usage = usageLog({
  dir,
  flushMs: 5,
  maxBufferBytes: 65_536,
  clock: () => Date.parse('2026-02-02T12:00:00Z'),
})
const log = usage.middleware()
const server = createServer((incoming, response) => log(incoming, response, () => response.end('ok')))
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))

let answered = 0
for (let index = 0; index < 2500; index++) answered += await ask()
await usage.flush()
const full = { ...usage.counts(), problem: usage.counts().problem?.code ?? usage.counts().problem?.message }
// Somebody makes room: another file grows from nothing.
renameSync(join(dir, '2026-02-02.jsonl'), join(dir, '2026-02-02.full.jsonl'))
await usage.flush()
for (let index = 0; index < 10; index++) answered += await ask()
await usage.flush()
server.close()
process.stdout.write(JSON.stringify({ answered, full, after: usage.counts() }))

function ask() {
  return new Promise((resolve, reject) => {
    const asked = request({ port: server.address().port, path: '/brands', agent: false }, answer => {
      answer.resume().on('end', () => resolve(answer.statusCode === 200 ? 1 : 0))
    })
    asked.on('error', reject).end()
  })
}
