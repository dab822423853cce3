// The workspace as it is at this moment: its settings, and the stamp that tells whether kept answers are current. Looked up
// once for all requests that the event loop delivers together: nothing can have changed between them.
import type { Host } from '../app/host.ts'
import { openWorkspace, type Workspace } from '../app/workspace/workspace.ts'
import { stampOf } from '../app/workspace/workspace-stamp.ts'
import type { ThreadData } from './answers/answer-thread.ts'

export interface WorkspaceMoment {
  readonly workspace: Workspace
  readonly stamp: string
}

export class WorkspaceNow {
  private readonly place: ThreadData
  private readonly host: Host
  private moment: Promise<WorkspaceMoment> | undefined

  constructor(place: ThreadData, host: Host) {
    this.place = place
    this.host = host
  }

  look(): Promise<WorkspaceMoment> {
    if (this.moment !== undefined) return this.moment
    setImmediate(() => {
      this.moment = undefined
    })
    this.moment = this.open()
    return this.moment
  }

  private async open(): Promise<WorkspaceMoment> {
    const workspace = await openWorkspace(this.place.workspace, {
      cwd: this.place.cwd,
      environment: this.host.environment,
    })
    return { workspace, stamp: stampOf(workspace, this.host) }
  }
}
