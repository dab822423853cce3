// Entry of usagebook/capture.
export type { CustomInput, EventInput, FeedbackInput, InputOfKind } from './event-input.ts'
export type { LogCounts } from './event-log.ts'
export type { UsageLogOptions } from './log-options.ts'
export type { SignedIn } from './node-middleware.ts'
export type { AddressMode } from './privacy.ts'
export type { RequestOptions } from './request-options.ts'
export type { SessionSource } from './session-ids.ts'
export { type FetchOptions, UsageLog, usageLog } from './usage-log.ts'
