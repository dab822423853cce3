// A process that logs to the file of a day that is long over: `node write-old-events.mjs DIR NAME COUNT`. Every second
// event is an error of Anna's, the others are Ben's. Says "ready" when the first events are on disk.
import { usageLog } from '../../dist/capture.js'

const [, , dir, name, count] = process.argv
const usage = usageLog({ dir, flushMs: 5 })
for (let index = 0; index < Number(count); index++) {
  const event = { timestamp: '2026-03-01T09:00:00Z', id: `${name}-${index}`, client: 'diageo' }
  if (index % 2 === 0) usage.analysis({ ...event, user: 'ben@unilever.com' })
  else usage.error({ ...event, user: 'anna@diageo.com', error: 'timeout' })
  if (index % 200 !== 199) continue
  if (index === 199) await usage.flush()
  if (index === 199) process.send?.('ready')
  await new Promise(resolve => setTimeout(resolve, 2))
}
await usage.close()
