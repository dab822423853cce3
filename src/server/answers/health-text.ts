// What the doctor says, for admins whole and for others without what names clients, files and folders.
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
    hint: verdict === 'ok' ? null : 'Ask who keeps this server.',
  }))
  return `${formatJson({ ...document, workspace: '', checks })}\n`
}
