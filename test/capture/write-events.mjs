// A process that logs: `node write-events.mjs DIR NAME COUNT [ENDING]`. Says "ready" when the first events are on disk.
import { usageLog } from '../../dist/capture.js'

const [, , dir, name, count, ending] = process.argv
const usage = usageLog({ dir, flushMs: 20 })
for (let index = 0; index < Number(count); index++) {
  usage.analysis({ id: `${name}-${index}`, client: 'diageo', user: 'anna@diageo.com', inputTokens: index })
  if (index % 1000 !== 999) continue
  await usage.flush()
  if (index === 999) process.send?.('ready')
  // As a server would, give the others their turn; in an endless run, give the test time to kill.
  await new Promise(resolve => setTimeout(resolve, ending === 'slow' ? 2 : 0))
}
if (ending === 'exit') process.exit(0)
if (ending === 'throw') throw new Error('the application is broken')
