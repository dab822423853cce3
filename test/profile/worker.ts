// A process that edits profiles, for tests with many of them at once and for tests that kill one. Bundled by
// build-worker.ts and run as: node worker.mjs MODE ROOT ...
import { cpSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { editProfile } from '../../src/app/profile/edit-profile.ts'
import type { Instant } from '../../src/base/zone.ts'
import type { ProfileHome } from '../../src/profile/profile-home.ts'
import { refuseCall } from './refuse-call.ts'

const [mode, root = '', name = '', count = '0'] = process.argv.slice(2)

const home: ProfileHome = {
  root,
  hostName: hostname(),
  processId: process.pid,
  now: () => Date.parse('2026-02-02T10:00:00Z') as Instant,
  note: text => console.error(text),
}

function edit(set: string, at: ProfileHome = home) {
  return editProfile({ id: 'brand_check', sets: [set], unsets: [], by: name, message: set, isDryRun: false }, at)
}

if (mode === 'edits') {
  for (let index = 0; index < Number(count); index++) await edit(`checks.${name}_${index}.weight=1`)
} else if (mode === 'forever') {
  console.log('ready')
  for (let index = 0; ; index++) await edit(`edited="${name} ${index}"`)
} else if (mode === 'die') {
  // Ends in the moment before the step of that number, from 1.
  let step = 0
  const dying: ProfileHome = {
    ...home,
    step: () => {
      step++
      if (step === Number(count)) process.kill(process.pid, 'SIGKILL')
    },
  }
  await edit(`edited="${name}"`, dying)
} else if (mode === 'refused' || mode === 'refused-after') {
  // Edits a copy of the workspace `pattern` for each call to the disk, which fails, and says how each edit ended.
  for (let call: string | undefined = '', number = 1; call !== undefined; number++) {
    const own = join(root, `workspace-${number}`)
    cpSync(join(root, 'pattern'), own, { recursive: true })
    const stopRefusing = refuseCall(own, number, mode === 'refused' ? 'before' : 'after')
    const end = await edit(`edited="${name}"`, { ...home, root: own }).then(
      () => 'done',
      (error: unknown) =>
        `${(error as { code?: string }).code}: ${(error as Error).message} ${(error as { hint?: string }).hint}`,
    )
    call = stopRefusing()
    if (call !== undefined) console.log(JSON.stringify({ root: own, call, end }))
  }
}
