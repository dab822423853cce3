// What all calls of a server share: the workspace, the names that were given out, the answers that are still being paged through.
import type { Host } from '../app/host.ts'
import type { EventFilter } from '../app/request/requests.ts'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../app/workspace/workspace.ts'
import { KeptAnswers } from './kept-answers.ts'
import { Names } from './names.ts'
import { OpenFields } from './open-fields.ts'

export interface DeskOptions {
  readonly host: Host
  readonly workspace: WorkspaceOptions & { readonly root: string }
  readonly version: string
  /** Whether the names of clients and users may leave. */
  readonly showsNames: boolean
  /** Fields of the logs that may leave beside those of an event. */
  readonly fields: readonly string[]
  /** Receives what whoever runs the server should know. */
  say(text: string): void
}

export class Desk {
  readonly host: Host
  readonly version: string
  readonly names: Names
  readonly fields: OpenFields
  readonly kept = new KeptAnswers()
  readonly say: (text: string) => void
  private readonly place: DeskOptions['workspace']

  constructor({ host, workspace, version, showsNames, fields, say }: DeskOptions) {
    this.host = host
    this.version = version
    this.names = new Names(showsNames, workspace.root, host.environment)
    this.fields = new OpenFields(fields)
    this.say = say
    this.place = workspace
  }

  get root(): string {
    return this.place.root
  }

  /** As it is now: a server runs for days, and its configuration is edited meanwhile. */
  async openWorkspace(): Promise<Workspace> {
    return await openWorkspace(this.place, this.host)
  }

  /** A request whose filters name what they mean; refused where they are about what may not leave. */
  opened<Request extends { readonly filter: EventFilter }>(request: Request): Request {
    const { filter } = request
    this.fields.refuseHiddenIn(filter.conditions)
    return { ...request, filter: { ...filter, conditions: filter.conditions.map(one => this.names.meantBy(one)) } }
  }
}
