// A process that makes tokens, links and sessions, for tests with several of them at once and for tests that kill one. Bundled
// by build-worker.ts and run as: node worker.mjs MODE ROOT NAME [STEP]
import { writeSync } from 'node:fs'
import { hostname } from 'node:os'
import type { AccessHome } from '../../src/access/access-home.ts'
import { createLoginLink, useLoginLink } from '../../src/app/access/logins.ts'
import { createLink } from '../../src/app/access/share-links.ts'
import { createToken } from '../../src/app/access/tokens.ts'
import type { Instant } from '../../src/base/zone.ts'

const [mode, root = '', by = '', step = '0'] = process.argv.slice(2)

const home: AccessHome = {
  root,
  hostName: hostname(),
  processId: process.pid,
  now: () => Date.parse('2026-02-02T10:00:00Z') as Instant,
}

function say(...words: string[]): void {
  writeSync(1, `${words.join(' ')}\n`)
}

if (mode === 'forever') {
  say('ready')
  for (;;) {
    const { id, token } = await createToken({ by, role: 'viewer', clients: [by] }, home)
    say('token', id, token)
    const link = await createLink({ by, clients: [by], expiresInMs: 60_000 }, home)
    say('link', link.id, link.path.split('/').at(-1)!)
    const login = await createLoginLink({ by }, home)
    const session = await useLoginLink({ secret: login.path.split('/').at(-1)!, requestId: by }, home)
    say('session', by, session!.secret)
  }
} else {
  // Ends in the moment before the step of that number, from 1.
  let steps = 0
  const dying: AccessHome = {
    ...home,
    step: () => {
      steps++
      if (steps === Number(step)) process.kill(process.pid, 'SIGKILL')
    },
  }
  await createToken({ by, role: 'admin' }, dying)
}
