// What the doctor says: everything for admins; for others, without anything that names clients, files or folders.
import { doctorDocument } from '../../app/doctor/doctor-document.ts'
import { buildDoctorRequest } from '../../app/doctor/doctor-request.ts'
import { runDoctor } from '../../app/doctor/run-doctor.ts'
import type { Host } from '../../app/host.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { formatJson } from '../../base/json.ts'
import { rulesOfScope, type Scope } from '../../query/scope.ts'

const WORDS = {
  ok: 'in order',
  warning: 'There is something to look at.',
  failure: 'Something is wrong.',
} as const

export async function healthText(scope: Scope, host: Host, workspace: Workspace): Promise<string> {
  const request = await buildDoctorRequest({}, host, workspace)
  const document = doctorDocument(await runDoctor(request), request)
  if (rulesOfScope(scope) === undefined) return `${formatJson(document)}\n`
  const checks = document.checks.map(({ name, verdict }) => ({
    name,
    verdict,
    message: WORDS[verdict],
    hint: verdict === 'ok' ? null : 'Ask the person who runs this server.',
  }))
  return `${formatJson({ ...document, workspace: '', checks })}\n`
}
