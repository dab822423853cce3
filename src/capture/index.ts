// Entry of usagebook/capture.
export type { CustomInput, EventInput, FeedbackInput, InputOfKind } from './event-input.ts'
export type { LogCounts } from './event-log.ts'
export type { UsageLogOptions } from './log-options.ts'
export type { AddressMode } from './privacy.ts'
export { UsageLog, usageLog } from './usage-log.ts'
