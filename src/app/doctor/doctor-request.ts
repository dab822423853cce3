// The request to the doctor, from options and host.
import type { Host } from '../host.ts'
import { profileHome } from '../profile/home.ts'
import { buildLogRequest } from '../request/log-request.ts'
import type { LogOptions } from '../request/parameters.ts'
import { cacheRoot } from '../workspace/cache-place.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { DoctorRequest } from './run-doctor.ts'

export async function buildDoctorRequest(
  options: LogOptions,
  host: Host,
  workspace: Workspace,
  note: (text: string) => void = () => undefined,
): Promise<DoctorRequest> {
  return {
    ...(await buildLogRequest(options, host, workspace)),
    configFile: workspace.configFile,
    configProblem: workspace.problem,
    home: profileHome(workspace.root, host, note),
    cacheFolder: cacheRoot(host.environment),
  }
}
