// What routes work with: the workspace, who may log in, and the answers.
import type { AccessHome } from '../access/access-home.ts'
import type { Doorkeeper } from '../app/access/identify.ts'
import type { Host } from '../app/host.ts'
import type { WorkspaceOptions } from '../app/workspace/workspace.ts'
import type { AnswerShelf } from './answers/answer-shelf.ts'
import type { RunStatus } from './evaluation/repeated-run.ts'
import type { CookieSettings } from './guard/cookies.ts'
import type { Throttle } from './guard/throttle.ts'
import type { PageAssets } from './pages/assets.ts'
import type { Notices } from './pages/notices.ts'
import type { KeptReplies } from './resources/kept-replies.ts'
import type { ServeSettings } from './serve-settings.ts'
import type { WorkspaceNow } from './workspace-now.ts'

export interface Services {
  readonly root: string
  readonly host: Host
  readonly workspace: WorkspaceOptions & { readonly root: string }
  readonly access: AccessHome
  readonly workspaceNow: WorkspaceNow
  readonly doorkeeper: Doorkeeper
  readonly shelf: AnswerShelf
  readonly throttle: Throttle
  readonly repeats: KeptReplies
  readonly assets: PageAssets
  readonly notices: Notices
  /** How the checks and the jobs of this server go. */
  evaluation(): readonly RunStatus[]
  readonly settings: ServeSettings
  readonly version: string
  /** The time by the machine's clock, in milliseconds. */
  readonly startedAt: number
  /** Writes a line into the server's own log. */
  say(text: string): void
  cookie(isHttps: boolean): CookieSettings
  /** Whether new requests are still accepted. */
  isReady(): boolean
}
