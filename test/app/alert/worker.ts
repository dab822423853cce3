// A process that puts messages and delivers what is due, for tests that kill it. Bundled by build-worker.ts and run as:
// node worker.mjs ROOT HOOK BEGAN_AT NAME
import { writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { deliverDue } from '../../../src/app/alert/deliver.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import type { Instant } from '../../../src/base/zone.ts'
import { budgetMessage } from '../../notify/messages.ts'

const [root = '', hook = '', beganAt = '0', first = '0'] = process.argv.slice(2)
/** Waits of half a minute take a tenth of a second. */
const FASTER = 300
const MESSAGES_AT_ONCE = 3

const outbox = outboxOf(root)
const delivery = {
  root,
  host: {
    hostName: hostname(),
    environment: { HOOK: hook },
    now: () => (Date.now() + (Date.now() - Number(beganAt)) * FASTER) as Instant,
    machineNow: () => Date.now(),
  },
  targets: { ops: { webhook: { urlFrom: 'env:HOOK', allowPrivate: true } } },
  mail: undefined,
}

writeSync(1, 'ready\n')
for (let number = Number(first); ; number += MESSAGES_AT_ONCE) {
  // Another process puts some of the same.
  for (let index = 0; index < MESSAGES_AT_ONCE; index++) {
    const message = budgetMessage({ rule: `budget-${(number + index) % 7}`, period: `${number + index}` })
    writeSync(1, `put ${outbox.put(message, 'ops').id}\n`)
  }
  await deliverDue(delivery)
}
