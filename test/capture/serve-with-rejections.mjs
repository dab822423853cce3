// A server each of whose functions for the log rejects: `node serve-with-rejections.mjs DIR`. Tells what it counted as JSON.
import { createServer } from 'node:http'
import { usageLog } from '../../dist/capture.js'

const [, , dir] = process.argv
const reject = async () => {
  throw new Error('the sessions cannot be reached')
}
const usage = usageLog({ dir, flushMs: 5, clock: reject })
const options = { user: reject, client: reject, session: reject, country: reject }
const log = usage.middleware(options)
const server = createServer((incoming, response) => log(incoming, response, () => response.end('ok')))
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const statuses = []
for (let index = 0; index < 3; index++) {
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/brands`)
  await answer.text()
  statuses.push(answer.status)
}
const handler = usage.fetch(() => new Response('ok'), { ...options, remoteAddress: reject })
const answer = await handler(new Request('http://brands.example/brands'))
await answer.text()
statuses.push(answer.status)
// A rejection that nobody takes ends a process when its turn is over.
await new Promise(resolve => setTimeout(resolve, 50))
await usage.close()
server.close()
server.closeAllConnections()
process.stdout.write(JSON.stringify({ statuses, counts: usage.counts() }))
